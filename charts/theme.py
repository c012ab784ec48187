"""Every colour, font, size and shape of the charts.

Two inks on paper. Everything drawn is `ink`; `accent` means one thing, "this is what you picked".
State is told by shape and fill, so each closed vocabulary that is drawn has one dict of `Look`s here.
A word without an entry raises `KeyError`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, pi, sin
from typing import NamedTuple

INK = {
    "paper": "#FFFFFF",
    "ink": "#1A1A1A",
    "soft": "#57534C",
    "mute": "#8C867B",
    "rule": "#D8D3C8",
    "wash": "#F5F3EE",
    "accent": "#B5361C",
}
NIGHT = {
    "paper": "#161615",
    "ink": "#ECE8E1",
    "soft": "#B9B3A8",
    "mute": "#7C766C",
    "rule": "#3D3A35",
    "wash": "#24221F",
    "accent": "#F4764F",
}
CLEAR = "rgba(0,0,0,0)"

SERIF = '"Source Serif", Georgia, "DejaVu Serif", serif'
SANS = '"Source Sans", "Helvetica Neue", Arial, sans-serif'
SIZE = {"year": 16, "label": 15, "key": 14, "small": 13, "least": 12}  # px at scale 1; nothing below 12

POINTING = {"clickmode": "event", "dragmode": False, "hovermode": "closest"}


@dataclass(frozen=True)
class Look:
    """How one word of a vocabulary is drawn.

    `shape` is a key of SYMBOL, `fill` one of PAINTS or an ink. What the word is called stands in
    `query.vocabulary`.
    """

    shape: str
    fill: str


SYMBOL = {
    "square": "square",
    "crossed square": "square-x-open",
    "dot": "circle",
    "diamond": "diamond",
    "star": "star-diamond",
    "circle": "circle",
    "pentagon": "pentagon",
    "hexagon": "hexagon",
    "triangle": "triangle-up",
}
# the looks that a letter resembles, where words take the place of a picture
LETTERS = {"solid square": "■", "open square": "□", "crossed square": "×", "mute dot": "· "}


def _star() -> tuple[tuple[float, float], ...]:
    """Four tips, 1.4 from the middle, and between each two a bow of radius 1.9, in four straight pieces."""
    reach, radius, pieces = 1.4, 1.9, 4
    half = asin(reach / 2**0.5 / radius)  # of the angle of a bow
    centre = radius * sin(pi / 4 + half)  # of its circle, right of and above the middle
    angles = [pi / 4 - half + 2 * half * piece / pieces for piece in range(pieces)]
    bow = [(centre - radius * cos(angle), radius * sin(angle) - centre) for angle in angles]
    turned = [bow, *([] for _ in range(3))]
    for quarter in range(1, 4):
        turned[quarter] = [(-y, x) for x, y in turned[quarter - 1]]
    return tuple((round(x, 4), round(y, 4)) for part in turned for x, y in part)


# Corners of the shapes, in halves of their size; y downwards; none of what is round. Plotly draws its symbols
# so: a square is as wide as its size, and what has tips is wider, to look as large.
CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "sheet": ((-0.76, -1.06), (0.76, -1.06), (0.76, 1.06), (-0.76, 1.06)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "star": _star(),
    "triangle": ((-1.1547, 0.5), (1.1547, 0.5), (0, -1)),
    "pentagon": ((0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309), (0, -1)),
    "hexagon": ((0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5), (0, -1)),
    "circle": (),
    "dot": (),
}


class Paint(NamedTuple):
    """The inks of an area and of the outline around it, empty where there is none."""

    fill: str
    stroke: str = ""
    dashed: bool = False


# What the fill of a sign or a bar is painted with, in all media. Any ink is a fill too, by its name.
PAINTS = {
    "solid": Paint("ink"),
    "open": Paint("paper", "ink"),
    "dashed": Paint("paper", "ink", dashed=True),
    "crossed": Paint("", "ink"),
}
STATED, INFERRED, ANNOUNCED = "solid", "open", "dashed"  # the fill of a term's bar and of an event's sign
OUTLINE, FINE_OUTLINE = 2, 1.6  # px: of bars and signs, and of signs that are small or dashed
DASHES = (2.5, 1.8)  # px of an outline that is drawn, and that is not: of a mark
LONG_DASHES = (3, 2)  # of a bar
# An area in which no source speaks: lines upwards to the right, `size` px apart, so much of them ink.
HATCH = {"color": "mute", "size": 13, "solidity": 0.077}

ATTENDANCE = {
    "present": Look("square", "solid"),
    "absent": Look("square", "crossed"),
    "not_stated": Look("dot", "mute"),
}
EXPRESSED = {
    "threat": Look("square", "solid"),
    "priority": Look("square", "open"),
}
DOCUMENT_STATUS = {
    "signed": Look("sheet", "solid"),
    "adopted": Look("sheet", "solid"),
    "approved": Look("sheet", "solid"),
    "decided": Look("sheet", "solid"),
    "in_force": Look("sheet", "solid"),
    "proposed": Look("sheet", "open"),
    "discussed": Look("sheet", "open"),
}
EVENT_KIND = {
    "session": Look("diamond", "solid"),
    "summit": Look("star", "solid"),
    "conference": Look("circle", "solid"),
    "working_meeting": Look("pentagon", "solid"),
    "operation": Look("hexagon", "solid"),
    "milestone": Look("triangle", "solid"),
    "": Look("circle", "solid"),  # the source that states it is set aside
}
EVENT_STATUS = {
    "held": Look("diamond", STATED),
    "planned": Look("diamond", ANNOUNCED),
}
PARAGRAPH_USE = {
    "cited": Look("square", "solid"),
    "skipped": Look("square", "open"),
}


def editions() -> str:
    """CSS with one variable for each colour of INK, which differs in the light and the dark edition.

    Plotly draws with INK, and ui/parts/chart.js then puts the variable of its name in the place of each
    colour; what is around the marks has the variables. So a switch of theme recolours all at once, without a
    rerun, and screen and exports share one palette.
    """
    variables = "".join(f"--{name}:light-dark({INK[name]},{NIGHT[name]});" for name in INK)
    return f".stApp{{{variables}}}"


def drawn(colours: Mapping[str, str] = INK) -> dict[str, str]:
    """What a browser calls each of these colours, `rgb(26, 26, 26)`, and the name of it."""
    return {
        f"rgb({', '.join(str(part) for part in bytes.fromhex(code[1:]))})": name
        for name, code in colours.items()
    }


@cache
def template() -> dict:
    """No grid, axis lines, ticks, legend or margins: the figures draw their own rules and labels."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "showticklabels": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": False,
        "tickfont": {"size": SIZE["small"], "color": INK["soft"]},
    }
    layout = {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "colorway": [INK["ink"], INK["mute"]],
        "font": {"family": SANS, "size": SIZE["label"], "color": INK["ink"]},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "xaxis": axis,
        "yaxis": axis,
        "bargap": 0,
        "barmode": "overlay",
        "hoverdistance": 6,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": INK["paper"],
            "bordercolor": INK["ink"],
            "font": {"family": SANS, "size": SIZE["key"], "color": INK["ink"]},
            "align": "left",
        },
    }
    return {"layout": layout}

"""One chart alone, as a picture that says where it comes from: headline, chart, source line, date."""

import html
import re
import subprocess
import sys
from pathlib import Path
from struct import pack
from typing import NamedTuple
from zlib import crc32

from charts import fonts
from charts.fonts import FACES, SANS, SERIF
from charts.layout import DOCUMENT, SLIDE, Size
from charts.theme import INK, SIZE
from exports import svg
from exports.briefing import Refused, Slide


class Form(NamedTuple):
    """What a picture is for: the size of its chart, px free around it, px of its words and their lines."""

    chart: Size
    edge: float
    headline: tuple[float, float]
    text: tuple[float, float]

    @property
    def width(self) -> float:
        return self.chart.width + 2 * self.edge


SCREEN = Form(SLIDE, 40, (28, 36), (17, 23))
PAGE = Form(DOCUMENT, 0, (22, 28), (15, 20))  # of a document, whose margins are around it
WIDTH = SCREEN.width
WIDE, DENSE = 16, 300  # cm of a picture in a document, and its dots to the inch
CM = 2.54  # in an inch
RASTER = Path(__file__).with_name("raster.py")
LONGEST = 60  # seconds that one picture may take; usually 0.3
MOST_LETTERS = 20  # that one message names


def picture_svg(slide: Slide) -> str:
    """The picture as an SVG of WIDTH px that needs no font of the machine."""
    bare = _picture(slide, SCREEN)
    return _picture(slide, SCREEN, fonts.css(bare))


def picture_png(slide: Slide, scale: float = 2) -> bytes:
    """The picture as a PNG, `scale` times as large as the SVG."""
    return _png(_picture(slide, SCREEN), scale)


def document_png(slide: Slide, *, headed: bool = True) -> bytes:
    """A PNG for a document, WIDE cm wide: laid out narrower, so that no word in it is smaller than 8 points.

    It says how large it is meant to be, and word processors insert it so. Where the document itself has the
    headline, the picture is not `headed`.
    """
    return _dense(_png(_picture(slide, PAGE, headed=headed), WIDE / CM * DENSE / PAGE.width))


def why_no_png(slide: Slide) -> str:
    """Why there is no PNG of a view: our fonts lack letters of it, which would be empty boxes; or nothing.

    Fonts of the machine could have them, but then equal views would not give equal files on every server.
    """
    return _unlettered(_picture(slide, SCREEN) + _picture(slide, PAGE))


def _unlettered(picture: str) -> str:
    letters = fonts.lacking(html.unescape(re.sub("<[^>]*>", "", picture)))[:MOST_LETTERS]
    named = "".join(one if one.isprintable() else f" U+{ord(one):04X} " for one in letters).strip()
    return named and (
        f"A PNG cannot show “{named}”: the fonts of this program have no such letters. "
        "Take the SVG, for which your own machine has them."
    )


def _png(picture: str, scale: float) -> bytes:
    """The picture in pixels. Raises Refused for letters that our fonts lack."""
    if why := _unlettered(picture):
        raise Refused(why)
    command = [sys.executable, "-P", RASTER, str(scale), FACES[0].family, *fonts.files()]
    return subprocess.run(
        command, input=picture.encode(), stdout=subprocess.PIPE, check=True, timeout=LONGEST
    ).stdout


def _dense(png: bytes) -> bytes:
    """The PNG with DENSE as its dots to the inch, as PNG says it: in a chunk `pHYs` of dots to the metre."""
    dots = round(DENSE / CM * 100)
    chunk = b"pHYs" + pack(">IIB", dots, dots, 1)
    head = 33  # the signature and the first chunk, after which it may stand
    return png[:head] + pack(">I", len(chunk) - 4) + chunk + pack(">I", crc32(chunk)) + png[head:]


def _picture(slide: Slide, form: Form, style: str = "", *, headed: bool = True) -> str:
    room, edge = form.chart.width, form.edge
    parts, y = [], float(edge)
    head = (
        (slide.headline, form.headline, SERIF, 600, "ink", 4),
        (slide.subtitle, form.text, SANS, 400, "soft", 2),
        (slide.sentence, form.text, SANS, 400, "ink", 18),
    )
    for text, (size, line), family, weight, color, after in head if headed else ():
        for words in fonts.lines(text, room, size, bold=weight > 400, serif=family == SERIF):
            y += line
            parts.append(svg.label(words, edge, y - line * 0.28, size, color=INK[color], family=family,
                                   weight=weight))  # fmt: skip
        y += after
    chart = svg.drawing(slide.chart.scene(form.chart), room)
    parts.append(f'<g transform="translate({edge},{y:g})">{chart.content}</g>')
    y += chart.height + 16
    parts.append(f'<rect x="{edge}" y="{y:g}" width="{room}" height="1" fill="{INK["ink"]}"/>')
    y += 8
    for text in (source_line(slide), edition(slide)):
        for words in fonts.lines(text, room, SIZE["key"]):
            y += 20
            parts.append(svg.label(words, edge, y - 6, SIZE["key"], color=INK["soft"]))
    height = y + SCREEN.edge / 2
    ground = f'<rect width="{form.width}" height="{height:g}" fill="{INK["paper"]}"/>'
    made = svg.Drawing(ground + "".join(parts), form.width, height)
    return svg.wrap(made, title=slide.headline, description=slide.alt, style=style)


def source_line(slide: Slide) -> str:
    """`Source: our reading of pm.kz and sb.by.`"""
    names = ", ".join(f"{source.publisher} ({source.id})" for source in slide.sources)
    return slide.uncited or f"Source: our reading of {names}."


def edition(slide: Slide) -> str:
    """Which dataset it is, and of what day."""
    dataset = slide.dataset
    return f"{dataset.title}, version {dataset.version} of {dataset.date}, data {dataset.hash}."

"""Speakers as small multiples: a panel is a speaker, with the squares of the threats chart over the years."""

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from charts import frames, squares, theme, threats, words
from charts.axis import Axis
from charts.frames import Tables
from charts.ruled import EMPTY, Sheet

SUBTITLE = "The same statements by speaker and year, on one scale. One square is one statement."
EXTRA = ["panel", "cell", "slot", "line", "threats"]
COLUMN = 0.97  # of a year, the rest is the gap to the next


def per_line(axis: Axis) -> int:
    """Squares side by side in one year of a panel: 24 px each on the wide card."""
    return max(1, 10 // max(len(axis.years), 1))


def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Panel by panel, year by year, threats before priorities.

    x in years from a panel's left edge, y in squares upwards from its base line, `panel` counts panels.
    More than CAPACITY statements of one speaker in one year become a bar, whose address is the first of them.
    """
    names, categories, events = (
        words.speakers(tables),
        words.names(tables["categories"], "label"),
        words.events(tables),
    )
    drawn = [row for row in frames.records(tables["threats"]) if frames.year_of(row["year"]) in axis.years]
    totals = Counter(row["speaker"] for row in drawn)
    order = sorted(totals, key=lambda who: (-totals[who], names.get(who, who), who))
    cells: dict[tuple[str, int], list[dict]] = {}
    for row in sorted(
        drawn, key=lambda row: (row["expressed_as"] != "threat", categories.get(row["category"], ""))
    ):
        cells.setdefault((row["speaker"], int(row["year"])), []).append(row)
    per, result = per_line(axis), []
    for panel, who in enumerate(order):
        for cell, year in enumerate(axis.years):
            held = cells.get((who, year), [])
            base = {"row": names.get(who, who), "column": str(year), "panel": panel, "cell": cell}
            if len(held) > squares.CAPACITY:
                result.append(base | _bar(held, base["row"], year, cell))
                continue
            for number, row in enumerate(held):
                look, line, slot = theme.EXPRESSED[row["expressed_as"]], number // per, number % per
                category = categories.get(row["category"], row["category"])
                result.append(
                    base
                    | {
                        "address": row["id"],
                        "x": cell + (slot + 0.5) * COLUMN / per,
                        "y": line + 0.5,
                        "shape": look.shape,
                        "fill": look.fill,
                        "label": threats.label(row, category, names, events),
                        "kind": row["expressed_as"],
                        "basis": row["basis"],
                        "contradicted": row["contradicted"],
                        "slot": slot,
                        "line": line,
                        "threats": int(row["expressed_as"] == "threat"),
                    }
                )
    return frames.marks_frame(result, EXTRA)


left_out = threats.left_out


def headline(tables: Tables, axis: Axis) -> str:
    """The speaker of most statements, if one leads by every reading."""
    if axis.silent and marks(tables, axis).empty:
        return words.capital(words.why_empty(axis))
    if leader := frames.leader(tables, axis, "speaker"):
        who, count, total = leader
        name = words.speakers(tables).get(who, who)
        return f"{name} has the most statements in our sources: {count} of {total}"
    return "Who is on record with how many statements"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    sel: str = "",
    narrow: bool = False,
    scale: float = 1.0,
) -> go.Figure:
    """Panels side by side, three on the wide card and two on a phone."""
    across, gap, unit, size, title, foot = (2, 0.7, 16, 11, 58, 26) if narrow else (3, 1.0, 24, 18, 40, 34)
    years = max(len(axis.years), 1)
    panels = dict(zip(marks["panel"], marks["row"], strict=True))
    down = -(-len(panels) // across)
    lines = _lines(marks, across)
    tops = [title * (n + 1) + foot * n + unit * sum(lines[:n]) for n in range(down)]
    height = tops[-1] + lines[-1] * unit + foot if down else EMPTY
    sheet = Sheet(
        rows=height,
        x=(0, across * years + (across - 1) * gap),
        key=threats.key(marks, axis, hatch=True),
        narrow=narrow,
        scale=scale,
    )
    xs, ys = [], []
    for number, name in panels.items():
        line = number // across
        left, base = (number % across) * (years + gap), tops[line] + lines[line] * unit
        total = int(marks.loc[marks["panel"] == number, "count"].sum())
        _panel(sheet, axis, name, total, left, base, lines[line] * unit, narrow)
    for panel, x, y in marks[["panel", "x", "y"]].itertuples(index=False):
        xs.append((panel % across) * (years + gap) + x)
        ys.append(tops[panel // across] + (lines[panel // across] - y) * unit)
    if not panels:
        sheet.nothing(axis)
        return sheet.figure()
    is_bar = (marks["shape"] == "bar").to_numpy()
    step = COLUMN / per_line(axis)
    units = [number for number, bar in enumerate(is_bar) if not bar]
    sheet.draw(
        marks[~is_bar],
        [xs[n] for n in units],
        [ys[n] for n in units],
        size,
        target=(step, unit),
        sel=sel,
    )
    bars = [number for number, bar in enumerate(is_bar) if bar]
    if bars:
        _bars(sheet, marks.iloc[bars], [xs[n] for n in bars], [ys[n] for n in bars], unit, sel)
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    if marks.empty:
        return f"Statements by speaker and year: {words.why_empty(axis)}."
    totals = Counter()
    for name, count in marks[["row", "count"]].itertuples(index=False):
        totals[name] += count
    each = words.joined(f"{name} {count}" for name, count in totals.items())
    return (
        f"Small charts of statements by speaker and year: {each}.{words.uncovered(axis)}"
        + words.disagreements(marks)
    )


twin = threats.twin


def _lines(marks: pd.DataFrame, across: int) -> list[int]:
    """How many squares high the panels of each line of panels are."""
    tall = [int(line) + 1 for line in marks.groupby("panel")["line"].max()]
    return [max(tall[n : n + across]) for n in range(0, len(tall), across)]


def _panel(
    sheet: Sheet, axis: Axis, name: str, total: int, left: float, base: float, tall: float, narrow: bool
):
    years = len(axis.years)
    label = (
        words.folded(words.cut(words.capital(name), 38), 19)
        if narrow
        else words.escape(words.cut(words.capital(name), 32))
    )
    sheet.text(f"<b>{label}</b>  {sheet.small(total)}", left, base - tall - 10, yanchor="bottom")
    sheet.line(left, left + years - 1 + COLUMN, base, base, color="ink", layer="above")
    for cell, year in enumerate(axis.years):
        silent = year in axis.uncovered
        if silent:
            sheet.hatch(left + cell, left + cell + COLUMN, base - tall, base)
        if cell in (0, years - 1) or silent:
            short = narrow or (silent and cell not in (0, years - 1))
            text = f"’{year % 100:02d}" if short else f"{year}"
            middle = left + cell + COLUMN / 2
            sheet.text(text, middle, base, size="least", color="soft", anchor="center", yanchor="top", dy=-3)


def _bar(held: list[dict], name: str, year: int, cell: int) -> dict:
    threats_ = sum(row["expressed_as"] == "threat" for row in held)
    return {
        "address": held[0]["id"],
        "x": cell + COLUMN / 2,
        "y": 0.5,
        "shape": "bar",
        "fill": "solid",
        "label": f"{name}, {year}: {words.counted(len(held), 'statement')}\n{threats_} stated as a threat, "
        f"{len(held) - threats_} named as a priority to counter\nopens the first of them"
        + words.of_many(held),
        "kind": "bar",
        "basis": "",
        "contradicted": frames.disputed(held),
        "slot": 0,
        "line": 2,
        "count": len(held),
        "threats": threats_,
    }


def _bars(sheet: Sheet, bars: pd.DataFrame, xs: list[float], ys: list[float], unit: int, sel: str):
    """Too many to draw: a bar of three squares' height with its count."""
    half = COLUMN / 2
    for x, y, row in zip(xs, ys, frames.records(bars), strict=True):
        color = "accent" if row["address"] == sel else "ink"
        bottom = y + unit / 2
        sheet.block(x - half + 0.05, x + half - 0.05, bottom - 2 * unit, bottom, color=color)
        sheet.text(f"{row['count']}", x, bottom - 2.5 * unit, size="small", color=color, anchor="center")
        if row["contradicted"]:
            sheet.loose(x + half - 0.05, bottom - 2 * unit, 0, 0, 18, color=color)
    sheet.areas(bars, [x - half for x in xs], [x + half for x in xs], [y - unit for y in ys], 3 * unit)

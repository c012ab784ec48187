"""Threats as a unit chart: a row is a category, a column a year, a square one record.

A record is one category, stated by one speaker at one event in one way. Filled: presented as a threat.
Open: the text commits to act against it. A dot in the middle: the speaker or the wording is inferred.
"""

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from charts import frames, squares, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.ruled import EMPTY, ROOM, Sheet, coverage_height, disagreement_key

SUBTITLE = "Statements by year. One square is one category stated by one speaker at one occasion."
EXTRA = ["cell", "slot", "line", "threats"]
LEAD = 0.03  # columns: squares, years, hatches and strips share one left edge
LEFT, RIGHT = 180, 36  # px
LABEL_LETTERS = 25


def pitch(axis: Axis) -> float:
    """Width of a square's place in columns: 24 px on the wide card, whatever the number of years."""
    return min(0.0385 * max(len(axis.years), 1), 0.97)


def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a square, or a bar where a cell holds more than CAPACITY records (address `CATEGORY.YEAR`).

    x in columns from the first year, y in lines of squares from the top. `cell` is the column, `line` and
    `slot` the place inside the cell, `count` the records it stands for, `threats` how many are threats.
    """
    names, speakers, events = _names(tables), words.speakers(tables), words.events(tables)
    column = {year: number for number, year in enumerate(axis.years)}
    drawn = [row for row in frames.records(tables["threats"]) if frames.year_of(row["year"]) in column]
    totals = Counter(row["category"] for row in drawn)
    order = sorted(totals, key=lambda category: (-totals[category], names.get(category, category), category))
    cells: dict[tuple[str, int], list[dict]] = {}
    for row in sorted(
        drawn, key=lambda row: (row["expressed_as"] != "threat", speakers.get(row["speaker"], ""))
    ):
        cells.setdefault((row["category"], int(row["year"])), []).append(row)
    step = pitch(axis)
    per, top, result = squares.per_line(step), 0, []
    for category in order:
        name = names.get(category, category)
        for year in axis.years:
            held = cells.get((category, year), [])
            base = {"row": name, "column": str(year), "cell": column[year]}
            if len(held) > squares.CAPACITY:
                result.append(base | _bar(held, category, name, year, column[year], top))
                continue
            for number, row in enumerate(held):
                look, line, slot = theme.EXPRESSED[row["expressed_as"]], number // per, number % per
                result.append(
                    base
                    | {
                        "address": row["id"],
                        "x": column[year] + LEAD + (slot + 0.5) * step,
                        "y": top + line + 0.5,
                        "shape": look.shape,
                        "fill": look.fill,
                        "label": label(row, name, speakers, events),
                        "kind": row["expressed_as"],
                        "basis": row["basis"],
                        "contradicted": row["contradicted"],
                        "line": line,
                        "slot": slot,
                        "threats": int(row["expressed_as"] == "threat"),
                    }
                )
        top += max(squares.lines(len(cells.get((category, year), [])), per) for year in axis.years)
    return frames.marks_frame(result, EXTRA)


def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Records whose event has no year, or a year that is not on the axis."""
    names, speakers, events = _names(tables), words.speakers(tables), words.events(tables)
    rows = []
    for row in frames.records(tables["threats"]):
        year = frames.year_of(row["year"])
        if year in axis.years:
            continue
        reason = "the year is not stated" if year is None else f"{year} is not among the years shown"
        text = label(row, names.get(row["category"], row["category"]), speakers, events)
        rows.append({"address": row["id"], "label": text, "reason": reason})
    return frames.left_out_frame(rows)


def headline(tables: Tables, axis: Axis) -> str:
    """The category of most statements, if one leads by every reading."""
    if axis.silent and marks(tables, axis).empty:
        return words.capital(words.why_empty(axis))
    if leader := frames.leader(tables, axis, "category"):
        category, count, total = leader
        return f"{_names(tables).get(category, category)} has the most statements: {count} of {total}"
    return "Threats and priorities that our sources report, by category and year"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    sel: str = "",
    narrow: bool = False,
    scale: float = 1.0,
) -> go.Figure:
    """The marks as a ruled table under the years, with totals on top and at the right."""
    unit, pad, head, size = (18, 4, 22, 11) if narrow else (24, 4, 0, 18)
    rows = _rows(marks, unit, pad, head)
    height = rows[-1]["bottom"] if rows else EMPTY
    shown = max(len(axis.years), 1)
    sheet = Sheet(
        rows=height,
        x=(0, shown),
        above=42,
        below=coverage_height(axis, narrow),
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT,
        key=key(marks, axis, narrow or height < ROOM),
        narrow=narrow,
        scale=scale,
    )
    _heads(sheet, marks, axis, height, narrow)
    for number, row in enumerate(rows):
        sheet.rule(row["top"], strong=number == 0)
        _row_label(sheet, row, unit, pad, head, narrow)
        if narrow:
            for year in axis.uncovered:
                x = axis.years.index(year)
                sheet.hatch(x + LEAD, x + 0.97, row["top"] + head + 2, row["bottom"] - 2)
    sheet.rule(0, strong=True)
    sheet.rule(height, strong=True)
    if rows:
        _draw(sheet, marks, axis, rows, unit, pad + head, size, sel)
    else:
        sheet.nothing(axis)
    sheet.coverage(height, axis, [(year, i + LEAD, i + 0.97) for i, year in enumerate(axis.years)])
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    total = int(marks["count"].sum())
    if not total:
        return f"Unit chart of threats by category and year: {words.why_empty(axis)}."
    by_year = Counter()
    for column, count in marks[["column", "count"]].itertuples(index=False):
        by_year[column] += count
    silent = set(axis.uncovered)
    spread = words.joined(
        f"{theme.UNCOVERED} {year}"
        if year in silent and not by_year[str(year)]
        else f"{by_year[str(year)]} in {year}"
        for year in axis.years
    )
    threats = int(marks["threats"].sum())
    return (
        f"Unit chart of {words.counted(total, 'statement')} in "
        f"{words.counted(marks['row'].nunique(), 'category', 'categories')}, "
        f"{threats} stated as a threat and {total - threats} named as a priority: {spread}."
        + words.disagreements(marks)
    )


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a record: those on the chart in its order of rows and years, then those left out."""
    names, speakers, events = _names(tables), words.speakers(tables), words.events(tables)
    missing = frames.reason_by_address(left_out(tables, axis))
    rows = frames.records(tables["threats"])
    totals = Counter(row["category"] for row in rows if row["id"] not in missing)
    rows.sort(
        key=lambda row: (
            row["id"] in missing,
            -totals[row["category"]],
            names.get(row["category"], row["category"]),
            frames.year_of(row["year"]) or 0,
            row["expressed_as"] != "threat",
            speakers.get(row["speaker"], ""),
        )
    )
    columns = (
        "Category", "Year", "Expressed as", "Speaker", "Role", "Occasion", "Summary", "Region", "Mentions",
        "Sources", "Basis", "Inferred", "Contradicted", "Note", "On the chart",
    )  # fmt: skip
    return frames.twin_frame(
        [
            {
                "Record": row["id"],
                "Category": names.get(row["category"], row["category"]),
                "Year": "not stated" if pd.isna(row["year"]) else str(row["year"]),
                "Expressed as": theme.EXPRESSED[row["expressed_as"]].words,
                "Speaker": speakers.get(row["speaker"], row["speaker"]),
                "Role": frames.said(row["role"]),
                "Occasion": words.occasion(events.get(row["event"]), row["event"]),
                "Summary": row["summary"],
                "Region": frames.said(row["region"]),
                "Mentions": row["mentions"],
                "Sources": words.listed(row["source"]),
                "Basis": row["basis"],
                "Inferred": frames.said(words.listed(row["inferred"]), "nothing"),
                "Contradicted": frames.said(words.listed(row["contradicted"]), "nothing"),
                "Note": row["note"],
                "On the chart": missing.get(row["id"], "yes"),
            }
            for row in rows
        ],
        columns,
    )


def _names(tables: Tables) -> dict[str, str]:
    return words.names(tables["categories"], "label")


def label(row: dict, category: str, speakers: dict, events: dict) -> str:
    """All that one statement's mark says, line by line."""
    who = speakers.get(row["speaker"], row["speaker"]) + (f", {row['role']}" if row["role"] else "")
    parts = [
        f"{category}: {theme.EXPRESSED[row['expressed_as']].words}",
        row["summary"],
        who,
        words.occasion(events.get(row["event"]), row["event"]),
        f"{words.counted(row['mentions'], 'mention')} in {words.listed(row['source'])}",
    ]
    if row["inferred"]:
        parts.append(f"inferred: {words.listed(row['inferred'])}")
    parts.append(words.disputed(row["contradicted"]))
    return "\n".join(part for part in parts if part)


def _bar(held: list[dict], category: str, name: str, year: int, column: int, top: int) -> dict:
    threats = sum(row["expressed_as"] == "threat" for row in held)
    return {
        "address": f"{category}.{year}",
        "x": column + LEAD,
        "y": top + 0.5,
        "shape": "bar",
        "fill": "solid",
        "label": f"{name}, {year}: {words.counted(len(held), 'statement')}\n"
        f"{threats} stated as a threat, {len(held) - threats} named as a priority to counter"
        + words.of_many(held),
        "kind": "bar",
        "basis": "",
        "contradicted": frames.disputed(held),
        "line": 0,
        "slot": 0,
        "count": len(held),
        "threats": threats,
    }


def key(marks: pd.DataFrame, axis: Axis, hatch: bool) -> list[tuple[str, str]]:
    """The key of the statements; charts of speakers share it. `hatch`: the column has no room to say why."""
    key = [("solid", theme.EXPRESSED["threat"].words), ("open", theme.EXPRESSED["priority"].words)]
    if (marks["basis"] == "inferred").any():
        key.append(("dotted", "speaker or wording inferred"))
    key += disagreement_key(marks)
    if (marks["shape"] == "bar").any():
        key.append(("thin", f"more than {squares.CAPACITY}: a bar with its count"))
    if hatch and axis.uncovered:
        key.append(("hatch", theme.UNCOVERED))
    return key


def _rows(marks: pd.DataFrame, unit: int, pad: int, head: int) -> list[dict]:
    """The rows in px: name, total, top, bottom and, because they are read once here, how many lines."""
    rows: dict[str, dict] = {}
    for name, line, count in marks[["row", "line", "count"]].itertuples(index=False):
        row = rows.setdefault(name, {"name": name, "total": 0, "lines": 1})
        row["total"] += count
        row["lines"] = max(row["lines"], line + 1)
    top = 0
    for row in rows.values():
        row["folded"] = words.folded(row["name"], LABEL_LETTERS)
        tall = 0 if head else 16 * row["folded"].count("<br>")
        row["top"], top = top, top + head + 2 * pad + max(row["lines"] * unit, unit + tall)
        row["bottom"] = top
    return list(rows.values())


def _heads(sheet: Sheet, marks: pd.DataFrame, axis: Axis, height: float, narrow: bool):
    totals = Counter()
    for column, count in marks[["column", "count"]].itertuples(index=False):
        totals[column] += count
    for number, year in enumerate(axis.years):
        silent = year in axis.uncovered
        count = "–" if silent and not totals[str(year)] else totals[str(year)]
        words_ = f"’{year % 100:02d}" if narrow and len(axis.years) > 5 else str(year)
        sheet.text(
            f"<b>{words_}</b><br>{sheet.small(count)}", number + LEAD, 0, size="year", yanchor="bottom", dy=2
        )
        if silent and not narrow:
            sheet.hatch(number + LEAD, number + 0.97, 0, height, words=(0, height))
    if not narrow:
        sheet.label("all categories", 0, size="small", color="soft", yanchor="bottom", dy=3)
        silence = set(axis.years) <= set(axis.uncovered) and not totals.total()
        total = "–" if silence else str(totals.total())
        sheet.total(total, 0, size="small", color="soft", yanchor="bottom", dy=3)


def _row_label(sheet: Sheet, row: dict, unit: int, pad: int, head: int, narrow: bool):
    if narrow:
        sheet.label(f"{words.escape(row['name'])}  {sheet.small(row['total'])}", row["top"] + pad + head / 2)
        return
    tall = 16 * row["folded"].count("<br>")
    middle = row["top"] + pad + (unit + tall) / 2
    sheet.label(row["folded"], middle)
    sheet.total(f"{row['total']}", row["top"] + pad + unit / 2, color="soft")


def _draw(
    sheet: Sheet, marks: pd.DataFrame, axis: Axis, rows: list[dict], unit: int, pad: int, size: int, sel: str
):
    tops = {row["name"]: row["top"] for row in rows}
    step = pitch(axis)
    tight = 1 if sheet.scale == 1 or sheet.narrow else 0.7  # present mode is wider, not only larger
    is_bar = marks["shape"] == "bar"
    units, bars = marks[~is_bar], marks[is_bar]
    sheet.draw(
        units,
        [
            cell + LEAD + (slot + 0.5) * step * tight
            for cell, slot in zip(units["cell"], units["slot"], strict=True)
        ],
        [
            tops[row] + pad + (line + 0.5) * unit
            for row, line in zip(units["row"], units["line"], strict=True)
        ],
        size,
        target=(step * tight, unit),
        sel=sel,
    )
    if bars.empty:
        return
    longest, ends = bars["count"].max(), []
    for row in frames.records(bars):
        middle, start, half = tops[row["row"]] + pad + unit / 2, row["cell"] + LEAD, size / 2
        split = start + 0.6 * row["threats"] / longest
        end = start + 0.6 * row["count"] / longest
        color = "accent" if row["address"] == sel else "ink"
        sheet.block(start, end, middle - half + 1, middle + half - 1, color=color, fill="open")
        sheet.block(start, split, middle - half, middle + half, color=color)
        sheet.text(f"{row['count']}", end, middle, size="small", color=color, dx=6)
        if row["contradicted"]:
            sheet.loose(end, middle, 0, half, size, color=color)
        ends.append((start, row["cell"] + 0.97, middle))
    sheet.areas(bars, *zip(*ends, strict=True), unit)

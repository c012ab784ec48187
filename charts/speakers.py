"""Speakers as small multiples: a panel is a speaker, with the squares of the threats chart over the years.

Where a speaker's year would hold too many squares, all years of all speakers are bars on one scale.
"""

from collections import Counter

import pandas as pd

import query
from charts import frames, squares, theme, threats, words
from charts.axis import Axis
from charts.frames import Tables
from charts.ruled import Drawn, Sheet, empty
from query.nouns import ACTION, THREAT
from query.vocabulary import LEFT_OUT_SHORT
from query.words import capital, counted, few, joined

SUBTITLE = "The same statements by speaker and year, on one scale. One square is one statement."
EXTRA = ["panel", "cell", "slot", "line", "threats"]
COLUMN = 0.97  # of a year, the rest is the gap to the next
DEEP = 12  # squares on top of one another, at most
BAR = 0.6  # of a year
TALL = 6  # squares' heights of the tallest bar


def per_line(axis: Axis) -> int:
    """Squares side by side in one year of a panel: at least 24 px each, on the card and on a phone."""
    return max(1, 10 // max(len(axis.years), 1))


def capacity(axis: Axis) -> int:
    """Squares that one year of a panel can hold."""
    return squares.capacity(per_line(axis), DEEP)


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Panel by panel, year by year, threats before priorities.

    x in years from a panel's left edge, y in squares upwards from its base line, `panel` counts panels.
    As soon as one speaker's year has more statements than `capacity`, a row is such a year, drawn as a bar;
    its address is the first of them, for there is none of a speaker and year.
    """
    drawn = [row for row in frames.records(tables["threats"]) if frames.year_of(row["year"]) in axis.years]
    totals = Counter(row["speaker"] for row in drawn)
    order = sorted(totals, key=lambda who: (-totals[who], query.name_of(tables, who), who))
    cells: dict[tuple[str, int], list[dict]] = {}
    for row in sorted(
        drawn, key=lambda row: (row["expressed_as"] != "threat", query.name_of(tables, row["category"]))
    ):
        cells.setdefault((row["speaker"], int(row["year"])), []).append(row)
    per, result = per_line(axis), []
    as_bars = any(len(held) > capacity(axis) for held in cells.values())
    for panel, who in enumerate(order):
        for cell, year in enumerate(axis.years):
            held = cells.get((who, year), [])
            base = {"row": query.name_of(tables, who), "column": str(year), "panel": panel, "cell": cell}
            if held and as_bars:
                said = query.label(tables, held[0]) if len(held) == 1 else ""
                result.append(base | _bar(held, said, base["row"], year, cell))
                continue
            for number, row in enumerate(held):
                look, line, slot = theme.EXPRESSED[row["expressed_as"]], number // per, number % per
                result.append(
                    base
                    | {
                        "address": row["id"],
                        "x": cell + (slot + 0.5) * COLUMN / per,
                        "y": line + 0.5,
                        "shape": look.shape,
                        "fill": look.fill,
                        "label": query.label(tables, row),
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
    """The speakers of most threats, or else of most actions."""
    if axis.silent and not frames.records(marks(tables, axis)):
        return capital(words.why_empty(axis))
    leaders = frames.leaders(tables, "speaker")
    if not leaders:
        return "Who is on record with how many statements"
    names = [query.name_of(tables, who) for who in leaders.values]
    verb = {THREAT: "state", ACTION: "name"}[leaders.noun] + "s" * (len(names) == 1)
    if leaders.most == leaders.total > 1:
        return f"All {leaders.noun.counted(leaders.total)} in this view are from {names[0]}"
    said = capital(few(names, "speakers"))
    return f"{said} {verb} the most: {leaders.numbers}"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """Panels side by side, three on the wide card; one below the other on a phone, where squares of half that
    width would be too small for a finger, and nothing but a record has an address for them to share.
    """
    across, gap, size = (1, 0, 16) if narrow else (3, 1.0, 18)
    unit, title, foot = 24, 40, 34
    years = max(len(axis.years), 1)
    panels = {mark["panel"]: mark["row"] for mark in frames.records(marks)}
    lines = _lines(marks, axis, across) if panels else []
    tops = [title * (n + 1) + foot * n + unit * sum(lines[:n]) for n in range(len(lines))]
    height = tops[-1] + lines[-1] * unit + foot if panels else empty(axis)
    sheet = Sheet(
        rows=height,
        x=(0, across * years + (across - 1) * gap),
        key=threats.key(marks, axis, hatch=True, capacity=capacity(axis)),
        narrow=narrow,
        scale=scale,
    )
    if not panels:
        sheet.nothing(axis)
        return sheet.figure()
    undated = Counter(
        query.name_of(tables, row["speaker"])
        for row in frames.records(tables["threats"])
        if frames.year_of(row["year"]) is None
    )
    place = {}
    for number, name in panels.items():
        line = number // across
        tall = lines[line] * unit
        place[number] = (number % across) * (years + gap), tops[line] + tall, tall
        total = sum(mark["count"] for mark in frames.records(marks) if mark["panel"] == number)
        without = undated[name]
        said = f"{total + without}" + (f", {without} without a year" if without else "")
        _panel(sheet, axis, name, said, *place[number], narrow)
    units = [mark for mark in frames.records(marks) if mark["shape"] != "bar"]
    sheet.draw(
        units,
        [place[mark["panel"]][0] + mark["x"] for mark in units],
        [place[mark["panel"]][1] - mark["y"] * unit for mark in units],
        size,
        target=(COLUMN / per_line(axis), unit),
    )
    per = per_line(axis)
    for (panel, cell), held in Counter((mark["panel"], mark["cell"]) for mark in units).items():
        if held > squares.COUNTED:  # on top of the squares
            left, base, _ = place[panel]
            y = base - (-(-held // per) + 0.4) * unit
            sheet.text(f"{held}", left + cell + COLUMN / 2, y, size="small", color="soft", anchor="center")
    bars = [mark for mark in frames.records(marks) if mark["shape"] == "bar"]
    if bars:
        _draw_bars(sheet, bars, place, unit, _held(bars, tables))
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    rows = frames.records(tables["threats"])
    if not rows:
        return f"Statements by speaker and year: {words.why_empty(axis)}."
    totals = Counter(row["speaker"] for row in rows)
    order = sorted(totals, key=lambda who: (-totals[who], query.name_of(tables, who), who))
    each = joined(f"{query.name_of(tables, who)} {totals[who]}" for who in order)
    return (
        f"Small charts of {counted(len(rows), 'statement')} by speaker and year: {each}."
        + words.uncovered(axis)
        + words.disagreements(marks)
    )


twin = threats.twin


def _lines(marks: pd.DataFrame, axis: Axis, across: int) -> list[int]:
    """How many squares high the panels of each line of panels are, with room for numbers on top."""
    drawn = frames.records(marks)
    as_bars = any(mark["shape"] == "bar" for mark in drawn)
    sizes: Counter = Counter()
    for mark in drawn:
        sizes[mark["panel"], mark["cell"]] += mark["count"]
    highest: dict[int, int] = {}
    for (panel, _), size in sizes.items():
        highest[panel] = max(highest.get(panel, 0), size)
    longest = max(highest.values())
    tall = [
        -(-TALL * most // longest) + 1
        if as_bars
        else -(-most // per_line(axis)) + int(most > squares.COUNTED)
        for _, most in sorted(highest.items())
    ]
    return [max(tall[n : n + across]) for n in range(0, len(tall), across)]


def _panel(
    sheet: Sheet, axis: Axis, name: str, total: str, left: float, base: float, tall: float, narrow: bool
):
    """The name, the base line, what is hatched, and years: on a phone a panel has room for all of them."""
    years = len(axis.years)
    label = words.escape(words.cut(capital(name), 32))
    sheet.text(f"<b>{label}</b>  {sheet.small(total)}", left, base - tall - 10, yanchor="bottom")
    sheet.line(left, left + years - 1 + COLUMN, base, base, color="ink", layer="above")
    for cell, year in enumerate(axis.years):
        silent = year in axis.uncovered
        if silent:
            sheet.hatch(left + cell, left + cell + COLUMN, base - tall, base)
        ends = cell in (0, years - 1)
        if ends or silent or narrow or year in axis.left_out:
            text = f"{year}" if ends else f"’{year % 100:02d}"
            text += f"<br>{LEFT_OUT_SHORT}" * (year in axis.left_out)
            middle = left + cell + COLUMN / 2
            sheet.text(text, middle, base, size="least", color="soft", anchor="center", yanchor="top", dy=-3)


def _bar(held: list[dict], said: str, name: str, year: int, cell: int) -> dict:
    """The mark of one year of a panel; `said` is the label of its record, if that is its only one."""
    threats_ = sum(row["expressed_as"] == "threat" for row in held)
    many = query.label_of_many(f"{name}, {year}", held, opens_first=True)
    return {
        "address": held[0]["id"],
        "x": cell + COLUMN / 2,
        "y": 0.5,
        "shape": "bar",
        "fill": "solid",
        "label": said or many,
        "kind": "bar",
        "basis": "",
        "contradicted": frames.disputed(held),
        "slot": 0,
        "line": 0,
        "count": len(held),
        "threats": threats_,
    }


def _held(bars: list[dict], tables: Tables) -> list[list[str]]:
    """The records that each bar holds."""
    rows = frames.records(tables["threats"])
    place = {row["id"]: (row["speaker"], row["year"]) for row in rows}
    held: dict[tuple, list[str]] = {}
    for record, at in place.items():
        held.setdefault(at, []).append(record)
    return [held[place[bar["address"]]] for bar in bars]


def _draw_bars(sheet: Sheet, bars: list[dict], place: dict[int, tuple], unit: int, held: list[list[str]]):
    """Bars on one scale, threats solid, then priorities open on top, and the number of both."""
    one = TALL * unit / max(row["count"] for row in bars)  # px
    by_height: dict[float, list[tuple]] = {}
    for row, records in zip(bars, held, strict=True):
        left, base, tall = place[row["panel"]]
        x = left + row["x"]
        split, top = base - one * row["threats"], base - one * row["count"]
        sheet.block(x - BAR / 2, x + BAR / 2, top, base, fill="open")
        sheet.block(x - BAR / 2, x + BAR / 2, split, base)
        sheet.text(f"{row['count']}", x, top - 10, size="small", anchor="center")
        if row["contradicted"]:
            sheet.loose(x + BAR / 2, top, 0, 0, 18)
        middle = (top - 20 + base + 1) / 2
        sheet.frame(*records, x=(x - BAR / 2, x + BAR / 2), y=middle, height=base - top + 21)
        by_height.setdefault(tall, []).append((row, left + row["cell"], base - tall / 2))
    for tall, found in by_height.items():  # all of a year takes the click, however low its bar
        said = [row for row, _, _ in found]
        sheet.areas(
            said, [x for _, x, _ in found], [x + COLUMN for _, x, _ in found], [y for *_, y in found], tall
        )

"""Threats as a unit chart: a row is a category, a column a year, a square one record.

A record is one category, stated by one speaker at one event in one way. Filled: presented as a threat.
Open: the text commits to act against it. A dot in the middle: the speaker or the wording is inferred.
Where a cell, one category in one year, would hold too many squares, all cells are bars on one scale.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import query
from charts import frames, squares, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query.nouns import ACTION, THREAT
from query.vocabulary import EXPRESSED, LEFT_OUT_SHORT
from query.words import capital, counted, few, joined

SUBTITLE = "Statements by year. One square is one category stated by one speaker at one occasion."
EXTRA = ["cell", "number", "slot", "line", "threats"]
LEAD = 0.03  # columns: squares, years, hatches and strips share one left edge
LEFT, RIGHT = 180, 36  # px
UNDATED = 52  # px for the statements without a year, in numbers
LABEL_LETTERS = 25
BAR = LEAD + 0.04  # columns: bars begin where squares do, and leave room for a frame
LONGEST = 0.65, 0.48  # columns of the longest bar, on the card and on a phone; the rest is for its number
FRAME = (LEAD, 0.97), (0.09, 0.91)  # columns: edges of a picked cell; on a phone its frame must not be cut


def pitch(axis: Axis, narrow: bool = False) -> float:
    """Width of a square's place in columns, whatever the number of years: 24 px on the wide card, 13 on the
    smallest phone."""
    share, most = (0.047, 0.94) if narrow else (0.0385, 0.97)
    return min(share * max(len(axis.years), 1), most)


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a square; or, as soon as one cell holds more than its capacity, one row a cell, each a bar.

    A bar of many records has the address `CATEGORY.YEAR`, one of a single record that of the record.
    x in columns from the first year, y in lines of squares from the top. `cell` is the column, `number`,
    `line` and `slot` the place inside the cell on the wide card, `count` the records that the mark stands
    for, `threats` how many of them are threats.
    """
    column = {year: number for number, year in enumerate(axis.years)}
    drawn = [row for row in frames.records(tables["threats"]) if frames.year_of(row["year"]) in column]
    totals = Counter(row["category"] for row in drawn)
    order = sorted(totals, key=lambda name: (-totals[name], query.name_of(tables, name), name))
    cells: dict[tuple[str, int], list[dict]] = {}
    for row in sorted(
        drawn, key=lambda row: (row["expressed_as"] != "threat", query.name_of(tables, row["speaker"]))
    ):
        cells.setdefault((row["category"], int(row["year"])), []).append(row)
    step = pitch(axis)
    per, top, result = squares.per_line(step), 0, []
    as_bars = any(len(held) > squares.capacity(per) for held in cells.values())
    for category in order:
        name = query.name_of(tables, category)
        for year in axis.years:
            held = cells.get((category, year), [])
            base = {"row": name, "column": str(year), "cell": column[year]}
            if held and as_bars:
                said = query.label(tables, held[0]) if len(held) == 1 else ""
                result.append(base | _bar(held, said, category, name, year, column[year], top))
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
                        "label": query.label(tables, row),
                        "kind": row["expressed_as"],
                        "basis": row["basis"],
                        "contradicted": row["contradicted"],
                        "number": number,
                        "line": line,
                        "slot": slot,
                        "threats": int(row["expressed_as"] == "threat"),
                    }
                )
        sizes = [len(cells.get((category, year), [])) for year in axis.years]
        top += 1 if as_bars else max(squares.lines(size, per) for size in sizes)
    return frames.marks_frame(result, EXTRA)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Records whose event has no year, or a year that is not on the axis."""
    rows = []
    for row in frames.records(tables["threats"]):
        year = frames.year_of(row["year"])
        if year in axis.years:
            continue
        rows.append({"address": row["id"], "reason": words.why_left_out(year, axis)})
    return frames.left_out_frame(rows)


def headline(tables: Tables, axis: Axis) -> str:
    """The categories most often stated as a threat; where none is, those most often named for action."""
    if axis.silent and not frames.records(marks(tables, axis)):
        return capital(words.why_empty(axis))
    leaders = frames.leaders(tables, "category")
    if not leaders:
        return "Threats stated and actions named that our sources report, by category and year"
    said = {THREAT: "stated as a threat", ACTION: "named for action"}[leaders.noun]
    if leaders.singles:
        actions = len(tables["threats"]) - leaders.total if leaders.noun is THREAT else 0
        also = f", and {ACTION.counted(actions)}" if actions else ""
        return f"{leaders.noun.counted(leaders.total)}, each of another category{also}"
    names = [f"“{query.name_of(tables, category)}”" for category in leaders.values]
    verb = "is" if len(names) == 1 else "are"
    who = capital(few(names, "categories"))
    return f"{who} {verb} {said} most often: {leaders.numbers}"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """The marks as a ruled table under the years, with totals on top and at the right.

    On a phone squares are too small for a finger: there a whole cell is one target. With one record it opens
    that, with more it has the address `CATEGORY.YEAR`.
    """
    unit, pad, head, size = (18, 4, 22, 11) if narrow else (24, 4, 0, 18)
    undated = Counter(
        row["category"] for row in frames.records(tables["threats"]) if frames.year_of(row["year"]) is None
    )
    by_name = {query.name_of(tables, category): number for category, number in undated.items()}
    rows = _rows(marks, by_name, squares.per_line(pitch(axis, narrow)), unit, pad, head)
    height = rows[-1]["bottom"] if rows else empty(axis)
    shown = max(len(axis.years), 1)
    sheet = Sheet(
        rows=height,
        x=(0, shown),
        above=42,
        below=coverage_height(axis, narrow),
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT + UNDATED * bool(undated),
        key=key(marks, axis, narrow or height < ROOM, squares.capacity(squares.per_line(pitch(axis)))),
        narrow=narrow,
        scale=scale,
    )
    _heads(sheet, marks, axis, undated.total(), height, narrow)
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
        homes = _homes(tables)
        cells = _cells(marks, homes, rows, unit, pad + head)
        _draw(sheet, marks, axis, cells, unit, size, homes)
    else:
        sheet.nothing(axis)
    sheet.coverage(height, axis, [(year, i + LEAD, i + 0.97) for i, year in enumerate(axis.years)])
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    rows = frames.records(tables["threats"])
    if not rows:
        return f"Unit chart of statements by category and year: {words.why_empty(axis)}."
    by_year = Counter(frames.year_of(row["year"]) for row in rows)
    spread = [
        f"{by_year[year] or query.NONE_REPORTED} in {year}"
        for year in axis.years
        if by_year[year] or not axis.silence(year)
    ]
    undrawn = sum(number for year, number in by_year.items() if year not in axis.years)
    spread += [f"{undrawn} not on the chart"] if undrawn else []
    kind = "Bar chart" if any(mark["shape"] == "bar" for mark in frames.records(marks)) else "Unit chart"
    threats = sum(map(THREAT.holds, rows))
    split = query.threats_and_actions(threats, len(rows) - threats)
    categories = counted(len({row["category"] for row in rows}), "category")
    return (
        f"{kind} of {counted(len(rows), 'statement')} in {categories}, {split}: "
        f"{joined(spread)}." + words.uncovered(axis) + words.disagreements(marks)
    )


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a record: those on the chart in its order of rows and years, then those left out."""
    missing = frames.reason_by_address(left_out(tables, axis))
    rows = frames.records(tables["threats"])
    totals = Counter(row["category"] for row in rows if row["id"] not in missing)
    rows.sort(
        key=lambda row: (
            row["id"] in missing,
            -totals[row["category"]],
            query.name_of(tables, row["category"]),
            frames.year_of(row["year"]) or 0,
            row["expressed_as"] != "threat",
            query.name_of(tables, row["speaker"]),
        )
    )
    said = ((row["id"], query.fields(tables, row)) for row in rows)
    return frames.twin_frame(said, query.FIELDS["threats"], left_out(tables, axis))


def _bar(held: list[dict], said: str, category: str, name: str, year: int, column: int, top: int) -> dict:
    """The mark of a whole cell; `said` is the label of its record, if that is its only one."""
    threats = sum(row["expressed_as"] == "threat" for row in held)
    return {
        "address": held[0]["id"] if said else f"{category}.{year}",
        "x": column + BAR,
        "y": top + 0.5,
        "shape": "bar",
        "fill": "solid",
        "label": said or query.label_of_many(f"{name}, {year}", held),
        "kind": "bar",
        "basis": "",
        "contradicted": frames.disputed(held),
        "number": 0,
        "line": 0,
        "slot": 0,
        "count": len(held),
        "threats": threats,
    }


def key(marks: pd.DataFrame, axis: Axis, hatch: bool, capacity: int) -> list[tuple[str, str]]:
    """The key of the statements; charts of speakers share it.

    `hatch`: the column has no room to say why; `capacity`: squares that one place can hold.
    """
    key = [("solid", EXPRESSED["threat"]), ("open", EXPRESSED["priority"])]
    if any(row["basis"] == "inferred" for row in frames.records(marks)):
        key.append(("dotted", "speaker or wording inferred"))
    key += disagreement_key(marks)
    if any(row["shape"] == "bar" for row in frames.records(marks)):
        key.append(("split", f"more than {capacity} squares in one place, so bars"))
    if hatch and axis.uncovered:
        key.append(("hatch", query.UNCOVERED))
    return key


def _rows(
    marks: pd.DataFrame, undated: Mapping[str, int], per: int, unit: int, pad: int, head: int
) -> list[dict]:
    """The rows in px: name, total, top, bottom, and `lines`: of squares, `per` to a line, in each column.

    `undated` is how many statements of a row have no year; the total counts them too.
    """
    rows: dict[str, dict] = {}
    cells: dict[tuple[str, int], list[dict]] = {}
    for mark in frames.records(marks):
        cells.setdefault((mark["row"], mark["cell"]), []).append(mark)
    for (name, cell), held in cells.items():
        without = undated.get(name, 0)
        row = rows.setdefault(name, {"name": name, "total": without, "undated": without, "lines": {}})
        row["total"] += sum(mark["count"] for mark in held)
        row["lines"][cell] = 1 if held[0]["shape"] == "bar" else squares.lines(len(held), per)
    for name, without in undated.items():
        rows.setdefault(name, {"name": name, "total": without, "undated": without, "lines": {}})
    top = 0
    for row in rows.values():
        row["folded"] = words.folded(row["name"], LABEL_LETTERS)
        tall = 0 if head else 16 * row["folded"].count("<br>")
        lines = max(row["lines"].values(), default=1)
        row["top"], top = top, top + head + 2 * pad + max(lines * unit, unit + tall)
        row["bottom"] = top
    return list(rows.values())


def _heads(sheet: Sheet, marks: pd.DataFrame, axis: Axis, undated: int, height: float, narrow: bool):
    totals = Counter()
    for mark in frames.records(marks):
        totals[mark["column"]] += mark["count"]
    for number, year in enumerate(axis.years):
        silent = year in axis.uncovered
        why = LEFT_OUT_SHORT if year in axis.left_out else "–" if silent else "none"
        count = totals[str(year)] or why
        words_ = f"’{year % 100:02d}" if narrow and len(axis.years) > 5 else str(year)
        sheet.text(
            f"<b>{words_}</b><br>{sheet.small(count)}", number + LEAD, 0, size="year", yanchor="bottom", dy=2
        )
        if silent and not narrow:
            sheet.hatch(number + LEAD, number + 0.97, 0, height, words=(0, height))
    if not narrow:
        head = {"size": "small", "color": "soft", "yanchor": "bottom", "dy": 3}
        sheet.label("all categories", 0, **head)
        if undated:
            sheet.total(f"no year<br>{undated}", 0, dx=RIGHT, **head)
        total = str(totals.total() + undated or ("–" if all(map(axis.silence, axis.years)) else "none"))
        sheet.total(total, 0, size="small", color="soft", yanchor="bottom", dy=3)


def _row_label(sheet: Sheet, row: dict, unit: int, pad: int, head: int, narrow: bool):
    if narrow:
        total = f"{row['total']}" + (f", {row['undated']} without a year" if row["undated"] else "")
        sheet.label(f"{words.escape(row['name'])}  {sheet.small(total)}", row["top"] + pad + head / 2)
        return
    tall = 16 * row["folded"].count("<br>")
    middle = row["top"] + pad + (unit + tall) / 2
    sheet.label(row["folded"], middle)
    sheet.total(f"{row['total']}", row["top"] + pad + unit / 2, color="soft")
    if row["undated"]:
        sheet.total(f"{row['undated']}", row["top"] + pad + unit / 2, dx=RIGHT, color="soft")


@dataclass(frozen=True)
class _Cell:
    """One category in one year. `home` is its `CATEGORY.YEAR`, `held` its marks, all as drawn.

    `top` is where its marks begin and `tall` how far they reach, `row` its row from top to bottom, in px.
    """

    home: str
    column: int
    held: list[dict]
    top: float
    tall: float
    row: tuple[float, float]

    @property
    def is_bar(self) -> bool:
        return self.held[0]["shape"] == "bar"

    @property
    def address(self) -> str:
        """What a target of the whole cell opens."""
        return self.held[0]["address"] if len(self.held) == 1 else self.home

    @property
    def label(self) -> str:
        if len(self.held) == 1:
            return self.held[0]["label"]
        first, rows = self.held[0], [mark | {"expressed_as": mark["kind"]} for mark in self.held]
        return query.label_of_many(f"{first['row']}, {first['column']}", rows)


def _homes(tables: Tables) -> dict[str, str]:
    """id of a record -> `CATEGORY.YEAR` of the cell that it belongs to."""
    return {row["id"]: f"{row['category']}.{row['year']}" for row in frames.records(tables["threats"])}


def _cells(
    marks: pd.DataFrame, homes: dict[str, str], rows: list[dict], unit: int, inset: int
) -> list[_Cell]:
    """The cells that hold marks; these begin `inset` px below the top of a row."""
    at = {row["name"]: row for row in rows}
    held: dict[str, list[dict]] = {}
    for mark in frames.records(marks):
        held.setdefault(homes.get(mark["address"], mark["address"]), []).append(mark)
    cells = []
    for home, found in held.items():
        row, column = at[found[0]["row"]], found[0]["cell"]
        top, tall = row["top"] + inset, row["lines"][column] * unit
        cells.append(_Cell(home, column, found, top, tall, (row["top"], row["bottom"])))
    return cells


def _draw(
    sheet: Sheet,
    marks: pd.DataFrame,
    axis: Axis,
    cells: list[_Cell],
    unit: int,
    size: int,
    homes: dict[str, str],
):
    tight = 1 if sheet.scale == 1 or sheet.narrow else 0.7  # present mode is wider, not only larger
    step, per = pitch(axis, sheet.narrow) * tight, squares.per_line(pitch(axis, sheet.narrow))
    units = [mark for mark in frames.records(marks) if mark["shape"] != "bar"]
    drawn = [(cell, mark["number"]) for cell in cells if not cell.is_bar for mark in cell.held]
    sheet.draw(
        units,
        [cell.column + LEAD + (number % per + 0.5) * step for cell, number in drawn],
        [cell.top + (number // per + 0.5) * unit for cell, number in drawn],
        size,
        target=None if sheet.narrow else (step, unit),
    )
    for cell in cells:
        count = len(cell.held)
        if count > squares.COUNTED:  # where the next square would stand
            x, y = cell.column + LEAD + (count % per + 0.5) * step, cell.top + (count // per + 0.5) * unit
            sheet.text(
                f"{count}", x, y, size="least" if sheet.narrow else "small", color="soft", anchor="center"
            )
    bars = [cell for cell in cells if cell.is_bar]
    _draw_bars(sheet, bars, unit, size)
    _targets(sheet, cells if sheet.narrow else bars)
    in_bar: dict[str, list[str]] = {cell.home: [] for cell in bars}
    for record, home in homes.items():
        if home in in_bar:
            in_bar[home].append(record)
    a, b = FRAME[sheet.narrow]
    for cell in cells:  # it is framed as a whole, and a bar for any record in it
        sheet.frame(
            cell.home,
            *in_bar.get(cell.home, ()),
            x=(cell.column + a, cell.column + b),
            y=cell.top + cell.tall / 2,
            height=cell.tall + 6,
        )


def _draw_bars(sheet: Sheet, bars: list[_Cell], unit: int, size: int):
    """Bars on one scale, threats solid, then priorities open, and the number of both."""
    longest = max((cell.held[0]["count"] for cell in bars), default=1)
    for cell in bars:
        bar, start, middle, half = cell.held[0], cell.column + BAR, cell.top + unit / 2, size / 2
        unit_width = LONGEST[sheet.narrow] / longest
        split, end = start + unit_width * bar["threats"], start + unit_width * bar["count"]
        sheet.block(start, end, middle - half + 1, middle + half - 1, fill="open")
        sheet.block(start, split, middle - half, middle + half)
        small = "least" if sheet.narrow else "small"
        sheet.text(f"{bar['count']}", end, middle, size=small, dx=4 if sheet.narrow else 6)
        if bar["contradicted"]:
            sheet.loose(end, middle, 0, half, size)


def _targets(sheet: Sheet, cells: list[_Cell]):
    """What takes click and hover for a whole cell: on a phone all that lies between hairlines."""
    by_height: dict[float, list[tuple[_Cell, float]]] = {}
    for cell in cells:
        top, bottom = cell.row if sheet.narrow else (cell.top, cell.top + cell.tall)
        by_height.setdefault(bottom - top, []).append((cell, (top + bottom) / 2))
    a, b = (0, 1) if sheet.narrow else (LEAD, 0.97)
    for height, found in by_height.items():
        said = [{"address": cell.address, "label": cell.label} for cell, _ in found]
        left = [cell.column + a for cell, _ in found]
        sheet.areas(said, left, [x + b - a for x in left], [y for _, y in found], height)

"""Threats as a unit chart: a row is a category, a column a year, a square one record.

A record is one category, stated by one speaker at one event in one way. Filled: presented as a threat.
Open: the text commits to act against it. A dot in the middle: the speaker or the wording is inferred.
Where a cell, one category in one year, would hold too many squares, all cells are bars on one scale.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

import query
from charts import columns, frames, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import Cell, Grid, Item, LeftOut, Row, Total
from query.nouns import ACTION, THREAT

SUBTITLE = "Statements by year. One square is one category stated by one speaker at one occasion."
UNDATED = 52  # px for the statements without a year, in numbers


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each category, most stated first."""
    return statements(tables, axis, "category", _names(tables))


def statements(tables: Tables, axis: Axis, by: str, names: Mapping[str, str]) -> Grid:
    """The statements by year and `by`, a column of theirs whose values are called `names`.

    A cell of one category and year has an address of its own, `CATEGORY.YEAR`; of a speaker and a year none,
    so it opens the first of its records.
    """
    categories, speakers = _names(tables), words.speakers(tables)
    rows = frames.records(tables["threats"])
    rows.sort(
        key=lambda row: (
            row["expressed_as"] != "threat",
            speakers.get(row["speaker"], "") if by == "category" else categories.get(row["category"], ""),
        )
    )
    squares = items(tables, rows)
    drawn = [row for row in rows if frames.year_of(row["year"]) in axis.years]
    undated = Counter(row[by] for row in rows if frames.year_of(row["year"]) is None)
    totals = Counter(row[by] for row in drawn) + undated
    cells: dict[str, dict[int, list[dict]]] = {key: {} for key in totals}
    for row in drawn:
        cells[row[by]].setdefault(int(row["year"]), []).append(row)
    order = sorted(totals, key=lambda key: (-totals[key], names.get(key, key), key))
    by_year = Counter(int(row["year"]) for row in drawn)
    last = str(sum(totals.values()) or ("–" if all(map(axis.silence, axis.years)) else "none"))
    without = undated.total()
    return Grid(
        rows=tuple(
            Row(
                key,
                words.capital(names.get(key, key)),
                said=f"{totals[key]}" + (f", {undated[key]} without a year" if undated[key] else ""),
                totals=(*([Total(str(undated[key] or ""))] * bool(without)), Total(str(totals[key]))),
                cells={
                    year: _cell(
                        rows_of, [squares[row["id"]] for row in rows_of], names.get(key, key), key, year, by
                    )
                    for year, rows_of in sorted(cells[key].items())
                },
            )
            for key in order
        ),
        columns=columns.years(axis, by_year),
        axis=axis,
        key=_key(drawn),
        head={"category": "all categories", "speaker": "all speakers"}[by],
        totals=(*([f"no year\n{without}"] * bool(without)), last),
        right=36 + UNDATED * bool(without),
        left_out=tuple(
            LeftOut(row["id"], squares[row["id"]].label, _reason(frames.year_of(row["year"])))
            for row in frames.records(tables["threats"])
            if frames.year_of(row["year"]) not in axis.years
        ),
    )


def items(tables: Tables, rows: Iterable[Mapping]) -> dict[str, Item]:
    """id -> its square."""
    categories, speakers, events = _names(tables), words.speakers(tables), words.events(tables)
    return {
        row["id"]: _item(row, label(row, categories.get(row["category"], row["category"]), speakers, events))
        for row in rows
    }


def _item(row: Mapping, label: str) -> Item:
    look = theme.EXPRESSED[row["expressed_as"]]
    return Item(
        row["id"],
        label,
        str(row["year"]),
        f"{look.fill} {look.shape}",
        inferred=row["basis"] == "inferred",
        contradicted=row["contradicted"],
        strong=row["expressed_as"] == "threat",
    )


def _cell(rows: Sequence[Mapping], held: Sequence[Item], name: str, key: str, year: int, by: str) -> Cell:
    """The statements of one row and year, and the mark that stands for all of them."""
    home = f"{key}.{year}" if by == "category" else ""
    if len(rows) == 1:
        held = [replace(held[0], records=(home,) if home else ())]
        return Cell(tuple(held), held[0])
    said = summed(name, year, rows) + words.of_many(held)
    if not home:
        said += "\nopens the first of them"
    whole = Item(home or rows[0]["id"], said, str(year), contradicted=frames.disputed(held))
    return Cell(tuple(held), whole)


def _key(rows: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    key = [
        ("solid square", theme.EXPRESSED["threat"].words),
        ("open square", theme.EXPRESSED["priority"].words),
    ]
    if any(row["basis"] == "inferred" for row in rows):
        key.append(("solid square inferred", "speaker or wording inferred"))
    if any(row["contradicted"] for row in rows):
        key.append(("torn", theme.CONTRADICTED))
    return tuple(key)


def _reason(year: int | None) -> str:
    return "the year is not stated" if year is None else f"{year} is not among the years shown"


def headline(grid: Grid, tables: Tables) -> str:
    """The categories most often stated as a threat; where none is, those most often named for action."""
    if grid.axis.silent and not grid.items:
        return words.capital(words.why_empty(grid.axis))
    leaders = frames.leaders(tables, "category")
    if not leaders:
        return "Threats stated and actions named that our sources report, by category and year"
    said = {THREAT: "stated as a threat", ACTION: "named for action"}[leaders.noun]
    if leaders.singles:
        actions = len(tables["threats"]) - leaders.total if leaders.noun is THREAT else 0
        also = f", and {ACTION.counted(actions)}" if actions else ""
        return f"{leaders.noun.counted(leaders.total)}, each of another category{also}"
    names = [f"“{_names(tables).get(category, category)}”" for category in leaders.values]
    verb = "is" if len(names) == 1 else "are"
    who = words.capital(words.few(names, "categories"))
    return f"{who} {verb} {said} most often: {leaders.numbers}"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows, axis = frames.records(tables["threats"]), grid.axis
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
    kind = "Bar chart" if grid.crowded else "Unit chart"
    categories = words.counted(len({row["category"] for row in rows}), "category", "categories")
    return (
        f"{kind} of {words.counted(len(rows), 'statement')} in {categories}, {split_words(rows)}: "
        f"{words.joined(spread)}." + words.uncovered(axis) + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a record: those on the chart in its order of rows and years, then those left out."""
    names, speakers, events = _names(tables), words.speakers(tables), words.events(tables)
    missing = grid.reasons
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


def summed(name: str, year: int, rows: Sequence[Mapping]) -> str:
    """What a mark of many statements says."""
    return f"{name}, {year}: {words.counted(len(rows), 'statement')}\n{split_words(rows)}"


def split_words(rows: Sequence[Mapping]) -> str:
    """`3 threats and 5 actions`; of which there are none is not named."""
    numbers = ((noun, sum(map(noun.holds, rows))) for noun in (THREAT, ACTION))
    return words.joined(noun.counted(number) for noun, number in numbers if number)

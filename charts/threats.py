"""Threats as a unit chart: a row is a category, a column a year, a square one record.

A record is one category, stated by one speaker at one event in one way. Filled: presented as a threat.
Open: the text commits to act against it. A dot in the middle: the speaker or the wording is inferred.
Where a cell, one category in one year, would hold too many squares, all cells are bars on one scale.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

import query
from charts import columns, theme, words
from charts.axis import Axis
from charts.grid import Cell, Grid, Item, LeftOut, Row, Total, contradicted
from charts.twin import in_order as chart_order
from charts.twin import twin as table
from query import Tables
from query.nouns import ACTION, THREAT, Noun
from query.outline import MAIN, quoted
from query.records import rows_in
from query.vocabulary import CONTRADICTED, EXPRESSED
from query.words import capital, counted, few, joined, quotation

SUBTITLE = "Statements by year. One square is one category stated by one speaker at one occasion."
UNDATED = 52  # px for the statements without a year, in numbers
FEW = 12  # statements of which each is told in its words, with a quote
MANY = 30  # the same without a quote, of one year alone, whose column has the width for it
TOLD = "what was said"


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each category, most stated first. A few statements are told in words."""
    few = len(tables["threats"]) <= (MANY if len(axis.years) == 1 else FEW)
    told = TOLD if few else ""
    return statements(tables, axis, "category", then="speaker", told=told)


def statements(tables: Tables, axis: Axis, by: str, then: str, told: str = "") -> Grid:
    """A row for each value of the column `by`, a column for each year, in each cell the statements.

    With `told` they have words under that heading.

    In a cell threats stand before actions, each in order of the column `then`. A cell of a category and a
    year has an address of its own, `CATEGORY.YEAR`; one of a speaker and a year opens its first record.
    """
    rows = in_order(tables, rows_in(tables, "threats"), then)
    on_chart = [row for row in rows if row["year"] in axis.years]
    undated = Counter(row[by] for row in rows if row["year"] is None)
    totals = Counter(row[by] for row in on_chart) + undated
    cells: dict[str, dict[int, list[Mapping]]] = {value: {} for value in totals}
    for row in sorted(on_chart, key=lambda row: row["year"]):
        cells[row[by]].setdefault(row["year"], []).append(row)
    without, dated = undated.total(), len(on_chart)
    none = "–" if all(map(axis.silence, axis.years)) else "none"

    def row_of(value: str) -> Row:
        name, number = capital(query.name_of(tables, value)), undated[value]
        home = (lambda year: f"{value}.{year}") if by == "category" else (lambda year: "")
        return Row(
            value,
            name,
            said=f"{totals[value]}" + (f", {number} without a year" if number else ""),
            totals=(*[Total(str(number or ""))] * bool(without), Total(str(totals[value]))),
            cells={
                year: _cell(tables, of_year, f"{name}, {year}", home(year), then if told else "")
                for year, of_year in cells[value].items()
            },
        )

    return Grid(
        rows=tuple(
            map(row_of, sorted(totals, key=lambda one: (-totals[one], query.name_of(tables, one), one)))
        ),
        columns=columns.years(axis, Counter(row["year"] for row in on_chart)),
        axis=axis,
        key=key(on_chart),
        by=by,
        told=told,
        head={"category": "all categories", "speaker": "all speakers"}[by],
        totals=(*[f"no year\n{without}"] * bool(without), str(dated + without or none)),
        right=36 + UNDATED * bool(without),
        left_out=tuple(
            LeftOut(row["id"], words.why_left_out(row["year"], axis))
            for row in rows_in(tables, "threats")
            if row["year"] not in axis.years
        ),
    )


def in_order(tables: Tables, rows: Iterable[Mapping], then: str) -> list[Mapping]:
    """Statements, threats before actions, each by the names of what stands in the column `then`."""
    return sorted(rows, key=lambda row: (not THREAT.holds(row), query.name_of(tables, row[then])))


def item(tables: Tables, row: Mapping) -> Item:
    """A statement as a square."""
    look = theme.EXPRESSED[row["expressed_as"]]
    return Item(
        row["id"],
        query.label(tables, row),
        str(row["year"]),
        f"{look.fill} {look.shape}",
        inferred=row["basis"] == "inferred",
        contradicted=row["contradicted"],
        strong=THREAT.holds(row),
        noun=THREAT if THREAT.holds(row) else ACTION,
    )


def in_words(tables: Tables, row: Mapping, head: str) -> Item:
    """A statement as a square with its summary, after what stands in the column `head`, and quoted words if
    there are few of them.
    """
    place = quoted(tables, row["id"], MAIN["threats"]) if len(tables["threats"]) <= FEW else None
    return replace(
        item(tables, row),
        words=f"{capital(query.name_of(tables, row[head]))}: {row['summary']}",
        more=quotation(place["quote"]) if place else "",
    )


def _cell(tables: Tables, rows: Sequence[Mapping], head: str, home: str, told: str) -> Cell:
    """The statements of one row and year, and the mark that stands for all of them; `home` is its address.

    `told` is the column whose value begins the words of each, empty where they have none.
    """
    items = [in_words(tables, row, told) if told else item(tables, row) for row in rows]
    if len(items) == 1:
        items = [replace(items[0], records=(home,) if home else ())]
        return Cell(tuple(items), items[0])
    label = query.label_of_many(head, rows, opens_first=not home)
    whole = Item(home or items[0].address, label, items[0].where, contradicted=contradicted(items))
    return Cell(tuple(items), whole)


def key(rows: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    """What the signs of these statements mean."""
    entries = (
        ("solid square", EXPRESSED["threat"], True),
        ("open square", EXPRESSED["priority"], True),
        (
            "solid square inferred",
            "speaker or wording inferred",
            any(row["basis"] == "inferred" for row in rows),
        ),
        ("torn", CONTRADICTED, any(row["contradicted"] for row in rows)),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


class Leaders(NamedTuple):
    """The values of a column that most statements of a noun share: `most` of `total` each."""

    values: tuple[str, ...]
    names: tuple[str, ...]
    noun: Noun
    most: int
    total: int

    @property
    def numbers(self) -> str:
        """`4 of 37 threats each`."""
        return f"{self.most} of {self.noun.counted(self.total)}" + " each" * (len(self.names) > 1)

    @property
    def singles(self) -> bool:
        """Whether each value has one statement and so none leads."""
        return self.most == 1 and len(self.names) > 1


def leaders(tables: Tables, column: str) -> Leaders | None:
    """Which values of a column have the most threats, or the most actions where no threat is selected.

    All that share the lead, in file order. None without a statement.
    """
    for noun in (THREAT, ACTION):
        values = Counter(row[column] for row in query.rows_of(tables, noun))
        if values:
            most = max(values.values())
            leading = tuple(value for value, number in values.items() if number == most)
            names = tuple(query.name_of(tables, value) for value in leading)
            return Leaders(leading, names, noun, most, values.total())
    return None


def headline(grid: Grid, tables: Tables) -> str:
    """The categories most often stated as a threat; where none is, those most often named for action."""
    lead = leaders(tables, "category")
    if not lead or (grid.axis.silent and not grid.items):
        return capital(words.why_empty(grid.axis))
    if lead.most == lead.total > 1:
        return f"All {lead.noun.counted(lead.total)} in this view are on {quotation(lead.names[0])}"
    if lead.singles:
        actions = len(tables["threats"]) - lead.total if lead.noun is THREAT else 0
        also = f", and {ACTION.counted(actions)}" if actions else ""
        return f"{lead.noun.counted(lead.total)}, each of another category{also}"
    verb = "is" if len(lead.names) == 1 else "are"
    said = {THREAT: "stated as a threat", ACTION: "named for action"}[lead.noun]
    who = capital(few([*map(quotation, lead.names)], "categories"))
    return f"{who} {verb} {said} most often: {lead.numbers}"


def behind(grid: Grid, tables: Tables) -> list[str]:
    """The statements of the categories that lead, unless each category has one."""
    lead = leaders(tables, "category")
    if not lead or lead.singles:
        return []
    rows = query.rows_of(tables, lead.noun)
    return [row["id"] for value in lead.values for row in rows if row["category"] == value]


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows, axis = rows_in(tables, "threats"), grid.axis
    if not rows:
        return f"Unit chart of statements by category and year: {words.why_empty(axis)}."
    by_year = Counter(row["year"] for row in rows)
    spread = [
        f"{by_year[year] or query.NONE_REPORTED} in {year}"
        for year in axis.years
        if by_year[year] or not axis.silence(year)
    ]
    spread += [f"{len(grid.left_out)} not on the chart"] if grid.left_out else []
    kind = "Bar chart" if grid.crowded else "Unit chart"
    threats = sum(map(THREAT.holds, rows))
    split = query.threats_and_actions(threats, len(rows) - threats)
    categories = counted(len({row["category"] for row in rows}), "category")
    return (
        f"{kind} of {counted(len(rows), 'statement')} in {categories}, {split}: {joined(spread)}."
        + words.uncovered(axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a record, in the order of the chart."""
    rows = chart_order(rows_in(tables, "threats"), grid)
    return table(((row["id"], query.fields(tables, row)) for row in rows), query.FIELDS["threats"], grid)

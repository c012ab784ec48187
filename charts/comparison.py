"""Two years or two speakers: a row is a category, for each side a column of threats and one of actions.

Categories that both sides state come first, then those of one side alone. The sides are those of
`query.compare.pair_of`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

import query
from charts import columns, threats, words
from charts.axis import Axis
from charts.grid import Cell, Column, Grid, Item, Row, contradicted
from charts.twin import in_order
from charts.twin import twin as table
from query import Tables
from query.compare import BOTH, FIRST, SECOND, compare, is_of_years, pair_of, side_of
from query.nouns import ACTION, THREAT, Noun
from query.vocabulary import NOTHING
from query.words import capital, counted, few, joined, quotation

SUBTITLE = (
    "Threats and actions by category. One square is one category stated by one speaker at one occasion."
)
WHERE = "Stated for"  # the column of the table that says the group


def grid(tables: Tables, axis: Axis) -> Grid:
    """Under the name of each group a row for each of its categories, most stated first."""
    groups = compare(tables, pair_of(tables))
    on_chart = [row for rows in groups.values() for row in rows]
    told = len(on_chart) <= threats.FEW
    nouns = [noun for noun in (THREAT, ACTION) if any(map(noun.holds, on_chart))]
    rows = []
    for where, of_group in groups.items():
        number = Counter(row["category"] for row in of_group)
        if number:
            name = capital(_group(tables, axis, where))
            beside = counted(len(number), "category")
            rows.append(Row(where, name, bold=True, beside=beside, heading=True))
        for category in sorted(number, key=lambda key: (-number[key], query.name_of(tables, key))):
            here = [row for row in of_group if row["category"] == category]
            rows.append(_row(tables, category, threats.in_order(tables, here, "speaker"), told=told))
    return Grid(
        rows=tuple(rows),
        columns=_columns(tables, axis, nouns, on_chart) if rows else (),
        axis=axis,
        key=threats.key(on_chart),
        by="category",
        told=threats.TOLD if told else "",
        right=8,
        covered=is_of_years(pair_of(tables)),
        nothing=words.why_empty(axis),
    )


def _group(tables: Tables, axis: Axis, where: str) -> str:
    """The name of a group: silence about the other side is that of our sources."""
    pair = [query.name_of(tables, side) for side in pair_of(tables)]
    by = "in" if is_of_years(pair) else "by"
    if where == BOTH:
        return f"stated {by} both"
    here, there = pair if where == FIRST else reversed(pair)
    if there.isdecimal() and int(there) in axis.uncovered:
        return f"stated in {here}; {query.uncovered((int(there),))}"
    return f"only {by} {here}; not stated in our sources for {there}"


def _row(tables: Tables, category: str, rows: Sequence[Mapping], *, told: bool) -> Row:
    of: dict[tuple, list[Mapping]] = {}
    for row in rows:
        of.setdefault(_column(tables, row), []).append(row)
    name = capital(query.name_of(tables, category))
    return Row(
        category,
        name,
        said=", ".join(
            f"{query.name_of(tables, side)} {sum(map(len, (of[key] for key in of if key[0] == side)))}"
            for side in dict.fromkeys(key[0] for key in of)
        ),
        cells={key: _cell(tables, here, name, told=told) for key, here in of.items()},
    )


def _column(tables: Tables, row: Mapping) -> tuple[str, str]:
    return side_of(row, pair_of(tables)), row["expressed_as"]


def _cell(tables: Tables, rows: Sequence[Mapping], name: str, *, told: bool) -> Cell:
    items = [threats.in_words(tables, row, "speaker") if told else threats.item(tables, row) for row in rows]
    items = [replace(item, where=_where(tables, row)) for item, row in zip(items, rows, strict=True)]
    if len(items) == 1:
        return Cell(tuple(items), items[0])
    label = query.label_of_many(f"{name}, {items[0].where}", rows, opens_first=True)
    return Cell(tuple(items), Item(items[0].address, label, items[0].where, contradicted=contradicted(items)))


def _where(tables: Tables, row: Mapping) -> str:
    return query.name_of(tables, side_of(row, pair_of(tables)))


def _columns(
    tables: Tables, axis: Axis, nouns: Sequence[Noun], rows: Sequence[Mapping]
) -> tuple[Column, ...]:
    """For each side a column of each noun, headed by the side and how many there are."""
    result = []
    for side in pair_of(tables):
        for noun in nouns:
            word = "threat" if noun is THREAT else "priority"
            count = sum(noun.holds(row) and side_of(row, pair_of(tables)) == side for row in rows)
            column = Column(side, name="" if noun is not nouns[0] else capital(query.name_of(tables, side)))
            if is_of_years(pair_of(tables)):
                (column,) = columns.years(replace(axis, years=(int(side),)))
            said = "–" if column.hatched else noun.counted(count) if count else f"no {noun.one}"
            heads = (*column.heads, said)
            result.append(replace(column, key=(side, word), heads=heads, short=heads))
    return tuple(result)


def _numbers(tables: Tables) -> dict[str, list[str]]:
    """Group -> the names of its categories, in the order of the file."""
    return {
        where: [
            quotation(query.name_of(tables, key)) for key in dict.fromkeys(row["category"] for row in rows)
        ]
        for where, rows in compare(tables, pair_of(tables)).items()
    }


def headline(grid: Grid, tables: Tables) -> str:
    """How many categories both sides state, and how many only one of them."""
    numbers, pair = _numbers(tables), pair_of(tables)
    if not grid.rows:
        return capital(grid.nothing or NOTHING)
    names = [query.name_of(tables, side) for side in pair]
    silent = tuple(int(side) for side in pair if side.isdecimal() and int(side) in grid.axis.uncovered)
    by = "in" if is_of_years(pair) else "by"
    if silent:
        first = capital(query.uncovered(silent))
    elif both := numbers[BOTH]:
        verb = "is" if len(both) == 1 else "are"
        first = f"{capital(few(both, 'categories'))} {verb} stated {by} both {joined(names)}"
    else:
        first = f"{joined(names)} have no category in common in our sources"
    only = "stated" if silent else "only"
    others = [
        f"{only} {by} {name} {few(numbers[where], 'categories')}"
        for where, name in zip((FIRST, SECOND), names, strict=True)
        if numbers[where]
    ]
    return "; ".join([first, *others])


def behind(grid: Grid, tables: Tables) -> list[str]:
    """The statements of the categories that both sides state."""
    return [row["id"] for row in compare(tables, pair_of(tables))[BOTH]]


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    if not grid.rows:
        return f"Comparison of statements by category: {grid.nothing}."
    groups = compare(tables, pair_of(tables))
    each = "; ".join(
        f"{_group(tables, grid.axis, where)}: {joined(names)}"
        for where, names in _numbers(tables).items()
        if names
    )
    statements = counted(sum(map(len, groups.values())), "statement")
    return f"Comparison of {statements} by category, {each}." + words.disagreements(grid)


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a record, in the order of the chart, with the group that its category is in."""
    groups = compare(tables, pair_of(tables))
    where = {row["id"]: _group(tables, grid.axis, group) for group, rows in groups.items() for row in rows}
    rows = in_order([row for rows in groups.values() for row in rows], grid)
    said = ((row["id"], {WHERE: where[row["id"]]} | query.fields(tables, row)) for row in rows)
    return table(said, (WHERE, *query.FIELDS["threats"]), grid)

"""Sources as strips of their paragraphs, in order, twenty to a line.

Filled: some record cites the paragraph. Open: it was read and not coded, with a reason.
"""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

import query
from charts import theme, words
from charts.axis import Axis
from charts.grid import Cell, Column, Grid, Item, LeftOut, Row, Total
from charts.twin import twin as table
from query import Tables
from query.records import rows_in
from query.vocabulary import NOTHING, PARAGRAPH_USE
from query.words import capital, counted, joined

SUBTITLE = "Every paragraph of every source, in order. One square is one paragraph."
MOST_SOURCES = 40  # with their paragraphs on one chart
PER_LINE = 20


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each source: what it is, its paragraphs, how many are cited. Address `SOURCE.N`."""
    paragraphs = _paragraphs(tables)
    rows = tuple(
        _row(tables, source, paragraphs[source["id"]])
        for source in rows_in(tables, "sources")
        if source["id"] in paragraphs
    )
    on_chart, known = {row.key for row in rows[:MOST_SOURCES]}, set(tables["sources"]["id"])
    return Grid(
        rows=rows[:MOST_SOURCES],
        columns=(Column(""),),
        axis=axis,
        key=(("solid square", "cited by a record"), ("open square", PARAGRAPH_USE["skipped"])),
        totals=("",),
        left=204,
        right=146,
        per_line=PER_LINE,
        numbered=True,
        covered=False,
        pad=8,
        left_out=tuple(
            LeftOut(_address(row), words.TOO_MANY if source in known else "its source is set aside")
            for source, of_source in paragraphs.items()
            for row in of_source
            if source not in on_chart
        ),
    )


def _row(tables: Tables, source: Mapping, paragraphs: list[Mapping]) -> Row:
    uses = Counter(row["use"] for row in paragraphs)
    total = counted(uses.total(), "paragraph")
    numbers = f"{uses['cited']} cited, {uses['skipped']} not coded"
    return Row(
        source["id"],
        words.cut(source["publisher"], 22),
        bold=True,
        beside=source["id"],
        notes=(
            words.cut(source["title"], 60),
            query.covered_years(tables, source["id"]),
        ),
        said=f"{total}: {numbers}",
        totals=(Total(total, numbers),),
        cells={"": Cell(tuple(_item(tables, row) for row in paragraphs))},
    )


def _item(tables: Tables, row: Mapping) -> Item:
    look = theme.PARAGRAPH_USE[row["use"]]
    where = f"paragraph {row['paragraph']}"
    return Item(_address(row), query.label(tables, row), where, f"{look.fill} {look.shape}")


def _address(row: Mapping) -> str:
    return f"{row['source']}.{row['paragraph']}"


def _paragraphs(tables: Tables) -> dict[str, list[Mapping]]:
    """source -> its paragraphs in order."""
    paragraphs: dict[str, list[Mapping]] = {}
    for row in sorted(rows_in(tables, "paragraphs"), key=lambda row: row["paragraph"]):
        paragraphs.setdefault(row["source"], []).append(row)
    return paragraphs


def headline(grid: Grid, tables: Tables) -> str:
    """How many paragraphs are cited, of how many."""
    known = set(tables["sources"]["id"])
    uses = Counter(row["use"] for row in rows_in(tables, "paragraphs") if row["source"] in known)
    if not uses:
        return capital(NOTHING)
    total = counted(uses.total(), "paragraph")
    return f"{uses['cited']} of {total} are cited; the others were read and not coded"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    if not grid.rows:
        return f"Paragraphs of the sources: {NOTHING}."
    each = []
    for row in grid.rows:
        items = list(row.items)
        cited = sum(item.look.startswith("solid") for item in items)
        each.append(f"{row.name} {len(items)} paragraphs, {cited} cited")
    return f"Strips of the paragraphs of {counted(len(grid.rows), 'source')}: {joined(each)}."


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a paragraph: what it was used for, or why not."""
    paragraphs, sources = _paragraphs(tables), tables["sources"]["id"]
    rows = [row for source in sources for row in paragraphs.get(source, ())]
    said = ((_address(row), query.fields(tables, row)) for row in rows)
    return table(said, query.FIELDS["paragraphs"], grid)

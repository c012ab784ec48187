"""Sources as strips of their paragraphs, in order, twenty to a line.

Filled: some record cites the paragraph. Open: it was read and not coded, with a reason.
"""

from collections import Counter

import pandas as pd

from charts import frames, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import Cell, Column, Grid, Item, LeftOut, Row, Total

SUBTITLE = "Every paragraph of every source, in order. One square is one paragraph."
MOST_SOURCES = 40  # with their paragraphs on one chart
PER_LINE = 20


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each source: what it is, its paragraphs, how many are cited. Address `SOURCE.N`."""
    cited, rows = _cited(tables), []
    held = list(_by_source(tables).items())
    years = {source: covered for source, _, covered in axis.sources}
    for source, paragraphs in held[:MOST_SOURCES]:
        uses = Counter(row["use"] for row in paragraphs)
        total = words.counted(uses.total(), "paragraph")
        told = f"{uses['cited']} cited, {uses['skipped']} not coded"
        covered = years.get(source["id"], ())
        items = tuple(
            Item(
                f"{source['id']}.{row['paragraph']}",
                _label(_name(source), row, cited[source["id"], row["paragraph"]]),
                f"paragraph {row['paragraph']}",
                f"{theme.PARAGRAPH_USE[row['use']].fill} {theme.PARAGRAPH_USE[row['use']].shape}",
            )
            for row in paragraphs
        )
        rows.append(
            Row(
                source["id"],
                source["id"],
                bold=True,
                beside=words.cut(source["publisher"], 22),
                notes=(
                    words.cut(source["title"], 60),
                    f"reports events of {words.years(covered)}" if covered else "covers no year",
                ),
                said=f"{total}: {told}",
                totals=(Total(total, told),),
                cells={"": Cell(items)},
            )
        )
    drawn, known = {row.key for row in rows}, set(tables["sources"]["id"])
    return Grid(
        rows=tuple(rows),
        columns=(Column(""),),
        axis=axis,
        key=(("solid square", "cited by a record"), ("open square", theme.PARAGRAPH_USE["skipped"].words)),
        totals=("",),
        left=204,
        right=146,
        per_line=PER_LINE,
        numbered=True,
        covered=False,
        pad=8,
        left_out=tuple(
            LeftOut(
                f"{row['source']}.{row['paragraph']}",
                f"{row['source']}, paragraph {row['paragraph']}",
                words.TOO_MANY if row["source"] in known else "its source is set aside",
            )
            for row in frames.records(tables["paragraphs"])
            if row["source"] not in drawn
        ),
    )


def headline(grid: Grid, tables: Tables) -> str:
    """How many paragraphs are cited, of how many."""
    uses = Counter(row["use"] for held in _by_source(tables).values() for row in held)
    if not uses:
        return "What was read, paragraph by paragraph"
    total = words.counted(uses.total(), "paragraph")
    return f"{uses['cited']} of {total} are cited; the others were read and not coded"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    if not grid.rows:
        return f"Paragraphs of the sources: {theme.NOTHING}."
    each = words.joined(
        f"{row.key}  {row.beside} {len(items)} paragraphs, "
        f"{sum(item.look.startswith('solid') for item in items)} cited"
        for row in grid.rows
        for items in [list(row.items)]
    )
    return f"Strips of the paragraphs of {words.counted(len(grid.rows), 'source')}: {each}."


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a paragraph: what it was used for, or why not."""
    cited = _cited(tables)
    rows = [
        {
            "Record": f"{source['id']}.{row['paragraph']}",
            "Source": _name(source),
            "Title": source["title"],
            "Paragraph": row["paragraph"],
            "Use": theme.PARAGRAPH_USE[row["use"]].words,
            "Records that cite it": cited[source["id"], row["paragraph"]],
            "Reason": row["reason"],
        }
        for source, held in _by_source(tables).items()
        for row in held
    ]
    return frames.twin_frame(rows, ("Source", "Title", "Paragraph", "Use", "Records that cite it", "Reason"))


class _Source(dict):
    """A row of the sources table that can stand as a key."""

    def __hash__(self):
        return hash(self["id"])


def _by_source(tables: Tables) -> dict[_Source, list[dict]]:
    """source -> its paragraphs in order; a source without any is left away."""
    held: dict[str, list[dict]] = {}
    for row in frames.records(tables["paragraphs"]):
        held.setdefault(row["source"], []).append(row)
    return {
        _Source(source): sorted(held[source["id"]], key=lambda row: row["paragraph"])
        for source in frames.records(tables["sources"])
        if source["id"] in held
    }


def _cited(tables: Tables) -> Counter:
    """(source, paragraph) -> how many records cite it."""
    columns = (tables["evidence"][name].tolist() for name in ("record", "source", "paragraph"))
    return Counter((source, number) for _, source, number in set(zip(*columns, strict=True)))


def _name(source: dict) -> str:
    return f"{source['id']}  {source['publisher']}"


def _label(name: str, row: dict, cited: int) -> str:
    where = f"{name}, paragraph {row['paragraph']}"
    if row["use"] == "cited":
        return f"{where}\ncited by {words.counted(cited, 'record')}"
    return f"{where}\n{theme.PARAGRAPH_USE[row['use']].words}: {row['reason']}"

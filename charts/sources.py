"""Sources as strips of their paragraphs, in order, twenty to a line.

Filled: some record cites the paragraph. Open: it was read and not coded, with a reason.
"""

from collections import Counter
from itertools import islice

import pandas as pd

import query
from charts import frames, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.ruled import Drawn, Sheet, empty
from query.vocabulary import NOTHING, PARAGRAPH_USE
from query.words import counted, joined, years

SUBTITLE = "Every paragraph of every source, in order. One square is one paragraph."
EXTRA = ["source", "paragraph", "slot", "line"]
MOST_SOURCES = 40  # with their paragraphs on one chart
PER_LINE = 20
LEFT, RIGHT = 204, 136  # px


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a paragraph, source by source; address `SOURCE.N`. x in paragraphs, y in lines from the top."""
    top, result = 0, []
    for source, held in islice(_by_source(tables).items(), MOST_SOURCES):
        name = _name(source)
        for number, row in enumerate(held):
            look, line, slot = theme.PARAGRAPH_USE[row["use"]], number // PER_LINE, number % PER_LINE
            result.append(
                {
                    "address": f"{source['id']}.{row['paragraph']}",
                    "x": slot + 0.5,
                    "y": top + line + 0.5,
                    "shape": look.shape,
                    "fill": look.fill,
                    "label": query.label(tables, row),
                    "row": name,
                    "column": f"paragraph {row['paragraph']}",
                    "kind": row["use"],
                    "basis": "",
                    "source": source["id"],
                    "paragraph": row["paragraph"],
                    "slot": slot,
                    "line": line,
                }
            )
        top += -(-len(held) // PER_LINE)
    return frames.marks_frame(result, EXTRA)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Paragraphs of a source that is not selected, or that is one too many for the chart."""
    known, drawn = set(tables["sources"]["id"]), _held(marks(tables, axis))
    return frames.left_out_frame(
        [
            {
                "address": f"{row['source']}.{row['paragraph']}",
                "reason": words.TOO_MANY if row["source"] in known else "its source is set aside",
            }
            for row in frames.records(tables["paragraphs"])
            if row["source"] not in drawn
        ]
    )


def headline(tables: Tables, axis: Axis) -> str:
    """How many paragraphs are cited, of how many."""
    uses = Counter(row["use"] for held in _by_source(tables).values() for row in held)
    if not uses:
        return "What was read, paragraph by paragraph"
    total = counted(uses.total(), "paragraph")
    return f"{uses['cited']} of {total} are cited; the others were read and not coded"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """One row a source: what it is, its paragraphs, how many are cited."""
    unit, pad, head, size = (20, 5, 44, 12) if narrow else (24, 8, 0, 17)
    rows, height = _rows(marks, tables, unit, pad, head)
    height = height or empty(axis)
    first = 0.0 if narrow else -1.0  # room for the number of a line's first paragraph
    sheet = Sheet(
        rows=height,
        x=(first, PER_LINE),
        above=10 if narrow else 24,
        below=8,
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT,
        key=[
            ("solid", "cited by a record"),
            ("open", PARAGRAPH_USE["skipped"]),
        ],
        narrow=narrow,
        scale=scale,
    )
    if not narrow and rows:
        sheet.label("source", 0, size="small", color="soft", yanchor="bottom", dy=3)
        sheet.text("paragraphs", 0, 0, size="small", color="soft", yanchor="bottom", dy=3, dx=3)
    for number, row in enumerate(rows):
        sheet.rule(row["top"], strong=number == 0)
        _row(sheet, row, axis, unit, pad, head, narrow)
    sheet.rule(0, strong=True)
    sheet.rule(height, strong=True)
    if rows:
        tops = {row["source"]: row["top"] + pad + head for row in rows}
        drawn = frames.records(marks)
        ys = [tops[mark["source"]] + (mark["line"] + 0.5) * unit for mark in drawn]
        sheet.draw(drawn, [mark["x"] for mark in drawn], ys, size, target=(1, unit))
    else:
        sheet.nothing()
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    held = _held(marks)
    if not held:
        return f"Paragraphs of the sources: {NOTHING}."
    each = joined(
        f"{drawn[0]['row']} {len(drawn)} paragraphs, {sum(mark['kind'] == 'cited' for mark in drawn)} cited"
        for drawn in held.values()
    )
    return f"Strips of the paragraphs of {counted(len(held), 'source')}: {each}."


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a paragraph: what it was used for, or why not."""
    rows = [row for held in _by_source(tables).values() for row in held]
    said = ((f"{row['source']}.{row['paragraph']}", query.fields(tables, row)) for row in rows)
    return frames.twin_frame(said, query.FIELDS["paragraphs"])


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


def _name(source: dict) -> str:
    return f"{source['id']}  {source['publisher']}"


def _held(marks: pd.DataFrame) -> dict[str, list[dict]]:
    """The marks of each source."""
    held: dict[str, list[dict]] = {}
    for mark in frames.records(marks):
        held.setdefault(mark["source"], []).append(mark)
    return held


def _rows(marks: pd.DataFrame, tables: Tables, unit: int, pad: int, head: int) -> tuple[list[dict], float]:
    sources = {row["id"]: row for row in frames.records(tables["sources"])}
    rows, top = [], 0
    for source, held in _held(marks).items():
        lines = held[-1]["line"] + 1
        tall = max(lines * unit, 0 if head else 42 + 20 * _title(sources[source]).count("<br>") + 20)
        uses = Counter(mark["kind"] for mark in held)
        rows.append(sources[source] | {"source": source, "top": top, "lines": lines, "uses": uses})
        top += head + tall + 2 * pad
    return rows, top


def _title(source: dict) -> str:
    """The title in at most two or three lines of the label."""
    return words.folded(words.cut(source["title"], 60), 31)


def _row(sheet: Sheet, row: dict, axis: Axis, unit: int, pad: int, head: int, narrow: bool):
    """Publisher, title and years at the left; at the right how many paragraphs, and how they were used."""
    publisher = words.escape(words.cut(row["publisher"], 22))
    covered = next((years for source, _, years in axis.sources if source == row["source"]), ())
    reported = f"reports events of {years(covered)}" if covered else "covers no year"
    total = counted(row["uses"].total(), "paragraph")
    uses = f"{row['uses']['cited']} cited, {row['uses']['skipped']} not coded"
    name = f"<b>{row['source']}</b>  {publisher}"
    if narrow:
        note = sheet.small(f"{total}: {uses}")
        sheet.label(f"{name}<br>{note}", row["top"] + pad + 21)
        return
    note = sheet.small(f"{_title(row)}<br>{reported}")
    sheet.label(f"{name}<br>{note}", row["top"] + pad - 2, yanchor="top")
    sheet.total(f"{total}<br>{sheet.small(uses)}", row["top"] + pad - 2, yanchor="top")
    for line in range(row["lines"]):
        number = line * PER_LINE + 1
        y = row["top"] + pad + (line + 0.5) * unit
        sheet.text(f"{number}", 0, y, size="least", color="soft", anchor="right", dx=-6)

"""What changed since the version before, in words: of the whole dataset, and of what a view shows."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from loaders.history import Changes, Correction, Retirement
from loaders.records import REFERS_TO
from query.address import resolve
from query.records import Tables
from query.wording import claim, name_of
from query.words import capital, counted, field_names, joined

EVIDENCE = "evidence"
ONE = {  # of a section that has no page of its own
    "sources": "source",
    "states": "state",
    "people": "person",
    "bodies": "body",
    "categories": "category",
}


class Changed(NamedTuple):
    """A record that changed: its words, the address that it opens (empty: none), what is said beside it."""

    words: str
    opens: str
    remarks: Sequence[str] = ()


def history(tables: Tables, changes: Changes) -> Mapping[str, Sequence[Changed]]:
    """Every record that changed, by what became of it."""
    corrected = [[*rows] for _, rows in groupby(changes.corrected, attrgetter("section", "record"))]
    return {
        "New records": [_changed(tables, row.section, row.record) for row in changes.new],
        "Corrected records": [
            _changed(tables, rows[0].section, rows[0].record, [_line(tables, row) for row in rows])
            for rows in corrected
        ],
        "Records taken back": [_gone(tables, row) for row in changes.retired],
    }


def since(changes: Changes, shown: Mapping[str, Iterable[str]], opened: str) -> str:
    """What changed of the records shown, by table and id, and of the record that is `opened`."""
    ids = {(table, identifier) for table, rows in shown.items() for identifier in rows}
    arrived = {(row.section, row.record) for row in changes.new} & ids
    corrected = [row for row in changes.corrected if (row.section, row.record) in ids]
    records = {(row.section, row.record) for row in corrected}
    coded = {(row.section, row.record) for row in corrected if row.field != EVIDENCE}
    gone = [row for row in changes.retired if row.section in shown]
    of_one = dict.fromkeys(_field(row) for row in changes.corrected if row.record == opened)
    counts = [
        _are(len(arrived), "is new", "are new"),
        _are(len(records), "was corrected", "were corrected")
        + (f" ({len(records - coded)} of them only in what is quoted)" if records - coded else ""),
    ]
    parts = [f"Of what it shows, {joined(counts)}."]
    if gone:
        parts.append(f"Since then {_are(len(gone), 'was taken back', 'were taken back')}.")
    if of_one:
        parts.append(f"The record that it opens was corrected: {joined([*of_one])}.")
    return " ".join(parts)


def _are(number: int, one: str, many: str) -> str:
    return f"{counted(number, 'record') if number else 'no record'} {one if number < 2 else many}"


def _changed(tables: Tables, section: str, record: str, remarks: Sequence[str] = ()) -> Changed:
    """A coded record by its claim, which opens it; what has no page of its own by its name."""
    if resolve(record, tables):
        return Changed(claim(tables, record), record, remarks)
    name = name_of(tables, record)
    return Changed(f"{name} ({ONE[section]})" if section in ONE else capital(name), "", remarks)


def _gone(tables: Tables, row: Retirement) -> Changed:
    """A record that was taken back; it opens the one that holds the fact now."""
    words = f"{row.record}, of the table {row.section}"
    if not row.instead:
        return Changed(words, "", [row.reason])
    opens = row.instead if resolve(row.instead, tables) else ""
    return Changed(words, opens, [row.reason, f"Its place is taken by {row.instead}"])


def _line(tables: Tables, row: Correction) -> str:
    """What became of one field; ids are put into names."""
    named = {side: name_of(tables, getattr(row, side)) for side in ("before", "after")}
    return f"{capital(_field(row))}, {(row._replace(**named) if row.field in REFERS_TO else row).words}"


def _field(row: Correction) -> str:
    """`inferred: end`: a map, and the field that it speaks of."""
    return field_names(row.field).replace(".", ": ")

"""What is left when sources, or claims of one basis, are set aside."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import compress
from typing import NamedTuple

import pandas as pd

from query.memory import Remembering, remembered
from query.records import CLAIM, NOT_STATED, RECORDS, SEPARATOR, Tables, is_filled_in, only, split

EVIDENCE = ("record", "field", "relation", "source", "paragraph", "quote")


def without_sources(tables: Tables, without: tuple[str, ...]) -> Tables:
    """The tables as the other sources support them, each worked out when it is asked for.

    A record stays while each field of its claim has evidence left that supports it. `source`, `contradicted`
    and `mentions` are found anew, its other fields stay as coded. A priority goes with its term, attendance
    with its event.
    """
    left = Remembering(
        {name: partial(tables.__getitem__, name) for name in tables}
        | {
            name: partial(_of_others, tables, name, column, without)
            for name, column in (("sources", "id"), ("paragraphs", "source"), ("evidence", "source"))
        }
        | {name: lambda name=name: _supported(tables, left, name) for name in RECORDS}
    )
    return left


def _of_others(tables: Tables, name: str, column: str, without: tuple[str, ...]) -> pd.DataFrame:
    """The rows of one table that do not belong to these sources."""
    return only(tables[name], ~tables[name][column].isin(without))


def _supported(tables: Tables, left: Tables, name: str) -> pd.DataFrame:
    """The records of one table that the evidence `left` supports."""
    support, fields = _support(left), CLAIM[name]
    kept = [
        record in support.spoken_for and all((record, field) in support.proved for field in fields)
        for record in tables[name]["id"].tolist()
    ]
    rows = _silenced(tables, kept) if name == "attendance" else only(tables[name], pd.Series(kept))
    if name == "attendance":
        rows = only(rows, rows["event"].isin(left["events"]["id"]))
    if name == "priorities":
        rows = only(rows, rows["chairmanship"].isin(left["chairmanships"]["id"]))
    ids = rows["id"].tolist()
    contested = [
        SEPARATOR.join(field for field in split(cell) if (record, field) in support.contradicted)
        for record, cell in zip(ids, rows["contradicted"].tolist(), strict=True)
    ]
    found = {"source": [support.sources.get(record, "") for record in ids], "contradicted": contested}
    if name == "threats":
        found["mentions"] = [support.mentions[record] for record in ids]
    changed = {
        column: pd.array(values, dtype=rows[column].dtype)
        for column, values in found.items()
        if values != rows[column].tolist()
    }
    return rows.assign(**changed) if changed else rows


def of_basis(tables: Tables, basis: str) -> Tables:
    """The tables with the records whose claim is stated, or those whose claim is inferred.

    Where only what is stated counts, nobody states an inferred presence: its place falls silent. The reverse
    would be untrue, so what is stated is left out from what is inferred.
    """
    return Remembering(
        {name: partial(tables.__getitem__, name) for name in tables}
        | {name: partial(_of_basis, tables, name, basis) for name in RECORDS}
    )


def _of_basis(tables: Tables, name: str, basis: str) -> pd.DataFrame:
    keep = tables[name]["basis"].isin([basis, ""])
    silences = name == "attendance" and basis == "stated"
    return _silenced(tables, keep.tolist()) if silences else only(tables[name], keep)


def _silenced(tables: Tables, keep: Sequence[bool]) -> pd.DataFrame:
    """Attendance in which a record that goes leaves its place behind, as one that nobody mentions.

    Only at events where every party has a row, the states and the Secretary General: others expect nobody.
    """
    seats = tables["attendance"]
    columns = {name: seats[name].tolist() for name in seats}
    parties_at, all_parties = Counter(columns["event"]), len(tables["states"]) + 1
    stays = []
    for number, (seat, event, party) in enumerate(
        zip(columns["id"], columns["event"], columns["party"], strict=True)
    ):
        gone = not keep[number] and not is_filled_in(seat)
        stays.append(not gone or parties_at[event] == all_parties)
        if gone:
            for name in columns.keys() - {"event", "party", "year"}:
                columns[name][number] = ""
            columns["id"][number], columns["status"][number] = f"{event}.{party}", NOT_STATED
    return pd.DataFrame(
        {
            name: pd.array(list(compress(values, stays)), dtype=seats[name].dtype)
            for name, values in columns.items()
        }
    )


class _Support(NamedTuple):
    """What evidence says of records; `proved` and `contradicted` are pairs of record and field."""

    proved: set[tuple[str, str]]
    contradicted: set[tuple[str, str]]
    spoken_for: set[str]
    # record -> the sources that it cites, in file order, joined with ~
    sources: dict[str, str]
    # record -> how many quotes state it, first or again; those that only name its speaker do not count
    mentions: Counter[str]


@remembered
def _support(left: Tables) -> _Support:
    columns = (left["evidence"][name].tolist() for name in EVIDENCE)
    proved, contradicted, cited, stating = set(), set(), {}, set()
    for record, field, relation, source, paragraph, quote in zip(*columns, strict=True):
        cited.setdefault(record, set()).add(source)
        if relation == "supports":
            proved.add((record, field))
            if field in ("expressed_as", ""):
                stating.add((record, source, paragraph, quote))
        elif relation == "contradicts":
            contradicted.add((record, field))
    order = {source: number for number, source in enumerate(left["sources"]["id"].tolist())}
    return _Support(
        proved,
        contradicted,
        {record for record, _ in proved},
        {record: SEPARATOR.join(sorted(names, key=order.get)) for record, names in cited.items()},
        Counter(record for record, *_ in stating),
    )

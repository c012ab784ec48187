"""What is left when sources, or claims of one basis, are set aside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import compress
from typing import NamedTuple

import pandas as pd

from loaders import dates
from loaders.tables import ATTENDED, COUNCIL
from query.records import CLAIM, NOT_STATED, RECORDS, SEPARATOR, Tables, filled_in, is_filled_in, only, split
from query.selection import Selection, remembered

EVIDENCE = ("record", "field", "relation", "source", "paragraph", "quote")
UNDATED = dates.words("")
# field -> the columns that the loaders derive from it, with what stands there when it is not stated
DERIVED = {
    "date": {"earliest": "", "latest": "", "precision": "", "date_words": UNDATED},
    "start": {"start_earliest": "", "start_latest": "", "start_words": UNDATED},
    "end": {"end_earliest": "", "end_latest": "", "end_words": UNDATED},
}


def without_sources(tables: Tables, without: tuple[str, ...]) -> Tables:
    """The tables as if only the other sources had been read, each worked out when it is asked for.

    A record stays while each field of its claim has evidence left that supports it; a priority goes with its
    term, attendance with its event. Any other field whose evidence is all set aside is not stated any more:
    its cell is empty, and so is what is derived from it, down to the year of what was said or signed at an
    event that lost its date. What happened at an event that is gone keeps no trace of it.
    """
    left = Selection(
        {name: partial(tables.__getitem__, name) for name in tables}
        | {
            name: partial(_of_others, tables, name, column, without)
            for name, column in (("sources", "id"), ("paragraphs", "source"), ("evidence", "source"))
        }
        | {name: lambda name=name: _supported(tables, left, lost(), name) for name in RECORDS}
        | {"inferences": lambda: _inferences(tables, left)}
    )
    lost = cache(partial(_lost, tables, left))
    return left


def _of_others(tables: Tables, name: str, column: str, without: tuple[str, ...]) -> pd.DataFrame:
    """The rows of one table that do not belong to these sources."""
    return only(tables[name], ~tables[name][column].isin(without))


def _inferences(tables: Tables, left: Tables) -> pd.DataFrame:
    """The reasons for the fields that are still supported."""
    rows, proved = tables["inferences"], _support(left).proved
    kept = {record for name in RECORDS for record in left[name]["id"].tolist()}
    pairs = zip(rows["record"].tolist(), rows["field"].tolist(), strict=True)
    return only(rows, pd.Series([pair in proved and pair[0] in kept for pair in pairs], dtype=bool))


def _supported(tables: Tables, left: Tables, lost: Mapping[str, frozenset[str]], name: str) -> pd.DataFrame:
    """The records of one table that the evidence `left` supports, without the fields that are lost."""
    support, fields = _support(left), CLAIM[name]
    kept = [
        record in support.spoken_for and all((record, field) in support.proved for field in fields)
        for record in tables[name]["id"].tolist()
    ]
    if name == "attendance":
        nameless = lost.get("party", frozenset())
        ids = tables[name]["id"].tolist()
        rows = _silenced(
            tables, [stays and record not in nameless for stays, record in zip(kept, ids, strict=True)]
        )
        events = left["events"]
        expecting = events[events["kind"].isin(ATTENDED) & events["body"].eq(COUNCIL)]
        rows = only(rows, rows["event"].isin(events["id"]))
        rows = only(rows, ~filled_in(rows) | rows["event"].isin(expecting["id"]))
    else:
        rows = only(tables[name], pd.Series(kept, dtype=bool))
    if name == "priorities":
        rows = only(rows, rows["chairmanship"].isin(left["chairmanships"]["id"]))
    rows = _stated(rows, lost)
    if name != "events" and "year" in rows:
        rows = _dated_by_event(rows, left["events"])
    ids = rows["id"].tolist()
    contested = [
        SEPARATOR.join(field for field in split(cell) if (record, field) in support.contradicted)
        for record, cell in zip(ids, rows["contradicted"].tolist(), strict=True)
    ]
    columns = {"source": [support.sources.get(record, "") for record in ids], "contradicted": contested}
    if name == "threats":
        columns["mentions"] = [support.mentions[record] for record in ids]
    rows = rows.assign(
        **{column: pd.array(cells, dtype=rows[column].dtype) for column, cells in columns.items()}
    )
    return _by_day(rows, left["events"]) if name == "attendance" else rows


def _lost(tables: Tables, left: Tables) -> Mapping[str, frozenset[str]]:
    """field -> the records of which evidence supported it, and none that is left does."""
    lost: dict[str, set[str]] = {}
    for record, field in _support(tables).proved - _support(left).proved:
        lost.setdefault(field, set()).add(record)
    return {field: frozenset(records) for field, records in lost.items()}


def _stated(rows: pd.DataFrame, lost: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """The rows with empty cells for the fields that are lost, and for all that is derived from them."""
    for field, records in lost.items():
        gone = rows["id"].isin(records)
        if field not in rows or not gone.any():
            continue
        empty = {field: "", **DERIVED.get(field, {})} | ({"year": pd.NA} if field == "date" else {})
        if field == "order":
            empty["order"] = pd.NA
        rows = rows.assign(
            inferred=[
                SEPARATOR.join(name for name in split(cell) if name != field) if is_gone else cell
                for cell, is_gone in zip(rows["inferred"].tolist(), gone.tolist(), strict=True)
            ],
            **{column: rows[column].mask(gone, value) for column, value in empty.items() if column in rows},
        )
    return rows.astype({"inferred": "str"})


def _dated_by_event(rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The rows without a date of their own in the year of their event; one that is gone leaves no trace."""
    gone = ~rows["event"].isin(events["id"])
    years = rows["event"].map(events.set_index("id")["year"]).astype("Int64")
    if "date" in rows:
        years = rows["year"].where(rows["date"].ne(""), years)
    return rows.assign(event=rows["event"].mask(gone, ""), year=years)


def _by_day(seats: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Attendance in the order of its events; those without a date come last."""
    days = events.set_index("id")["earliest"].replace("", date.max.isoformat())
    return seats.sort_values("event", key=lambda ids: ids.map(days), kind="stable", ignore_index=True)


def of_basis(tables: Tables, basis: str) -> Tables:
    """The tables with the records whose claim is stated, or those whose claim is inferred.

    Where only what is stated counts, nobody states an inferred presence: its place falls silent. The reverse
    would be untrue, so what is stated is left out from what is inferred.
    """
    return Selection(
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

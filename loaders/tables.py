"""Tables: checked records as tidy DataFrames, one for each section and three across them.

Columns are a record's fields without its evidence, then what is derived from them. A missing value is the
empty string in a text column and `<NA>` in `year`; lists are joined with `~`. Rows keep the file's order.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from loaders import dates
from loaders.fields import LIST_MARK
from loaders.records import CLAIMS, SECTIONS, Claim, Event, Record, Retired, field_names
from loaders.rules_between import cited_paragraphs
from loaders.validation import Records

# Text as Python's own: in tables of this size pandas asks Arrow twice as long for each cell and each row.
pd.set_option("mode.string_storage", "python")

Row = dict[str, Any]
NOT_TABLED = {"evidence", "skipped", "decoy"}  # the first two have tables of their own
NUMBERS = {"order": "Int64", "count": "int64", "mentions": "int64", "paragraph": "int64", "year": "Int64"}
DATED = ("earliest", "latest", "precision")
DERIVED = {
    "sources": ("date_words",),
    "events": ("basis", "source", "year", *DATED, "date_words", "contradicted"),
    "chairmanships": (
        "basis",
        "source",
        "start_earliest",
        "start_latest",
        "end_earliest",
        "end_latest",
        "start_words",
        "end_words",
        "contradicted",
    ),
    "priorities": ("basis", "source", "contradicted"),
    "attendance": ("basis", "source", "year", "contradicted"),
    "documents": ("basis", "source", "year", *DATED, "date_words", "contradicted"),
    "document_counts": ("basis", "source", "year", "contradicted"),
    "threats": ("basis", "source", "year", "mentions", "contradicted"),
}
EVIDENCE = ["record", "field", "source", "paragraph", "quote", "relation"]
ATTENDED = {"session", "summit"}  # kinds of event at which every party of the Council is expected
COUNCIL = "csc"
NOT_STATED = "not_stated"
SECRETARY_GENERAL = "SG"


def tables(records: Records) -> dict[str, pd.DataFrame]:
    """All tables by name, in the order of the file."""
    years = {event.id: _year(event.date) for event in records["events"]}
    places = {source.id: place for place, source in enumerate(records["sources"])}
    frames = {}
    for section, record_type in SECTIONS.items():
        rows = [_row(record) for record in records[section]]
        if section == "sources":
            rows = [row | {"date_words": dates.words(row["printed_date"])} for row in rows]
        if section in CLAIMS:
            rows = [
                row | _claimed(record, places) | _derived(record, years)
                for row, record in zip(rows, records[section], strict=True)
            ]
        if section == "attendance":
            rows = _every_party(rows, records, years)
        columns = [name for name in field_names(record_type) if name not in NOT_TABLED]
        frames[section] = _frame(rows, [*columns, *DERIVED.get(section, ())])
    frames["evidence"] = _frame(_evidence(records), EVIDENCE)
    frames["inferences"] = _frame(_inferences(records), ["record", "field", "reason"])
    frames["paragraphs"] = _frame(_paragraphs(records), ["source", "paragraph", "use", "reason"])
    # always there, so that whoever loads the tables need not ask whether anything was taken back
    frames["retired"] = _frame(map(_row, records["retired"]), field_names(Retired))
    return frames


def _frame(rows: Iterable[Row], columns: list[str]) -> pd.DataFrame:
    """Rows as a table; what a row does not have is missing."""
    rows = list(rows)
    missing = {"year": pd.NA}
    values = {name: [row.get(name, missing.get(name, "")) for row in rows] for name in columns}
    return pd.DataFrame(
        {name: pd.Series(items, dtype=NUMBERS.get(name, "str")) for name, items in values.items()}
    )


def _row(record: Record) -> Row:
    """The fields of one record as cells."""
    return {name: _cell(value) for name, value in record if name not in NOT_TABLED}


def _cell(value: Any) -> str | int:
    if value is None:
        return ""
    return LIST_MARK.join(value) if isinstance(value, tuple | dict) else value


def _claimed(claim: Claim, places: Mapping[str, int]) -> Row:
    """`basis` is inferred when the claim itself is; `source` names the cited sources in file order.

    `contradicted` names the fields of which some quoted words say otherwise.
    """
    cited = {evidence.source for evidence in claim.evidence}
    basis = "inferred" if set(claim.claim) & set(claim.inferred) else "stated"
    contested = {name for item in claim.evidence if item.relation == "contradicts" for name in item.proves}
    return {
        "basis": basis,
        "source": LIST_MARK.join(sorted(cited, key=places.__getitem__)),
        "contradicted": LIST_MARK.join(name for name in field_names(type(claim)) if name in contested),
    }


def _derived(claim: Claim, years: Mapping[str, Any]) -> Row:
    """Year, mentions and spans of dates; a table takes those that are its columns."""
    own, event = getattr(claim, "date", None), getattr(claim, "event", None)
    span = _span(own)
    return {
        "year": _year(own) if own else years.get(event, pd.NA),
        "mentions": _mentions(claim),
        **span,
        "date_words": span["words"],
        **{f"start_{name}": cell for name, cell in _span(getattr(claim, "start", None)).items()},
        **{f"end_{name}": cell for name, cell in _span(getattr(claim, "end", None)).items()},
    }


def _mentions(claim: Claim) -> int:
    """How many quotes state a threat, first or again; those that only name its speaker do not count."""
    counted = [
        item
        for item in claim.evidence
        if item.relation == "supports" and (not item.proves or "expressed_as" in item.proves)
    ]
    return len({(item.source, item.paragraph, item.quote) for item in counted})


def _span(text: str | None) -> Row:
    """Earliest and latest day in ISO form and the precision, empty without a date; and the date in words."""
    span = dict.fromkeys(DATED, "")
    if text:
        earliest, latest, precision = dates.parse(text)
        span = dict(zip(DATED, (earliest.isoformat(), latest.isoformat(), precision), strict=True))
    return span | {"words": dates.words(text or "")}


def _year(text: str | None) -> Any:
    """The year of a date. Every form lies within one."""
    return dates.parse(text).earliest.year if text else pd.NA


def _every_party(rows: list[Row], records: Records, years: Mapping[str, Any]) -> list[Row]:
    """Attendance by event and party, with a row for each party on whose presence all sources are silent."""
    parties = [state.id for state in records["states"]] + [SECRETARY_GENERAL]
    events = sorted(records["events"], key=_day)
    stated = {(row["event"], row["party"]): row for row in rows}
    for event in filter(_expects_everyone, events):
        for party in parties:
            silent = {"id": f"{event.id}.{party}", "event": event.id, "party": party, "status": NOT_STATED}
            stated.setdefault((event.id, party), silent | {"year": years[event.id]})
    order = [(event.id, party) for event in events for party in parties]
    return [stated[place] for place in order if place in stated]


def _day(event: Event) -> date:
    """The earliest day of an event; those without a date come last."""
    return dates.parse(event.date).earliest if event.date else date.max


def _expects_everyone(event: Event) -> bool:
    return event.status == "held" and event.kind in ATTENDED and event.body == COUNCIL


def _evidence(records: Records) -> Iterator[Row]:
    """One row for each piece of evidence and field that it proves; no field for a further mention."""
    for _, claim in records.claims():
        for evidence in claim.evidence:
            place = _row(evidence)
            for field in evidence.proves or ("",):
                yield place | {"record": claim.id, "field": field}


def _inferences(records: Records) -> Iterator[Row]:
    """One row for each inferred field, with the reason."""
    for _, claim in records.claims():
        for field, reason in claim.inferred.items():
            yield {"record": claim.id, "field": field, "reason": reason}


def _paragraphs(records: Records) -> Iterator[Row]:
    """One row for each paragraph of each source, and whether it is cited or skipped."""
    cited = cited_paragraphs(records)
    for source in records["sources"]:
        reasons = {skipped.paragraph: skipped.reason for skipped in source.skipped}
        for number in sorted(cited[source.id].keys() | reasons.keys()):
            use = "skipped" if number in reasons else "cited"
            yield {"source": source.id, "paragraph": number, "use": use, "reason": reasons.get(number, "")}

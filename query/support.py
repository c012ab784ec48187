"""What is left when sources, or claims of one basis, are set aside."""

from collections import Counter

import pandas as pd

from query.records import CLAIM, NOT_STATED, RECORDS, SEPARATOR, Tables, filled_in, only, split


def without_sources(tables: Tables, without: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The tables as the other sources support them.

    A record stays while each field of its claim has evidence left that supports it. `source`, `contradicted`
    and `mentions` are found anew, its other fields stay as coded. A priority goes with its term, attendance
    with its event.
    """
    left = dict(tables)
    for name, column in (("sources", "id"), ("paragraphs", "source"), ("evidence", "source")):
        left[name] = only(tables[name], ~tables[name][column].isin(without))
    evidence = left["evidence"]
    supporting = evidence[evidence["relation"] == "supports"]
    against = evidence[evidence["relation"] == "contradicts"]
    proved, contradicted = _fields(supporting), _fields(against)
    sources = _sources_by_record(evidence, left["sources"]["id"])
    spoken_for = {record for record, _ in proved}
    for name in RECORDS:
        rows = tables[name]
        supported = [
            record in spoken_for and all((record, field) in proved for field in CLAIM[name])
            for record in rows["id"]
        ]
        supported = pd.Series(supported, dtype="bool")
        rows = _silenced(tables, supported) if name == "attendance" else only(rows, supported)
        contested = [
            SEPARATOR.join(field for field in split(fields) if (record, field) in contradicted)
            for record, fields in zip(rows["id"], rows["contradicted"], strict=True)
        ]
        left[name] = rows.assign(
            source=pd.Series([sources.get(record, "") for record in rows["id"]], dtype="str"),
            contradicted=pd.Series(contested, dtype="str"),
        )
    mentions = _mentions_by_record(supporting)
    left["threats"] = left["threats"].assign(
        mentions=pd.Series([mentions[record] for record in left["threats"]["id"]], dtype="int64")
    )
    left["attendance"] = only(left["attendance"], left["attendance"]["event"].isin(left["events"]["id"]))
    terms = left["priorities"]["chairmanship"].isin(left["chairmanships"]["id"])
    left["priorities"] = only(left["priorities"], terms)
    return left


def of_basis(tables: Tables, basis: str) -> dict[str, pd.DataFrame]:
    """The tables with the records whose claim is stated, or those whose claim is inferred.

    Where only what is stated counts, nobody states an inferred presence: its place falls silent. The reverse
    would be untrue, so what is stated is left out from what is inferred.
    """
    left = dict(tables)
    for name in RECORDS:
        rows = tables[name]
        keep = rows["basis"].isin([basis, ""])
        silences = name == "attendance" and basis == "stated"
        left[name] = _silenced(tables, keep) if silences else only(rows, keep)
    return left


def _silenced(tables: Tables, keep: pd.Series) -> pd.DataFrame:
    """Attendance in which a record that goes leaves its place behind, as one that nobody mentions.

    Only at events where every party has a row, the states and the Secretary General: others expect nobody.
    """
    rows = tables["attendance"].copy()
    gone = ~(keep | filled_in(rows))
    rows.loc[gone, "id"] = rows.loc[gone, "event"] + "." + rows.loc[gone, "party"]
    rows.loc[gone, "status"] = NOT_STATED
    rows.loc[gone, rows.columns.difference(["id", "event", "party", "status", "year"])] = ""
    expected = rows.groupby("event")["party"].transform("size") == len(tables["states"]) + 1
    return only(rows, ~gone | expected)


def _fields(evidence: pd.DataFrame) -> set[tuple[str, str]]:
    """Each record and field that the evidence speaks of."""
    return set(zip(evidence["record"], evidence["field"], strict=True))


def _sources_by_record(evidence: pd.DataFrame, sources: pd.Series) -> dict[str, str]:
    """record -> the sources that it cites, in file order, joined with ~."""
    order = {source: number for number, source in enumerate(sources)}
    cited: dict[str, set[str]] = {}
    for record, source in zip(evidence["record"], evidence["source"], strict=True):
        cited.setdefault(record, set()).add(source)
    return {record: SEPARATOR.join(sorted(names, key=order.get)) for record, names in cited.items()}


def _mentions_by_record(supporting: pd.DataFrame) -> Counter[str]:
    """record -> how many quotes state it, first or again; those that only name its speaker do not count."""
    stating = supporting[supporting["field"].isin(["expressed_as", ""])]
    columns = [stating[name] for name in ("record", "source", "paragraph", "quote")]
    return Counter(record for record, *_ in set(zip(*columns, strict=True)))

"""What is left when sources, or claims of one basis, are set aside."""

import pandas as pd

from query.records import CLAIM, NOT_STATED, RECORDS, SEPARATOR, Tables, filled_in, only


def without_sources(tables: Tables, without: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The tables as the other sources support them.

    A record stays while each field of its claim has evidence left; `source` and `mentions` are counted anew,
    its other fields stay as coded. A priority goes with its term, attendance with its event.
    """
    left = dict(tables)
    for name, column in (("sources", "id"), ("paragraphs", "source"), ("evidence", "source")):
        left[name] = only(tables[name], ~tables[name][column].isin(without))
    evidence = left["evidence"]
    sources = _sources_by_record(evidence, left["sources"]["id"])
    for name in RECORDS:
        rows = tables[name]
        supported = rows["id"].isin(evidence["record"])
        for field in CLAIM[name]:
            supported &= rows["id"].isin(evidence.loc[evidence["field"] == field, "record"])
        rows = _silenced(tables, supported) if name == "attendance" else only(rows, supported)
        left[name] = rows.assign(source=_mapped(rows["id"], sources, "").astype("str"))
    left["threats"] = left["threats"].assign(
        mentions=_mapped(left["threats"]["id"], _mentions_by_record(evidence), 0).astype("int64")
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


def _sources_by_record(evidence: pd.DataFrame, sources: pd.Series) -> dict[str, str]:
    """record -> the sources that it cites, in file order, joined with ~."""
    place = {source: number for number, source in enumerate(sources)}
    cited = evidence.groupby("record")["source"].unique()
    return {record: SEPARATOR.join(sorted(found, key=place.get)) for record, found in cited.items()}


def _mentions_by_record(evidence: pd.DataFrame) -> dict[str, int]:
    """record -> how many quotes state it, first or again; those that only name its speaker do not count."""
    stating = evidence[evidence["field"].isin(["expressed_as", ""])]
    quotes = stating[["record", "source", "paragraph", "quote"]].drop_duplicates()
    return dict(quotes["record"].value_counts())


def _mapped(identifiers: pd.Series, values: dict, otherwise) -> pd.Series:
    return pd.Series([values.get(identifier, otherwise) for identifier in identifiers], dtype=object)

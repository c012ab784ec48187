"""The rows that a view selects."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from query.address import RECORDS
from query.view import SEPARATOR, View, choices

Tables = Mapping[str, pd.DataFrame]

# What a record claims: the fields that must still be supported when a source is set aside.
CLAIM = {
    "events": ("status",),
    "chairmanships": ("state",),
    "priorities": (),
    "attendance": ("status",),
    "documents": ("status",),
    "document_counts": ("count",),
    "threats": ("speaker", "expressed_as"),
}
# Which list of the view restricts which column of which table.
FILTERS = {
    "years": {"threats": "year", "attendance": "year", "documents": "year", "document_counts": "year", "events": "year"},
    "speakers": {"threats": "speaker"},
    "categories": {"threats": "category"},
    "expressed": {"threats": "expressed_as"},
    "states": {"attendance": "party"},
    "status": {"attendance": "status", "documents": "status"},
}
SILENT = "not_stated"


def select(tables: Tables, view: View) -> dict[str, pd.DataFrame]:
    """The tables with the rows that a view shows. Vocabularies (states, people, categories, …) stay whole.

    `status` is shared by attendance and documents: words of one do not restrict the other.
    A place in the attendance table whose record is set aside becomes one that nobody mentions: with what is left,
    no source says it. Terms of chairmanship are not cut by years, they are the time axis itself.
    """
    selected = _without_sources(tables, view.without) if view.without else dict(tables)
    if view.basis:
        for name in RECORDS:
            rows = selected[name]
            selected[name] = _kept(rows, rows["basis"].isin(view.basis) | rows["basis"].eq(""))
    for parameter, columns in FILTERS.items():
        wanted = getattr(view, parameter)
        for name, column in columns.items() if wanted else ():
            if parameter != "status" or not _parts(tables[name][column]).isdisjoint(wanted):
                rows = selected[name]
                selected[name] = rows[_holds(rows[column], wanted)].reset_index(drop=True)
    if view.q:
        for name in RECORDS:
            rows = selected[name]
            selected[name] = rows[_mentions(selected, rows, view.q)].reset_index(drop=True)
    return selected


def options(tables: Tables, parameter: str, table: str) -> tuple:
    """The choices of a filter that occur in one table, in their usual order. `tables` are all tables."""
    there = _parts(tables[table][FILTERS[parameter][table]])
    return tuple(choice for choice in choices(tables)[parameter] if choice in there)


def counts(tables: Tables, view: View, parameter: str, table: str) -> dict:
    """How many rows of a table each choice of one filter would show, all other filters as they are."""
    rows = select(tables, replace(view, **{parameter: ()}))[table]
    values = rows[FILTERS[parameter][table]].dropna()
    if table == "documents" and parameter == "status":
        values = values.str.split(SEPARATOR).explode()
    return {int(key) if parameter == "years" else key: int(n) for key, n in values.value_counts().items()}


def _without_sources(tables: Tables, without: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    left = dict(tables)
    evidence = tables["evidence"]
    evidence = evidence[~evidence["source"].isin(without)].reset_index(drop=True)
    left["evidence"] = evidence
    for name in ("sources", "paragraphs"):
        column = "id" if name == "sources" else "source"
        left[name] = tables[name][~tables[name][column].isin(without)].reset_index(drop=True)
    order = {source: place for place, source in enumerate(tables["sources"]["id"])}
    cited = evidence[["record", "source"]].drop_duplicates()
    cited = cited.iloc[cited["source"].map(order).argsort(kind="stable")]
    source = cited.groupby("record")["source"].agg(SEPARATOR.join)
    for name in RECORDS:
        rows = tables[name]
        supported = rows["id"].isin(source.index)
        for field in CLAIM[name]:
            supported &= rows["id"].isin(evidence.loc[evidence["field"] == field, "record"])
        rows = _kept(rows, supported | rows["id"].str.contains(".", regex=False))
        if "source" in rows.columns:
            rows["source"] = rows["id"].map(source).fillna("").astype("str")
        left[name] = rows
    named = evidence[evidence["field"] == "expressed_as"].groupby("record").size()
    left["threats"]["mentions"] = left["threats"]["id"].map(named).fillna(0).astype("int64")
    held = left["events"]["id"]
    left["attendance"] = left["attendance"][left["attendance"]["event"].isin(held)].reset_index(drop=True)
    left["priorities"] = left["priorities"][left["priorities"]["chairmanship"].isin(left["chairmanships"]["id"])]
    return left


def _kept(rows: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """The rows to keep; an attendance row that goes leaves its place behind, mentioned by nobody."""
    if "party" not in rows.columns:
        return rows[keep].reset_index(drop=True)
    rows = rows.copy()
    gone = ~keep
    silent = rows.loc[gone, "event"] + "." + rows.loc[gone, "party"]
    rows.loc[gone, [c for c in rows.columns if c not in ("id", "event", "party", "status", "year")]] = ""
    rows.loc[gone, "status"] = SILENT
    rows.loc[gone, "id"] = silent
    return rows


def _parts(values: pd.Series) -> set:
    return set(values.str.split(SEPARATOR).explode())


def _holds(values: pd.Series, wanted: tuple) -> pd.Series:
    """Which values, or `~` lists of values, hold one of those wanted."""
    if pd.api.types.is_integer_dtype(values):
        return values.isin(wanted).astype(bool)
    return values.str.split(SEPARATOR).map(lambda parts: not set(parts).isdisjoint(wanted)).astype(bool)


def _mentions(tables: Tables, rows: pd.DataFrame, words: str) -> pd.Series:
    """Which rows hold the words in their own text, their quotes or the names of their people."""
    needle = words.casefold()
    quotes = tables["evidence"]
    quoted = set(quotes.loc[quotes["quote"].str.casefold().str.contains(needle, regex=False), "record"])
    people = tables["people"]
    spelled = (people["name"] + " " + people["also_spelled"]).str.casefold()
    named = set(people.loc[spelled.str.contains(needle, regex=False), "id"])
    found = rows["id"].isin(quoted)
    for column in ("title", "summary", "note", "region", "role", "verb", "place", "motto"):
        if column in rows.columns:
            found |= rows[column].str.casefold().str.contains(needle, regex=False)
    for column in ("person", "speaker", "chair"):
        if column in rows.columns:
            found |= rows[column].isin(named)
    return found.astype(bool)

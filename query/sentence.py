"""The sentence under a page's title: what is shown, of how much, from which sources."""

from typing import NamedTuple

import pandas as pd

from query import words
from query.coverage import axis_years, coverage
from query.names import name_of
from query.records import NOT_STATED, Tables, parts_of
from query.select import options, select
from query.view import View, bare
from query.words import capital, counted, joined, plural


class Topic(NamedTuple):
    """The table whose rows are counted, what one row is called, the filters that the page has."""

    table: str
    noun: str
    filters: tuple[str, ...]


TOPICS = {
    "threats": Topic("threats", "statement", ("years", "expressed", "speakers", "categories", "basis", "q")),
    "documents": Topic("documents", "document", ("years", "status", "basis", "q")),
    "attendance": Topic("attendance", "seat", ("years", "states", "status", "basis", "q")),
    "chairmanship": Topic("chairmanships", "term", ("basis", "q")),
    "overview": Topic("events", "event", ("years", "basis", "q")),
    "sources": Topic("paragraphs", "paragraph", ()),
}
MOST_NAMES = 3  # more are counted
SAID = {"present": "reported present", "absent": "reported absent", NOT_STATED: "not stated"}


def sentence(tables: Tables, view: View, topic: str) -> str:
    """For example `2022 and 2023, threats only: 12 of 60 statements, from 3 of 5 sources.`

    `tables` are all tables, not the selected ones.
    """
    table, noun, filters = TOPICS[topic]
    selected, view = select(tables, view), bare(view, tables)
    shown, total = selected[table], len(tables[table])
    if not total:
        return f"There are no {plural(noun)} in this dataset."
    restrictions = [_restriction(tables, view, name, table) for name in filters]
    if view.without:
        restrictions.append(_without(tables, view.without))
    start = capital(", ".join(filter(None, restrictions)))
    covered = set(coverage(selected)["year"])
    silent = [year for year in view.years if year not in covered] if "years" in filters else []
    parts = []
    if len(shown) or not silent or len(silent) < len(view.years):
        parts.append(_number(tables, view, shown, topic) + _origin(tables, shown))
    if silent:
        year = "this year" if len(view.years) == 1 else joined(map(str, silent), "or")
        parts.append(f"no document covers {year}")
    end = "; ".join(parts)
    return f"{start}: {end}." if start else f"{capital(end)}."


# ---- what is shown ----


def _number(tables: Tables, view: View, shown: pd.DataFrame, topic: str) -> str:
    table, noun, _ = TOPICS[topic]
    total = counted(len(tables[table]), noun)
    if shown.empty:
        return f"none of {total}"
    return f"{len(shown)} of {total}" + (_by_status(view, shown) if topic == "attendance" else "")


def _by_status(view: View, shown: pd.DataFrame) -> str:
    """How many of each status; one that is filtered away is not counted as none."""
    asked = [status for status in SAID if status in view.status] or list(SAID)
    if len(asked) == 1:
        return ""  # the restriction says it
    numbers = [f"{shown['status'].eq(status).sum() or 'none'} {SAID[status]}" for status in asked]
    return f" ({', '.join(numbers)})"


def _origin(tables: Tables, shown: pd.DataFrame) -> str:
    cited = parts_of(shown["source"])
    return f", from {len(cited)} of {counted(len(tables['sources']), 'source')}" if cited else ""


# ---- what restricts it ----


def _restriction(tables: Tables, view: View, name: str, table: str) -> str:
    """One filter in words, or an empty text where it restricts nothing."""
    chosen = getattr(view, name)
    if name == "years":
        return words.years(chosen) if chosen else _reach(tables, table)
    if name == "q":
        return f"containing “{chosen}”" if chosen else ""
    if name == "basis":
        return f"{joined(chosen)} claims only" if chosen else ""
    offered = options(tables, name, table)
    chosen = [choice for choice in offered if choice in chosen]
    if not chosen or len(chosen) == len(offered):
        return ""
    if name == "expressed":
        return f"{joined(map(plural, chosen))} only"
    if name == "status":
        return joined([SAID.get(status, status.replace("_", " ")) for status in chosen], "or")
    return _PHRASES[name](tables, chosen, len(offered))


def _without(tables: Tables, sources: tuple[str, ...]) -> str:
    if len(sources) == len(tables["sources"]):
        return "without any source"
    return f"without {joined(name_of(tables, source) for source in sources)}"


def _reach(tables: Tables, table: str) -> str:
    """Which years no filter on years shows: those of the axis, and whether there are others."""
    years, axis = tables[table]["year"], axis_years(tables)
    undated = " and undated" if years.isna().any() else ""
    return (words.years(axis) if axis and years.dropna().isin(axis).all() else "all years") + undated


def _speakers(tables: Tables, chosen: list[str], of: int) -> str:
    bodies = set(tables["bodies"]["id"])
    names = ["the " * (who in bodies) + name_of(tables, who) for who in chosen]
    return "by " + (joined(names) if len(names) <= MOST_NAMES else f"{len(names)} of {of} speakers")


def _categories(tables: Tables, chosen: list[str], of: int) -> str:
    names = [f"“{name_of(tables, category)}”" for category in chosen]
    return "on " + (joined(names) if len(names) <= MOST_NAMES else f"{len(names)} of {of} categories")


def _states(tables: Tables, chosen: list[str], of: int) -> str:
    names = [name_of(tables, party) for party in chosen]
    return joined(names) if len(names) <= MOST_NAMES else f"{len(names)} of {of} parties"


_PHRASES = {"speakers": _speakers, "categories": _categories, "states": _states}

"""The sentence under a page's title: what is shown, of how much, from which sources."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import pandas as pd

from query import words
from query.coverage import axis_years, years_covered
from query.memory import remembered
from query.names import name_of
from query.records import NOT_STATED, Tables, parts_of
from query.select import options, select
from query.view import View, bare, restricting
from query.words import capital, counted, joined, plural


class Topic(NamedTuple):
    """The tables whose rows are counted, each with what one row is called, and the filters of the page."""

    counted: dict[str, str]
    filters: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table that the page's filters are about."""
        return next(iter(self.counted))


EVENTS, DOCUMENTS = {"events": "event"}, {"documents": "document"}
STATEMENTS = {"threats": "statement"}
TOPICS = {
    "threats": Topic(STATEMENTS, ("years", "expressed", "speakers", "categories", "basis", "q")),
    "documents": Topic(DOCUMENTS, ("years", "status", "basis", "q")),
    "attendance": Topic({"attendance": "seat"}, ("years", "states", "status", "basis", "q")),
    "chairmanship": Topic({"chairmanships": "term"}, ("basis", "q")),
    "overview": Topic(EVENTS | DOCUMENTS | STATEMENTS, ("years", "basis", "q")),
    "sources": Topic({"paragraphs": "paragraph"}, ()),
}
MOST_NAMES = 3  # more are counted
SAID = {"present": "reported present", "absent": "reported absent", NOT_STATED: "not stated"}


def sentence(tables: Tables, view: View, topic: str) -> str:
    """For example `2022 and 2023, threats only: 12 of 60 statements, from 3 of 5 sources.`

    `tables` are all tables, not the selected ones.
    """
    return _sentence(tables, restricting(view), topic)


@remembered
def _sentence(tables: Tables, view: View, topic: str) -> str:
    filters = TOPICS[topic].filters
    nouns = {table: noun for table, noun in TOPICS[topic].counted.items() if len(tables[table])}
    if not nouns:
        return f"There are no {joined(map(plural, TOPICS[topic].counted.values()), 'or')} in this dataset."
    selected, view = select(tables, view), bare(view, tables)
    restrictions = [_restriction(tables, view, name, TOPICS[topic]) for name in filters]
    if view.without:
        restrictions.append(_without(tables, view.without))
    start = capital(", ".join(filter(None, restrictions)))
    covered = years_covered(select(tables, View(without=view.without)))
    silent = [year for year in view.years if year not in covered] if "years" in filters else []
    all_silent = bool(silent) and len(silent) == len(view.years)
    shown = {table: rows for table in nouns if len(rows := selected[table])}
    parts = []
    if shown or not all_silent:
        # where no source speaks, what others say in passing is counted, but nothing is a zero
        named = {table: noun for table, noun in nouns.items() if table in shown or not all_silent}
        parts.append(_numbers(tables, view, shown, named))
    if silent:
        year = "this year" if len(view.years) == 1 else joined(map(str, silent), "or")
        parts.append(f"no document covers {year}")
    end = "; ".join(parts)
    return f"{start}: {end}." if start else f"{capital(end)}."


# ---- what is shown ----


def _numbers(tables: Tables, view: View, shown: Tables, nouns: dict[str, str]) -> str:
    """How many rows of how many, table by table, and from how many sources. `shown` has no empty table."""
    totals = {table: counted(len(tables[table]), noun) for table, noun in nouns.items()}
    if not shown:
        return f"none of {joined(totals.values())}"
    said = joined(
        f"{len(shown[table]) if table in shown else 'none'} of {of}" for table, of in totals.items()
    )
    by_status = _by_status(view, shown["attendance"]) if "attendance" in shown else ""
    return said + by_status + _origin(tables, chain(*(rows["source"].tolist() for rows in shown.values())))


def _by_status(view: View, shown: pd.DataFrame) -> str:
    """How many of each status; one that is filtered away is not counted as none."""
    asked = [status for status in SAID if status in view.status] or list(SAID)
    if len(asked) == 1:
        return ""  # the restriction says it
    counts = Counter(shown["status"].tolist())
    numbers = [f"{counts[status] or 'none'} {SAID[status]}" for status in asked]
    return f" ({', '.join(numbers)})"


def _origin(tables: Tables, cells: Iterable[str]) -> str:
    cited = parts_of(cells)
    return f", from {len(cited)} of {counted(len(tables['sources']), 'source')}" if cited else ""


# ---- what restricts it ----


def _restriction(tables: Tables, view: View, name: str, topic: Topic) -> str:
    """One filter in words, or an empty text where it restricts nothing."""
    chosen = getattr(view, name)
    if name == "years":
        return words.years(chosen) if chosen else _reach(tables, tuple(topic.counted))
    if name == "q":
        return f"containing “{chosen}”" if chosen else ""
    if name == "basis":
        return f"{joined(chosen)} claims only" if chosen else ""
    offered = options(tables, name, topic.table)
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


@remembered
def _reach(tables: Tables, topic: tuple[str, ...]) -> str:
    """Which years no filter on years shows: those of the axis, and whether these tables have others."""
    dated = [tables[table]["year"] for table in topic if "year" in tables[table]]
    years, axis = pd.concat(dated), axis_years(tables)
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

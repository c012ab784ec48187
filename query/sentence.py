"""The sentence under a page's title: what is shown, of how much, from which sources."""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from query import nouns, vocabulary, words
from query.citation import cited
from query.coverage import UNCOVERED, axis_years, uncovered, years_covered
from query.memory import remembered
from query.nouns import Noun, number, rows_of
from query.records import NOT_STATED, Tables
from query.select import FILTERS, options, select
from query.view import View, bare, on_page, restricting
from query.wording import name_of, publishers
from query.words import MOST_NAMES, capital, counted, joined


class Topic(NamedTuple):
    """What a page counts, and its filters."""

    counted: tuple[Noun, ...]
    filters: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table that the page's filters are about."""
        return self.counted[0].table


STATEMENTS = ("expressed", "speakers", "categories")  # filters of statements
TOPICS = {
    "threats": Topic((nouns.STATEMENT,), ("years", *STATEMENTS, "basis", "q")),
    "documents": Topic(
        (nouns.DOCUMENT, nouns.MATTER, nouns.REPORTED_NUMBER), ("years", "status", "basis", "q")
    ),
    "attendance": Topic((nouns.SEAT,), ("years", "states", "status", "basis", "q")),
    "chairmanship": Topic(
        (nouns.TERM, nouns.SESSION, nouns.ANNOUNCED_SESSION), (*STATEMENTS, "status", "basis", "q")
    ),
    "overview": Topic(
        (nouns.EVENT, nouns.ANNOUNCED_EVENT, nouns.DOCUMENT, nouns.MATTER, nouns.STATEMENT, nouns.TERM),
        ("years", *STATEMENTS, "status", "basis", "q"),
    ),
    "sources": Topic((nouns.PARAGRAPH,), ()),
}
# Where a page shows more than one thing: the table that a filter cuts, and what its rows are called.
WHOSE = dict.fromkeys(STATEMENTS, "threats") | {"status": "documents", "states": "attendance"}
MANY = {"threats": "statements", "documents": "documents and other matters", "attendance": "places"}
EXPRESSED = {"threat": nouns.THREAT, "priority": nouns.ACTION}
SAID = {status: f"reported {word}" for status, word in vocabulary.ATTENDANCE.items()} | {
    NOT_STATED: vocabulary.NOT_STATED
}


def sentence(tables: Tables, view: View, topic: str) -> str:
    """For example `2022 and 2023, threats only: 12 of 60 statements, from 3 of 5 sources.`

    `tables` are all tables, not the selected ones.
    """
    return _sentence(tables, restricting(view), topic)


@remembered
def _sentence(tables: Tables, view: View, topic: str) -> str:
    filters = TOPICS[topic].filters
    known = tuple(noun for noun in TOPICS[topic].counted if number(tables, noun))
    if not known:
        return f"There are no {joined((noun.many for noun in TOPICS[topic].counted), 'or')} in this dataset."
    view = on_page(view, topic)
    selected, view = select(tables, view), bare(view, tables)
    restrictions = [_restriction(tables, view, name, TOPICS[topic]) for name in filters]
    if view.without:
        restrictions.append(_without(tables, view.without))
    start = capital(", ".join(filter(None, restrictions)))
    covered = years_covered(select(tables, View(without=view.without)))
    silent = [year for year in view.years if year not in covered] if "years" in filters else []
    all_silent = bool(silent) and len(silent) == len(view.years)
    shown = tuple(noun for noun in known if number(selected, noun))
    parts = []
    if shown or not all_silent:
        # where no source speaks, what others say in passing is counted, but nothing is a zero
        parts.append(_numbers(tables, selected, view, shown if all_silent else known))
    if silent:
        parts.append(uncovered(tuple(silent)) if len(view.years) > 1 else UNCOVERED)
    end = "; ".join(parts)
    return f"{start}: {end}." if start else f"{capital(end)}."


# ---- what is shown ----


def _numbers(tables: Tables, selected: Tables, view: View, known: tuple[Noun, ...]) -> str:
    """How many of how many, noun by noun, and from how many sources."""
    totals = {noun: noun.counted(number(tables, noun)) for noun in known}
    if not any(number(selected, noun) for noun in known):
        return f"none of {joined(totals.values())}"
    said = joined(f"{number(selected, noun) or 'none'} of {of}" for noun, of in totals.items())
    by_status = _by_status(view, selected["attendance"]) if nouns.SEAT in known else ""
    sources = cited(selected, (row["source"] for noun in known for row in rows_of(selected, noun)))
    of = counted(len(tables["sources"]), "source")
    return said + by_status + (f", from {len(sources)} of {of}" if sources else "")


def _by_status(view: View, shown: pd.DataFrame) -> str:
    """How many of each status; one that is filtered away is not counted as none."""
    asked = [status for status in SAID if status in view.status] or list(SAID)
    if len(asked) == 1:
        return ""  # the restriction says it
    counts = Counter(shown["status"].tolist())
    numbers = [f"{counts[status] or 'none'} {SAID[status]}" for status in asked]
    return f" ({', '.join(numbers)})"


# ---- what restricts it ----


def _restriction(tables: Tables, view: View, name: str, topic: Topic) -> str:
    """One filter in words, or an empty text where it restricts nothing."""
    chosen = getattr(view, name)
    if name == "years":
        if chosen:
            return words.years(chosen)
        supported = select(tables, View(without=view.without))
        return _reach(supported, axis_years(tables), tuple(noun.table for noun in topic.counted))
    if name == "q":
        return f"containing “{chosen}”" if chosen else ""
    if name == "basis":
        return f"{joined(chosen)} claims only" if chosen else ""
    table = topic.table if topic.table in FILTERS[name] else WHOSE[name]
    offered = options(tables, name, table)
    chosen = [choice for choice in offered if choice in chosen]
    if not chosen or len(chosen) == len(offered):
        return ""
    if name == "expressed":
        many = joined(EXPRESSED[one].many for one in chosen)
        return f"{many} only" if table == topic.table else f"of statements only {many}"
    if name == "status":
        phrase = joined([SAID.get(status) or vocabulary.DOCUMENT_STATUS[status] for status in chosen], "or")
    else:
        phrase = _PHRASES[name](tables, chosen, len(offered))
    return phrase if table == topic.table else f"of {MANY[table]} only those {phrase}"


def _without(tables: Tables, sources: tuple[str, ...]) -> str:
    if len(sources) == len(tables["sources"]):
        return "without any source"
    return f"without {publishers(tables, '~'.join(sources))}"


@remembered
def _reach(tables: Tables, axis: tuple[int, ...], topic: tuple[str, ...]) -> str:
    """Which years no filter on years shows: those of the axis, and whether these tables have others."""
    years = pd.concat([tables[table]["year"] for table in topic if "year" in tables[table]])
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

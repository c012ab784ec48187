"""The sentence under a page's title: what is shown, of how much, from which sources."""

from collections import Counter

import pandas as pd

from query import nouns, vocabulary, words
from query.citation import cited
from query.coverage import UNCOVERED, axis_years, uncovered, years_covered
from query.nouns import Noun, number, rows_of
from query.records import NOT_STATED, RECORDS, Tables
from query.select import options, select
from query.selection import remembered
from query.topics import CATEGORIES, CHARTS, EXPRESSED, FILTERS, PAGES, SPEAKERS, TOPICS, YEARS, Filter, Topic
from query.view import View, bare, on_page, restricting
from query.wording import name_of, publishers
from query.words import MOST_NAMES, capital, counted, joined

# what the rows of a table are called together, where they are of more kinds than one
MANY = {"documents": "documents and other matters"}
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
    about = CHARTS[topic]
    known = tuple(noun for noun in about.nouns if number(tables, noun))
    if not known:
        return f"There are no {joined((noun.many for noun in about.nouns), 'or')} in this dataset."
    view = bare(on_page(view, topic), tables)
    selected = select(tables, view)
    supported = select(tables, View(without=view.without))
    by_year = bool(about.cut_by(YEARS)) and not about.of_terms
    restricted = restrictions(tables, view, topic)
    if by_year and not view.years:
        restricted = [_reach(supported, axis_years(tables), about.tables), *restricted]
    start = capital(", ".join(restricted))
    covered = years_covered(supported)
    silent = [year for year in view.years if year not in covered] if by_year else []
    all_silent = bool(silent) and len(silent) == len(view.years)
    shown = tuple(noun for noun in known if number(selected, noun))
    parts = []
    if shown or not all_silent:
        # of years that no source covers, what is said in passing is counted, but none is never said
        parts.append(_numbers(tables, selected, view, shown if all_silent else known))
    if silent:
        parts.append(uncovered(tuple(silent)) if len(view.years) > 1 else UNCOVERED)
    end = "; ".join(parts)
    return f"{start}: {end}." if start else f"{capital(end)}."


@remembered
def restrictions(tables: Tables, view: View, topic: str) -> list[str]:
    """What a view restricts of the rows of a chart, in words: `2022 and 2023`, `threats only`; or nothing."""
    about, view = CHARTS[topic], bare(on_page(view, topic), tables)
    said = [words.years(view.years)] if view.years and about.cut_by(YEARS) else []
    of_tables: dict[str, list[str]] = {}
    for one in FILTERS.values():
        table = about.cut_by(one)
        if one is not YEARS and table and (phrase := _restriction(tables, view, one, about)):
            of_tables.setdefault(table, []).append(phrase)
    for table, phrases in of_tables.items():
        if table != about.table:
            kinds = (
                [] if view.expressed and table in EXPRESSED.columns else ["those"]
            )  # the first phrase says which
            phrases = [" ".join([f"of {_many(about, table)} only", *kinds, *phrases])]
        said += phrases
    if about.table in RECORDS:
        said.append(f"only what is {joined(view.basis)}" if view.basis else "")
        said.append(f"containing {words.quotation(view.q)}" if view.q else "")
    if view.without:
        said.append(_without(tables, view.without))
    return [words for words in said if words]


# ---- what is shown ----


def _numbers(tables: Tables, selected: Tables, view: View, known: tuple[Noun, ...]) -> str:
    """How many of how many, noun by noun, and from how many sources; of all there is, how many that is."""
    numbers = {noun: (number(selected, noun), number(tables, noun)) for noun in known}
    if not any(shown for shown, _ in numbers.values()):
        return joined(f"none of {noun.counted(total)}" for noun, (_, total) in numbers.items())
    whole = all(shown == total for shown, total in numbers.values())
    said = joined(
        noun.counted(total) if whole else f"{shown or 'none'} of {noun.counted(total)}"
        for noun, (shown, total) in numbers.items()
    )
    by_status = _by_status(view, selected["attendance"]) if nouns.SEAT in known else ""
    cites = len(cited(selected, (row["source"] for noun in known for row in rows_of(selected, noun))))
    of = counted(len(tables["sources"]), "source")
    sources = f", from {of}" if cites == len(tables["sources"]) else f", from {cites} of {of}"
    return said + by_status + sources * bool(cites)


def _by_status(view: View, shown: pd.DataFrame) -> str:
    """How many of each status; one that is filtered away is not counted as none."""
    asked = [status for status in SAID if status in view.status] or list(SAID)
    if len(asked) == 1:
        return ""  # the restriction says it
    counts = Counter(shown["status"].tolist())
    numbers = [f"{counts[status] or 'none'} {SAID[status]}" for status in asked]
    return f" ({', '.join(numbers)})"


# ---- what restricts it ----


def _restriction(tables: Tables, view: View, one: Filter, topic: Topic) -> str:
    """One filter in words, or an empty text where it restricts nothing."""
    name, table = one.name, topic.cut_by(one)
    offered = options(tables, name, table)
    chosen = [choice for choice in offered if choice in getattr(view, name)]
    if not chosen or len(chosen) == len(offered):
        return ""
    if one is EXPRESSED:  # its choices are nouns
        kinds = joined(one.called[kind] for kind in chosen)
        return f"{kinds} only" if table == topic.table else kinds
    if one.called:
        phrase = one.before + joined([SAID.get(choice) or one.called[choice] for choice in chosen], "or")
    else:
        names = [_called(tables, one, choice) for choice in chosen]
        numbers = f"{len(names)} of {len(offered)} {one.label.lower()}"
        phrase = one.before + (joined(names) if len(names) <= MOST_NAMES else numbers)
    return phrase


def _many(topic: Topic, table: str) -> str:
    """What the rows of a table are called together."""
    nouns = (noun.many for noun in (*topic.nouns, *topic.beside) if noun.table == table)
    return MANY.get(table) or next(nouns)


def set_elsewhere(tables: Tables, view: View, topic: str) -> list[str]:
    """What filters of other pages restrict that do not cut this one, in words: `threats only (Threats)`."""
    here, said = TOPICS[topic], []
    for other in PAGES.values():
        kept = (one for one in other.filters if other.cut_by(one) != here.cut_by(one))
        phrases = [phrase for one in kept if (phrase := _restriction(tables, view, one, other))]
        said += [f"{', '.join(phrases)} ({other.label})"] if phrases else []
    return [*said, f"the years {words.years(view.years)}"] if view.years and not here.of_years else said


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


def _called(tables: Tables, one: Filter, choice: str) -> str:
    """A choice of a filter as it stands in a sentence."""
    name = name_of(tables, choice)
    if one is CATEGORIES:
        return words.quotation(name)
    if one is SPEAKERS and choice in set(tables["bodies"]["id"]):
        return f"the {name}"
    return name if name != choice else words.field_names(choice)

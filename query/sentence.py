"""The sentence under a page's title: what is shown, of how much, from which sources."""

from collections.abc import Mapping

import pandas as pd

from query.claims import name_of
from query.coverage import axis_years
from query.select import select
from query.view import View

Tables = Mapping[str, pd.DataFrame]

# topic -> the table whose rows are counted, the word for one row, the filters that the page has
TOPICS = {
    "threats": ("threats", "statement", ("years", "expressed", "speakers", "categories")),
    "documents": ("documents", "document", ("years", "status")),
    "attendance": ("attendance", "place", ("years", "states", "status")),
    "chairmanship": ("chairmanships", "term", ()),
    "overview": ("events", "event", ("years",)),
    "sources": ("paragraphs", "paragraph", ()),
}


def sentence(tables: Tables, view: View, topic: str) -> str:
    """For example `2022 and 2023, threats only: 12 of 60 statements, from 3 of 5 sources.`

    `tables` are all tables, not the selected ones.
    """
    table, noun, filters = TOPICS[topic]
    shown, all_rows = select(tables, view)[table], tables[table]
    parts = [_run(view.years)] if view.years and "years" in filters else []
    if not parts and topic != "sources" and axis_years(tables):
        parts = [_reach(shown, axis_years(tables))]
    for parameter in filters:
        chosen = getattr(view, parameter)
        if parameter != "years" and chosen:
            parts.append(_chosen(tables, parameter, chosen))
    if view.basis:
        parts.append(f"{_list(view.basis)} only")
    if view.without:
        parts.append(f"without {_list([name_of(tables, source) for source in view.without])}")
    if view.q:
        parts.append(f"containing “{view.q}”")
    number = f"{len(shown)} of {len(all_rows)} {noun}{'' if len(all_rows) == 1 else 's'}"
    cited = {source for field in shown["source"] for source in field.split("~") if source}
    origin = f"from {len(cited)} of {len(tables['sources'])} sources"
    tail = _by_status(shown) if topic == "attendance" else ""
    start = f"{_capital(', '.join(parts))}: " if parts else ""
    return f"{start}{number}{tail}, {origin}."


def _by_status(rows: pd.DataFrame) -> str:
    number = rows["status"].value_counts()
    words = {"present": "said to be present", "absent": "said to be absent", "not_stated": "not stated"}
    return " (" + ", ".join(f"{int(number.get(key, 0))} {text}" for key, text in words.items()) + ")"


def _chosen(tables: Tables, parameter: str, chosen: tuple) -> str:
    if parameter == "expressed":
        return _list([f"{_plural(word)}" for word in chosen]) + (" only" if len(chosen) == 1 else "")
    if parameter == "status":
        return _list([word.replace("_", " ") for word in chosen])
    return _list([name_of(tables, identifier) for identifier in chosen])


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def _list(words) -> str:
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _run(years: tuple[int, ...]) -> str:
    if len(years) > 2 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]} to {years[-1]}"
    return _list([str(year) for year in years])


def _reach(shown: pd.DataFrame, years: tuple[int, ...]) -> str:
    """The years of the axis, unless rows without a year or before the axis are among those shown."""
    inside = shown["year"].isin(years).all() if "year" in shown.columns else True
    return _run(years) if inside else "All years and undated"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

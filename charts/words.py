"""Words on the charts: names from the tables, dates, counts, and the one escape for plotly's pseudo-HTML."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from textwrap import wrap as _fold

import pandas as pd

import query
from charts import frames, theme
from charts.axis import Axis
from charts.grid import Grid, Item

TOO_MANY = "more of them than one chart holds; choose fewer years, or search"  # why some are not drawn
MONTHS = "January February March April May June July August September October November December".split()
SPELLED = "no one two three four five six seven eight nine ten eleven twelve".split()
MOST_NAMES = 3  # in a headline
SECRETARY = "SG"
OWN_VOICE = "source_text"


def escape(text: str) -> str:
    """Text from the data, safe inside plotly labels and hover, which read `<`, `>` and `&` as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(4096)
def folded(text: str, width: int) -> str:
    """Escaped text broken with `<br>` into lines of at most `width` letters. Lines of the text are kept."""
    return "<br>".join(
        escape(line)
        for part in text.split("\n")
        for line in _fold(part, width, break_on_hyphens=False) or [""]
    )


def cut(text: str, width: int) -> str:
    """At most `width` letters, with an ellipsis where something is left off."""
    return text if len(text) <= width else text[: max(width - 1, 1)].rstrip() + "…"


def joined(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 session`, `2 sessions`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def few(names: Sequence[str], noun: str) -> str:
    """The names, or how many there are of more than MOST_NAMES."""
    return joined(names) if len(names) <= MOST_NAMES else f"{spelled(len(names))} {noun}"


def spelled(number: int) -> str:
    """A small number in letters: `four`; a larger one as it is."""
    return SPELLED[number] if number < len(SPELLED) else str(number)


def capital(text: str) -> str:
    """The text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def listed(field: str, names: Mapping[str, str] | None = None) -> str:
    """A `~` list of the tables in words: `s000~s001` becomes `s000 and s001`."""
    return joined((names or {}).get(part, part) for part in field.split("~") if part)


def disputed(field: str) -> str:
    """The line of a label that names the fields on which the quoted words disagree; empty without any."""
    return f"disagreement on: {listed(field).replace('_', ' ')}" if field else ""


def of_many(items: Sequence[Item]) -> str:
    """The line of a bar's label: about how many of its records the sources or passages disagree."""
    number = sum(bool(item.contradicted) for item in items)
    return f"\n{theme.CONTRADICTED} about {number} of them" if number else ""


def disagreements(grid: Grid) -> str:
    """For screen readers: which marks carry the loose corner, and on what. A space before it, or empty."""
    each = "; ".join(
        f"{item.label.partition(chr(10))[0]}, {item.where} (on {listed(item.contradicted).replace('_', ' ')})"
        for item in grid.items
        if item.contradicted
    )
    return f" {capital(theme.CONTRADICTED)}: {each}." if each else ""


def why_empty(axis: Axis) -> str:
    """Why a chart has no marks: no source speaks about its years, or the selection holds nothing."""
    return query.uncovered(axis.years) if axis.silent else theme.NOTHING


def why_left_out(year: int | None, axis: Axis, undated: str = "no date stated") -> str:
    """Why something is not drawn: it has no year, its year is not shown, or there are too many."""
    if year is None:
        return undated
    return TOO_MANY if year in axis.years else f"{year} is not among the years shown"


def uncovered(axis: Axis) -> str:
    """For screen readers, a sentence on the years that are hatched. Begins with a space, or is empty."""
    return f" {capital(query.uncovered(axis.uncovered))}." if axis.uncovered else ""


def abbreviated(date_words: str) -> str:
    """A date of the tables without what it does not state, its month in three letters: `1 Jan 2024`."""
    head = date_words.partition(",")[0]
    return " ".join(word[:3] if word in MONTHS else word for word in head.split())


def short(earliest: str, latest: str, precision: str, *, narrow: bool = False) -> str:
    """The head of a column that already stands under its year: `16 May`, `Nov`, `Q4`, `no month`."""
    if not earliest:
        return "undated"
    day = date.fromisoformat(earliest)
    month = MONTHS[day.month - 1][:3]
    if precision == "day":
        return month if narrow else f"{day.day} {month}"
    if precision == "month":
        return month
    return f"Q{(day.month + 2) // 3}" if precision == "quarter" else "no month"


def years(values: Iterable[int]) -> str:
    """`2022`; `2020 to 2024` for a run; `2020 and 2022` for a choice."""
    values = sorted(values)
    if not values:
        return "no year"
    run = values == list(range(values[0], values[-1] + 1)) and len(values) > 1
    return f"{values[0]} to {values[-1]}" if run else joined(map(str, values))


def names(table: pd.DataFrame, column: str = "name") -> dict[str, str]:
    """id -> name of one table."""
    return {row["id"]: row[column] for row in frames.records(table)}


def speakers(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """id -> name of all that can speak: people, bodies, and the source in its own voice."""
    return names(tables["people"]) | names(tables["bodies"]) | {OWN_VOICE: "the source's own text"}


def parties(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """id -> name of all that can attend, in the order of the rows: the states, then the Secretary General."""
    return names(tables["states"]) | {SECRETARY: "Secretary General"}


def events(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict]:
    """id -> row of the events that something may have happened at, those included that a filter hides."""
    return {row["id"]: row for row in frames.records(frames.whole(tables, "events"))}


def event_kind(event: Mapping) -> str:
    """`session, held`: what an event is and whether it is known to have taken place."""
    return f"{theme.EVENT_KIND[event['kind']].words}, {theme.EVENT_STATUS[event['status']].words}"


def occasion(event: Mapping | None, identifier: str = "") -> str:
    """An event in one phrase: title, place, date in words. An event outside the selection shows its id."""
    return query.occasion_of(event) if event else identifier

"""What a chart says of its places: escaped for plotly, cut to the room there is, and why some are empty."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from textwrap import wrap as _fold

import query
from charts.axis import Axis
from charts.grid import Grid
from query.vocabulary import CONTRADICTED, EVENT_KIND, FORMAT, NOTHING
from query.wording import MONTHS
from query.words import capital, field_names

TOO_MANY = "more of them than one chart holds; choose fewer years, or search"  # why some are not drawn
UNDATED = "no date stated"


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


def disagreements(grid: Grid) -> str:
    """For screen readers, a sentence on the marks with a loose corner. Begins with a space, or is empty."""
    each = "; ".join(
        f"{item.label.partition(chr(10))[0]}, {item.where} (on {field_names(item.contradicted)})"
        for item in grid.items
        if item.contradicted
    )
    return f" {capital(CONTRADICTED)}: {each}." if each else ""


def why_empty(axis: Axis) -> str:
    """Why a chart has no marks: no source speaks about its years, or the selection holds nothing."""
    return query.uncovered(axis.years) if axis.silent else NOTHING


def why_left_out(year: int | None, axis: Axis) -> str:
    """Why something is not drawn: it has no year, its year is not shown, or there are too many."""
    if year is None:
        return UNDATED
    return TOO_MANY if year in axis.years else f"{year} is not among the years shown"


def uncovered(axis: Axis) -> str:
    """For screen readers, a sentence on the years that are hatched. Begins with a space, or is empty."""
    return f" {capital(query.uncovered(axis.uncovered))}." if axis.uncovered else ""


def short(earliest: str, latest: str, precision: str, *, narrow: bool = False) -> str:
    """The head of a column that already stands under its year: `16 May`, `Nov`, `Q4`, `no month`.

    A `narrow` one has no day, and is empty where no month is stated.
    """
    if not earliest:
        return "undated"
    day = date.fromisoformat(earliest)
    month = MONTHS[day.month - 1][:3]
    if precision == "day":
        return month if narrow else f"{day.day} {month}"
    if precision == "month":
        return month
    if precision == "quarter":
        return f"Q{(day.month + 2) // 3}"
    return "" if narrow else "no month"


def when_and_where(event: Mapping) -> str:
    """An event under its year, in the fewest words: `16 May, summit, Moscow`."""
    when = short(event["earliest"], event["latest"], event["precision"])
    kind = EVENT_KIND["summit"] if event["kind"] == "summit" else ""
    return ", ".join(filter(None, (when, kind, event["place"] or _by_video(event))))


def second_line(event: Mapping) -> str:
    """The second line of the head of an occasion's column: where, else by video, else what kind of event."""
    return event["place"] or _by_video(event) or EVENT_KIND[event["kind"]]


def _by_video(event: Mapping) -> str:
    return FORMAT["video"] if event["format"] == "video" else ""

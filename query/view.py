"""The view: all that decides what is on screen, as one frozen value, and its form in the URL."""

import re
import unicodedata
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import quote_plus

import brotli

from query.address import resolve
from query.compare import is_of_years, sides
from query.records import SEPARATOR, Tables
from query.search import folded
from query.selection import remembered
from query.topics import FILTERS, TOPICS
from query.words import joined, visible

LONGEST_SEARCH = 100  # letters
LONGEST_SHOWN = 40  # letters of a dropped value in its notice
MOST_NOTICES = 20
MOST_SLIDES = 30  # of a briefing
# a chart's name, and its own query in one line
_SLIDE = re.compile(r"[a-z]{1,50}(\?[^~\x00-\x1f\x7f\ud800-\udfff]{1,2000})?")
PACKED = "packed."  # stands before slides that are packed
LONGEST_PLAIN = 1_000  # characters that slides take in an address as they are; more are packed
_LARGEST_UNPACKED = MOST_SLIDES * 2_100 * 4  # bytes


@dataclass(frozen=True)
class View:
    """An empty tuple or text means no restriction. `without` names sources that are set aside.

    `compare` holds two years or two speakers, or nothing. `sel` is an address (see `query.address`), `data`
    the short hash of the dataset that a link was made with. `tray` holds the slides of a briefing, each as
    text that `exports.briefing` reads; `present` is the number of the slide on screen, if one is presented.
    """

    years: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    expressed: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    q: str = ""
    sel: str = ""
    data: str = ""
    tray: tuple[str, ...] = ()
    present: str = ""


LISTS = tuple(
    field.name for field in fields(View) if field.default == () and field.name not in ("compare", "tray")
)
PARAMETERS = tuple(field.name for field in fields(View))
SEVERAL = (*LISTS, "compare", "tray")  # hold several values


# list -> what it may hold; `basis` and `without` cut what every claim rests on, not the rows of some tables
_CHOICES = {name: one.choices for name, one in FILTERS.items()} | {
    "basis": lambda tables: ("stated", "inferred"),
    "without": lambda tables: tables["sources"]["id"],
}


def choices(tables: Tables) -> dict[str, tuple]:
    """What each list of the view may hold, in the order in which it is shown."""
    return {name: choices_of(tables, name) for name in LISTS}


@remembered
def choices_of(tables: Tables, name: str) -> tuple:
    """What one list of the view may hold, in the order in which it is shown."""
    return tuple(_CHOICES[name](tables))


def united(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters of an address by name, and a notice for each that has two values where it can have one.

    Of a list all values count: `years=2022&years=2023` is `years=2022~2023`. Of others neither does.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    alone = {name: SEPARATOR.join(some) for name, some in values.items() if name in SEVERAL}
    alone |= {name: some[0] for name, some in values.items() if len(set(some)) == 1 and name not in alone}
    notices = [
        f"{excerpt(name)} is there more than once, with {excerpt(some[0])} first, and was left out."
        for name, some in values.items()
        if name not in alone
    ]
    return alone, bounded(notices)


def parse(params: Mapping[str, str], tables: Tables) -> tuple[View, tuple[str, ...]]:
    """The view that URL parameters describe, and a notice for each value that was dropped. Never raises.

    A list that holds every choice restricts nothing and is left empty.
    """
    notices = [
        f"{excerpt(str(name))} is not a part of a view and was left out."
        for name in params
        if name not in PARAMETERS
    ]
    empty = [name for name in PARAMETERS if not visible(str(params.get(name, name)).strip(SEPARATOR))]
    notices += [f"“{name}” is empty and was left out." for name in empty]
    params = {name: value for name, value in params.items() if name not in empty}
    half = [name for name in (*LISTS, "tray") if "" in str(params.get(name, name)).split(SEPARATOR)]
    notices += [f"“{name}” is empty in one place, which was left out." for name in half]
    values = {}
    for name, known in choices(tables).items():
        asked = dict.fromkeys(part for part in str(params.get(name, "")).split(SEPARATOR) if part)
        by_text = {str(choice): choice for choice in known}
        unknown = [part for part in asked if part not in by_text]
        notices += [
            f"{excerpt(part)} is not known among {_called(name)} and was left out." for part in unknown
        ]
        values[name] = tuple(choice for text, choice in by_text.items() if text in asked)
    asked = str(params.get("compare", ""))
    values["compare"] = tuple(asked.split(SEPARATOR)) if sides(tables, tuple(asked.split(SEPARATOR))) else ()
    if asked and not values["compare"]:
        notices.append(f"{excerpt(asked)} is no pair of years or speakers (compare) and was left out.")
    words = visible(str(params.get("q", "")))
    values["q"] = words[:LONGEST_SEARCH].strip()
    if values["q"] != words:
        notices.append(f"The search was cut to {excerpt(words)}: it may have {LONGEST_SEARCH} letters.")
    if values["q"] and not folded(values["q"]):
        notices.append(f"{excerpt(values['q'])} has no letter or digit to look for (q) and was left out.")
        values["q"] = ""
    for name, known, what in (
        ("sel", lambda text: resolve(text, tables), "leads to nothing in this dataset"),
        ("data", _is_hash, "is not the mark of a dataset"),
        ("present", re.compile("[1-9][0-9]?").fullmatch, "is not the number of a slide"),
    ):
        values[name] = text = str(params.get(name, ""))
        if text and not known(text):
            values[name] = ""
            if name == "sel" and (gone := _retired(text, tables)):
                notices.append(gone)
                continue
            notices.append(f"{excerpt(text)} {what} ({name}) and was left out.")
    values["tray"], some = _slides(str(params.get("tray", "")))
    notices += some
    return bare(View(**values), tables), bounded(notices)


def bounded(notices: list[str]) -> tuple[str, ...]:
    """As many notices as anyone reads; of more, their number."""
    more = len(notices) - MOST_NOTICES
    return (*notices[:MOST_NOTICES], f"{more} more values were left out.") if more > 1 else tuple(notices)


def dump(view: View) -> dict[str, str]:
    """URL parameters of a view, those alone that restrict or select something. Inverts `parse`."""
    values = {name: getattr(view, name) for name in PARAMETERS}
    parameters = {
        name: SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value
    }
    return parameters | ({"tray": _packed(parameters["tray"])} if view.tray else {})


@lru_cache(maxsize=64)  # 4 to 9 ms each for 30 slides with headlines, and a page has it in each of its links
def _packed(slides: str) -> str:
    """The slides of a briefing as `tray` holds them: as they are or, when an address encodes them with more
    than LONGEST_PLAIN characters, `packed.` and the base64url of their brotli. Inverted by `_unpacked`.

    30 slides with headlines of 200 letters take 3,800 characters in place of 7,500 in German, 4,300 in place
    of 31,700 in Russian, 7,700 in place of 35,200 in Chinese; deflate takes 4,000, 5,100 and 9,100.
    """
    if len(quote_plus(slides)) <= LONGEST_PLAIN:
        return slides
    return PACKED + urlsafe_b64encode(brotli.compress(slides.encode(), quality=10)).decode().rstrip("=")


def _slides(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The slides that `tray` holds, as many as a briefing may have, and notices of those left out.

    One part may be packed, as `_packed` does it. A second one is left out: an address has room for hundreds,
    and each of them may unpack to _LARGEST_UNPACKED.
    """
    parts, notices = text.split(SEPARATOR), []
    packed = next((part for part in parts if part.startswith(PACKED)), "")
    if packed:
        place = parts.index(packed)
        try:
            parts[place : place + 1] = _unpacked(packed).split(SEPARATOR)
        except ValueError:
            del parts[place]
            notices.append(
                "The slides that are packed in this address cannot be read, as if it was cut, "
                "and were left out (tray). Open the whole link."
            )
    asked = [part for part in parts if part]
    slides = tuple(part for part in asked if _SLIDE.fullmatch(part))[:MOST_SLIDES]
    if left := len(asked) - len(slides):
        what = "1 slide of the briefing was" if left == 1 else f"{left} slides of the briefing were"
        notices.append(f"{what} left out (tray).")
    return slides, notices


def _unpacked(packed: str) -> str:
    """The slides that a part of `tray` packs, no more than _LARGEST_UNPACKED. Raises ValueError for a part
    that cannot be unpacked whole.
    """
    code = packed.removeprefix(PACKED)
    data = b64decode(code + "=" * (-len(code) % 4), altchars="-_", validate=True)
    reader = brotli.Decompressor()
    try:
        slides = reader.process(data, output_buffer_limit=_LARGEST_UNPACKED).decode()
    except brotli.error as error:
        raise ValueError("no brotli") from error
    if not reader.is_finished():
        raise ValueError("cut off, or too large")
    return slides


def restricting(view: View) -> View:
    """The view without what selects no rows: two views that are equal so show the same rows."""
    return replace(view, sel="", data="", tray=(), present="")


def on_page(view: View, topic: str) -> View:
    """The view as it cuts the rows of a chart or page: without years where terms are its time axis, and with
    the two years or speakers that are compared where the chart is about them.
    """
    if TOPICS[topic].of_pair and view.compare:
        if is_of_years(view.compare):
            return replace(view, years=tuple(map(int, view.compare)))
        return replace(view, speakers=view.compare)
    return replace(view, years=() if TOPICS[topic].of_terms else view.years, compare=())


def bare(view: View, tables: Tables) -> View:
    """The view without the lists that hold every choice: they restrict nothing, as if they were empty.

    So a view of all years of the axis shows earlier years and undated rows too. Old links name every choice:
    they still show what their sender saw, and no filter looks set.
    """
    lists = [name for name in LISTS if name != "without" and getattr(view, name)]
    whole = [name for name in lists if set(getattr(view, name)) == set(choices_of(tables, name))]
    return replace(view, **dict.fromkeys(whole, ()))


def _retired(text: str, tables: Tables) -> str:
    """What became of a record that was taken back, or nothing."""
    rows = tables.get("retired")
    if rows is None or text not in set(rows["id"]):
        return ""
    row = rows[rows["id"] == text].to_dict("records")[0]
    instead = f" Its place is taken by {row['replaced_by']}." if row["replaced_by"] else ""
    return f"The record {excerpt(text)} was taken back: {row['reason'].rstrip('.')}.{instead}"


def _called(name: str) -> str:
    """What pages call a list, beside its name in the address."""
    label = FILTERS[name].label.lower() if name in FILTERS else {"without": "sources"}.get(name, name)
    return label if label == name else f"{label} ({name})"


def _is_hash(text: str) -> bool:
    return len(text) == 8 and set(text) <= set("0123456789abcdef")


def excerpt(text: str) -> str:
    """The beginning of a text that someone else wrote, harmless in a line of ours: in quotation marks, as it
    is written, and after them what of it cannot be seen.
    """
    line = visible(text[: 2 * LONGEST_SEARCH])
    begin = line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"
    unseen = ["a blank in front"] * text[:1].isspace() + ["a blank behind"] * text[-1:].isspace()
    if any(unicodedata.category(letter)[0] == "C" for letter in text):
        unseen.append("a sign that cannot be seen")
    return f"“{begin}”" + (f" (with {joined(unseen)})" if unseen else "")

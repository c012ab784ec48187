"""The view: all that decides what is on screen, as one frozen value, and its form in the URL."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from query.address import resolve
from query.coverage import axis_years

Tables = Mapping[str, pd.DataFrame]

SEPARATOR = "~"
LONGEST_SEARCH = 100
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class View:
    """An empty tuple or text means no restriction. `without` names sources that are set aside.

    `sel` is an address (see `query.address`), `data` the short hash of the dataset that a link was made with.
    """

    years: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    expressed: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    q: str = ""
    sel: str = ""
    data: str = ""


LISTS = tuple(field.name for field in fields(View) if field.default == ())
PARAMETERS = tuple(field.name for field in fields(View))


def choices(tables: Tables) -> dict[str, tuple]:
    """What each list of the view may hold, in the order in which it is shown."""
    threats, attendance, documents = tables["threats"], tables["attendance"], tables["documents"]
    spoken = set(threats["speaker"])
    named = [*tables["people"]["id"], *tables["bodies"]["id"]]
    return {
        "years": axis_years(tables),
        "speakers": (*(who for who in named if who in spoken), *sorted(spoken.difference(named))),
        "categories": tuple(tables["categories"]["id"]),
        "expressed": tuple(dict.fromkeys(threats["expressed_as"])),
        "states": tuple(dict.fromkeys(attendance["party"])),
        "status": (
            *dict.fromkeys(attendance["status"]),
            *dict.fromkeys(documents["status"].str.split(SEPARATOR).explode().dropna()),
        ),
        "basis": ("stated", "inferred"),
        "without": tuple(tables["sources"]["id"]),
    }


def parse(params: Mapping[str, str], tables: Tables) -> tuple[View, tuple[str, ...]]:
    """The view that URL parameters describe, and a notice for each value that was dropped. Never raises."""
    notices = [f"“{_shown(name)}” is not a part of a view and was left out." for name in params if name not in PARAMETERS]
    view = View()
    for name, known in choices(tables).items():
        asked = dict.fromkeys(part for part in str(params.get(name, "")).split(SEPARATOR) if part)
        by_text = {str(choice): choice for choice in known}
        unknown = [part for part in asked if part not in by_text]
        notices += [f"“{_shown(part)}” is not known among {name} and was left out." for part in unknown]
        view = replace(view, **{name: tuple(choice for text, choice in by_text.items() if text in asked)})
    view = replace(view, q=_search(str(params.get("q", ""))))
    for name, known in (("sel", lambda text: resolve(text, tables)), ("data", _is_hash)):
        text = str(params.get(name, ""))
        if text and not known(text):
            notices.append(f"“{_shown(text)}” is not known here ({name}) and was left out.")
        elif text:
            view = replace(view, **{name: text})
    return view, tuple(notices)


def dump(view: View) -> dict[str, str]:
    """URL parameters of a view, those alone that restrict or select something. Inverts `parse`."""
    values = {name: getattr(view, name) for name in PARAMETERS}
    return {
        name: SEPARATOR.join(map(str, value)) if name in LISTS else value
        for name, value in values.items()
        if value
    }


def full(view: View, tables: Tables, data: str) -> View:
    """The view with every default written out, and the dataset's hash: what a link carries.

    What is added to the data later then does not change what the link shows. `basis` and `without` stay as they
    are: all of them written out would mean something else.
    """
    known = choices(tables)
    written = {name: getattr(view, name) or known[name] for name in LISTS if name not in ("basis", "without")}
    return replace(view, **written, data=data)


def _search(text: str) -> str:
    visible = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return " ".join(visible.split())[:LONGEST_SEARCH].strip()


def _is_hash(text: str) -> bool:
    return len(text) == 8 and set(text) <= set("0123456789abcdef")


def _shown(text: str) -> str:
    visible = _search(text)
    return visible if len(visible) <= LONGEST_SHOWN else visible[:LONGEST_SHOWN] + "…"

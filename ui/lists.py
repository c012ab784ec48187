"""Lists and tables below a chart, each at an address of its own, in parts where it is long.

    lists/gaps?of=party+that+no+source+mentions&page=sources

A fold asks for its list when it is opened. A line that names a place opens its evidence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

import query
from exports.templates import render
from loaders import ROOT
from query.records import place_of, rows_in, split
from ui import state
from ui.asked import Refused, asked
from ui.state import Page, page_of

LINES, ROWS, DOCUMENTS = 50, 200, 10  # of a list, of a table, and sources described: sent at once
NOTHING = "There is no list at this address."
UNITS = ROOT / "docs" / "agreement.csv"  # of two codings
AGREEMENT = "Agreement by field"  # what their table is called


class List(NamedTuple):
    """Its `rows`, of which `at_once` are sent, and what makes HTML of some of them."""

    rows: Sequence | pd.DataFrame
    at_once: int
    html: Callable[[Sequence | pd.DataFrame], str]


def fold(page: Page, identifier: str, label: str, name: str, of: str = "") -> str:
    """A label that says how many lines a list has, and asks for it when it is opened."""
    number = len(LISTS[name](page, of).rows)
    address = _address(page, name, of) if number else ""
    return render("parts.fetched", id=identifier, label=label, number=number or "none", address=address)


def changes(page: Page, source: str, prefix: str = "") -> list[str]:
    """What is lost without a source, and what is kept, each opened by its label."""
    return [
        fold(page, f"{prefix}lost_{source}", "Records that lose all support without it", "lost", source),
        fold(page, f"{prefix}kept_{source}", "Records that keep another source", "kept", source),
    ]


def part(page: Page, name: str, of: str = "", number: int = 1) -> str:
    """A part of a list, the last one for a number that is too large, and the ways to the others.

    Raises LookupError for a list that there is not.
    """
    rows, at_once, html = LISTS[name](page, of)
    parts = -(-len(rows) // at_once) or 1
    number = min(number, parts)
    steps = [(one, _address(page, name, of, one)) for one in range(1, parts + 1)] if parts > 1 else []
    shown = rows[(number - 1) * at_once : number * at_once]
    return render("parts.listed", part=number, parts=steps, inside=html(shown))


def answer(request: Request) -> Response:
    """The page of a list, or in words why there is none."""
    name = request.path_params["name"]
    try:
        dataset, topic, view, at, number, of = asked(request, NOTHING)
        inside = part(page_of(topic, dataset, view, at), name, of, number)
    except Refused as refused:
        return PlainTextResponse(str(refused), refused.status)
    except LookupError:
        return PlainTextResponse(NOTHING, 404)
    body = render(
        "frame.page",
        title=of or name,
        inside=inside,
        link=state.addressed(at, query.dump(replace(view, data=dataset.hash))),
    )
    return HTMLResponse(body, headers={"Cache-Control": "no-cache"})


def _address(page: Page, name: str, of: str, number: int = 1) -> str:
    own = {"of": of, "part": number if number > 1 else ""}
    return f"lists/{name}?{urlencode({key: value for key, value in own.items() if value})}&{page.around}"


class Codings(NamedTuple):
    """How far two codings agree: by field, in words too, and each unit in which they differ."""

    fields: pd.DataFrame
    in_words: pd.DataFrame
    differences: Sequence[Mapping]


@lru_cache(1)
def codings() -> Codings:
    units = pd.read_csv(UNITS, dtype=str, keep_default_na=False)
    differences = query.differences(units).to_dict("records")
    return Codings(query.agreement(units), query.agreed(units), differences)


# ---- what lists there are ----


def _lines(page: Page, rows: Sequence, line: Callable[..., tuple[str, str, str]]) -> List:
    """A line for each row: its words, the address that it opens (none: it is only read), and a remark."""

    def html(some: Sequence) -> str:
        each = map(line, some)
        ways = [page.way(*way) | {"reason": reason} for *way, reason in each]
        return render("parts.ways", ways=ways, onward=False)

    return List(rows, LINES, html)


def _measured(page: Page, measure: str) -> List:
    """The records that a measure of quality speaks of."""
    tables = page.dataset.tables
    opens = query.quality(tables, page.dataset.unconfirmed).set_index("measure")["opens"][measure]
    return _lines(page, split(opens), lambda record: (query.claim(tables, record), record, ""))


def _gaps(page: Page, kind: str) -> List:
    kinds = dict([*query.gaps(page.dataset.tables).groupby("kind")])
    return _lines(page, kinds[kind].to_dict("records"), lambda gap: (gap["what"], gap["address"], ""))


def _lost(page: Page, source: str) -> List:
    """The records that lose all support without a source."""
    lost, _ = _resting(page, source)
    return _lines(page, lost, lambda row: (row["claim"], row["address"], ""))


def _kept(page: Page, source: str) -> List:
    """The records that others support too, and which."""
    _, kept = _resting(page, source)
    return _lines(page, kept, lambda row: (row["claim"], row["address"], f"still rests on {row['left']}"))


def _resting(page: Page, source: str) -> tuple[list[Mapping], list[Mapping]]:
    """The records that cite a source: those that have no other, and those that have."""
    if source not in place_of(page.dataset.tables, "sources"):
        raise LookupError(source)
    rows = query.resting_on(page.dataset.tables, source).to_dict("records")
    lost = [row for row in rows if row["left"] == query.NOTHING_LEFT]
    return lost, [row for row in rows if row["left"] != query.NOTHING_LEFT]


def _differences(page: Page, of: str) -> List:
    """What two codings entered differently; a line opens the paragraph."""
    return _lines(page, codings().differences, partial(query.difference, page.dataset.tables))


def _changed(page: Page, kind: str) -> List:
    """The records that changed since the version before, of one kind of change."""
    if page.dataset.changes is None:
        raise LookupError(kind)

    def html(some: Sequence[query.Changed]) -> str:
        lines = [page.way(one.words, one.opens) | {"remarks": one.remarks} for one in some]
        return render("sources.changed", lines=lines)

    return List(query.history(page.dataset.tables, page.dataset.changes)[kind], LINES, html)


def _table(page: Page, label: str) -> List:
    """A table of the page, by what it is called."""
    rows = {**query.sample(page.dataset.tables), AGREEMENT: codings().in_words}[label]
    return List(rows, ROWS, lambda some: render("parts.scrolled", label=label, rows=some))


def _documents(page: Page, of: str) -> List:
    """The sources one by one: what each is, what to bear in mind, and what rests on it."""
    tables = page.dataset.tables

    def aside(source: Mapping) -> bool:
        return source["id"] in page.view.without

    def html(sources: Iterable[Mapping]) -> str:
        described = [
            {
                "source": source,
                "years": query.covered_years(tables if aside(source) else page.supported, source["id"]),
                "printed": query.printed(source),
                "caveats": split(source["caveats"]),
                "aside": page.toggle("without", source["id"]),
                "folds": changes(page, source["id"]),
            }
            for source in sources
        ]
        return render("sources.described", sources=described)

    return List(rows_in(tables, "sources"), DOCUMENTS, html)


LISTS: Mapping[str, Callable[[Page, str], List]] = {
    "documents": _documents,
    "lost": _lost,
    "kept": _kept,
    "table": _table,
    "measured": _measured,
    "differences": _differences,
    "changed": _changed,
    "gaps": _gaps,
}

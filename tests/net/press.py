"""The product's media under a view, as a reader gets them: pages in a browser, files from their makers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Page

import query
from exports import Item as Entry
from exports import Refused, dump_item, slides
from exports.brief import brief
from exports.bundle import bundle
from exports.deck import deck
from loaders import Dataset
from tests.browser.conftest import Dashboard
from tests.net import media
from tests.net.media import Piece
from tests.net.views import Case, Item

BASE = "https://example.org/csto"


@dataclass
class Press:
    """A dataset, a tab with the dashboard that serves it, and a tab for files. Keeps what it has made."""

    dataset: Dataset
    dashboard: Dashboard
    paper: Page
    made: dict = field(default_factory=dict)

    def pieces(self, medium: str, case: Case) -> list[Piece]:
        key = medium, case.name
        if key not in self.made:
            self.made[key] = MEDIA[medium](self, case)
        return self.made[key]

    def filled(self, case: Case) -> Case:
        """The case without what no file is made of: charts without a row."""
        key = "filled", case.name
        if key not in self.made:
            items = tuple(item for item in case.items if not self._refused(self.entry(item)))
            self.made[key] = replace(case, items=items)
        return self.made[key]

    def _refused(self, entry: Entry) -> bool:
        try:
            slides(self.dataset, [entry])
        except Refused:
            return True
        return False

    def entries(self, case: Case) -> list[Entry]:
        return [self.entry(item) for item in case.items]

    def entry(self, item: Item) -> Entry:
        values = {name: "~".join(values) for name, values in item.params.items()}
        view, notices = query.parse(values, self.dataset.tables)
        assert not notices, notices
        return Entry(item.chart, view)

    def open(self, path: str) -> Page:
        """The page at a path, unless the tab shows it."""
        tab = self.dashboard.page
        return tab if tab.url == self.dashboard.address + path else self.dashboard.open(path)

    @cached_property
    def base(self) -> str:
        return self.dashboard.address

    def file(self, item: Item, ending: str) -> str:
        """A file of a chart from the server."""
        with urlopen(f"{self.base}/files/{item.chart}.{ending}?{item.query}") as answer:
            return answer.read().decode()

    def archive(self, case: Case) -> dict[str, str]:
        key = "archive", case.name
        if key not in self.made:
            self.made[key] = media.files_of(bundle(self.dataset, self.entries(case), BASE))
        return self.made[key]


# every table that a card asks for when it is opened is there
TABLES = "() => [...document.querySelectorAll('details[data-src] > div')].every(one => one.children.length)"


def _tray(press: Press, case: Case) -> str:
    return "tray=" + quote("~".join(dump_item(entry) for entry in press.entries(case)), safe="~")


def _page(press: Press, case: Case) -> list[Piece]:
    """Every page that a case is about, each table opened."""
    if case.tray:
        tab = press.open(f"/briefing?{_tray(press, case)}")
        return media.rendered(tab, case.charts)
    pieces = []
    for address in dict.fromkeys(item.page for item in case.items):
        item = next(item for item in case.items if item.page == address)
        tab = press.open(f"{address}?{item.query}" if item.query else address)
        tab.evaluate("document.querySelectorAll('details[data-src], .menu').forEach(one => one.open = true)")
        tab.wait_for_function(TABLES)
        place = case.items.index(item)
        pieces += [
            replace(piece, place=f"{address} {piece.place}", item=place if piece.item < 0 else piece.item)
            for piece in media.rendered(tab, case.charts)
        ]
    return pieces


def _present(press: Press, case: Case) -> list[Piece]:
    """Present mode: each slide of a tray, or the first chart of a view."""
    pieces = []
    for number, item in enumerate(case.items if case.tray else case.items[:1]):
        where = f"/briefing?{_tray(press, case)}" if case.tray else f"{item.page}?{item.query}"
        tab = press.open(f"{where}&present={number + 1}")
        pieces += [
            replace(piece, place=f"slide {number + 1} {piece.place}", item=number)
            for piece in media.rendered(tab, [item.chart])
        ]
    return pieces


def _svg(press: Press, case: Case) -> list[Piece]:
    """The pictures in the ZIP; without a filter also that of the first chart, as its address gives it."""
    pictures = [text for name, text in press.archive(case).items() if name.endswith(".svg")]
    body = "".join(f'<div id="picture-{n}">{svg}</div>' for n, svg in enumerate(pictures, 1))
    if not case.items[0].params:
        body += f'<div id="picture-1">{press.file(case.items[0], "svg")}</div>'
    press.paper.set_content(f"<!doctype html><html><body>{body}</body></html>")
    return media.rendered(press.paper, case.charts)


def _offline(press: Press, case: Case) -> list[Piece]:
    press.paper.set_content(brief(press.dataset, press.entries(case), BASE).decode())
    return media.rendered(press.paper, case.charts, opened=True)


def _pptx(press: Press, case: Case) -> list[Piece]:
    return media.slides_of(deck(press.dataset, press.entries(case), BASE), len(case.items))


def _zip(press: Press, case: Case) -> list[Piece]:
    """The README of the ZIP and the tables as shown."""
    pieces, item = [], -1
    for name, text in press.archive(case).items():
        folder, _, file = name.partition("/")
        item = int(folder[:2]) - 1 if file else -1
        if file == "as-shown.csv":
            pieces += media.table_of(name, text, item)
        elif name == "README.txt":
            pieces += _readme(text)
    return pieces


def _readme(text: str) -> list[Piece]:
    pieces, item = [], -1
    for line in text.splitlines():
        if re.match(r"\d\d-\w+/$", line):
            item = int(line[:2]) - 1
        elif line.startswith("evidence.csv"):
            item = -1
        if line.strip():
            pieces.append(Piece("README.txt", line.strip(), item=item))
    return pieces


MEDIA: dict[str, Callable[[Press, Case], list[Piece]]] = {
    "page": _page,
    "present": _present,
    "svg": _svg,
    "offline page": _offline,
    "pptx": _pptx,
    "zip": _zip,
}

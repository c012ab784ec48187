"""A frozen dataset, an invented one, the exports of the one, and the other with hostile words."""

from dataclasses import replace
from io import BytesIO
from itertools import cycle
from types import MappingProxyType
from zipfile import ZipFile

import pytest
from pptx import Presentation

from exports import Item, slides, standard
from exports.brief import brief
from exports.deck import deck
from exports.release import release
from loaders import ROOT, Dataset
from loaders.fields import LIST_MARK
from loaders.records import SECTIONS
from query import CHARTS, View
from tests import hostile as words
from tests.frozen import FROZEN, remembering, served

BASE = "https://example.org/csto"
FILTERED = Item("threats", View(years=(2022,), expressed=("priority",)))
PAIR = ("2022", "2023")  # that is compared
INVENTED = ROOT / "tests" / "loaders" / "valid.yaml"


@pytest.fixture(autouse=True)
def default_file(monkeypatch):
    """The command line takes the frozen file where none is named."""
    monkeypatch.setattr("exports.__main__.DEFAULT_FILE", FROZEN.relative_to(ROOT).as_posix())


def item_of(topic: str) -> Item:
    """A chart of all rows; the comparison that of a pair."""
    return Item(topic, View(compare=PAIR) if CHARTS[topic].of_pair else View())


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files in a ZIP."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changed(dataset: Dataset, /, **tables) -> Dataset:
    """The dataset with some tables replaced."""
    return replace(dataset, tables=MappingProxyType({**dataset.tables, **tables}))


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return served()


@pytest.fixture(scope="session")
def invented() -> Dataset:
    """Other words, other years, a source without an address."""
    return served(INVENTED)


@pytest.fixture(scope="session")
def hostile(invented) -> Dataset:
    """The invented records with every payload in every free text, longer than a curator may write it.

    The last source has an address that no browser should open.
    """
    starts = cycle(words.STARTS)

    def text(mark: str = "") -> str:
        return f"{next(starts)} {' '.join(words.ALL)}".replace(mark or "\0", "-")

    tables = {name: rows.copy() for name, rows in invented.tables.items()}
    free = {
        (section, name): form for section, kind in SECTIONS.items() for name, form in words.free_fields(kind)
    }
    free |= {("evidence", "quote"): "text", ("inferences", "reason"): "text"}
    for (section, column), form in free.items():
        rows = tables[section]
        if form == "text":
            rows[column] = [text() for _ in rows.index]
        elif form == "list":
            rows[column] = [LIST_MARK.join((text(LIST_MARK), text(LIST_MARK))) for _ in rows.index]
    skipped = tables["paragraphs"]["use"] == "skipped"
    tables["paragraphs"]["reason"] = [text() if reason else "" for reason in skipped]
    tables["sources"]["url"] = ["".join(words.URLS), "javascript:alert(1)"]
    (own,) = tables["dataset"].to_dict("records")
    return remembering(replace(changed(invented, **tables), title=own["title"], licence=own["licence"]))


@pytest.fixture(scope="session")
def items(dataset) -> tuple[Item, ...]:
    more = map(item_of, ("speakers", "sources", "comparison"))
    return (*standard(dataset.tables), *more, FILTERED)


@pytest.fixture(scope="session")
def made(dataset, items):
    return slides(dataset, items)


@pytest.fixture(scope="session")
def deck_bytes(dataset, items) -> bytes:
    return deck(dataset, items, BASE)


@pytest.fixture(scope="session")
def file(deck_bytes):
    return Presentation(BytesIO(deck_bytes))


@pytest.fixture(scope="session")
def offline(dataset, items) -> str:
    return brief(dataset, items, BASE).decode()


@pytest.fixture(scope="session")
def files(dataset) -> dict[str, bytes]:
    """The release."""
    return release(dataset)

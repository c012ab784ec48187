"""A frozen dataset, an invented one, and one whose words try to be markup, formulas and links."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import pytest
from pptx import Presentation

from exports import Item, slides, standard
from exports.brief import brief
from exports.deck import deck
from loaders import ROOT, Dataset, load
from query import View
from tests.frozen import FROZEN

BASE = "https://example.org/csto"
HOSTILE = "=1+1 <script>alert(1)</script> **bold** [here](https://example.org/x) & “so”"
FILTERED = Item("threats", View(years=(2022,), expressed=("priority",)))


@pytest.fixture(autouse=True)
def default_file(monkeypatch):
    """The command line takes the frozen file where none is named."""
    monkeypatch.setattr("exports.__main__.DEFAULT_FILE", FROZEN.relative_to(ROOT).as_posix())


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return load(FROZEN)


@pytest.fixture(scope="session")
def invented() -> Dataset:
    """Other words, other years, a source without an address."""
    return load(Path(__file__).parents[1] / "loaders" / "valid.yaml")


@pytest.fixture(scope="session")
def hostile(dataset) -> Dataset:
    """The frozen records with hostile words wherever a curator may write some."""
    changed = {}
    for name, column in (
        ("people", "name"),
        ("categories", "label"),
        ("documents", "title"),
        ("events", "place"),
        ("threats", "summary"),
        ("threats", "note"),
        ("sources", "title"),
        ("sources", "publisher"),
    ):
        table = changed.get(name, dataset.tables[name])
        changed[name] = table.assign(**{column: HOSTILE})
    changed["evidence"] = dataset.tables["evidence"].assign(quote=HOSTILE)
    changed["sources"] = changed["sources"].assign(url="javascript:alert(1)")
    return replace(dataset, title=HOSTILE, tables=MappingProxyType({**dataset.tables, **changed}))


@pytest.fixture(scope="session")
def items(dataset) -> tuple[Item, ...]:
    return (*standard(dataset.tables), Item("speakers"), Item("sources"), FILTERED)


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

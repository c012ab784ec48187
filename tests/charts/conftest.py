"""The tables of a dataset, small ones made by hand for what it does not hold, and what is read of charts."""

from collections.abc import Hashable

import pandas as pd
import pytest

import query
from charts.axis import Axis
from charts.chart import Chart, chart
from charts.grid import Grid, Item
from charts.layout import DOCUMENT, PHONE, SLIDE, WIDE
from charts.scene import Scene, Text
from loaders import dates
from tests.frozen import served

SIZES = {"wide": WIDE, "phone": PHONE, "slide": SLIDE, "document": DOCUMENT}
TELLING = [WIDE, PHONE, SLIDE]  # in which records are told in words; in a document these stand around it
WITH_YEARS = [name for name, topic in query.CHARTS.items() if name != "sources" and not topic.of_pair]
PAIR = ("2022", "2023")  # that is compared
GONE = (
    "events", "chairmanships", "priorities", "attendance", "documents", "document_counts", "threats",
    "paragraphs",
)  # fmt: skip


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    return served().tables


@pytest.fixture(scope="session")
def axis(tables) -> Axis:
    return Axis(query.axis_years(tables), query.coverage(tables))


@pytest.fixture(scope="session")
def whole(tables, axis) -> dict[str, Chart]:
    """Each chart of all rows; the comparison that of a pair."""
    return {name: chart(name, paired(name, tables), axis) for name in query.CHARTS}


@pytest.fixture(params=query.CHARTS)
def name(request) -> str:
    return request.param


def paired(name: str, tables):
    """The tables as a chart has them: of a pair, if it is about one."""
    return query.select(tables, query.View(compare=PAIR)) if query.CHARTS[name].of_pair else tables


def changed(tables, **rows: list[dict]) -> dict[str, pd.DataFrame]:
    """The tables with the rows of some replaced: what is not given is empty, as in the file."""
    result = dict(tables)
    for name, given in rows.items():
        columns = tables[name].columns
        frame = pd.DataFrame([dict.fromkeys(columns, "") | row for row in given], columns=columns)
        kinds = {column: "Int64" if column == "year" else tables[name][column].dtype for column in columns}
        result[name] = frame.astype(kinds)
    return query.Selection(result)


@pytest.fixture
def with_rows(tables):
    """Return a function that replaces the rows of some tables."""
    return lambda **rows: changed(tables, **rows)


def emptied(tables) -> dict[str, pd.DataFrame]:
    """The tables of a selection that nothing matches; vocabularies and sources stay, and what is not cut."""
    gone = {name: tables[name].iloc[:0] for name in GONE}
    return query.Selection({**tables, **gone}, whole=tables)


@pytest.fixture(scope="session")
def empty(tables) -> dict[str, pd.DataFrame]:
    return emptied(tables)


# ---- rows, made up ----


def threat(number: int, **more) -> dict:
    row = {
        "id": f"t{number}", "event": "minsk", "speaker": "csc", "category": "terrorism_extremism",
        "expressed_as": "threat", "summary": "Made up", "basis": "stated", "source": "s000", "year": 2023,
        "mentions": 1,
    }  # fmt: skip
    return row | more


def action(number: int, **more) -> dict:
    return threat(number, expressed_as="priority", **more)


def statements(first: int, count: int, actions: int = 0, **more) -> list[dict]:
    """Statements that differ in nothing but that the last of them are actions."""
    return [
        threat(first + number, expressed_as="priority" if number >= count - actions else "threat", **more)
        for number in range(count)
    ]


def bars() -> list[dict]:
    """Cells of 200, 100, 3 and 1 statements of one category and speaker; 50 of the first are actions."""
    return [
        *statements(0, 200, category="terrorism_extremism", speaker="csc", year=2023, actions=50),
        *statements(200, 100, category="drug_trafficking", speaker="csto", year=2022, actions=100),
        *statements(300, 3, category="drug_trafficking", speaker="csto", year=2024),
        *statements(303, 1, category="afghanistan", speaker="source_text", year=2020),
    ]


def dated(text: str) -> dict:
    """The columns that the tables derive from a date such as `2022-11`."""
    span = dates.parse(text) if text else None
    columns = {"date": text, "date_words": dates.words(text)}
    if span is None:
        return columns | {"earliest": "", "latest": "", "precision": "", "year": None}
    ends = {"earliest": span.earliest.isoformat(), "latest": span.latest.isoformat()}
    return columns | ends | {"precision": span.precision, "year": span.earliest.year}


def event(name: str, date: str = "", **more) -> dict:
    row = {"id": name, "kind": "session", "title": name, "status": "held", "basis": "stated"}
    return row | {"source": "s000"} | dated(date) | more


def term(name: str, start: str = "", end: str = "", **more) -> dict:
    """A chairmanship; start and end are dates such as `2022`, or not stated."""
    row = {"id": name, "state": "KAZ", "basis": "stated", "source": "s000"}
    for side, text in (("start", start), ("end", end)):
        columns = dated(text)
        row |= {side: text, f"{side}_words": columns["date_words"]}
        row |= {f"{side}_{name}": columns[name] for name in ("earliest", "latest")}
    return row | more


def paper(name: str, status: str = "signed", **more) -> dict:
    row = {"id": name, "title": name, "kind": "decision", "status": status, "basis": "stated"}
    return row | {"source": "s000", "event": "minsk-2023", "year": 2023} | more


def number(name: str, count: int, **more) -> dict:
    row = {"id": name, "event": "minsk-2023", "count": count, "verb": "signed", "basis": "stated"}
    return row | {"source": "s000", "year": 2023} | more


def seat(event: str, party: str, status: str, **more) -> dict:
    silent = status == "not_stated"
    row = {"id": f"{event}.{party}" if silent else f"{event}-{party.lower()}", "event": event}
    row |= {"party": party, "status": status, "year": 2023}
    return row | {"basis": "" if silent else "stated", "source": "" if silent else "s000"} | more


# ---- what is read ----


def items(grid: Grid) -> dict[str, Item]:
    """address -> what stands for it."""
    return {item.address: item for item in grid.items}


def reasons(grid: Grid) -> dict[str, str]:
    """address -> why it is not drawn."""
    return {one.address: one.reason for one in grid.left_out}


def cells(grid: Grid) -> dict[str, tuple[Hashable, Hashable]]:
    """address -> row and column of it."""
    return {
        item.address: (row.key, column)
        for row in grid.rows
        for column, cell in row.cells.items()
        for item in cell.items
    }


def totals(grid: Grid) -> dict[Hashable, list[str]]:
    """row -> its numbers."""
    return {row.key: [total.text for total in row.totals] for row in grid.rows}


def words(text: Text) -> str:
    return " ".join("".join(run.text for run in line) for line in text.lines)


def said(scene: Scene) -> list[str]:
    return [*map(words, scene.texts), *(said for _, said in scene.key)]

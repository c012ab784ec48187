"""The tables of a dataset, and small ones made by hand for what it does not hold."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd
import pytest

import query
from charts import chart as chart_of
from charts.axis import Axis
from charts.to_plotly import Drawn
from loaders import dates
from query.select import UNCUT
from tests.frozen import served

TOPICS = {name: chart_of(name) for name in query.CHARTS}


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    return served().tables


@pytest.fixture(scope="session")
def axis(tables) -> Axis:
    return Axis(query.axis_years(tables), query.coverage(tables))


@pytest.fixture(scope="session")
def whole(tables, axis):
    """Return a function that gives the figure of all rows, drawn once for each chart and layout."""

    @cache
    def draw(topic: str, narrow: bool = False, scale: float = 1.0) -> Drawn:
        return TOPICS[topic].figure(
            TOPICS[topic].marks(tables, axis), tables, axis, narrow=narrow, scale=scale
        )

    return draw


@pytest.fixture(params=TOPICS)
def topic(request) -> str:
    return request.param


@pytest.fixture
def chart(topic):
    return TOPICS[topic]


@pytest.fixture
def with_rows(tables):
    """Return a function that replaces the rows of one table: what is not given is empty, as in the file."""

    def replace(**changed: list[dict]) -> dict[str, pd.DataFrame]:
        result = dict(tables)
        for name, rows in changed.items():
            columns = tables[name].columns
            filled = [dict.fromkeys(columns, "") | row for row in rows]
            frame = pd.DataFrame(filled, columns=columns)
            kinds = {
                column: "Int64" if column == "year" else tables[name][column].dtype for column in columns
            }
            result[name] = frame.astype(kinds)
        return result

    return replace


@pytest.fixture
def empty(tables) -> dict[str, pd.DataFrame]:
    """The tables of a selection that nothing matches; vocabularies and sources stay, and what is not cut."""
    gone = ("events", "chairmanships", "priorities", "attendance", "documents", "document_counts", "threats")
    shown = {
        name: table.iloc[:0] if name in (*gone, "paragraphs") else table for name, table in tables.items()
    }
    return shown | {f"all_{name}": tables[name] for name in UNCUT}


def threat(number: int, **more) -> dict:
    """One threat record, made up."""
    row = {
        "id": f"t{number}",
        "event": "minsk",
        "speaker": "csc",
        "category": "terrorism_extremism",
        "expressed_as": "threat",
        "summary": "Made up",
        "basis": "stated",
        "source": "s000",
        "year": 2023,
        "mentions": 1,
    }
    return row | more


def dated(text: str) -> dict:
    """The columns that the tables derive from a date such as `2022-11`."""
    span = dates.parse(text) if text else None
    return {
        "date": text,
        "date_words": dates.words(text),
        "earliest": span.earliest.isoformat() if span else "",
        "latest": span.latest.isoformat() if span else "",
        "precision": span.precision if span else "",
        "year": span.earliest.year if span else None,
    }


def term(name: str, start: str = "", end: str = "", **more) -> dict:
    """One chairmanship, made up; start and end are dates such as `2022`, or not stated."""
    row = {"id": name, "state": "KAZ", "basis": "stated", "source": "s000"}
    for side, text in (("start", start), ("end", end)):
        columns = dated(text)
        row |= {side: text, f"{side}_words": columns["date_words"]}
        row |= {f"{side}_{name}": columns[name] for name in ("earliest", "latest")}
    return row | more


class Part(dict):
    """A part of a figure by plotly's names: what is not set is None, or empty where it holds others.

    Plotly's own classes give the same, and take longer to make than the figure to draw.
    """

    HOLDING = ("line", "marker", "font", "pattern", "annotations", "shapes")

    def __getattr__(self, name: str):
        value = self.get(name, {} if name in self.HOLDING else None)
        if isinstance(value, Mapping):
            return Part(value)
        inside = isinstance(value, Sequence) and len(value) and isinstance(value[0], Mapping)
        return [Part(part) for part in value] if inside else value


def read(drawn: Drawn) -> Part:
    return Part(data=drawn.data, layout=drawn.layout)


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def traces(figure, name: str) -> list:
    return [trace for trace in figure.data if trace.name == name]


def addresses(figure) -> list[str]:
    """Every address that a click on the figure can give."""
    return [
        address
        for trace in figure.data
        if trace.customdata is not None and trace.hoverinfo != "skip"
        for address in trace.customdata
    ]


def opened(figure, marks: pd.DataFrame, tables) -> set[str]:
    """The marks that a click can open. One on a cell of a phone, `CATEGORY.YEAR`, opens all that it holds."""
    found, rows = set(addresses(figure)), tables["threats"]
    cells = found - set(marks["address"])
    homes = rows["category"] + "." + rows["year"].astype("str")
    return (found - cells) | (cells - set(homes)) | set(rows.loc[homes.isin(cells), "id"])

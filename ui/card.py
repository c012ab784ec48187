"""The chart card: headline, subtitle, chart, source line, link, download and the table twin."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import pandas as pd
import streamlit as st

import query
from charts.axis import Axis
from charts.chart import Chart, chart, subtitle
from charts.grid import LeftOut
from charts.layout import PHONE, WIDE, Size
from ui import files, paging, state, tray
from ui.chart import drawing, plot
from ui.record_list import Line, folded
from ui.text import unseen, write

DRAWN_KEPT, DRAWINGS_KEPT = 80, 160  # charts of views, and drawings of them, that are kept
DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why


def card(page, name: str) -> None:
    """Draw the chart of this name with all that belongs to it."""
    tables, axis = page.tables, page.axis
    drawn = _chart(tables, axis, name)
    with st.container(key=f"card_{name}", gap="xsmall"):
        write("card.head", name=name, headline=drawn.headline, subtitle=subtitle(name))
        wide, narrow = (_drawing(tables, axis, name, size) for size in (WIDE, PHONE))
        plot(wide, narrow, f"chart_{name}", drawn.alt)
        _left_out(page, name, drawn.grid.left_out)
        _foot(page, name)
        tray.add_to_briefing(page, name)
        _twin(page, name)


def order(page) -> tuple[str, ...]:
    """The addresses of the marks of a page's first chart, in its order, those left out at the end."""
    return _chart(page.tables, page.axis, page.topic.charts[0].name).order


# What is drawn depends on the dataset and the view alone, by which selections are equal. To make the two
# charts of the page Threats, each in two layouts, takes 6 to 11 ms; every run of the page asks for them.


@lru_cache(DRAWN_KEPT)
def _chart(tables, axis: Axis, name: str) -> Chart:
    return chart(name, tables, axis)


@lru_cache(DRAWINGS_KEPT)
def _drawing(tables, axis: Axis, name: str, size: Size) -> str:
    return drawing(_chart(tables, axis, name).scene(size))


@lru_cache(DRAWN_KEPT)
def _shown(tables, name: str) -> dict[str, pd.DataFrame]:
    return query.rows_shown(tables, query.CHARTS[name])


def rows_of(page, name: str) -> dict[str, pd.DataFrame]:
    """The rows that a chart is about, by table."""
    return _shown(page.tables, name)


@lru_cache(DRAWN_KEPT)
def _rows(tables, axis: Axis, name: str) -> pd.DataFrame:
    """The table twin of a chart, with the label of each mark in place of a mere yes."""
    drawn = _chart(tables, axis, name)
    labels = {item.address: item.label.replace("\n", "; ") for item in drawn.grid.items}
    said = drawn.twin["Record"].map(labels)
    return drawn.twin.assign(**{DRAWN: said.where(said.notna(), drawn.twin.get(DRAWN, ""))})


def _left_out(page, name: str, rows: tuple[LeftOut, ...]) -> None:
    def line(row: LeftOut) -> Line:
        return Line(query.claim(page.supported, row.address) or row.address, row.address, row.reason)

    if rows:
        folded(f"Not on the chart: {len(rows)}", rows, f"left_out_{name}", line)


def _foot(page, name: str) -> None:
    """The source line, which names the publishers of what is shown, and what one takes away."""
    rows = rows_of(page, name).values()
    write(
        "card.foot",
        name=name,
        sources=_sources(page.tables, rows),
        hash=page.dataset.hash,
        link=state.link(page.view, page.dataset, state.page_address()),
        files=files.links(page, name, pictured=any(map(len, rows))),
    )


def _sources(tables, shown: Iterable[pd.DataFrame]) -> str:
    """Who published what the rows of a chart cite, as its slide says it too."""
    cited = query.cited(tables, chain(*(rows["source"] for rows in shown)))
    publishers = [query.name_of(tables, source) for source in cited]
    return f"Source: our reading of {', '.join(publishers)}." if publishers else query.uncited(shown)


def _twin(page, name: str) -> None:
    """The rows of the chart as a table, made when it is opened and sent in parts."""
    drawn = _chart(page.tables, page.axis, name).grid
    count = len({item.address for item in drawn.records}) + len(drawn.left_out)
    rows = f"{count} {'row' if count == 1 else 'rows'}"
    label = f"Table of what is shown: {rows}{unseen(f'the chart {name}')}"
    with st.expander(label, key=f"twin_{name}", on_change="rerun") as fold:
        if fold.open:
            twin = _rows(page.tables, page.axis, name)
            table(f"Table of the chart {name}", paging.part(twin, f"twin_{name}", paging.TABLE))


def table(label: str, rows: pd.DataFrame, *, heading: bool = False) -> None:
    """A table whose cells are plain text and whose heads are heads of columns; it scrolls by itself."""
    write("card.twin", label=label, rows=rows, headed=heading)

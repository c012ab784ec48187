"""The chart card: headline, subtitle, chart, source line, link, download and the table twin."""

from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain

import pandas as pd
import streamlit as st

import query
from charts.axis import Axis
from charts.chart import Chart, chart, subtitle
from charts.grid import LeftOut
from charts.layout import PHONE, WIDE
from charts.to_plotly import Drawn
from ui import files, paging, state, tray
from ui.chart import LAYOUTS, layouts, plot
from ui.record_list import Line, folded
from ui.text import unseen, write

DRAWN_KEPT, FIGURES_KEPT = 80, 120  # views, and figures of them, that are kept drawn
DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why


def card(page, name: str) -> tuple[str, ...]:
    """Draw the chart of this name with all that belongs to it.

    Returns the addresses of its marks in chart order, those left out at the end: what Previous and Next walk.
    """
    tables, axis = page.tables, page.axis
    drawn = _chart(tables, axis, name)
    with st.container(key=f"card_{name}", gap="xsmall"):
        write("card.head", name=name, headline=drawn.headline, subtitle=subtitle(name))
        for layout, narrow in layouts():
            with st.container(key=f"{layout}_{name}"):
                key = f"chart_{name}_{layout}"
                figure = _figure(tables, axis, name, narrow)
                plot(
                    figure.again(_times(page, key)),
                    key,
                    drawn.alt,
                    picked=figure.boxes.get(page.view.sel, ()) if page.view.sel else (),
                    on_pick=partial(_pick, key),
                )
        _left_out(page, name, drawn.grid.left_out)
        _foot(page, name)
        tray.add_to_briefing(page, name)
        _twin(page, name)
    return drawn.order


# What is drawn depends on the dataset and the view alone, by which selections are equal. On the page Threats
# a view that nobody saw before takes 8.5 ms of our own code, one of these 2.8 (docs/PERFORMANCE.md).


@lru_cache(DRAWN_KEPT)
def _chart(tables, axis: Axis, name: str) -> Chart:
    return chart(name, tables, axis)


@lru_cache(FIGURES_KEPT)
def _figure(tables, axis: Axis, name: str, narrow: bool) -> Drawn:
    return _chart(tables, axis, name).figure(PHONE if narrow else WIDE)


@lru_cache(DRAWN_KEPT)
def _shown(tables, name: str) -> dict[str, pd.DataFrame]:
    return query.rows_shown(tables, query.CHARTS[name])


def rows_of(page, name: str) -> dict[str, pd.DataFrame]:
    """The rows that a chart is about, by table."""
    return _shown(page.tables, name)


def draw_ahead(page, name: str) -> None:
    """Draw a chart for nobody, so that whoever comes first finds it drawn."""
    for narrow in LAYOUTS.values():
        _figure(page.tables, page.axis, name, narrow)


@lru_cache(DRAWN_KEPT)
def _rows(tables, axis: Axis, name: str) -> pd.DataFrame:
    """The table twin of a chart, with the label of each mark in place of a mere yes."""
    drawn = _chart(tables, axis, name)
    labels = {item.address: item.label.replace("\n", "; ") for item in drawn.grid.items}
    said = drawn.twin["Record"].map(labels)
    return drawn.twin.assign(**{DRAWN: said.where(said.notna(), drawn.twin.get(DRAWN, ""))})


def _pick(key: str) -> None:
    if picked := _clicked(key):
        state.change(sel=picked)


def _clicked(key: str) -> str:
    """The address of the mark that was clicked last in a chart as it now stands in the browser; or empty."""
    points = st.session_state[key]["selection"]["points"] if key in st.session_state else []
    picked = points[0].get("customdata") if points else ""
    return picked if isinstance(picked, str) else picked[0]


def _times(page, key: str) -> int:
    """How often a chart was drawn anew: whenever another record was opened than the one clicked in it.

    The browser still holds that mark for clicked, and would take the next click on it for letting go.
    """
    times = st.session_state.get(f"times_{key}", 0)
    if _clicked(key) not in ("", page.view.sel):
        times += 1
        st.session_state[f"times_{key}"] = times
    return times


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
        link=state.link(page.view, page.dataset),
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

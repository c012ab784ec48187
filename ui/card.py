"""The chart card: headline, subtitle, chart, source line, link, download and the table twin."""

from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain
from types import ModuleType

import pandas as pd
import streamlit as st

import query
from charts import frames
from charts.axis import Axis
from charts.ruled import Drawn
from exports import TOPICS, rows_shown
from ui import files, paging, state, tray
from ui.chart import LAYOUTS, layouts, plot
from ui.record_list import Line, folded
from ui.text import unseen, write

DRAWN_KEPT, FIGURES_KEPT = 80, 120  # views, and figures of them, that are kept drawn
DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why


def card(page, chart: ModuleType) -> tuple[str, ...]:
    """Draw one chart of `charts` with all that belongs to it.

    Returns the addresses of its marks in chart order, those left out at the end: what Previous and Next walk.
    """
    name = _name(chart)
    tables, axis = page.tables, page.axis
    drawn = _drawn(tables, axis, chart)
    with st.container(key=f"card_{name}", gap="xsmall"):
        write("card.head", name=name, headline=drawn["headline"], subtitle=chart.SUBTITLE)
        for layout, narrow in layouts():
            with st.container(key=f"{layout}_{name}"):
                key = f"chart_{name}_{layout}"
                figure = _figure(tables, axis, chart, narrow)
                plot(
                    figure.again(_times(page, key)),
                    key,
                    drawn["alt"],
                    picked=figure.boxes.get(page.view.sel, ()) if page.view.sel else (),
                    on_pick=partial(_pick, key),
                )
        _left_out(page, name, drawn["left_out"])
        _foot(page, name, drawn)
        tray.add_to_briefing(page, name)
        _twin(page, name, chart)
    return drawn["order"]


def _name(chart: ModuleType) -> str:
    return chart.__name__.rsplit(".", 1)[-1]


# What is drawn depends on the dataset and the view alone. A view's tables and axis are the same objects as
# long as both are, so they are the keys; looking up by them costs nothing, where Streamlit's own cache would
# hash every value anew. All of it is shared between visitors: nobody may change it.


@lru_cache(DRAWN_KEPT)
def _drawn(tables, axis: Axis, chart: ModuleType) -> dict:
    """What of a card does not depend on the selection."""
    marks, left_out = chart.marks(tables, axis), chart.left_out(tables, axis)
    drawn, others = frames.records(marks), frames.records(left_out)
    rows = rows_shown(TOPICS[_name(chart)], tables)
    return {
        "marks": marks,
        "left_out": left_out,
        "count": sum(row["count"] for row in drawn) + len(others),
        "order": (*dict.fromkeys(row["address"] for row in drawn), *(row["address"] for row in others)),
        "headline": chart.headline(tables, axis),
        "alt": chart.alt(marks, tables, axis),
        "rows": rows,
        "sources": _sources(tables, rows.values()),
    }


@lru_cache(FIGURES_KEPT)
def _figure(tables, axis: Axis, chart: ModuleType, narrow: bool) -> Drawn:
    return chart.figure(_drawn(tables, axis, chart)["marks"], tables, axis, narrow=narrow)


def rows_of(page, chart: ModuleType) -> dict[str, pd.DataFrame]:
    """The rows that a chart is about, by table."""
    return _drawn(page.tables, page.axis, chart)["rows"]


def draw_ahead(page, chart: ModuleType) -> None:
    """Draw a chart for nobody, so that whoever comes first finds it drawn."""
    for narrow in LAYOUTS.values():
        _figure(page.tables, page.axis, chart, narrow)


@lru_cache(DRAWN_KEPT)
def _rows(tables, axis: Axis, chart: ModuleType) -> pd.DataFrame:
    """The table twin of a chart."""
    return _labelled(chart.twin(tables, axis), _drawn(tables, axis, chart)["marks"])


def _labelled(twin: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The twin with the label of each mark in place of a mere yes, so that hover holds nothing of its own."""
    labels = dict(zip(marks["address"], marks["label"].str.replace("\n", "; "), strict=True))
    drawn = twin["Record"].map(labels)
    return twin.assign(**{DRAWN: drawn.where(drawn.notna(), twin.get(DRAWN, ""))})


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


def _left_out(page, name: str, rows: pd.DataFrame) -> None:
    def line(row) -> Line:
        title = query.claim(page.supported, row["address"]) or row["label"].split("\n")[0]
        return Line(title, row["address"], row["reason"])

    if len(rows):
        folded(f"Not on the chart: {len(rows)}", rows, f"left_out_{name}", line)


def _foot(page, name: str, drawn: dict) -> None:
    """The source line, which names the publishers of what is shown, and what one takes away."""
    write(
        "card.foot",
        name=name,
        sources=drawn["sources"],
        hash=page.dataset.hash,
        link=state.link(page.view, page.dataset),
        files=files.links(page, name, pictured=any(map(len, drawn["rows"].values()))),
    )


def _sources(tables, shown: Iterable[pd.DataFrame]) -> str:
    """Who published what the rows of a chart cite, as its slide says it too."""
    cited = query.cited(tables, chain(*(rows["source"] for rows in shown)))
    publishers = [query.name_of(tables, source) for source in cited]
    return f"Source: our reading of {', '.join(publishers)}." if publishers else query.uncited(shown)


def _twin(page, name: str, chart: ModuleType) -> None:
    """The rows of the chart as a table, made when it is opened and sent in parts."""
    count = _drawn(page.tables, page.axis, chart)["count"]
    rows = f"{count} {'row' if count == 1 else 'rows'}"
    label = f"Table of what is shown: {rows}{unseen(f'the chart {name}')}"
    with st.expander(label, key=f"twin_{name}", on_change="rerun") as fold:
        if fold.open:
            twin = _rows(page.tables, page.axis, chart)
            table(f"Table of the chart {name}", paging.part(twin, f"twin_{name}", paging.TABLE))


def table(label: str, rows: pd.DataFrame, *, heading: bool = False) -> None:
    """A table whose cells are plain text and whose heads are heads of columns; it scrolls by itself."""
    write("card.twin", label=label, rows=rows, headed=heading)

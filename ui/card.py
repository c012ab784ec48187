"""The chart card: headline, subtitle, chart, source line, link, download and the table twin."""

from functools import lru_cache, partial
from types import ModuleType

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

import query
from charts import frames
from charts.axis import Axis
from charts.ruled import Drawn
from ui import files, paging, state, tray
from ui.chart import LAYOUTS, layouts, plot
from ui.text import copied, fold, literal, unseen, write

DRAWN_KEPT, FIGURES_KEPT = 80, 120  # views, and figures of them, that are kept drawn
DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why


def card(page, chart: ModuleType) -> tuple[str, ...]:
    """Draw one chart of `charts` with all that belongs to it.

    Returns the addresses of its marks in chart order, those left out at the end: what Previous and Next walk.
    """
    name = chart.__name__.rsplit(".", 1)[-1]
    tables, axis = page.tables, page.axis
    drawn = _drawn(tables, axis, chart)
    with st.container(key=f"card_{name}", gap="xsmall"):
        write(
            '<h2 class="finding" id="chart-{name}" tabindex="-1">{headline}</h2>'
            '<p class="subtitle">{subtitle}</p>',
            name=name,
            headline=drawn["headline"],
            subtitle=chart.SUBTITLE,
        )
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
        _foot(page, name)
        tray.add_to_briefing(page, name)
        _twin(page, name, chart)
    return drawn["order"]


# What is drawn depends on the dataset and the view alone. A view's tables and axis are the same objects as
# long as both are, so they are the keys; looking up by them costs nothing, where Streamlit's own cache would
# hash every value anew. All of it is shared between visitors: nobody may change it.


@lru_cache(DRAWN_KEPT)
def _drawn(tables, axis: Axis, chart: ModuleType) -> dict:
    """What of a card does not depend on the selection."""
    marks, left_out = chart.marks(tables, axis), chart.left_out(tables, axis)
    drawn, others = frames.records(marks), frames.records(left_out)
    return {
        "marks": marks,
        "left_out": left_out,
        "count": sum(row["count"] for row in drawn) + len(others),
        "order": (*dict.fromkeys(row["address"] for row in drawn), *(row["address"] for row in others)),
        "headline": chart.headline(tables, axis),
        "alt": chart.alt(marks, tables, axis),
    }


@lru_cache(FIGURES_KEPT)
def _figure(tables, axis: Axis, chart: ModuleType, narrow: bool) -> Drawn:
    return chart.figure(_drawn(tables, axis, chart)["marks"], tables, axis, narrow=narrow)


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
    if rows.empty:
        return
    with st.expander(f"Not on the chart: {len(rows)}", key=f"left_out_{name}", on_change="rerun") as fold:
        if not fold.open:
            return
        for row in paging.part(rows, f"left_out_{name}").to_dict("records"):
            title = query.claim(page.dataset.tables, row["address"]) or row["label"].split("\n")[0]
            st.button(
                f"{literal(title)} :gray[{literal(row['reason'])}]",
                key=f"left_out_{name}_{row['address']}",
                type="tertiary",
                on_click=state.change,
                kwargs={"sel": row["address"]},
            )


def _foot(page, name: str) -> None:
    """The publishers of what is shown (the Sources page shows them all), and what one takes away."""
    publishers = _publishers(page.tables, files.ROWS[name])
    said = escape("The whole view, the selected record included:")
    link = said + copied(state.link(page.view, page.dataset))
    download = Markup('Download<span class="unseen">, the chart {}</span>').format(name)
    write(
        '<p class="source">{named} Data {hash}.</p><div class="folds">{link}{files}</div>',
        named=f"Source: our reading of {publishers}." if publishers else "No source is cited here.",
        hash=page.dataset.hash,
        link=fold("Copy link", link),
        files=fold(download, Markup("<ul>{}</ul>").format(files.links(page, name))),
    )


@query.remembered
def _publishers(tables, name: str) -> str:
    """Who published what the rows of a table cite."""
    cells = {row["source"] for row in frames.records(tables[name])}
    cited = {source for cell in cells for source in cell.split("~")}
    return ", ".join(row["publisher"] for row in frames.records(tables["sources"]) if row["id"] in cited)


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
    write(
        '{heading}<div class="twin" role="region" tabindex="0" aria-label="{label}">{rows}</div>',
        heading=Markup("<h3>{}</h3>").format(label) if heading else "",
        label=label,
        rows=_html(rows),
    )


def _html(rows: pd.DataFrame) -> Markup:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows.columns)
    lines = zip(*(values.tolist() for _, values in rows.items()), strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    return Markup(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")

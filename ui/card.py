"""The chart card: headline, subtitle, chart, source line, link, download and the table twin."""

from dataclasses import replace
from functools import partial
from types import ModuleType

import pandas as pd
import streamlit as st

import query
from charts import theme
from exports import Item, Slide, slides
from exports.picture import picture_png, picture_svg
from loaders import export
from ui import state, tray
from ui.text import literal, unseen, write

# chart -> the table whose rows its download holds
ROWS = {
    "overview": "events",
    "chairmanship": "chairmanships",
    "attendance": "attendance",
    "documents": "documents",
    "threats": "threats",
    "speakers": "threats",
    "sources": "paragraphs",
}


DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why


def card(page, chart: ModuleType) -> tuple[str, ...]:
    """Draw one chart of `charts` with all that belongs to it.

    Returns the addresses of its marks in chart order, those left out at the end: what Previous and Next walk.
    """
    name = chart.__name__.rsplit(".", 1)[-1]
    tables, axis = page.tables, page.axis
    view = replace(page.view, sel="", data="", compare=(), tray=())  # what the chart is drawn from
    drawn = _drawn(page.dataset.hash, view, name, chart, tables, axis)
    with st.container(key=f"card_{name}", gap="xsmall"):
        write(
            '<h2 class="finding" id="chart-{name}" tabindex="-1">{headline}</h2>'
            '<p class="subtitle">{subtitle}</p>',
            name=name,
            headline=drawn["headline"],
            subtitle=chart.SUBTITLE,
        )
        for layout, narrow in (("wide", False), ("narrow", True)):
            with st.container(key=f"{layout}_{name}"):
                key = f"chart_{name}_{layout}"
                st.plotly_chart(
                    chart.figure(drawn["marks"], tables, axis, sel=page.view.sel, narrow=narrow),
                    theme=None,
                    config=theme.CONFIG,
                    key=key,
                    on_select=lambda key=key: _pick(page, key),
                    selection_mode="points",
                    alt=drawn["alt"],
                )
        _left_out(page, name, drawn["left_out"])
        _source_line(page, name)
        _actions(page, name, drawn["twin"])
    return (*dict.fromkeys(drawn["marks"]["address"]), *drawn["left_out"]["address"])


@st.cache_resource(show_spinner=False, max_entries=200)
def _drawn(data: str, view: query.View, name: str, _chart: ModuleType, _tables, _axis) -> dict:
    """What of a card does not depend on the selection. Shared between visitors: nobody may change it."""
    marks = _chart.marks(_tables, _axis)
    return {
        "marks": marks,
        "left_out": _chart.left_out(_tables, _axis),
        "headline": _chart.headline(_tables, _axis),
        "alt": _chart.alt(marks, _tables, _axis),
        "twin": _labelled(_chart.twin(_tables, _axis), marks),
    }


def _labelled(twin: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The twin with the label of each mark in place of a mere yes, so that hover holds nothing of its own."""
    labels = dict(zip(marks["address"], marks["label"].str.replace("\n", "; "), strict=True))
    drawn = twin["Record"].map(labels)
    return twin.assign(**{DRAWN: drawn.where(drawn.notna(), twin.get(DRAWN, ""))})


def _pick(page, key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    picked = points[0].get("customdata") if points else None
    if picked:
        state.show(replace(page.view, sel=picked if isinstance(picked, str) else picked[0]))


def _left_out(page, name: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    with st.expander(f"Not on the chart: {len(rows)}", key=f"left_out_{name}"):
        for row in rows.to_dict("records"):
            title = query.claim(page.dataset.tables, row["address"]) or row["label"].split("\n")[0]
            st.button(
                f"{literal(title)} :gray[{literal(row['reason'])}]",
                key=f"left_out_{name}_{row['address']}",
                type="tertiary",
                on_click=state.show,
                args=(replace(page.view, sel=row["address"]),),
            )


def _source_line(page, name: str) -> None:
    """The publishers of what is shown; the Sources page shows them all."""
    tables, rows = page.tables, page.tables[ROWS[name]]
    cited = {source for cell in rows["source"] for source in cell.split("~")}
    shown = tables["sources"][tables["sources"]["id"].isin(cited)]
    named = (
        f"Source: our reading of {', '.join(shown['publisher'])}."
        if len(shown)
        else "No source is cited here."
    )
    write('<p class="source">{named} Data {hash}.</p>', named=named, hash=page.dataset.hash)


def _actions(page, name: str, twin: pd.DataFrame) -> None:
    with st.container(key=f"actions_{name}", horizontal=True, gap="small", vertical_alignment="center"):
        tray.add_to_briefing(page, name)
        with st.popover("Copy link", type="tertiary", icon=":material/link:", key=f"link_{name}"):
            st.markdown("The whole view, the selected record included:")
            st.code(state.link(page.view, page.dataset), language=None, wrap_lines=True)
        download = f"Download{unseen(f'the chart {name}')}"
        with st.popover(download, type="tertiary", icon=":material/download:", key=f"files_{name}"):
            _downloads(page, name)
    rows = f"{len(twin)} {'row' if len(twin) == 1 else 'rows'}"
    with st.expander(f"Table of what is shown: {rows}{unseen(f'the chart {name}')}", key=f"twin_{name}"):
        label = f"Table of the chart {name}"
        st.html(f'<div class="twin" role="region" tabindex="0" aria-label="{label}">{twin_html(twin)}</div>')


def _downloads(page, name: str) -> None:
    """The rows shown as CSV, and the chart with its title and source line as a picture."""
    rows = page.tables[ROWS[name]]
    files = [("CSV", "the rows shown", "csv", "text/csv", lambda: export.csv(rows))]
    if len(rows):
        slide = partial(_slide, page, name)
        what = "the chart with title and source"
        files.append(("PNG", what, "png", "image/png", lambda: picture_png(slide())))
        files.append(("SVG", what, "svg", "image/svg+xml", lambda: picture_svg(slide()).encode()))
    for label, what, ending, kind, make in files:
        st.download_button(
            f"{label} :gray[{what}]",
            make,
            file_name=f"csto-{name}-{page.dataset.hash}.{ending}",
            mime=kind,
            key=f"download_{name}_{ending}",
            type="tertiary",
            on_click="ignore",
        )


def _slide(page, name: str) -> Slide:
    return slides(page.dataset, [Item(name, page.view)])[0]


def twin_html(twin: pd.DataFrame) -> str:
    """A table as HTML whose cells are plain text and whose heads are heads of columns."""
    return twin.to_html(index=False, escape=True, border=0).replace("<th>", '<th scope="col">')

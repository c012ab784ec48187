"""Below the chart of the Sources page: dataset, documents, sample, quality, agreement, what is missing."""

import streamlit as st

import query
from exports.evidence import document
from ui import paging, state
from ui.quality import quality
from ui.record_list import Line, folded
from ui.release import agreement, release
from ui.text import literal, write

DOCUMENTS = 10  # that are described at once


def ledger(page) -> None:
    """The dataset to take, the documents one by one, the sample in numbers, then today's gaps as a to-do."""
    release(page)
    _documents(page)
    _sample(page)
    quality(page, further=False)
    agreement(page)
    _gaps(page)


def _documents(page) -> None:
    tables = page.dataset.tables
    for source in paging.part(tables["sources"], "sources", DOCUMENTS).to_dict("records"):
        with st.container(key=f"source_{source['id']}", gap="xsmall"):
            write(
                "sources.document",
                source=source,
                years=query.covered_years(tables, source["id"]),
                document=document(source),
            )
            _preview(page, source)


def _preview(page, source) -> None:
    """What would lose its support without this source, and the switch that shows everything without it."""
    lost, kept = _resting(page.dataset.tables, source["id"])
    aside = source["id"] in page.view.without
    without = [name for name in page.view.without if name != source["id"]]
    with st.expander(
        f"Without it: {len(lost)} records lose their support, {len(kept)} keep another source",
        key=f"preview_{source['id']}",
        on_change="rerun",
    ) as fold:
        if not fold.open:
            return
        st.button(
            f"Show everything {'with' if aside else 'without'} {literal(source['publisher'])}",
            key=f"aside_{source['id']}",
            on_click=state.change,
            kwargs={"without": (*without, *(() if aside else (source["id"],)))},
        )
        for title, rows in (("Lose their support", lost), ("Keep another source", kept)):
            write("parts.heading", title=title, number=len(rows))
            write("sources.resting", records=paging.part(rows, f"{title}_{source['id']}").to_dict("records"))


@query.remembered
def _resting(tables, source: str) -> tuple:
    """The records that lose their support without a source, and those that keep another one."""
    carried = query.resting_on(tables, source)
    return carried[carried["left"] == "nothing"], carried[carried["left"] != "nothing"]


@query.remembered
def _about(tables) -> dict:
    """What this page says about a dataset whatever the view. Shared between visitors: not to be changed."""
    return {
        "sample": (
            ("By publisher", query.by_source(tables)),
            ("By speaker", query.by_speaker(tables)),
            ("By year", query.by_year(tables)),
        ),
        "gaps": dict(list(query.gaps(tables).groupby("kind", sort=False))),
    }


def _sample(page) -> None:
    with st.container(key="sample", gap="xsmall"):
        write("sources.sample")
        for title, rows in _about(page.dataset.tables)["sample"]:
            paging.table(title, rows)
        write("sources.independent")


def _gaps(page) -> None:
    """What no source says today, by kind; each place can be opened."""
    gaps = _about(page.dataset.tables)["gaps"]
    with st.container(key="gaps", gap="xsmall"):
        write("sources.gaps", number=sum(map(len, gaps.values())))
        for kind, rows in gaps.items():
            label = f"{kind[:1].upper()}{kind[1:]}: {len(rows)}"
            folded(label, rows, f"gaps_{kind}", lambda row: Line(row["what"], row["address"]))

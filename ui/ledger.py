"""Below the chart of the Sources page: dataset, documents, sample, quality, agreement, what is missing."""

import streamlit as st

import query
from ui import paging, state
from ui.card import table
from ui.quality import quality
from ui.release import agreement, release
from ui.text import bullets, each, literal, write

DOCUMENTS = 10  # that are described at once
SAMPLE = (
    "These are a few texts that someone chose, not all that was said. A year with more statements may be a "
    "year of which we read more, or longer, texts; it says nothing about how much was said that year. Some "
    "texts come from a government or from the organisation itself, and most report one speaker at length, so "
    "who is quoted often may only be who was reported. Compare what is quoted, not how often."
)


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
                '<h2 class="finding">{id} · {publisher}</h2>'
                '<p><a href="{url}" target="_blank" rel="noopener">{title}</a></p>'
                '<p class="soft">{kind}; {years}; printed date: {printed}; file {file}</p><ul>{caveats}</ul>',
                id=source["id"],
                publisher=source["publisher"],
                url=source["url"],
                title=source["title"],
                kind=source["kind"].replace("_", " ").capitalize(),
                years=query.covered_years(tables, source["id"]),
                printed=source["date_words"] if source["printed_date"] else "none",
                file=source["file"],
                caveats=bullets(source["caveats"]),
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
            write("<h3>{title}: {number}</h3>", title=title, number=len(rows))
            write(
                '<ul class="places">{items}</ul>',
                items=each(
                    "<li>{claim} <span class='soft'>{address}</span></li>",
                    paging.part(rows, f"{title}_{source['id']}").to_dict("records"),
                ),
            )


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
        write('<h2 class="finding">What the sample is</h2><p>{text}</p>', text=SAMPLE)
        for title, rows in _about(page.dataset.tables)["sample"]:
            table(title, paging.part(rows, f"sample_{title}"), heading=True)
        write(
            "<p>This project is independent of the organisation that it describes, of its members and of the "
            "publishers that it quotes.</p>"
        )


def _gaps(page) -> None:
    """What no source says today, by kind; each place can be opened."""
    gaps = _about(page.dataset.tables)["gaps"]
    number = sum(map(len, gaps.values()))
    with st.container(key="gaps", gap="xsmall"):
        write('<h2 class="finding">What we do not know: {number} gaps to close</h2>', number=number)
        for kind, rows in gaps.items():
            label = f"{kind[:1].upper()}{kind[1:]}: {len(rows)}"
            with st.expander(label, key=f"gaps_{kind}", on_change="rerun") as fold:
                if not fold.open:
                    continue
                for row in paging.part(rows, f"gaps_{kind}").to_dict("records"):
                    if not row["address"]:
                        write("<p>{what}</p>", what=row["what"])
                        continue
                    st.button(
                        literal(row["what"]),
                        key=f"gap_{kind}_{row['address']}_{row['what']}",
                        type="tertiary",
                        on_click=state.change,
                        kwargs={"sel": row["address"]},
                    )

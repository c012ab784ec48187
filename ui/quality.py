"""How far the dataset can be trusted, in numbers; what they speak of can be opened."""

from dataclasses import replace

import streamlit as st

import query
from query.records import split
from ui.record_list import Line, folded
from ui.text import write


def quality(page, *, further: bool = True) -> None:
    """The measures as a table; the records that stand behind one can be opened one by one.

    `further` adds the way to the Sources page.
    """
    tables = page.dataset.tables
    rows = _measures(tables, page.dataset.unconfirmed)
    with st.container(key="quality", gap="small"):
        write("sources.trust")
        write("parts.paragraph", text=query.CODED_BY)
        write("sources.measures", rows=rows)
        for row in rows:
            if not row["opens"]:
                continue
            addresses = split(row["opens"])
            folded(
                f"{row['measure']}: {len(addresses)}",
                addresses,
                f"quality_{row['measure']}",
                lambda address: Line(query.claim(tables, address), address),
            )
        if not further:
            return
        st.page_link(
            "pages/sources.py",
            label="The sample, and what we do not know",
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=query.dump(replace(page.view, present="")),
        )


@query.remembered
def _measures(tables, unconfirmed: frozenset[tuple]) -> list[dict]:
    return query.quality(tables, unconfirmed).to_dict("records")

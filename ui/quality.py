"""How far the dataset can be trusted, in numbers; what they speak of can be opened."""

from dataclasses import replace

import streamlit as st

import query
from ui import paging, state
from ui.text import each, literal, write


def quality(page, *, further: bool = True) -> None:
    """The measures as a table; the records that stand behind one can be opened one by one.

    `further` adds the way to the Sources page.
    """
    rows = _measures(page.dataset.tables, page.dataset.unconfirmed)
    with st.container(key="quality", gap="small"):
        write('<h2 class="finding">How far it can be trusted</h2>')
        write("<p>{coded_by}</p>", coded_by=query.CODED_BY)
        write(
            '<table class="measures"><caption>All years and sources, whatever is filtered</caption>'
            "<tbody>{rows}</tbody></table>",
            rows=each('<tr><th scope="row">{measure}</th><td>{value}</td></tr>', rows),
        )
        for row in rows:
            if not row["opens"]:
                continue
            addresses = row["opens"].split("~")
            label = f"{row['measure']}: {len(addresses)}"
            with st.expander(label, key=f"quality_{row['measure']}", on_change="rerun") as fold:
                if not fold.open:
                    continue
                for address in paging.part(addresses, f"quality_{row['measure']}"):
                    st.button(
                        literal(query.claim(page.dataset.tables, address)),
                        key=f"quality_{address}",
                        type="tertiary",
                        on_click=state.change,
                        kwargs={"sel": address},
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

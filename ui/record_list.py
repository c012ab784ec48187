"""A list of records: each line is a button that opens the record's evidence, and long lists come in parts."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from ui import paging, state
from ui.text import literal, write


class Line(NamedTuple):
    """One line: its words, the address that it opens (none: it is only read), and a remark in grey."""

    words: str
    opens: str
    remark: str = ""


def record_list(
    items: Sequence | pd.DataFrame, name: str, line: Callable[[Any], Line], *, arrow: bool = False
) -> None:
    """Draw `line(item)` for each of `items` (addresses, or rows as mappings) of the part that is shown.

    `name` is unique on the page; `arrow` draws an arrow behind the words.
    """
    part = paging.part(items, name)
    rows = part.to_dict("records") if isinstance(part, pd.DataFrame) else part
    for number, (words, opens, remark) in enumerate(map(line, rows)):
        if not opens:
            write("parts.paragraph", text=words)
            continue
        st.button(
            f"{literal(words)} :gray[{literal(remark)}]" if remark else literal(words),
            key=f"{name}_{opens}_{number}",  # two lines may open the same record
            type="tertiary",
            icon=":material/arrow_forward:" if arrow else None,
            icon_position="right",
            on_click=state.change,
            kwargs={"sel": opens},
        )


def folded(label: str, items: Sequence | pd.DataFrame, name: str, line: Callable[[Any], Line]) -> None:
    """The same under a label, closed at first: what is not open is not sent."""
    with st.expander(label, key=name, on_change="rerun") as fold:
        if fold.open:
            record_list(items, name, line)

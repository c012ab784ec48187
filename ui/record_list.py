"""A list of records: each line is a button that opens the record's evidence."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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


def record_list(lines: Iterable[Line], name: str) -> None:
    """Draw the lines.

    The key of a button is `name` and what it opens, numbered where an earlier line opens the same.
    """
    times: Counter[str] = Counter()
    for words, opens, remark in lines:
        if not opens:
            write("parts.paragraph", text=words)
            continue
        times[opens] += 1
        st.button(
            f"{literal(words)} :gray[{literal(remark)}]" if remark else literal(words),
            key=f"{name}_{opens}" if times[opens] == 1 else f"{name}_{opens}_{times[opens]}",
            type="tertiary",
            on_click=state.change,
            kwargs={"sel": opens},
        )


def folded(label: str, items: Sequence | pd.DataFrame, name: str, line: Callable[[Any], Line]) -> None:
    """A list under a label, closed at first; a long one comes in parts. What is not shown is not sent.

    A line is made of each of `items`: addresses, or rows as mappings.
    """
    with st.expander(label, key=name, on_change="rerun") as fold:
        if fold.open:
            part = paging.part(items, name)
            rows = part.to_dict("records") if isinstance(part, pd.DataFrame) else part
            record_list(map(line, rows), name)

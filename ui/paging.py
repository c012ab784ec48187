"""Long lists in parts: what is not shown is not sent."""

import pandas as pd
import streamlit as st

from ui.text import write

LIST, TABLE = 50, 200  # entries of a list of buttons and rows of a table that are sent at once


def part(items, key: str, size: int = LIST):
    """The part of a list, or of the rows of a table, that the viewer chose; the way to choose stands above.

    Lists of at most `size` entries come back as they are, without anything drawn.
    """
    pages = -(-len(items) // size)
    if pages <= 1:
        return items
    name = f"part_{key}"
    st.session_state[name] = min(max(st.session_state.get(name) or 1, 1), pages)  # a filter may shorten it
    number = st.number_input(
        f"Part, {size} at a time: 1 to {pages}", min_value=1, max_value=pages, step=1, key=name
    )
    first = (number - 1) * size
    return items.iloc[first : first + size] if hasattr(items, "iloc") else items[first : first + size]


def table(label: str, rows: pd.DataFrame) -> None:
    """A table under its heading, in parts where it is long. Cells are plain text; it scrolls by itself."""
    shown = part(rows, f"table_{label}", TABLE)
    write("card.twin", label=label, rows=shown, headed=True, part=1, parts_of_it=[])

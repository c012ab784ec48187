"""One figure on the page: the layout that fits the window, and a frame around what is selected."""

from collections.abc import Callable, Sequence

import streamlit as st

from charts import theme
from charts.to_plotly import Drawn, Framing
from ui.text import write

# layout -> whether it is the narrow one; look.css hides one where both are sent
LAYOUTS = {"wide": False, "narrow": True}


def layouts() -> list[tuple[str, bool]]:
    """The layouts to send, as pairs of name and narrow: the one that fits the window, or both.

    aid.js keeps the layout in a cookie, which comes with the connection. Where a window has no cookie, or is
    given another width later, it asks for both.
    """
    if "layout" not in st.session_state:  # Streamlit reads all cookies anew whenever it is asked for one
        st.session_state["layout"] = st.context.cookies.get("layout", "")
    fits = st.session_state["layout"]
    return [(fits, LAYOUTS[fits])] if fits in LAYOUTS else list(LAYOUTS.items())


def other_layout() -> None:
    """What aid.js presses when the layout that was sent does not fit. Nobody sees it."""
    st.button("Draw for another width", key="other_layout", on_click=_send_both)


def _send_both() -> None:
    st.session_state["layout"] = ""


def plot(
    figure: Drawn, name: str, alt: str, *, picked: Sequence[Framing] = (), on_pick: Callable | None = None
) -> None:
    """Draw a figure. `name` is unique on the page; `on_pick` is called when a mark is clicked.

    What is selected is framed over the figure and not in it: a figure that stays the same stays drawn.
    """
    chosen = {} if on_pick is None else {"on_select": on_pick, "selection_mode": "points"}
    st.plotly_chart(
        figure.plotly(), height=figure.height, theme=None, config=theme.CONFIG, key=name, alt=alt, **chosen
    )
    write("card.picks", frames=map(_style, picked))


def _style(box: Framing) -> str:
    """Where a frame stands in its card, whatever the width of that is."""
    beside = f"(100% - {box.margins}px)"
    left = f"calc({box.left}px + {box.start:.5f}*{beside})"
    width = f"calc({box.right - box.left}px + {box.end - box.start:.5f}*{beside})"
    return f"left:{left};width:{width};top:{box.top}px;height:{box.height}px;border-width:{box.line}px"

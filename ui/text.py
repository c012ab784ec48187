"""Text from the data on its way to the screen: the two escapes, and HTML that escapes by itself."""

import re

import streamlit as st
from markupsafe import Markup

# Every sign of markdown. Those of the group are looked at again once the escapes are gone, together with
# what follows: arrows and dashes, icons, addresses.
_SIGN = re.compile(
    r"(-(?=[->])|<(?=[-=])|[>~](?==)|:(?=//|streamlit:|material_)|@|(?<=www)\.)|[!-/:-@\[-`{-~]", re.I
)


def literal(text: str) -> str:
    """Text for a widget's label, which reads markdown: every sign stands for itself.

    A sign that is looked at again stands alone, in a colour that names none: nothing is found around it.
    """
    return _SIGN.sub(lambda sign: rf":color[\{sign[0]}]" if sign[1] else rf"\{sign[0]}", str(text))


def unseen(text: str) -> str:
    """Words of a widget's label for those who hear it: they tell controls of two cards apart."""
    return f":small[, {literal(text)}]"


def write(markup: str, **values) -> None:
    """HTML on the page; `{name}` is filled with a value, escaped unless it is Markup itself."""
    st.html(Markup(markup).format(**values))


def each(markup: str, rows) -> Markup:
    """The same HTML once for each row (a mapping of values, escaped)."""
    return Markup("").join(Markup(markup).format(**row) for row in rows)


def fold(label: str | Markup, content: Markup) -> Markup:
    """What is read on demand: closed at first, opened by its label without asking the server."""
    return Markup("<details><summary>{}</summary><div>{}</div></details>").format(label, content)


def copied(text: str) -> Markup:
    """Text to take along; aid.js gives its button to work."""
    return Markup(
        '<div class="copy"><pre tabindex="0">{}</pre><button type="button">Copy</button></div>'
    ).format(text)


def bullets(cell: str) -> Markup:
    """The parts of a cell that holds a list, as list items."""
    return each("<li>{text}</li>", [{"text": text} for text in cell.split("~") if text])

"""Text from the data on its way to the screen: HTML from templates, and labels, which are markdown."""

import re

import streamlit as st

from exports.templates import render

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


def write(template: str, /, **values) -> None:
    """HTML on the page: a macro of `exports/templates`, FILE.MACRO, filled with values."""
    st.html(render(template, **values))

"""Exports: the marks of the charts as slides, as one offline page, as files in a ZIP, as single pictures.

Views in, bytes out, and the same bytes for the same views and data. No Streamlit, no clock, no network.
`python -m exports` is the command line.
"""

from exports.briefing import (
    Item,
    Refused,
    Slide,
    dump_item,
    link,
    link_remark,
    read_items,
    slide,
    slides,
    standard,
)

__all__ = [
    "Item",
    "Refused",
    "Slide",
    "dump_item",
    "link",
    "link_remark",
    "read_items",
    "slide",
    "slides",
    "standard",
]

"""Edits: other words in place of single values of a data file. All else stays, comments and layout too."""

from codecs import BOM_UTF8
from collections.abc import Mapping

import yaml

from loaders.reading import EVENTS, Location


def edited(data: bytes, values: Mapping[Location, str]) -> bytes:
    """The bytes of a file that can be read, with other ids or numbers at these locations.

    A value that stands in quotation marks keeps them.
    """
    text = data.decode("utf-8-sig")
    root = yaml.compose(text, Loader=EVENTS)
    places = {_node(root, location): value for location, value in values.items()}
    for node in sorted(places, key=lambda node: node.start_mark.index, reverse=True):
        mark = node.style if node.style in ("'", '"') else ""
        start, end = node.start_mark.index, node.end_mark.index
        text = f"{text[:start]}{mark}{places[node]}{mark}{text[end:]}"
    return BOM_UTF8 * data.startswith(BOM_UTF8) + text.encode()


def _node(node: yaml.Node, location: Location) -> yaml.ScalarNode:
    for part in location:
        if isinstance(part, int):
            node = node.value[part]
        else:
            node = next(value for key, value in node.value if key.value == part)
    return node

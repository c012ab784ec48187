"""What stands below the address of a page, evidence or a list: the view around it, as a query.

evidence/minsk-2023?page=threats&at=http://localhost:8501/threats&years=2023
"""

import re
from typing import NamedTuple

from starlette.requests import Request

import query
from loaders import Dataset
from query import PAGES, Topic, View
from ui import place, state

_NUMBER = re.compile("[1-9][0-9]{0,5}")


class Asked(NamedTuple):
    """The page around what is asked for, as `Page.around` says it; `part` is that of a long list."""

    dataset: Dataset
    topic: Topic
    view: View
    at: str
    part: int
    of: str


class Refused(Exception):
    """Nothing is there, or not all of an address is known: in words, with the status of the answer."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


def part_of(values: dict[str, str]) -> tuple[int, tuple[str, ...]]:
    """The part of a long list that parameters ask for, taken out of them, and a notice if it is none."""
    part = values.pop("part", "1")
    if _NUMBER.fullmatch(part):
        return int(part), ()
    return 1, (f"{query.excerpt(part)} is not the number of a part (part).",)


def asked(request: Request, nothing: str, sel: str = "") -> Asked:
    """The page around a request for the evidence of `sel`, or for a list. Raises Refused.

    `nothing` is what is said where the address leads to nothing.
    """
    dataset = state.served().dataset
    if dataset is None:
        raise Refused("There is no good data at the moment.", 503)
    try:
        values, repeated = state.parameters(request.url.query, sel=sel)
    except ValueError as refused:
        raise Refused(str(refused), 400) from None
    topic, at = values.pop("page", "overview"), values.pop("at", "")
    of = "" if sel else values.pop("of", "")
    part, no_part = part_of(values)
    view, notices = query.parse(values, dataset.tables)
    notices = (*repeated, *notices, *no_part)
    if topic not in PAGES or not PAGES[topic].charts:
        notices = (*notices, f"{query.excerpt(topic)} is not a page with evidence (page).")
    if view.sel != sel and not repeated:
        raise Refused(nothing, 404)
    if notices:
        said = "\n".join(notices)
        raise Refused(f"Not all of this address is known:\n{said}", 400)
    if not at.startswith((f"http://{request.url.netloc}/", f"https://{request.url.netloc}/")):
        # a link to another host, or one that runs, is not ours to show
        at = f"{place.root(request)}{PAGES[topic].address[1:]}"
    return Asked(dataset, PAGES[topic], state.normal(view, dataset), at, part, of)

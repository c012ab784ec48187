"""What stands below the address of a page, evidence or a list: the view around it, as a query.

evidence/minsk-2023?page=threats&at=http://localhost:8501/threats&years=2023
"""

from typing import NamedTuple

from starlette.requests import Request

import query
from loaders import Dataset
from query import PAGES, Topic, View
from ui import place, state


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
    own = {"page": "overview", "at": "", "part": "1", "of": ""}
    topic, at, part, of = (values.pop(name, default) for name, default in own.items())
    view, notices = query.parse(values, dataset.tables)
    if repeated or (notices and view.sel == sel):
        said = "\n".join((*repeated, *notices))
        raise Refused(f"Not all of this address is known:\n{said}", 400)
    if view.sel != sel or topic not in PAGES or not PAGES[topic].charts or not part.isdecimal():
        raise Refused(nothing, 404)
    if not at.startswith((f"http://{request.url.netloc}/", f"https://{request.url.netloc}/")):
        # a link to another host, or one that runs, is not ours to show
        at = f"{place.root(request)}{PAGES[topic].address[1:]}"
    return Asked(dataset, PAGES[topic], state.normal(view, dataset), at, max(int(part), 1), of)

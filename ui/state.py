"""The dataset that is served, the view in the URL, and the page that both make."""

import gc
import os
import re
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import query
from charts.axis import Axis
from loaders import Dataset, InvalidData, fingerprints, history, load
from query import Topic, View
from query.view import LISTS, choices_of

ROOT = Path(__file__).parents[1]
MOST_PARAMETERS = 50  # of an address
# characters; servers and proxies refuse a request whose first line has more than 8,192
LONGEST_ADDRESS = 7_900


@dataclass(frozen=True)
class Fault:
    """A moment at which the data file was found not to be in order."""

    noticed_at: datetime
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Served:
    """The last good dataset (None if there never was one), and what is wrong with the file as it is now."""

    stamp: tuple
    dataset: Dataset | None = None
    loaded_at: datetime | None = None
    load_seconds: float | None = None
    problems: tuple[str, ...] = ()
    fault: Fault | None = None  # the last one, also when it is mended


_reading = threading.Lock()
_served = Served(())


def data_file() -> Path:
    """The file that is served: `data/curated.yaml`, or the one that CSTO_DATA names."""
    return Path(os.environ.get("CSTO_DATA") or ROOT / "data" / "curated.yaml")


def originals_folder() -> Path:
    """Where the source texts are looked for: the folder that CSTO_ORIGINALS names, or `data/originals/`."""
    return Path(os.environ.get("CSTO_ORIGINALS") or ROOT / "data" / "originals")


def served() -> Served:
    """What is served now. A changed file is read again; while it is not in order, the last good one stays."""
    global _served
    path = data_file()
    beside = (path.with_name(name) for name in (fingerprints.FILE_NAME, history.FILE_NAME))
    stamp = _stamp(path), *map(_stamp, beside)
    # one viewer waits for the reading of a new file; the others keep what there is, if there is anything
    if _served.stamp != stamp and _reading.acquire(blocking=_served.dataset is None):
        try:
            if _served.stamp != stamp:
                before, _served = _served.dataset, _read(path, stamp, _served)
                if before is not None and before is not _served.dataset:
                    _let_go(before)
        finally:
            _reading.release()
    return _served


def _let_go(dataset: Dataset) -> None:
    """Free what was worked out from a dataset that is not served any more.

    Pages that are still open may refer to it, and it to itself, for which the collector would look too late
    (docs/RELIABILITY.md).
    """
    dataset.tables.answers.clear()
    gc.collect()


def _stamp(path: Path) -> tuple:
    """What changes with every save, a rename and a reset clock included."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return (str(path), status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def _read(path: Path, stamp: tuple, before: Served) -> Served:
    """The file as it is now. The stamp is older than the reading, so a save in between is seen next time."""
    began = time.perf_counter()
    try:
        dataset = load(path)
        dataset = replace(dataset, tables=query.Selection(dataset.tables, key=dataset.hash))
    except InvalidData as error:
        problems = tuple(str(problem) for problem in error.problems)
    except OSError:
        problems = (f"{path.name}: the file cannot be read",)
    else:
        seconds = round(time.perf_counter() - began, 3)
        return Served(stamp, dataset, _now(), seconds, fault=before.fault)
    return replace(before, stamp=stamp, problems=problems, fault=Fault(_now(), problems))


def _now() -> datetime:
    return datetime.now().astimezone()


def read_view(dataset: Dataset) -> tuple[View, tuple[str, ...]]:
    """The view that the URL holds, and a notice for each value that was dropped from it."""
    values, repeated = query.united(pairs())
    view, notices = query.parse(values, dataset.tables)
    return normal(view, dataset), (*repeated, *notices)


def pairs() -> list[tuple[str, str]]:
    """The parameters of the page's address, one that is repeated as often as it is there."""
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def parameters(text: str, **more: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters of an address that is not a page's, with what its path says, and a notice for each that
    has two values where it can have one. Raises ValueError, in words, for too many.
    """
    try:
        asked = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise ValueError("The address has too many parameters.") from None
    return query.united([*((name, value) for name, value in more.items() if value), *asked])


def normal(view: View, dataset: Dataset) -> View:
    """The view with one address for what has two: EVENT.PARTY of a party that has a record is that record."""
    selected = query.resolve(view.sel, query.select(dataset.tables, View(without=view.without)))
    return replace(view, sel=selected.key) if selected and selected.kind == "record" else view


def change(**values: object) -> None:
    """Change these values of the view in the URL. For callbacks; the page is drawn from the URL afterwards.

    The rest of the view is what the URL holds now: where a part of a page ran by itself, what was drawn
    around it knows less.
    """
    view, _ = read_view(served().dataset)
    st.query_params.from_dict(query.dump(replace(view, **values)))


def too_long(view: View, address: str) -> str:
    """Why a view cannot stand in the address of a page, in words; an empty text if it can."""
    number = len(addressed(address, query.dump(view)))
    if number <= LONGEST_ADDRESS:
        return ""
    return (
        f"The address of this page, which holds the briefing, would have {number:,} characters; "
        f"many servers take no more than {LONGEST_ADDRESS:,}. Shorten headlines, or make two briefings."
    )


def page_address(topic: Topic) -> str:
    """The address of the page that is shown, without its query, as the browser has it.

    All pages stand beside each other. `st.context.url` would take the path of a dashboard that stands below
    /csto-threats for its page Threats.
    """
    run = get_script_run_ctx()
    address = run.context_info.url if run and run.context_info else ""
    root = re.split("[?#]", address)[0].rpartition("/")[0]
    return f"{root}{topic.address}" if root else ""


def link(view: View, dataset: Dataset, address: str) -> str:
    """The address of a page with what the view restricts or selects, and the dataset's hash.

    Without the briefing that is being made beside it: it has a link of its own, and may be long.
    """
    view = replace(view, tray=())
    return f"{address}?{urlencode(query.dump(replace(view, data=dataset.hash)), safe='~')}"


def made_with(page: "Page") -> str:
    """Of a link that was made with other data: which, and what changed since in what the page shows."""
    view, dataset, changes = page.view, page.dataset, page.dataset.changes
    if view.data in ("", dataset.hash):
        return ""
    words = f"This link was made with dataset {view.data}; shown is dataset {dataset.hash}."
    if changes is None or changes.since.hash != view.data:
        return f"{words} What changed between them is not kept here."
    shown: dict[str, set[str]] = {}
    for chart in page.charts:
        for table, rows in query.rows_shown(page.shown(chart.name)[0], chart).items():
            name, column = ("sources", "source") if table == "paragraphs" else (table, "id")
            shown.setdefault(name, set()).update(rows[column])
    return f"{words} {query.since(changes, shown, view.sel)} The page Sources lists all changes."


@dataclass(frozen=True)
class Page:
    """What a page shows. `topic` is what it is about, `at` its address without the query.

    `tables` are the rows that the view selects, `supported` all that rest on the sources that are not set
    aside, `dataset.tables` all of them.
    """

    topic: Topic
    dataset: Dataset
    view: View
    at: str
    tables: query.Tables
    axis: Axis
    supported: query.Tables

    def change(self, **values: str) -> dict[str, str]:
        """A link to this page with these parameters: `address` in full, and `set`, what of it they change.

        Two links clicked at once change what both say, though each was drawn without the other.
        """
        merged = {name: value for name, value in (query.dump(self.view) | values).items() if value}
        return {
            "address": addressed(self.topic.relative, merged),
            "set": urlencode(values, safe="~"),
        }

    def toggle(self, name: str, *choices: object) -> dict:
        """A link to this page with these choices in a list of the view, or without them if all are there.

        It has also an `id`, and says by `chosen` whether they are there.
        """
        before = getattr(self.view, name)
        chosen = all(one in before for one in choices)
        others = [one for one in before if one not in choices]
        known = choices_of(self.dataset.tables, name) if name in LISTS else (*others, *choices)
        wanted = others if chosen else [one for one in known if one in others or one in choices]
        way = self.change(**{name: query.dump(View(**{name: tuple(wanted)})).get(name, "")})
        changed = urlencode([(f"{name}!", one) for one in choices if (one in before) == chosen])
        return way | {"set": changed, "id": f"{name}_{choices[0]}", "chosen": chosen}

    def way(self, words: str, opens: str) -> dict[str, str]:
        """A line that opens an address in the panel: `words, opens`, and the `address` of its evidence."""
        return {"words": words, "opens": opens, "address": f"evidence/{quote(opens)}?{self.around}"}

    @property
    def charts(self) -> tuple[Topic, ...]:
        """The charts that it shows: what is compared comes first, and is there if something is."""
        charts = [chart for chart in self.topic.charts if self.view.compare or not chart.of_pair]
        return tuple(sorted(charts, key=lambda chart: not chart.of_pair))

    def shown(self, chart: str) -> tuple[query.Tables, Axis]:
        """The rows of one of its charts, and the axis."""
        return _shown(self.dataset, query.on_page(self.view, chart))

    @property
    def around(self) -> str:
        """What follows the address of an evidence: the page and the view around it, as a query."""
        view = query.dump(replace(self.view, sel="", present=""))
        return urlencode({"page": self.topic.name, "at": self.at} | view, safe="~")


def addressed(path: str, parameters: dict[str, str]) -> str:
    """A path with a query, if there is one."""
    return f"{path}?{urlencode(parameters, safe='~')}" if parameters else path


def page_of(topic: Topic, dataset: Dataset, view: View, at: str) -> Page:
    """The page of a topic under a view."""
    supported = query.select(dataset.tables, View(without=view.without))
    return Page(topic, dataset, view, at, *_shown(dataset, query.on_page(view, topic.name)), supported)


def _shown(dataset: Dataset, view: View) -> tuple[query.Tables, Axis]:
    supported = query.select(dataset.tables, View(without=view.without))
    years = view.years or query.axis_years(dataset.tables)
    return query.select(dataset.tables, view), Axis(years, query.coverage(supported))

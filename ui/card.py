"""The chart card: headline, chart, and below it the source line and what one takes away, the table too.

A card is one element; `parts/chart.js` draws it, and asks for the table by its address when it is opened.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import pandas as pd

import query
from charts.axis import Axis
from charts.chart import Chart, chart, subtitle
from charts.layout import PHONE, WIDE, Size
from exports import Item, dump_item
from exports.templates import render
from query import CHARTS
from ui import state
from ui.chart import drawing, plot
from ui.state import Page, addressed

DRAWN_KEPT, DRAWINGS_KEPT = 80, 160  # charts of views, and drawings of them, that are kept
DRAWN = "On the chart"  # the column of a twin that says whether a row is drawn, and if not, why
LISTED = 50  # records left out that a card names; the table has all of them
PICTURE = "the chart with title and source"
# ending -> what the file is called and is
FILES = {
    "excel.csv": ("CSV for spreadsheets", "the {noun} shown, with names and quotes, separated by commas"),
    "csv": ("CSV for programs", "the same without the mark by which spreadsheets know its letters"),
    "png": ("PNG", PICTURE),
    "svg": ("SVG", PICTURE),
    "document.png": ("PNG for a document", f"{PICTURE}, 16 cm wide"),
}


def card(page: Page, name: str) -> None:
    """Draw the chart of this name with all that belongs to it."""
    drawn = _drawn(page, name)
    said = subtitle(name)
    if CHARTS[name].of_pair:  # which the sentence under the title of the page is not about
        said = f"{said} {query.sentence(page.dataset.tables, page.view, name)}"
    head = render("card.head", name=name, headline=drawn.headline, subtitle=said)
    wide, narrow = (_drawing(*page.shown(name), name, size) for size in (WIDE, PHONE))
    plot(wide, narrow, f"card_{name}", drawn.alt, head=head, foot=_foot(page, name, drawn))


def order(page: Page) -> tuple[str, ...]:
    """The addresses of the marks of a page's first chart, in its order, those left out at the end."""
    return _drawn(page, page.charts[0].name).order


def headline(page: Page, name: str) -> str:
    """What a chart of this name finds on a page."""
    return _drawn(page, name).headline


def behind(page: Page) -> tuple[str, ...]:
    """The addresses of what the headline of a page's first chart speaks of."""
    return _drawn(page, page.charts[0].name).behind


# What is drawn depends on the dataset and the view alone, by which selections are equal. To make the two
# charts of the page Threats, each in two layouts, takes 6 to 11 ms; every run of the page asks for them.


def _drawn(page: Page, name: str) -> Chart:
    return _chart(*page.shown(name), name)


@query.kept(DRAWN_KEPT)
def _chart(tables, axis: Axis, name: str) -> Chart:
    return chart(name, tables, axis)


@query.kept(DRAWINGS_KEPT)
def _drawing(tables, axis: Axis, name: str, size: Size) -> str:
    return drawing(_chart(tables, axis, name).scene(size))


@query.kept(DRAWN_KEPT)
def _shown(tables, name: str) -> dict[str, pd.DataFrame]:
    return query.rows_shown(tables, CHARTS[name])


def rows_of(page: Page, name: str) -> dict[str, pd.DataFrame]:
    """The rows that a chart is about, by table."""
    return _shown(page.shown(name)[0], name)


def left_out(page: Page, name: str) -> dict[str, str]:
    """The addresses of what is not on a chart, with the reasons."""
    return {one.address: one.reason for one in _drawn(page, name).grid.left_out}


def twin(page: Page, name: str) -> pd.DataFrame:
    """The chart as a table, with the label of each mark in place of a mere yes."""
    return _twin(*page.shown(name), name)


@query.kept(DRAWN_KEPT)
def _twin(tables, axis: Axis, name: str) -> pd.DataFrame:
    drawn = _chart(tables, axis, name)
    labels = {item.address: item.label.replace("\n", "; ") for item in drawn.grid.items}
    said = drawn.twin["Record"].map(labels)
    return drawn.twin.assign(**{DRAWN: said.where(said.notna(), drawn.twin.get(DRAWN, ""))})


def _foot(page: Page, name: str, drawn: Chart) -> str:
    """The source line, which names the publishers of what is shown, and what one takes away."""
    rows = rows_of(page, name).values()
    item, grid = dump_item(Item(name, page.view)), drawn.grid
    number = len({one.address for one in grid.records}) + len(grid.left_out)
    return render(
        "card.foot",
        name=name,
        left_out=[
            page.way(query.claim(page.supported, row.address) or row.address, row.address)
            | {"reason": row.reason}
            for row in grid.left_out[:LISTED]
        ],
        number_left_out=len(grid.left_out),
        sources=_sources(page.tables, rows),
        hash=page.dataset.hash,
        link=state.link(page.view, page.dataset, page.at),
        files=files_of(page, name, pictured=any(map(len, rows))),
        tray=page.toggle("tray", item),
        table=file_address(page, name, "html"),
        rows=f"{number} {'row' if number == 1 else 'rows'}",
    )


def file_address(page: Page, name: str, ending: str) -> str:
    """The address of a file of a chart: see `ui.files`."""
    view = query.restricting(page.view)
    if not CHARTS[name].of_pair:
        view = replace(view, compare=())
    return addressed(f"files/{name}.{ending}", query.dump(view))


def files_of(page: Page, name: str, *, pictured: bool) -> list[dict[str, str]]:
    """The files of a chart: `address`, `label` and `what` each is. Without rows there is no picture."""
    topic = CHARTS[name]
    noun = topic.rows or topic.nouns[0].many
    return [
        {
            "address": file_address(page, name, ending),
            "label": FILES[ending][0],
            "what": FILES[ending][1].format(noun=noun),
        }
        for ending in (FILES if pictured else ("excel.csv", "csv"))
    ]


def _sources(tables, shown: Iterable[pd.DataFrame]) -> str:
    """Who published what the rows of a chart cite, as its slide says it too."""
    cited = query.cited(tables, chain(*(rows["source"] for rows in shown)))
    publishers = [query.name_of(tables, source) for source in cited]
    return f"Source: our reading of {', '.join(publishers)}." if publishers else query.uncited(shown)

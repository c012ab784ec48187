"""The files of one chart, each at an address of its own: `files/threats.csv?years=2022`.

Whoever has the address gets the file, with the same bytes from every server that has the same data: a link
outlives the session that showed it, and a script can follow it too. The table of a chart, `threats.html`, is
a page without script, which the dashboard shows below the chart. The files of the data release stand there
too, `release.zip`. `index.html` names all files of a view, and `briefing.html` is the offline page of a
briefing: for those whom no websocket reaches.
"""

from collections.abc import Iterable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

import query
from exports import Item, Refused, read_items, slides, standard
from exports.templates import render
from loaders import Dataset, export
from query import CHARTS, PAGES, View
from query.topics import HOME
from query.words import slug
from ui import NAME, lanes, place, release, state, tray
from ui.asked import part_of
from ui.card import file_address, files_of, left_out, twin
from ui.state import Page, page_of

KINDS = {
    "csv": "text/csv",
    "excel.csv": "text/csv",
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    "document.png": "image/png",
}
PICTURES_KEPT = 32
INDEX, OFFLINE = "index", "briefing"  # pages that are of no chart
ROWS = 200  # of a table that are sent at once
LONGEST_NAME = 100  # letters


def lane(name: str) -> lanes.Lane:
    """The lane in which a file is made."""
    chart, _, ending = name.partition(".")
    dear = chart in (release.NAME, OFFLINE, INDEX) or ending.endswith(("png", "svg"))
    return lanes.DEAR if dear else lanes.QUICK


def answer(request: Request) -> Response:
    """The file that an address names, or in words why there is none."""
    chart, _, ending = request.path_params["name"].partition(".")
    dataset = state.served().dataset
    released = chart == release.NAME and ending in release.FILES
    of_all = chart in (INDEX, OFFLINE) and ending == "html"
    if not released and not of_all and (chart not in CHARTS or ending not in KINDS):
        return PlainTextResponse(f"There are the charts {', '.join(CHARTS)}, as {', '.join(KINDS)}.", 404)
    if dataset is None:
        return PlainTextResponse("There is no good data at the moment.", 503)
    if released:
        if request.url.query:
            return PlainTextResponse("The release is of all data: leave out what follows the ?", 400)
        name = f"csto-{dataset.version}-{dataset.hash}.{ending}"
        return _taken(release.file(dataset, ending), release.FILES[ending].kind, name)
    try:
        values, repeated = state.parameters(request.url.query)
    except ValueError as refused:
        return PlainTextResponse(str(refused), 400)
    part, no_part, columns = 1, (), None
    if ending == "html" and not of_all:
        part, no_part = part_of(values)
        columns = values.pop("columns", None)
    view, notices = query.parse(values, dataset.tables)
    notices = (*repeated, *notices, *no_part)
    if columns not in (None, "all"):
        notices = (*notices, f"{query.excerpt(columns)} are no columns: leave columns out, or ask for all.")
    if notices and chart != INDEX:  # who misspells a filter must not take all rows for those asked for
        return _refused(notices)
    if chart == OFFLINE:
        return _offline(dataset, view, place.root(request))
    view = query.restricting(view)
    if chart == INDEX:
        return HTMLResponse(_index(dataset, view, notices), headers={"Cache-Control": "no-cache"})
    if CHARTS[chart].of_pair and not view.compare:
        return PlainTextResponse(f"The chart {chart} is of two years or speakers: ?compare=2022~2023", 400)
    if ending == "html":
        page = page_of(CHARTS[chart].page, dataset, view, f"{place.root(request)}{CHARTS[chart].address[1:]}")
        table = _table(page, chart, part, bool(columns))
        return HTMLResponse(table, headers={"Cache-Control": "no-cache"})
    try:
        body = _made(dataset, chart, view, ending)
    except Refused as refused:
        return PlainTextResponse(str(refused), 404)
    return _taken(body, KINDS[ending], _name(dataset, chart, view, ending))


def _index(dataset: Dataset, view: View, notices: Iterable[str]) -> str:
    """A page that shows every chart of a view as a picture, and names its files.

    As on every page, what is not known of its address is named: who is led here has no other.
    """
    shown = (topic for topic in CHARTS.values() if view.compare or not topic.of_pair)
    charts = []
    for topic in shown:
        page = page_of(topic.page, dataset, view, "")
        rows = query.rows_shown(page.shown(topic.name)[0], topic).values()
        pictured = any(map(len, rows))
        charts.append(
            {
                "label": topic.label,
                "picture": file_address(page, topic.name, "svg") if pictured else "",
                "table": file_address(page, topic.name, "html"),
                "files": files_of(page, topic.name, pictured=pictured),
            }
        )
    parameters = query.dump(view)
    inside = render(
        "frame.every_file",
        view=query.sentence(dataset.tables, view, HOME),
        notices=notices,
        charts=charts,
        offline=state.addressed(f"files/{OFFLINE}.html", parameters),
        footer=render("frame.footer", dataset=dataset),
    )
    home = state.addressed(PAGES[HOME].relative, parameters)
    return render("frame.page", title=f"All charts as files · {NAME}", inside=inside, link=home)


def _refused(notices: Iterable[str]) -> Response:
    """The answer 400, with what of an address is not known."""
    said = "\n".join(notices)
    return PlainTextResponse(f"No file was made, for not all of this address is known:\n{said}", 400)


def _offline(dataset: Dataset, view: View, root: str) -> Response:
    """The offline page of the briefing in an address, or of the standard one under the filters there."""
    items, notices = read_items(view.tray, dataset.tables)
    if notices:
        return _refused(notices)
    if not items:
        kept = replace(query.restricting(view), compare=())
        items = [replace(item, view=kept) for item in standard(dataset.tables)]
        items = [item for item in items if _has_rows(dataset, item)]
    try:
        body = tray.briefing_file("brief", dataset, tuple(items), root.rstrip("/"))
    except Refused as refused:
        return PlainTextResponse(str(refused), 404)
    return _taken(body, KINDS["html"], f"csto-briefing-{dataset.hash}.html")


def _has_rows(dataset: Dataset, item: Item) -> bool:
    rows = query.rows_shown(
        query.select(dataset.tables, query.on_page(item.view, item.topic)), CHARTS[item.topic]
    )
    return any(map(len, rows.values()))


def _name(dataset: Dataset, chart: str, view: View, ending: str) -> str:
    """`csto-threats-2022-and-2023-threats-only-0da25aa0.csv`: chart, what the view restricts, data."""
    name = slug(" ".join(["csto", chart, *query.restrictions(dataset.tables, view, chart)]))
    end = f"-{dataset.hash}.{ending}"
    if len(name) > LONGEST_NAME - len(end):
        end = f"-and-more{end}"
        name = name[: LONGEST_NAME - len(end) + 1].rpartition("-")[0]
    return name + end


def _taken(body: bytes, kind: str, name: str) -> Response:
    """A file to take along."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(body, media_type=kind, headers=headers)


def _table(page: Page, chart: str, part: int, every: bool) -> str:
    """The page of a table, or of a part of a long one: what a reader wants first, or `every` column."""
    rows = twin(page, chart)
    number = max(-(-len(rows) // ROWS), 1)
    part = min(part, number)

    def address(part: int, every: bool) -> str:
        further = ("columns", "all" if every else ""), ("part", str(part) if part > 1 else "")
        values = query.dump(page.view) | {name: value for name, value in further if value}
        return state.addressed(f"files/{chart}.html", values)

    label = f"Table of the chart {chart}"
    shown = rows.iloc[(part - 1) * ROWS : part * ROWS]
    parts = [(one, address(one, every)) for one in range(1, number + 1)] if number > 1 else []
    lines = query.outlines(page.supported, shown["Record"])
    if every or not lines:
        last = [*shown.columns.drop("Record"), "Record"]
        table = render("card.twin", label=label, rows=shown[last], headed=False, part=part, parts_of_it=parts)
        other = ("Fewer columns", address(part, False)) if lines else None
    else:
        table = render(
            "card.outlines",
            label=label,
            lines=[page.way(line.what, record) | line._asdict() for record, line in lines.items()],
            reasons=left_out(page, chart),
            part=part,
            parts=parts,
        )
        other = ("All columns", address(part, True))
    inside = render("card.table", name=chart, table=table, other=other)
    return render("frame.page", title=label, inside=inside, link=state.link(page.view, page.dataset, page.at))


def _made(dataset: Dataset, chart: str, view: View, ending: str) -> bytes:
    if ending.endswith("csv"):
        rows = query.select(dataset.tables, query.on_page(view, chart))
        written = export.spreadsheet if ending == "excel.csv" else export.csv
        return written(query.with_names(rows, CHARTS[chart].table))
    return _picture(dataset, Item(chart, view), ending)


@query.kept(PICTURES_KEPT)
def _picture(dataset: Dataset, item: Item, ending: str) -> bytes:
    from exports import picture  # fonts and a renderer, for those alone who ask

    slide = slides(dataset, [item])[0]
    if ending == "svg":
        return picture.picture_svg(slide).encode()
    return (picture.picture_png if ending == "png" else picture.document_png)(slide)

"""The files of one chart, each at an address of its own: `files/threats.csv?years=2022`.

Whoever has the address gets the file, with the same bytes from every server that has the same data: a link
outlives the session that showed it, and a script can follow it too.
"""

from functools import lru_cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import query
from exports import Item, Refused, slides
from loaders import Dataset, export
from query import CHARTS, View
from ui import state

PICTURE = "the chart with title and source"
# ending -> media type, what the file is
KINDS = {
    "csv": ("text/csv", "the {noun} shown"),
    "png": ("image/png", PICTURE),
    "svg": ("image/svg+xml", PICTURE),
}
PICTURES_KEPT = 32


def links(page, chart: str, *, pictured: bool = True) -> list[dict[str, str]]:
    """The files of a chart under the page's view: `address, label, what`; `pictured` if it has a picture."""
    written = urlencode(query.dump(query.restricting(page.view)), safe="~")
    topic = CHARTS[chart]
    return [
        {
            "address": f"files/{chart}.{ending}" + (f"?{written}" if written else ""),
            "label": ending.upper(),
            "what": KINDS[ending][1].format(noun=topic.rows or topic.nouns[0].many),
        }
        for ending in (KINDS if pictured else ("csv",))
    ]


def answer(request: Request) -> Response:
    """The file that an address names, or in words why there is none."""
    chart, _, ending = request.path_params["name"].rpartition(".")
    dataset = state.served().dataset
    if chart not in CHARTS or ending not in KINDS:
        return PlainTextResponse(f"There are the charts {', '.join(CHARTS)}, as {', '.join(KINDS)}.", 404)
    if dataset is None:
        return PlainTextResponse("There is no good data at the moment.", 503)
    try:
        values = state.parameters(request.url.query)
    except ValueError as refused:
        return PlainTextResponse(str(refused), 400)
    view, notices = query.parse(values, dataset.tables)
    if notices:  # a script that misspells a filter must not take all rows for those it asked for
        said = "\n".join(notices)
        return PlainTextResponse(f"No file was made, for not all of this address is known:\n{said}", 400)
    try:
        body = _made(dataset, chart, query.restricting(view), ending)
    except Refused as refused:
        return PlainTextResponse(str(refused), 404)
    name = f"csto-{chart}-{dataset.hash}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(body, media_type=KINDS[ending][0], headers=headers)


def _made(dataset: Dataset, chart: str, view: View, ending: str) -> bytes:
    if ending == "csv":
        return export.csv(query.select(dataset.tables, query.on_page(view, chart))[CHARTS[chart].table])
    return _picture(dataset, Item(chart, view), ending)


@lru_cache(PICTURES_KEPT)
def _picture(dataset: Dataset, item: Item, ending: str) -> bytes:
    from exports.picture import picture_png, picture_svg  # fonts and a renderer, for those alone who ask

    slide = slides(dataset, [item])[0]
    return picture_png(slide) if ending == "png" else picture_svg(slide).encode()

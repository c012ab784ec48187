"""How a page is opened without a browser, and what is read of it."""

import html
import json
import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from loaders import ROOT, load
from query import PAGES
from tests.frozen import FROZEN
from ui import files, lists

DATASET = load(FROZEN)

# Streamlit looks through every installed package for components whenever an AppTest begins: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(name: str, **parameters: str) -> AppTest:
    """A page in a tab of its own."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    if name != "overview":
        app.switch_page(PAGES[name].file)
    app.query_params.update(parameters)
    return app.run()


@cache
def opened(name: str) -> AppTest:
    """A page as its first visitor sees it, for tests that only read it."""
    return open_page(name)


def markup(app: AppTest) -> str:
    """The HTML of a page: what stands above, the cards, what Streamlit draws, the evidence panel last."""
    pieces = [one["html"] for one in sent(app, "part")]
    pieces += [card[part] for card in sent(app, "chart") for part in ("head", "foot")]
    pieces += [element.proto.body for element in app.get("html")]
    return "\n".join([*pieces, *(panel["html"] for panel in sent(app, "panel"))])


def links(app: AppTest) -> list[dict[str, str]]:
    """The links of a page, each as its attributes and `words`."""
    shown = Links()
    shown.feed(markup(app))
    return shown.links


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.open = False

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a":
            self.open = True
            self.links.append({name: value or "" for name, value in attrs} | {"words": ""})

    def handle_endtag(self, tag) -> None:
        self.open = self.open and tag != "a"

    def handle_data(self, data) -> None:
        if self.open:
            self.links[-1]["words"] += data


def file_of(name: str, query_string: str = "") -> Response:
    """The answer to a request for `files/NAME?QUERY`."""
    return files.answer(_request("files", name, query_string))


def list_of(name: str, query_string: str = "") -> Response:
    """The answer to a request for `lists/NAME?QUERY`, as a fold asks for it when it is opened."""
    return lists.answer(_request("lists", name, query_string))


def fold_of(app: AppTest, identifier: str) -> str:
    """The HTML of what a fold of a page asks for when it is opened."""
    address = re.search(rf'id="{identifier}" data-src="lists/([^"]*)"', markup(app))[1]
    name, _, query_string = html.unescape(address).partition("?")
    answer = list_of(name, query_string)
    assert answer.status_code == 200
    return answer.body.decode()


def _request(folder: str, name: str, query_string: str) -> Request:
    scope = {
        "type": "http", "method": "GET", "path": f"/{folder}/{name}", "path_params": {"name": name},
        "query_string": query_string.encode(), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    return Request(scope)


def table_of(chart: str, **parameters: str) -> str:
    """The HTML of the table of a chart, as a card asks for it when it is opened."""
    return file_of(f"{chart}.html", urlencode(parameters)).body.decode()


def follow(app: AppTest, link: dict[str, str]) -> AppTest:
    """The same page after a click on one of its links, as `ui/parts/part.js` follows it."""
    asked = parse_qs(urlsplit(link["href"]).query)
    if "data-sel" in link:
        asked = {name: app.query_params[name] for name in app.query_params} | {"sel": link["data-sel"]}
    app.query_params.clear()
    app.query_params.update(
        {name: value[-1] if isinstance(value, list) else value for name, value in asked.items()}
    )
    return app.run()


def sent(app: AppTest, name: str) -> list[dict]:
    """What the elements of a name are sent, which a script of ours draws."""
    elements = (element.proto for element in app.get("bidi_component"))
    return [json.loads(one.json) for one in elements if one.component_name == f"cstodash.{name}"]


def charts(app: AppTest) -> list[dict]:
    """What each chart of a page is sent: alt, and two drawings, wide and narrow."""
    layouts = ("wide", "narrow")
    return [one | {layout: json.loads(one[layout]) for layout in layouts} for one in sent(app, "chart")]


def drawings(app: AppTest) -> list[dict]:
    """The drawings of all charts of a page: figure, under, frames, and where they stand."""
    return [chart[layout] for chart in charts(app) for layout in ("wide", "narrow")]

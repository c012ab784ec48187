"""How a page is opened without a browser, and what is read of it."""

import json
from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from loaders import ROOT, load
from query import PAGES
from tests.frozen import FROZEN

DATASET = load(FROZEN)

# Streamlit looks through every installed package for components whenever an AppTest begins: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(name: str, *folds: str, **parameters: str) -> AppTest:
    """A page in a tab of its own, with these parts of it unfolded."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    if name != "overview":
        app.switch_page(PAGES[name].file)
    for fold in folds:
        app.session_state[fold] = True
    app.query_params.update(parameters)
    return app.run()


@cache
def opened(name: str) -> AppTest:
    """A page as its first visitor sees it, for tests that only read it."""
    return open_page(name)


def markup(app: AppTest) -> str:
    """The HTML of a page, that of its evidence panel last."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join([*bodies, *(panel["html"] for panel in sent(app, "panel"))])


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

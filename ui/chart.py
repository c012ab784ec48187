"""A chart on the page: an element of our own, in which the browser draws with plotly.

`parts/chart.js` draws the layout that fits the window, of two that it is sent. Streamlit's own element draws
each chart twice, and a changed one anew (docs/PERFORMANCE.md).
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from charts.scene import Scene
from charts.to_plotly import to_plotly
from ui.underlay import frames, underlay

NAME = "cstodash"
# Streamlit knows a folder of scripts only of an installed package, by its manifest. A script without one it
# would have to run from `blob:`, which the content policy does not allow.
MANIFEST = ComponentManifest(NAME, "1", [ComponentConfig(name, "parts") for name in ("chart", "panel")])


def drawing(scene: Scene, scale: float = 1.0) -> str:
    """What the browser draws of a scene, all its px times `scale`, as JSON."""
    figure = to_plotly(scene, scale)
    margin = figure["layout"]["margin"]
    return json.dumps(
        {
            "figure": figure,
            "under": underlay(scene, scale),
            "frames": frames(scene, scale),
            "left": margin["l"],
            "right": margin["r"],
            "top": round(scene.top * scale, 2),
        },
        separators=(",", ":"),
    )


def plot(wide: str, narrow: str, key: str, alt: str) -> None:
    """Draw a chart of two drawings; `key` is unique on the page. What a click opens is for `ui.panel`."""
    element("chart")(key=key, data={"wide": wide, "narrow": narrow, "alt": alt})


def element(name: str) -> Callable:
    """An element that the browser draws with the script of this name in `parts/`."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{NAME}.{name}") is None:  # of each server the first time
        manager.register_from_manifest(MANIFEST, Path(__file__).parent)
    return _element(name)


@cache
def _element(name: str) -> Callable:
    return component(f"{NAME}.{name}", js=f"{name}.js", isolate_styles=False)

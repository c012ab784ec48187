"""A chart on the page: an element of our own, in which the browser draws with plotly.

`parts/chart.js` draws the layout that fits the window, of two that it is sent. Streamlit's own element draws
each chart twice, and a changed one anew (docs/PERFORMANCE.md).
"""

import json

from charts.scene import Scene
from charts.to_plotly import to_plotly
from ui.elements import element
from ui.underlay import frames, key, underlay


def drawing(scene: Scene, scale: float = 1.0) -> str:
    """What the browser draws of a scene, all its px times `scale`, as JSON."""
    figure = to_plotly(scene, scale)
    margin = figure["layout"]["margin"]
    return json.dumps(
        {
            "figure": figure,
            "key": key(scene.key) if scene.key else "",
            "under": underlay(scene, scale),
            "frames": frames(scene, scale),
            "left": margin["l"],
            "right": margin["r"],
            "top": round(scene.top * scale, 2),
        },
        separators=(",", ":"),
    )


def plot(wide: str, narrow: str, key: str, alt: str, *, head: str = "", foot: str = "") -> None:
    """Draw a chart of two drawings between two pieces of HTML; `key` is unique on the page.

    What a click opens is for `ui.panel`.
    """
    data = {"wide": wide, "narrow": narrow, "alt": alt, "head": head, "foot": foot}
    element("chart")(key=key, data=data)

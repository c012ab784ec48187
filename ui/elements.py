"""Elements of our own, which the browser draws with a script of `parts/`: HTML, a chart, the evidence panel.

Streamlit knows a folder of scripts only of an installed package, by its manifest. A script without one it
would have to run from `blob:`, which the content policy does not allow.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

NAME = "cstodash"
NAMES = ("part", "chart", "panel")
MANIFEST = ComponentManifest(NAME, "1", [ComponentConfig(name, "parts") for name in NAMES])
ADDRESSES = [f"_stcore/bidi-components/{NAME}.{name}/{name}.js" for name in NAMES]


def element(name: str) -> Callable:
    """What draws an element, as `st.components.v2.component` gives it."""
    register()
    return _element(name)


def register() -> None:
    """Tell this server of the elements, if it does not know them."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{NAME}.{NAMES[0]}") is None:
        manager.register_from_manifest(MANIFEST, Path(__file__).parent)


@lru_cache(len(NAMES))
def _element(name: str) -> Callable:
    return component(f"{NAME}.{name}", js=f"{name}.js", isolate_styles=False)

"""What is loaded before the first page is drawn: it is waited for at every start, and stays in memory."""

import json
import subprocess
import sys

from loaders import ROOT

# What the start loads besides the standard library and ours. Streamlit and pandas bring most of it.
STARTED = set(
    "PIL annotated_types anyio brotli click cython_runtime dateutil google markupsafe narwhals numpy "
    "packaging pandas plotly pyarrow pydantic pydantic_core python_multipart starlette streamlit "
    "typing_extensions typing_inspection yaml".split()
)
# What only some visitors need: files to take along, and what checks and measures.
LATER = set(
    "altair dash datasette font_source_sans_pro fontTools frictionless matplotlib pptx pydeck resvg_py "
    "xlsxwriter".split()
)

# What is loaded beside listening. Plotly and narwhals come with Streamlit, in part.
BESIDE = {"numpy", "pandas", "pyarrow", "pydantic", "yaml"}

LOADED = """
import json, sys
import ui.server
if sys.argv[1:]:
    ui.server.get_ready()
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
print(json.dumps("plotly.express" in sys.modules))
"""


def loaded(*, ready: bool) -> tuple[set[str], bool]:
    """Top-level packages that are there once the server listens, or is ready; and if plotly.express is."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED, *(["ready"] if ready else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return set(json.loads(run[0])), json.loads(run[1])


def test_the_start_loads_nothing_that_it_did_not_load_before():
    packages, _ = loaded(ready=True)
    ours = {"ui", "charts", "query", "loaders", "exports"}
    new = {name for name in packages - ours - STARTED - sys.stdlib_module_names if not name.startswith("_")}
    assert new == set()


def test_a_server_listens_before_the_tables_are_there():
    packages, _ = loaded(ready=False)
    assert packages & (BESIDE | {"loaders", "query"}) == set()


def test_what_only_some_visitors_need_is_loaded_for_them_alone():
    packages, express = loaded(ready=True)
    assert packages & LATER == set()
    assert not express

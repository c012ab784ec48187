"""What is loaded before the first page is drawn: it is waited for at every start, and stays in memory."""

import json
import subprocess
import sys

import pytest

from loaders import ROOT

# What the start loads besides the standard library and ours. Streamlit and pandas bring most of it.
STARTED = set(
    "PIL annotated_types anyio brotli click cython_runtime dateutil fontTools font_source_sans_pro "
    "font_source_serif_pro google jinja2 markupsafe narwhals "
    "numpy packaging pandas plotly pyarrow pydantic pydantic_core python_multipart starlette streamlit "
    "typing_extensions typing_inspection yaml".split()
)
# What only some visitors need: files to take along, and what checks and measures.
LATER = set("altair dash datasette docx frictionless matplotlib pptx pydeck resvg_py xlsxwriter".split())

# What is loaded beside listening. Plotly and narwhals come with Streamlit, in part.
BESIDE = {"numpy", "pandas", "pyarrow", "pydantic", "yaml"}

LOADED = """
import json, sys
import ui.server
for ready in (False, True):
    if ready:
        ui.server.get_ready()
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
print(json.dumps("plotly.express" in sys.modules))
"""


@pytest.mark.slow
def test_a_start_loads_what_every_visitor_needs_and_no_more():
    asked = [sys.executable, "-c", LOADED]
    run = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    listening, ready, express = map(json.loads, run.stdout.splitlines())
    assert set(listening) & (BESIDE | {"loaders", "query"}) == set(), "it listens before the tables are there"
    ours = {"ui", "charts", "query", "loaders", "exports"}
    new = {name for name in set(ready) - ours - STARTED - sys.stdlib_module_names if name[0] != "_"}
    assert new == set(), "nothing that it did not load before"
    assert set(ready) & LATER == set(), "what only some visitors need is loaded for them alone"
    assert not express

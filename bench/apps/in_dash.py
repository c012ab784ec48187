"""The chart of the Threats page in Dash: one filter, evidence on a click.

    python -m bench.apps.in_dash PORT

`threats.json` has its figures ready made, their words as annotations. It draws less than the dashboard: no
counts, no table, no link, one chart a page. It has two pages.
"""

import json
import sys

from dash import Dash, Input, Output, dcc, html

import query
from loaders import ROOT, load

TABLES = query.Selection(load(ROOT / "data" / "curated.yaml").tables)
READY = json.loads((ROOT / "bench" / "apps" / "threats.json").read_text("utf-8"))


app = Dash(__name__, update_title=None, suppress_callback_exceptions=True)
PAGE = [
    html.H1("Which threats were stated, and by whom?"),
    dcc.Checklist(list(query.choices(TABLES)["expressed"]), [], id="expressed"),
    dcc.Graph(id="chart", figure=READY["figures"][""], config=READY["config"]),
    html.Div(id="evidence"),
]
OTHER = [html.H1("Actions"), dcc.Graph(figure=READY["figures"]["priority"], config=READY["config"])]
app.layout = [
    dcc.Location(id="address"),
    html.Nav([dcc.Link("Threats", "/"), " ", dcc.Link("Actions", "/actions")]),
    html.Div(PAGE, id="page"),
]


@app.callback(Output("page", "children"), Input("address", "pathname"), prevent_initial_call=True)
def turn(address: str):
    return OTHER if address == "/actions" else PAGE


@app.callback(Output("chart", "figure"), Input("expressed", "value"), prevent_initial_call=True)
def choose(expressed: list[str]):
    return READY["figures"]["~".join(sorted(expressed or ()))]


@app.callback(Output("evidence", "children"), Input("chart", "clickData"), prevent_initial_call=True)
def open_evidence(click: dict):
    """The claim of a mark and its quotes."""
    address = click["points"][0]["customdata"]
    quotes = query.evidence(TABLES, address)["quote"]
    return [html.H2(query.claim(TABLES, address)), *(html.P(f"“{quote}”") for quote in quotes)]


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)

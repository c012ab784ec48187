"""The chart of the Threats page in Dash: the same figure from the same rows, one filter, evidence on a click.

    python -m bench.apps.in_dash PORT

It draws less than the dashboard: no counts, no table, no link, no second chart.
"""

import sys
from functools import lru_cache

from dash import Dash, Input, Output, dcc, html

import query
from charts import theme
from charts.axis import Axis
from charts.chart import chart
from charts.layout import WIDE
from loaders import ROOT, load
from query import View

TABLES = query.Selection(load(ROOT / "data" / "curated.yaml").tables)
AXIS = Axis(query.axis_years(TABLES), query.coverage(TABLES))


@lru_cache(200)
def figure(expressed: tuple[str, ...]):
    """The chart of one choice, as its own cache would hold it."""
    rows = query.select(TABLES, View(expressed=expressed))
    return chart("threats", rows, AXIS).figure(WIDE).plotly()


app = Dash(__name__, update_title=None)
app.layout = [
    html.H1("Which threats were stated, and by whom?"),
    dcc.Checklist(list(query.choices(TABLES)["expressed"]), [], id="expressed"),
    dcc.Graph(id="chart", figure=figure(()), config=theme.CONFIG),
    html.Div(id="evidence"),
]


@app.callback(Output("chart", "figure"), Input("expressed", "value"), prevent_initial_call=True)
def choose(expressed: list[str]):
    """The chart of a filter."""
    return figure(tuple(expressed or ()))


@app.callback(Output("evidence", "children"), Input("chart", "clickData"), prevent_initial_call=True)
def open_evidence(click: dict):
    """The claim of a mark and its quotes."""
    address = click["points"][0]["customdata"]
    quotes = query.evidence(TABLES, address)["quote"]
    return [html.H2(query.claim(TABLES, address)), *(html.P(f"“{quote}”") for quote in quotes)]


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)

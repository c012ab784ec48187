"""The chart of the Threats page in Streamlit as it comes: what the Dash app does, and nothing more.

It says what of the dashboard's time is Streamlit's own. Like the Dash app it draws less than the dashboard.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import query
from charts import theme
from charts.axis import Axis
from charts.chart import chart
from charts.layout import WIDE
from loaders import ROOT, load
from query import View


@st.cache_resource
def read():
    """The tables of the dataset, its axis, and the values of the filter."""
    tables = query.Selection(load(ROOT / "data" / "curated.yaml").tables)
    axis = Axis(query.axis_years(tables), query.coverage(tables))
    return tables, axis, query.choices(tables)["expressed"]


@st.cache_resource
def drawn(expressed: tuple[str, ...]):
    """The figure of one choice."""
    tables, axis, _ = read()
    rows = query.select(tables, View(expressed=expressed))
    return chart("threats", rows, axis).figure(WIDE).plotly()


st.title("Which threats were stated, and by whom?")
tables, _, choices = read()
expressed = st.pills("Expressed as", list(choices), selection_mode="multi", key="expressed")
event = st.plotly_chart(
    drawn(tuple(expressed)), key="chart", config=theme.CONFIG, theme=None, on_select="rerun"
)
evidence = st.container(key="evidence")
for point in event["selection"]["points"][:1]:
    evidence.subheader(query.claim(tables, point["customdata"]))
    for quote in query.evidence(tables, point["customdata"]).to_dict("records"):
        evidence.write(f"“{quote['quote']}”")

"""The chart of the Threats page in Streamlit as it comes, from `threats.json`: all that the Dash app does."""

import json
import sys
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import query
from loaders import ROOT, load


@st.cache_resource
def read():
    """The tables of the dataset, and the figures, made."""
    tables = query.Selection(load(ROOT / "data" / "curated.yaml").tables)
    ready = json.loads((ROOT / "bench" / "apps" / "threats.json").read_text("utf-8"))
    figures = {key: go.Figure(figure, _validate=False) for key, figure in ready["figures"].items()}
    return tables, figures, ready["config"]


st.title("Which threats were stated, and by whom?")
tables, figures, config = read()
choices = list(query.choices(tables)["expressed"])
expressed = st.pills("Expressed as", choices, selection_mode="multi", key="expressed")
figure = figures["~".join(sorted(expressed))]
event = st.plotly_chart(figure, key="chart", config=config, theme=None, on_select="rerun")
evidence = st.container(key="evidence")
for point in event["selection"]["points"][:1]:
    evidence.subheader(query.claim(tables, point["customdata"]))
    for quote in query.evidence(tables, point["customdata"]).to_dict("records"):
        evidence.write(f"“{quote['quote']}”")

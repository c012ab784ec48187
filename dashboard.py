"""The home page, and the file that `streamlit run` takes."""

import streamlit as st

import ui
from charts import overview

# Imported by the server it is the application around all pages; run for a visitor it is the home page.
if __name__ != "__main__":
    app = st.App(__file__, **ui.server())
else:
    page = ui.begin("overview")
    ui.head(page)
    chart, panel = ui.columns()
    with chart:
        order = ui.card(page, overview)
    with panel:
        ui.evidence(page, order, otherwise=ui.quality)
    ui.footer(page)

"""The home page, and the file that `streamlit run` takes."""

import streamlit as st

import ui
from charts import overview

# Imported by the server it is the application around all pages; run for a visitor it is the home page.
if __name__ != "__main__":
    app = st.App(__file__, **ui.server())
else:
    ui.page("overview", overview, otherwise=ui.quality)

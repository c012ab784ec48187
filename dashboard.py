"""The home page, and the file that `streamlit run` takes."""

import ui
from charts import overview

page = ui.begin("overview")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, overview)
with panel:
    ui.evidence(page, order, otherwise=ui.quality)
ui.footer(page)

"""Who came to the sessions, and where no source says."""

import ui
from charts import attendance

page = ui.begin("attendance")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, attendance)
with panel:
    ui.evidence(page, order)
ui.footer(page)

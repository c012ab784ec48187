"""What was signed, adopted or only proposed, and what the sources count."""

import ui
from charts import documents

page = ui.begin("documents")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, documents)
with panel:
    ui.evidence(page, order)
ui.footer(page)

"""What all of it rests on: the documents, paragraph by paragraph."""

import ui
from charts import sources

page = ui.begin("sources")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, sources)
    ui.ledger(page)
with panel:
    ui.evidence(page, order)
ui.footer(page)

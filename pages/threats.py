"""Which threats were stated, in which year, by whom."""

import ui
from charts import speakers, threats

page = ui.begin("threats")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, threats)
    ui.card(page, speakers)
    ui.comparison(page)
with panel:
    ui.evidence(page, order)
ui.footer(page)

"""Who chaired when; a click opens the term."""

import ui
from charts import chairmanship

page = ui.begin("chairmanship")
ui.head(page)
chart, panel = ui.columns()
with chart:
    order = ui.card(page, chairmanship)
with panel:
    ui.evidence(page, order)
ui.footer(page)

"""Who chaired when; a click opens the term."""

import ui
from charts import chairmanship

ui.page("chairmanship", chairmanship)

"""Who chaired when; a click opens the term."""

from charts import chairmanship
from ui.page import page

page("chairmanship", chairmanship)

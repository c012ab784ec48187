"""Which threats were stated, in which year, by whom."""

import ui
from charts import speakers, threats

ui.page("threats", threats, speakers, below=ui.comparison)

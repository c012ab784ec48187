"""Which threats were stated, in which year, by whom."""

from charts import speakers, threats
from ui.compare import comparison
from ui.page import page

page("threats", threats, speakers, below=comparison)

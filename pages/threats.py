"""Which threats were stated, in which year, by whom."""

from ui.compare import comparison
from ui.page import page

page("threats", below=comparison)

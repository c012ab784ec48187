"""Which threats were stated, in which year, by whom."""

from ui.page import page

page("threats")

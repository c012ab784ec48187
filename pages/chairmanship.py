"""Who chaired when; a click opens the term."""

from ui.page import page

page("chairmanship")

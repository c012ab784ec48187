"""Who came to the sessions, and where no source says."""

from ui.page import page

page("attendance")

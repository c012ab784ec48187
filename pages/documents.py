"""What was signed, adopted or only proposed, and what the sources count."""

from ui.page import page

page("documents")

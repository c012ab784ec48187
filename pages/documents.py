"""What was signed, adopted or only proposed, and what the sources count."""

from charts import documents
from ui.page import page

page("documents", documents)

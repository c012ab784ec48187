"""What was signed, adopted or only proposed, and what the sources count."""

import ui
from charts import documents

ui.page("documents", documents)

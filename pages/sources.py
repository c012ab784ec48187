"""What all of it rests on: the documents, paragraph by paragraph."""

import ui
from charts import sources

ui.page("sources", sources, below=ui.ledger)

"""Who came to the sessions, and where no source says."""

import ui
from charts import attendance

ui.page("attendance", attendance)

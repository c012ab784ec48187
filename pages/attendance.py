"""Who came to the sessions, and where no source says."""

from charts import attendance
from ui.page import page

page("attendance", attendance)

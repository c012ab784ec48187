"""Slides for a meeting: chosen charts in order, as files to take along and as screens to walk through."""

from ui.page import page
from ui.tray import briefing

page("briefing", below=briefing)

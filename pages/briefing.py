"""Slides for a meeting: chosen charts in order, as files to take along and as screens to walk through."""

import ui

ui.page("briefing", below=ui.briefing)

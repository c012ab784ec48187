"""Slides for a meeting: chosen charts in order, as files to take along and as screens to walk through."""

import ui

page = ui.begin("briefing")
ui.head(page)
ui.briefing(page)
ui.footer(page)

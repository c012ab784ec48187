"""All Streamlit that pages share. A page is one call of `ui.page`, with its charts and what stands below."""

from ui.compare import comparison
from ui.ledger import ledger
from ui.page import Page, page
from ui.quality import quality
from ui.server import server
from ui.tray import briefing

__all__ = ["Page", "briefing", "comparison", "ledger", "page", "quality", "server"]

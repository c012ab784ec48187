"""All Streamlit that pages share. A page begins with `ui.begin` and puts cards and evidence below it."""

from ui.card import card
from ui.compare import comparison
from ui.evidence import evidence
from ui.ledger import ledger
from ui.page import Page, begin, columns, footer, head
from ui.quality import quality
from ui.server import server
from ui.tray import briefing

__all__ = [
    "Page",
    "begin",
    "briefing",
    "card",
    "columns",
    "comparison",
    "evidence",
    "footer",
    "head",
    "ledger",
    "quality",
    "server",
]

"""What all of it rests on: the documents, paragraph by paragraph."""

from ui.ledger import ledger
from ui.page import page

page("sources", below=ledger)

"""What the Overview says first: what this is, and what stands out, each finding a link to its page."""

from dataclasses import replace

import query
from exports.templates import render
from query import CHARTS, CODED_IN_SHORT
from query.topics import HOME
from ui.card import headline
from ui.state import Page, addressed, page_of


def findings(page: Page) -> str:
    """The headlines of the standard charts under the same view; who chaired stands in the ribbon above."""
    view, ways = query.dump(replace(page.view, sel="", present="")), []
    for topic in CHARTS.values():
        if topic.standard and topic.name != HOME and not topic.of_terms:
            words = headline(page_of(topic, page.dataset, page.view, page.at), topic.name)
            address = addressed(topic.relative, view)
            ways.append({"label": topic.label, "words": words, "address": address})
    return render("top.findings", coded=CODED_IN_SHORT, ways=ways)

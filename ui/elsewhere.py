"""Under the title, while something is searched for: in which other kinds of records it is found."""

from dataclasses import replace

import query
from exports.templates import render
from query import PAGES
from query.records import RECORDS
from ui.card import rows_of
from ui.state import Page, addressed


def elsewhere(page: Page) -> str:
    """What the search finds beside the rows of the page's charts: numbers, links that keep the view."""
    shown: dict[str, list[str]] = {}
    for chart in page.topic.charts:
        for name, rows in rows_of(page, chart.name).items():
            if name in RECORDS:
                shown.setdefault(name, []).extend(rows["id"].tolist())
    hits = query.elsewhere(page.dataset.tables, page.view, shown)
    if not hits:
        return ""
    if not shown:  # a chart of paragraphs, which a search does not filter
        where = "found in"
    else:
        where = "also found in" if any(shown.values()) else "not found on this chart, but in"
    ways = [
        {
            "words": f"{hit.words} ({PAGES[hit.page].label})",
            "address": addressed(
                PAGES[hit.page].relative, query.dump(replace(page.view, sel=hit.opens, present=""))
            ),
        }
        for hit in hits
    ]
    return render("top.elsewhere", words=page.view.q, where=where, ways=ways)

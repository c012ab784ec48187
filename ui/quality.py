"""How far the dataset can be trusted, in numbers; what they speak of can be opened."""

from dataclasses import replace

import query
from exports.templates import render
from ui.elements import element
from ui.lists import fold
from ui.state import Page, addressed, pairs


def quality(page: Page) -> None:
    """Draw the measures, and the way to the page that says more."""
    further = addressed("sources", query.dump(replace(page.view, sel="", present="")))
    html = render("sources.ledger", sections=[measures(page, further)])
    element("part")(key="quality", data={"html": html, "asked": pairs()})


def measures(page: Page, further: str = "") -> str:
    """The measures as a table, and below it the records that some of them speak of.

    `further` is the address of the page that says more.
    """
    rows = query.quality(page.dataset.tables, page.dataset.unconfirmed).to_dict("records")
    opened = [row["measure"] for row in rows if row["opens"]]
    return render(
        "sources.quality",
        coded=query.CODED_BY,
        rows=rows,
        folds=[
            fold(page, f"measured_{number}", measure, "measured", measure)
            for number, measure in enumerate(opened)
        ],
        further=further,
    )

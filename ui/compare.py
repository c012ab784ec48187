"""The way to a comparison of two years or two speakers: a menu in the row of filters of its page."""

import query
from exports.templates import render
from query.topics import SPEAKERS, YEARS
from query.view import SEPARATOR, choices_of
from query.words import joined
from ui.state import Page


def compare(page: Page) -> str:
    """The menu, and in one link the two years or speakers that are chosen already; nothing on other pages."""
    if not any(chart.of_pair for chart in page.topic.charts):
        return ""
    view, tables = page.view, page.dataset.tables
    chosen = [tuple(map(str, choices)) for choices in (view.years, view.speakers) if len(choices) == 2]
    return render(
        "top.compare",
        note=joined(query.name_of(tables, side) for side in view.compare),
        kinds=[(one.label, _sides(tables, one.name)) for one in (YEARS, SPEAKERS)],
        pair=view.compare or ("", ""),
        ways=[
            page.change(compare=SEPARATOR.join(pair))
            | {"words": f"Compare {joined((query.name_of(tables, side) for side in pair), 'with')}"}
            for pair in chosen
            if pair != view.compare
        ],
        end=page.change(compare="") if view.compare else None,
    )


def _sides(tables, parameter: str) -> list[tuple[str, str]]:
    """The choices of a filter, each with its name."""
    return [(str(one), query.name_of(tables, str(one))) for one in choices_of(tables, parameter)]

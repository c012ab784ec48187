"""The filters of each page: links with counts, each to the view with one choice more, or one less."""

import query
from exports.templates import render
from query.topics import Filter
from query.view import LISTS
from query.words import capital, joined
from ui.compare import compare
from ui.lists import changes
from ui.state import Page

STATED = "stated"
FEW = 3  # as many choices stand side by side; more go into a menu
MANY = 100  # sources that the menu lists


def filters(page: Page) -> str:
    """The page's filters in one row, what every page has, and a link that lifts every restriction."""
    restricted = [name for name in (*LISTS, "q", "compare") if getattr(page.view, name)]
    return render(
        "top.filters",
        filters=[_filter(page, one) for one in page.topic.filters],
        support=_support(page),
        compare=compare(page),
        show_all=page.change(**dict.fromkeys(restricted, "")) if restricted else None,
    )


def _filter(page: Page, one: Filter) -> dict:
    parameter, table, tables = one.name, page.topic.cut_by(one), page.dataset.tables
    options = query.options(tables, parameter, table)
    numbers = query.counts(tables, page.view, parameter, table)
    chosen = [choice for choice in getattr(page.view, parameter) if choice in options]
    covered = query.years_covered(page.supported)
    none = "–" if page.view.years and covered.isdisjoint(page.view.years) else "0"
    return {
        "name": parameter,
        "label": one.label,
        "few": len(options) <= FEW,
        "active": chosen,
        "note": f"{len(chosen)} of {len(options)}" if chosen else f"all {len(options)}",
        "choices": [
            page.toggle(parameter, choice)
            | {
                "name": capital(one.called.get(choice) or query.name_of(tables, choice)),
                "number": numbers.get(choice, none),
            }
            for choice in options
        ],
    }


def _support(page: Page) -> str:
    """What every claim may have to rest on: the same on every page."""
    view, tables = page.view, page.dataset.tables
    sources = query.choices(tables)["without"]
    unlisted = len(sources) - MANY
    limits = [f"{joined(view.basis)} only"] * bool(view.basis)
    limits += [f"{len(sources) - len(view.without)} of {len(sources)} sources"] * bool(view.without)
    return render(
        "top.support",
        note=", ".join(limits) or f"all {len(sources)} sources",
        active=limits,
        stated=page.toggle("basis", STATED),
        sources=[
            page.toggle("without", source) | {"name": query.name_of(tables, source), "number": ""}
            for source in sources[:MANY]
        ],
        more=f"and {unlisted} more, on the page Sources" if unlisted > 0 else "",
    )


def restrictions(page: Page) -> list[dict]:
    """Visible lines where claims or sources are set aside, or filters of other pages are still set.

    Each has `text`; the line of a source also `folds`, which open what is lost and what is kept without it.
    """
    view, parts, lines = page.view, [], []
    if view.basis:
        parts.append(f"only what is {joined(view.basis)}")
    if view.without:
        names = [query.name_of(page.dataset.tables, source) for source in view.without]
        parts.append(f"nothing that rests on {joined(names)} alone, be it a record, a date or a name")
    if parts:
        lines.append({"text": f"Every chart, count and table here shows {' and '.join(parts)}.", "folds": []})
    for source in view.without if page.topic.charts else ():  # where there is no panel, nothing opens
        lines.append(
            {
                "text": f"Without {query.name_of(page.dataset.tables, source)}:",
                "folds": changes(page, source, "now_"),
            }
        )
    if elsewhere := query.set_elsewhere(page.dataset.tables, view, page.topic.name):
        lines.append({"text": f"Set on another page, and kept for it: {joined(elsewhere)}.", "folds": []})
    return lines

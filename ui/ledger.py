"""Below the chart of the Sources page: dataset, documents, sample, quality, agreement, what is missing."""

import query
from exports.templates import render
from query.words import capital
from ui import lists, release
from ui.elements import element
from ui.lists import AGREEMENT, fold, part
from ui.quality import measures
from ui.state import Page, pairs


def ledger(page: Page) -> None:
    """The dataset to take, the documents one by one, the sample in numbers, then today's gaps as a to-do."""
    tables = page.dataset.tables
    sections = [
        render("sources.release", dataset=page.dataset, name=release.NAME, files=release.FILES),
        _changes(page),
        render("sources.documents", documents=part(page, "documents")) if len(tables["sources"]) else "",
        render(
            "sources.sample", tables=[(label, part(page, "table", label)) for label in query.sample(tables)]
        ),
        measures(page),
        _agreement(page),
        _gaps(page),
    ]
    html = render("sources.ledger", sections=sections)
    element("part")(key="ledger", data={"html": html, "asked": pairs()})


def _changes(page: Page) -> str:
    """What changed since the version before; nothing where that is not known."""
    changes = page.dataset.changes
    if changes is None:
        return ""
    folds = [
        fold(page, f"changed_{number}", kind, "changed", kind)
        for number, kind in enumerate(query.history(page.dataset.tables, changes))
    ]
    return render("sources.changes", since=changes.since, folds=folds)


def _agreement(page: Page) -> str:
    """How often the two codings agree, by field; and every difference with what was settled."""
    fields = lists.codings().fields
    return render(
        "sources.agreement",
        units=int(fields["n"].sum()),
        agreeing=int(fields["agree"].sum()),
        coders=query.CODERS,
        fewest=query.FEWEST,
        table=part(page, "table", AGREEMENT),
        differences=fold(page, "differences", "Where they differ, and what was settled", "differences"),
    )


def _gaps(page: Page) -> str:
    """What no source says today, by kind; each place can be opened."""
    kinds = query.gaps(page.dataset.tables)["kind"]
    folds = [
        fold(page, f"gaps_{number}", capital(kind), "gaps", kind)
        for number, kind in enumerate(dict.fromkeys(kinds))
    ]
    return render("sources.gaps", number=len(kinds), folds=folds)

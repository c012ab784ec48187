"""What the evidence panel says of a selected mark: in which words, where they stand, and what leads on.

    evidence(Opened(page, order)) -> HTML

The same stands in the panel and on the page that the mark has as an address of its own (`ui.panel`). Ways to
other records are links to their addresses there; in the dashboard `parts/part.js` follows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

import query
from exports.evidence import Evidence, Place, Who, document
from exports.templates import render
from loaders import originals
from query import View
from query.address import Address
from query.nouns import DOCUMENT
from query.outline import MAIN
from query.records import RECORDS, filled_in, split
from query.wording import NOTE
from query.words import capital, joined
from ui import state
from ui.state import Page

FIRST = 8  # records behind a headline that stand in the panel before anything is chosen
LIST = 50  # entries of a list that stand there at once; the others come in parts of so many


@dataclass(frozen=True)
class Opened:
    """What is open beside a chart: the selection of a page's view, or nothing.

    `order` holds the addresses that Previous and Next walk, in chart order, `behind` those of what the
    headline speaks of; `part` is that of a long list.
    """

    page: Page
    order: tuple[str, ...]
    behind: tuple[str, ...] = ()
    part: int = 1

    @cached_property
    def address(self) -> Address | None:
        """None where nothing is selected, or only sources that are set aside support it."""
        return query.resolve(self.page.view.sel, self.page.supported) if self.page.view.sel else None

    @property
    def row(self) -> dict:
        return query.row_of(self.page.supported, self.address)

    @property
    def link(self) -> str:
        """The address of the page, with all that it shows."""
        return state.link(self.page.view, self.page.dataset, self.page.at)


def evidence(opened: Opened) -> str:
    """What stands in the panel: the steps, and what is selected or an invitation to select."""
    page = opened.page
    if not page.view.sel:
        inside = _first(opened)
    elif opened.address:
        inside = _selected(opened)
    else:
        aside = joined(query.name_of(page.dataset.tables, source) for source in page.view.without)
        inside = render("panel.gone", sources=aside, way=page.change(without=""))
    number, previous, following = _steps(opened)
    return render(
        "panel.panel",
        number=number,
        previous=previous,
        following=following,
        inside=inside,
        selected=page.view.sel,
        clear=page.change(sel=""),
    )


def _first(opened: Opened) -> str:
    """What is worth reading first: motto and priorities of the terms, else what the headline speaks of."""
    page, leads, terms = opened.page, [], []
    if page.view.q:
        return _hits(page)
    for address in opened.behind[:FIRST]:
        way = page.way(query.claim(page.supported, address), address)
        if page.topic.of_terms:
            row = query.row_with(page.supported, "chairmanships", address)
            priorities = page.supported["priorities"]
            named = priorities.loc[priorities["chairmanship"].eq(address), "summary"].tolist()
            terms.append(way | {"motto": row["motto"], "priorities": named})
        else:
            leads.append(way)
    return render("panel.invitation", leads=leads, terms=terms)


def _hits(page: Page) -> str:
    """What a search finds, by kind: in which words, who and when."""
    selected, kinds = query.select(page.dataset.tables, page.view), []
    for name in RECORDS:
        rows = selected[name][~filled_in(selected[name])]
        ids = rows["id"].tolist()
        lines = query.outlines(page.supported, ids[:LIST], page.view.q)
        hits = [page.way(line.what, record) | line._asdict() for record, line in lines.items()]
        kinds.append({"title": query.kinds(name, rows), "number": len(ids), "hits": hits})
    return render("panel.hits", sought=page.view.q, kinds=[kind for kind in kinds if kind["number"]])


def _selected(opened: Opened) -> str:
    page, address = opened.page, opened.address
    kind = address.table if address.kind == "record" else address.kind
    is_record = address.kind == "record"
    return render(
        "panel.selected",
        outside=is_record and page.view.sel not in opened.order and not _shown(page, address),
        claim=query.claim(page.supported, page.view.sel),
        said=_SAID.get(kind, _record)(opened),
        taken=_taken(opened) if is_record else "",
        link=opened.link,
        further=_FURTHER.get(kind, _ways)(opened),
    )


def _shown(page: Page, address: Address) -> bool:
    return bool(page.tables[address.table]["id"].eq(address.key).any())


def _steps(opened: Opened) -> tuple[str, dict | None, dict | None]:
    """Which of how many, and Previous and Next in chart order, so that everything is reached by keyboard.

    They lead around, so that neither is ever gone from below the focus.
    """
    order, sel, way = opened.order, opened.page.view.sel, opened.page.way
    place = order.index(sel) if sel in order else -1
    before = _before(opened) if place < 0 else place
    number = f"{place + 1} of {len(order)}" if place >= 0 else f"{len(order)} to read" if order else ""
    previous = way("Previous", order[place - 1 if place >= 0 else before]) if before >= 0 else None
    following = way("Next", order[(before + 1) % len(order)]) if order else None
    return number, previous, following


def _before(opened: Opened) -> int:
    """The place after which a whole cell, `CATEGORY.YEAR`, is walked; -1 for what has no place."""
    if opened.address is None or opened.address.kind != "bar":
        return -1
    ids = _statements(opened.page.tables, opened.address)["id"]
    return min((opened.order.index(record) for record in ids if record in opened.order), default=0) - 1


def _taken(opened: Opened) -> str:
    """What one takes away from a record: its citation, and a report of what is wrong with it."""
    dataset = {name: getattr(opened.page.dataset, name) for name in ("title", "version", "date", "hash")}
    arguments = (opened.page.supported, opened.address, dataset, opened.link)
    return render(
        "record.taken",
        footnote=query.footnote(*arguments[:3]),
        citation=query.citation(*arguments),
        bibtex=query.bibtex(*arguments),
        report=query.report(*arguments),
        mail=query.mail(
            *arguments, state.link(View(sel=opened.page.view.sel), opened.page.dataset, opened.page.at)
        ),
    )


# ---- one record ----


def _record(opened: Opened) -> str:
    page, row = opened.page, opened.row
    fields = _fields(page.supported, opened.address.table, row)
    record = Evidence(**_quotes(page, opened.address), **_coded(page, row, fields))
    return render("record.evidence", record=record)


def _ways(opened: Opened) -> str:
    """From a record to its occasion and its term."""
    row = opened.row
    ways = (row.get("event"), "Everything about this occasion"), (row.get("chairmanship"), "The whole term")
    lines = [opened.page.way(words, opens) for opens, words in ways if opens]
    return render("parts.ways", ways=lines, onward=True)


def _quotes(page, address) -> dict:
    """The words that carry the claim; what contradicts it; what supports the rest."""
    places = query.places(page.supported, address.key)
    support = [place for place in places if place["relation"] != "contradicts"]
    main = [place for place in support if MAIN[address.table] in split(place["proves"])] or support[:1]
    others = [place for place in support if place not in main]
    return {
        "main": [_place(page, place) for place in main],
        "who": _who(page.supported, address),
        "contrary": [_place(page, place) for place in places if place not in support],
        "others": [_place(page, place) for place in others],
        "folded": True,
    }


def _who(tables, address) -> Who | None:
    """Who said it, in which role and on which occasion; only statements have a speaker."""
    row = query.row_of(tables, address)
    if address.table != "threats":
        return None
    return Who(query.name_of(tables, row["speaker"]), row["role"], query.occasion(tables, row["event"]))


def _place(page, place) -> Place:
    source = query.row_with(page.supported, "sources", place["source"])
    return Place(
        words=place["quote"],
        source=place["source"],
        paragraph=place["paragraph"],
        publisher=source["publisher"],
        address=query.passage(source["url"], place["quote"]),
        proves=query.proved(place["proves"]),
        confirmed=(place["source"], place["paragraph"], place["quote"]) not in page.dataset.unconfirmed,
    )


def _coded(page, row, fields: list[tuple[str, str]]) -> dict:
    """What is coded, what is inferred and why, and the documents that the record cites."""
    tables = page.supported
    reasons = [(query.inferred(field), reason) for field, reason in _inferences(tables).get(row["id"], [])]
    cited = {place["source"] for place in query.places(tables, row["id"])}
    sources = [query.row_with(tables, "sources", name) for name in tables["sources"]["id"] if name in cited]
    return {
        "fields": fields,
        "reasons": [*reasons, (NOTE, row["note"])] if row["note"] else reasons,
        "documents": [document(source) for source in sources],
    }


# the fields that the panel lists; the others stand in the claim, in the quotes or below them
LISTED = {
    "threats": ("Category", "Expressed as", "Role", "Region", "Mentions"),
    "attendance": ("Party", "Status", "Person", "Role", "Session"),
    "documents": ("Counted as", "Kind", "Status", "Date", "Occasion", "Signatories"),
    "events": ("Kind", "Body", "Date", "Place", "Format", "Chair", "Status"),
    "document_counts": ("Number reported", "The source's verb", "Occasion"),
    "priorities": ("Order", "Term"),
    "chairmanships": ("Person", "Status"),
}


def _fields(tables, table: str, row) -> list[tuple[str, str]]:
    """What is coded, in words; silence is said, not left out."""
    words = query.fields(tables, row)
    return [(column, words[column]) for column in (*LISTED[table], "Sources", "Basis")]


@query.remembered
def _inferences(tables) -> dict[str, list[tuple[str, str]]]:
    """id of a record -> the fields that are inferred, each with its reason."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record, field, reason in tables["inferences"][["record", "field", "reason"]].itertuples(index=False):
        found.setdefault(record, []).append((field, reason))
    return found


# ---- lists of records ----


def _lists(opened: Opened, titled: list[tuple]) -> str:
    """Lists of records as ways to them, of pairs of a title and addresses; those that are empty are left out.

    A title says how many there are, or the number that follows the addresses.
    """
    return render("panel.lists", lists=[_list(opened, *one) for one in titled if len(one[1])])


def _list(opened: Opened, title: str, addresses: Sequence[str], number: int | None = None) -> dict:
    parts = -(-len(addresses) // LIST)
    part = min(opened.part, parts)
    own = opened.page.way("", opened.page.view.sel)["address"]
    return {
        "title": title,
        "number": number or len(addresses),
        "part": part,
        "parts": [(one, f"{own}&part={one}") for one in range(1, parts + 1)] if parts > 1 else [],
        "ways": [
            opened.page.way(query.claim(opened.page.supported, address), address)
            for address in list(addresses)[(part - 1) * LIST : part * LIST]
        ],
    }


def _event(opened: Opened) -> str:
    tables = opened.page.supported
    records = query.records_of_event(tables, opened.address.key)
    documents = {row["id"] for row in query.rows_of(tables, DOCUMENT)}
    return _ways(opened) + _lists(
        opened,
        [
            ("Numbers of documents reported", records["document_counts"]),
            ("Documents", [name for name in records["documents"] if name in documents]),
            ("Proposals and other matters", [name for name in records["documents"] if name not in documents]),
            ("Attendance stated", records["attendance"]),
            ("Statements", records["threats"]),
        ],
    )


def _silence(opened: Opened) -> str:
    """A party that nobody mentions: which texts were read, and that none of them says it."""
    tables = opened.page.supported
    sources = dict.fromkeys(place["source"] for place in query.places(tables, opened.address.key))
    read = joined(query.name_of(tables, source) for source in sources)
    return render("panel.silence", read=read, one=len(sources) == 1)


def _occasion(opened: Opened) -> str:
    way = opened.page.way("Everything about this occasion", opened.address.key)
    return render("parts.ways", ways=[way], onward=True)


def _in_place(opened: Opened) -> str:
    """The paragraph between its neighbours, the quoted words marked, where the text is at hand."""
    tables, source, number = opened.page.supported, opened.address.key, int(opened.address.part)
    quoted = tables["evidence"]
    file = query.row_with(tables, "sources", source)["file"]
    text = originals.paragraphs(state.originals_folder(), file)
    shown = range(max(number - 1, 1), min(number + 1, len(text)) + 1) if number <= len(text) else ()
    quotes = quoted.loc[quoted["source"].eq(source) & quoted["paragraph"].eq(number), "quote"].unique()
    paragraphs = [
        {
            "number": at,
            "chosen": at == number,
            "pieces": originals.passages(text[at - 1], list(quotes) if at == number else []),
        }
        for at in shown
    ]
    return render("panel.in_place", paragraphs=paragraphs, reason=_row_of_paragraph(opened)["reason"])


def _facts(opened: Opened) -> str:
    if _row_of_paragraph(opened)["use"] == "skipped":
        return ""
    source, number = opened.address.key, int(opened.address.part)
    facts = query.facts_of_paragraph(opened.page.supported, source, number)
    return _lists(opened, [("Facts from this paragraph", facts)])


def _row_of_paragraph(opened: Opened) -> dict:
    rows = opened.page.supported["paragraphs"]
    here = rows["source"].eq(opened.address.key) & rows["paragraph"].eq(int(opened.address.part))
    return rows[here].to_dict("records")[0]


def _statements(tables, address: Address) -> pd.DataFrame:
    """The statements of a bar, `CATEGORY.YEAR`."""
    threats = tables["threats"]
    return threats[threats["category"].eq(address.key) & threats["year"].eq(int(address.part))]


def _empty_bar(opened: Opened) -> str:
    """What was read about a year in which a category has no statement."""
    tables, year = opened.page.supported, int(opened.address.part)
    if len(_statements(tables, opened.address)):
        return ""
    read = joined(query.reporting(query.coverage(tables), year))
    return render("panel.empty_bar", read=read, uncovered=capital(query.uncovered((year,))))


def _bar(opened: Opened) -> str:
    ids = _statements(opened.page.supported, opened.address)["id"]
    shown = ids.isin(opened.page.tables["threats"]["id"])
    return _lists(opened, [("Statements", ids[shown]), ("Outside the current filters", ids[~shown])])


# ---- a term ----


def _dates(opened: Opened) -> str:
    """From when to when a term lasts, in the words of the sources."""
    words = query.fields(opened.page.supported, opened.row)
    record = Evidence(**_quotes(opened.page, opened.address))
    return render("panel.dates", start=words["Start"], end=words["End"], record=record)


def _term(opened: Opened) -> str:
    """All that the sources say about a term, each item a way to its own evidence."""
    page, row = opened.page, opened.row
    tables = page.supported
    shown = query.of_term(tables, row["id"])
    years = query.term_years(tables, row["id"], query.axis_years(page.dataset.tables))
    silent = tuple(year for year in years if year not in query.years_covered(tables))
    sessions = query.attendance_numbers(tables, shown["sessions"])
    view = query.dump(replace(page.view, years=years, sel=""))
    coded = Evidence(**_coded(page, row, _fields(tables, "chairmanships", row)))
    return render(
        "panel.term",
        motto=row["motto"],
        priorities=_lists(opened, [("Priorities", shown["priorities"])]),
        silence=capital(query.uncovered(silent)) if silent else "",
        events=_lists(
            opened, [("Events", shown["events"]), ("Announced, not known to be held", shown["announced"])]
        ),
        numbers=[{"occasion": query.occasion(tables, one["event"]), **one} for one in sessions],
        records=_lists(
            opened,
            [
                ("Said to be absent", shown["absent"]),
                ("Numbers of documents reported", shown["document_counts"]),
                ("Documents", shown["documents"]),
                ("Proposals and other matters", shown["matters"]),
                ("Statements, by category", shown["bars"], len(shown["threats"])),
            ],
        ),
        pages=[
            (words, state.addressed(topic, view))
            for words, topic in (
                ("Its statements", "threats"),
                ("Its documents", "documents"),
                ("Its attendance", "attendance"),
            )
        ],
        coded=render("record.coded", record=coded),
    )


# What is selected -> what is said of it, and what can be opened from there
_SAID = {"chairmanships": _dates, "cell": _silence, "paragraph": _in_place, "bar": _empty_bar}
_FURTHER = {"chairmanships": _term, "events": _event, "cell": _occasion, "paragraph": _facts, "bar": _bar}

"""The evidence panel: what the selected mark says, in which words, and where they stand."""

from collections.abc import Callable
from urllib.parse import quote as percent

import pandas as pd
import streamlit as st

import query
from exports.evidence import Evidence, Place, Who, document
from exports.templates import render
from loaders import originals
from query.nouns import DOCUMENT
from query.records import split
from query.wording import NOTE
from query.words import capital, joined
from ui import paging, state
from ui.record_list import Line, record_list
from ui.term import term
from ui.text import write

# the field whose words carry a record's claim; they stand first and large
MAIN = {
    "events": "title",
    "chairmanships": "state",
    "priorities": "summary",
    "attendance": "status",
    "documents": "status",
    "document_counts": "count",
    "threats": "expressed_as",
}


def evidence(page, order: tuple[str, ...], otherwise: Callable | None = None) -> None:
    """The panel beside a chart. `order` holds the addresses that Previous and Next walk, in chart order.

    `otherwise` draws what stands below the invitation while nothing is selected.
    """
    order = tuple(dict.fromkeys(order))
    selected = query.resolve(page.view.sel, page.supported) if page.view.sel else None
    # the steps stay the same elements whatever is selected, or the focus would leave Next with each rerun
    with st.container(key="evidence", gap="small"):
        _steps(page, order)
        if page.view.sel:
            with st.container(key="panel", gap="small"):
                if selected:
                    _panel(page, selected, order)
                else:
                    _gone(page)
                _clear()
            return
        write("panel.invitation")
        if otherwise:
            otherwise(page)


def _gone(page) -> None:
    """What is said of a selected record, or paragraph, that only sources which are set aside support."""
    aside = joined(query.name_of(page.dataset.tables, source) for source in page.view.without)
    write("panel.gone", sources=aside)
    st.button("Show it with all sources", key="with_all", on_click=state.change, kwargs={"without": ()})


def _clear() -> None:
    st.button(
        "Clear",
        key="clear",
        type="tertiary",
        icon=":material/close:",
        on_click=state.change,
        kwargs={"sel": ""},
    )


def _panel(page, selected, order: tuple[str, ...]) -> None:
    """What the selected place says, as one piece of HTML, and below it the ways on."""
    kind = selected.table if selected.kind == "record" else selected.kind
    is_record = selected.kind == "record"
    link = state.link(page.view, page.dataset)
    write(
        "panel.selected",
        outside=is_record and page.view.sel not in order and not _shown(page, selected),
        claim=query.claim(page.supported, page.view.sel),
        said=_SAID.get(kind, _record)(page, selected),
        taken=_taken(page, selected, link) if is_record else "",
        link=link,
    )
    _FURTHER.get(kind, _ways)(page, selected)


def _shown(page, address) -> bool:
    return bool(page.tables[address.table]["id"].eq(address.key).any())


def _steps(page, order: tuple[str, ...]) -> None:
    """Which of how many, and Previous and Next in chart order, so that everything is reached by keyboard.

    They lead around: a button that is disabled at the end would lose the focus.
    """
    place = order.index(page.view.sel) if page.view.sel in order else -1
    before = _before(page, order) if place < 0 else place
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="small"):
        number = f"{place + 1} of {len(order)}" if place >= 0 else f"{len(order)} to read" if order else ""
        write("panel.step", number=number)
        for label, icon, target in (
            ("Previous", "arrow_back", place - 1 if place >= 0 else before),
            ("Next", "arrow_forward", before + 1),
        ):
            possible = bool(order) and (before >= 0 or label == "Next")
            st.button(
                label,
                key=f"step_{label}",
                type="tertiary",
                icon=f":material/{icon}:",
                icon_position="left" if label == "Previous" else "right",
                disabled=not possible,
                on_click=state.change,
                kwargs={"sel": order[target % len(order)] if possible else ""},
            )


def _before(page, order: tuple[str, ...]) -> int:
    """The place after which a whole cell, `CATEGORY.YEAR`, is walked; -1 for what has no place."""
    selected = query.resolve(page.view.sel, page.supported)
    if selected is None or selected.kind != "bar":
        return -1
    held = _held(page.tables, selected)["id"]
    return min((order.index(record) for record in held if record in order), default=0) - 1


def _taken(page, address, link: str) -> str:
    """What one takes away from a record: its citation, and a report of what is wrong with it."""
    dataset = {name: getattr(page.dataset, name) for name in ("title", "version", "date", "hash")}
    arguments = (page.supported, address, dataset, link)
    report = query.report(*arguments)
    return render(
        "record.taken",
        citation=query.citation(*arguments),
        bibtex=query.bibtex(*arguments),
        report=report,
        mail=f"mailto:?subject={percent(f'Problem with {address.key}')}&body={percent(report)}",
    )


# ---- one record ----


def _record(page, address) -> str:
    row = query.row_of(page.supported, address)
    fields = _fields(page.supported, address.table, row)
    return render("record.evidence", record=Evidence(**_quotes(page, address), **_coded(page, row, fields)))


def _ways(page, address) -> None:
    """From a record to its occasion and its term."""
    row = query.row_of(page.supported, address)
    ways = (row.get("event"), "Everything about this occasion"), (row.get("chairmanship"), "The whole term")
    _go([Line(words, opens) for opens, words in ways if opens])


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
    """What is coded, in words; silence is said, not left out. Sources are named by their publishers."""
    words = query.fields(tables, row) | {"Sources": query.publishers(tables, row["source"])}
    return [(column, words[column]) for column in (*LISTED[table], "Sources", "Basis")]


@query.remembered
def _inferences(tables) -> dict[str, list[tuple[str, str]]]:
    """id of a record -> the fields that are inferred, each with its reason."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record, field, reason in tables["inferences"][["record", "field", "reason"]].itertuples(index=False):
        found.setdefault(record, []).append((field, reason))
    return found


# ---- lists of records ----


def _go(lines: list[Line]) -> None:
    record_list(lines, "go", arrow=True)


def _list(page, title: str, addresses: list[str], number: int | None = None) -> None:
    """The records behind some addresses as ways to them; the title says `number`, or how many there are."""
    if addresses:
        write("parts.heading", title=title, number=number or len(addresses))
        with st.container(gap="xxsmall"):
            part = paging.part(addresses, f"{page.view.sel}_{title}")
            _go([Line(query.claim(page.supported, address), address) for address in part])


def _event(page, address) -> None:
    _ways(page, address)
    found = query.records_of_event(page.supported, address.key)
    documents = {row["id"] for row in query.rows_of(page.supported, DOCUMENT)}
    named = [name for name in found["documents"] if name in documents]
    others = [name for name in found["documents"] if name not in documents]
    for title, addresses in (
        ("Numbers of documents reported", found["document_counts"]),
        ("Documents", named),
        ("Proposals and other matters", others),
        ("Attendance stated", found["attendance"]),
        ("Statements", found["threats"]),
    ):
        _list(page, title, addresses)


def _silence(page, address) -> str:
    """A party that nobody mentions: which texts were read, and that none of them says it."""
    tables = page.supported
    sources = dict.fromkeys(place["source"] for place in query.places(tables, address.key))
    read = joined(query.name_of(tables, source) for source in sources)
    return render("panel.silence", read=read, one=len(sources) == 1)


def _cell(page, address) -> None:
    _go([Line("Everything about this occasion", address.key)])


def _in_place(page, address) -> str:
    """The paragraph between its neighbours, the quoted words marked, where the text is at hand."""
    sources, quoted = page.supported["sources"], page.supported["evidence"]
    source, number = address.key, int(address.part)
    file = sources.loc[sources["id"] == source, "file"].iloc[0]
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
    row = _row_of_paragraph(page, address)
    return render("panel.in_place", paragraphs=paragraphs, reason=row["reason"])


def _facts(page, address) -> None:
    if _row_of_paragraph(page, address)["use"] != "skipped":
        facts = query.facts_of_paragraph(page.supported, address.key, int(address.part))
        _list(page, "Facts from this paragraph", facts)


def _row_of_paragraph(page, address) -> dict:
    rows = page.supported["paragraphs"]
    here = rows["source"].eq(address.key) & rows["paragraph"].eq(int(address.part))
    return rows[here].to_dict("records")[0]


def _held(tables, address) -> pd.DataFrame:
    """The statements of a bar, `CATEGORY.YEAR`."""
    threats = tables["threats"]
    return threats[threats["category"].eq(address.key) & threats["year"].eq(int(address.part))]


def _empty_bar(page, address) -> str:
    """What was read about a year in which a category has no statement."""
    if len(_held(page.supported, address)):
        return ""
    read = joined(query.reporting(query.coverage(page.supported), int(address.part)))
    return render("panel.empty_bar", read=read, uncovered=capital(query.uncovered((int(address.part),))))


def _bar(page, address) -> None:
    held = _held(page.supported, address)
    shown = held["id"].isin(page.tables["threats"]["id"])
    _list(page, "Statements", list(held.loc[shown, "id"]))
    _list(page, "Outside the current filters", list(held.loc[~shown, "id"]))


def _dates(page, address) -> str:
    """From when to when a term lasts, in the words of the sources."""
    row = query.row_of(page.supported, address)
    words = query.fields(page.supported, row)
    return render(
        "panel.dates", start=words["Start"], end=words["End"], record=Evidence(**_quotes(page, address))
    )


def _term(page, address) -> None:
    tables = page.supported
    row = query.row_of(tables, address)
    term(page, row, _list)
    write("record.coded", record=Evidence(**_coded(page, row, _fields(tables, "chairmanships", row))))


# What is selected -> what is said of it, and what can be opened from there
_SAID = {"chairmanships": _dates, "cell": _silence, "paragraph": _in_place, "bar": _empty_bar}
_FURTHER = {"chairmanships": _term, "events": _event, "cell": _cell, "paragraph": _facts, "bar": _bar}

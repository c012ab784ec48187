"""The evidence panel: what the selected mark says, in which words, and where they stand."""

from collections.abc import Callable
from urllib.parse import quote as percent

import pandas as pd
import streamlit as st
from markupsafe import Markup

import query
from loaders import originals
from query.nouns import DOCUMENT
from query.words import capital, joined
from ui import paging, state
from ui.term import term
from ui.text import bullets, copied, each, fold, literal, write

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
MARKED = {True: "<mark>{}</mark>", False: "{}"}
INVITATION = "Choose a mark, or press Next, to read what was said, by whom, and where it stands."


def evidence(page, order: tuple[str, ...], otherwise: Callable | None = None) -> None:
    """The panel beside a chart. `order` holds the addresses that Previous and Next walk, in chart order.

    `otherwise` draws what stands below the invitation while nothing is selected.
    """
    order = tuple(dict.fromkeys(order))
    selected = query.resolve(page.view.sel, page.supported) if page.view.sel else None
    gone = bool(page.view.sel) and selected is None
    # the steps stay the same elements whatever is selected, or the focus would leave Next with each rerun
    with st.container(key="evidence", gap="small"):
        _steps(page, order)
        if gone:
            with st.container(key="panel", gap="small"):
                _gone(page)
            return
        if selected is None:
            write('<p class="soft">{text}</p>', text=INVITATION)
            if otherwise:
                otherwise(page)
            return
        with st.container(key="panel", gap="small"):
            _panel(page, selected, order)


def _gone(page) -> None:
    """What is said of a selected record, or paragraph, that only sources which are set aside support."""
    aside = joined(query.name_of(page.dataset.tables, source) for source in page.view.without)
    write(
        '<p class="soft outside">Without {sources}, no source supports what was selected.</p>',
        sources=aside,
    )
    st.button("Show it with all sources", key="with_all", on_click=state.change, kwargs={"without": ()})
    _clear()


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
    outside = page.view.sel not in order and selected.kind == "record" and not _shown(page, selected)
    write(
        '{outside}<h2 class="claim">{claim}</h2>{said}<div class="folds">{taken}</div>',
        outside=Markup('<p class="soft outside">The selected record is outside the current filters.</p>')
        if outside
        else "",
        claim=query.claim(page.supported, page.view.sel),
        said=_SAID.get(kind, _record)(page, selected),
        taken=_taken(page, selected),
    )
    _FURTHER.get(kind, _ways)(page, selected)
    _clear()


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
        write('<p class="step" id="evidence" tabindex="-1"><b>Evidence</b> {number}</p>', number=number)
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


def _taken(page, address) -> Markup:
    """What one takes away from a record: its citation, its link, a report of what is wrong with it."""
    link = state.link(page.view, page.dataset)
    if address.kind != "record":
        return fold("Copy link", copied(link))
    dataset = {name: getattr(page.dataset, name) for name in ("title", "version", "date", "hash")}
    arguments = (page.supported, address, dataset, link)
    report = query.report(*arguments)
    mail = f"mailto:?subject={percent(f'Problem with {address.key}')}&body={percent(report)}"
    return Markup("{}{}{}").format(
        fold("Copy citation", copied(query.citation(*arguments)) + copied(query.bibtex(*arguments))),
        fold(
            "Report a problem", copied(report) + Markup('<p><a href="{}">Write a mail</a></p>').format(mail)
        ),
        fold("Copy link", copied(link)),
    )


# ---- one record ----


def _record(page, address) -> Markup:
    tables = page.supported
    row = query.row_of(tables, address)
    return Markup("{}{}{}{}").format(
        _quotes(page, address),
        _table(_fields(tables, address.table, row)),
        _reasons(tables, row),
        _sources(page, row["id"]),
    )


def _ways(page, address) -> None:
    """From a record to its occasion and its term."""
    row = query.row_of(page.supported, address)
    if row.get("event"):
        _go(page, row["event"], "Everything about this occasion")
    if row.get("chairmanship"):
        _go(page, row["chairmanship"], "The whole term")


def _quotes(page, address) -> Markup:
    """The words that carry the claim, the first large; what contradicts it; what supports the rest."""
    tables = page.supported
    items = query.places(tables, address.key)
    against = [item for item in items if item["relation"] == "contradicts"]
    support = [item for item in items if item not in against]
    main = [item for item in support if MAIN[address.table] in item["proves"].split("~")] or support[:1]
    quotes = [_place(page, item) | {"who": ""} for item in main]
    quotes[0]["who"] = _who(tables, address)
    others = [_place(page, item) for item in support if item not in main]
    label = f"Also read: {len(others)} more {'place' if len(others) == 1 else 'places'}"
    return Markup('<div class="quotes">{main}</div>{against}{others}').format(
        main=each(_MAIN_QUOTE, quotes),
        against=each(_CONTRARY, [_place(page, item) | {"who": ""} for item in against]),
        others=fold(label, Markup('<ul class="places">{}</ul>').format(each(_OTHER_QUOTE, others)))
        if others
        else "",
    )


def _who(tables, address) -> Markup:
    """Who said it, in which role and on which occasion; only statements have a speaker."""
    row = query.row_of(tables, address)
    if address.table != "threats":
        return Markup("")
    role = f", {row['role']}" if row["role"] else ""
    return Markup('<p class="who"><b>{speaker}</b>{role} <span class="soft">{occasion}</span></p>').format(
        speaker=query.name_of(tables, row["speaker"]),
        role=role,
        occasion=query.occasion(tables, row["event"]),
    )


_MAIN_QUOTE = (
    "<blockquote>“{quote}”</blockquote>{who}"
    '<p class="place"><a href="{url}" target="_blank" rel="noopener">{publisher}, paragraph {paragraph}</a>'
    ' <span class="soft">{locator} · {check}</span></p>'
)
_CONTRARY = (
    f'<p class="notice">Not all quoted words agree on: {{fields}}.</p><div class="quotes">{_MAIN_QUOTE}</div>'
)
_OTHER_QUOTE = (
    '<li>“{quote}” <span class="soft">{fields}: <a href="{url}" target="_blank" rel="noopener">{publisher}, '
    "paragraph {paragraph}</a>, {locator}</span></li>"
)


def _place(page, item) -> dict:
    source = query.row_with(page.supported, "sources", item["source"])
    confirmed = (item["source"], item["paragraph"], item["quote"]) not in page.dataset.unconfirmed
    return {
        "quote": item["quote"],
        "url": query.passage(source["url"], item["quote"]),
        "publisher": source["publisher"],
        "paragraph": item["paragraph"],
        "locator": f"{item['source']}.{item['paragraph']}",
        "check": "quoted words found in this paragraph" if confirmed else "quoted words not checked here",
        "fields": joined(_field(name) for name in item["proves"].split("~") if name),
    }


def _sources(page, record: str) -> Markup:
    """The documents that a record cites: who published them, the printed date, what to bear in mind."""
    tables = page.supported
    cited = {place["source"] for place in query.places(tables, record)}
    rows = [query.row_with(tables, "sources", name) for name in tables["sources"]["id"] if name in cited]
    documents = each(
        "<p><b>{publisher}</b>: {title}. Printed date: {printed}.</p><ul>{caveats}</ul>",
        [
            {
                "publisher": source["publisher"],
                "title": source["title"],
                "printed": source["date_words"] if source["printed_date"] else "none",
                "caveats": bullets(source["caveats"]),
            }
            for source in rows
        ],
    )
    return fold(f"The {'document' if len(cited) == 1 else 'documents'} behind it", documents)


def _field(name: str) -> str:
    return name.replace("_", " ")


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


def _table(fields: list[tuple[str, str]]) -> Markup:
    rows = each(
        '<tr><th scope="row">{label}</th><td>{value}</td></tr>', [{"label": a, "value": b} for a, b in fields]
    )
    return Markup('<table class="fields"><tbody>{}</tbody></table>').format(rows)


def _reasons(tables, row) -> Markup:
    """What is inferred and why, and the note."""
    found = _inferences(tables).get(row["id"], [])
    lines = [{"label": f"Inferred: {_field(field)}.", "text": reason} for field, reason in found]
    if row["note"]:
        lines.append({"label": "Note.", "text": row["note"]})
    return Markup('<div class="reasons">{}</div>').format(each("<p><b>{label}</b> {text}</p>", lines))


@query.remembered
def _inferences(tables) -> dict[str, list[tuple[str, str]]]:
    """id of a record -> the fields that are inferred, each with its reason."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record, field, reason in tables["inferences"][["record", "field", "reason"]].itertuples(index=False):
        found.setdefault(record, []).append((field, reason))
    return found


# ---- lists of records ----


def _go(page, address: str, label: str) -> None:
    st.button(
        literal(label),
        key=f"go_{address}",
        type="tertiary",
        icon=":material/arrow_forward:",
        icon_position="right",
        on_click=state.change,
        kwargs={"sel": address},
    )


def _list(page, title: str, addresses: list[str], number: int | None = None) -> None:
    """The records behind some addresses as ways to them; the title says `number`, or how many there are."""
    if addresses:
        write("<h3>{title}</h3>", title=f"{title}: {number or len(addresses)}")
        with st.container(gap="xxsmall"):
            for address in paging.part(addresses, f"{page.view.sel}_{title}"):
                _go(page, address, query.claim(page.supported, address))


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


def _silence(page, address) -> Markup:
    """A party that nobody mentions: which texts were read, and that none of them says it."""
    tables = page.supported
    sources = dict.fromkeys(place["source"] for place in query.places(tables, address.key))
    read = joined(query.name_of(tables, source) for source in sources)
    verb = "It does not say" if len(sources) == 1 else "None of them says"
    return Markup(
        "<p>Read about this occasion: {}. {} whether this party was present or absent. "
        "That is silence, not absence.</p>"
    ).format(read, verb)


def _cell(page, address) -> None:
    _go(page, address.key, "Everything about this occasion")


def _in_place(page, address) -> Markup:
    """The paragraph between its neighbours, the quoted words marked, where the text is at hand."""
    sources, quoted = page.supported["sources"], page.supported["evidence"]
    source, number = address.key, int(address.part)
    file = sources.loc[sources["id"] == source, "file"].iloc[0]
    text = originals.paragraphs(state.originals_folder(), file)
    if number > len(text):
        said = Markup(
            '<p class="soft">The text itself is not part of this project and is not at hand here.</p>'
        )
    else:
        said = Markup("")
        for at in range(max(number - 1, 1), min(number + 1, len(text)) + 1):
            here = quoted["source"].eq(source) & quoted["paragraph"].eq(at) & (at == number)
            pieces = originals.passages(text[at - 1], list(quoted.loc[here, "quote"].unique()))
            said += Markup('<p class="{}"><span class="soft">{}</span> {}</p>').format(
                "in-place" if at == number else "in-place soft",
                at,
                Markup("").join(Markup(MARKED[piece.marked]).format(piece.text) for piece in pieces),
            )
    row = _row_of_paragraph(page, address)
    if row["use"] == "skipped":
        said += Markup("<p><b>Read and not coded.</b> {}</p>").format(row["reason"])
    return said


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


def _empty_bar(page, address) -> Markup:
    """What was read about a year in which a category has no statement."""
    if len(_held(page.supported, address)):
        return Markup("")
    rows = query.coverage(page.supported)
    read = joined(rows.loc[rows["year"] == int(address.part), "label"])
    if not read:
        return Markup("<p>{}. That is silence, not absence.</p>").format(
            capital(query.uncovered((int(address.part),)))
        )
    return Markup(
        "<p>Read about this year: {}. No statement in what was read was coded under this category. "
        "That is not to say that nobody spoke of it.</p>"
    ).format(read)


def _bar(page, address) -> None:
    held = _held(page.supported, address)
    shown = held["id"].isin(page.tables["threats"]["id"])
    _list(page, "Statements", list(held.loc[shown, "id"]))
    _list(page, "Outside the current filters", list(held.loc[~shown, "id"]))


def _dates(page, address) -> Markup:
    """From when to when a term lasts, in the words of the sources."""
    row = query.row_of(page.supported, address)
    words = query.fields(page.supported, row)
    return Markup('<p class="soft">Start: {}. End: {}.</p>{}').format(
        words["Start"], words["End"], _quotes(page, address)
    )


def _term(page, address) -> None:
    tables = page.supported
    row = query.row_of(tables, address)
    term(page, row, _list)
    write(
        "{fields}{reasons}{sources}",
        fields=_table(_fields(tables, "chairmanships", row)),
        reasons=_reasons(tables, row),
        sources=_sources(page, row["id"]),
    )


# What is selected -> what is said of it, and what can be opened from there
_SAID = {"chairmanships": _dates, "cell": _silence, "paragraph": _in_place, "bar": _empty_bar}
_FURTHER = {"chairmanships": _term, "events": _event, "cell": _cell, "paragraph": _facts, "bar": _bar}

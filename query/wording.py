"""A record in words: its name, its occasion and date, its claim, what its mark says, its fields.

Everything that shows a record takes its words from here: hover, panel, table, CSV, slide, citation, report.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import pandas as pd

from query import vocabulary
from query.address import Address, resolve, row_of
from query.coverage import NONE_REPORTED, UNCOVERED, years_covered
from query.nouns import (
    ACTION,
    ANNOUNCED_SESSION,
    DOCUMENT,
    MATTER,
    REPORTED_NUMBER,
    STATEMENT,
    THREAT,
    is_announced,
    is_document,
)
from query.records import CLAIM, Tables, row_with, rows_in, source_names, split, whole
from query.selection import remembered
from query.term import TALLIED, tally
from query.vocabulary import NOT_STATED
from query.words import capital, counted, field_names, joined, listed, quotation

# table -> the column that holds what a row is called
NAMED = {
    "states": "name",
    "people": "name",
    "bodies": "name",
    "categories": "label",
}
SIDES = ("start", "end")  # of a term
# ids that the schema reserves and no table names
SECRETARY = "SG"
RESERVED = {SECRETARY: "the Secretary General", "source_text": "the source's own text"}
MONTHS = "January February March April May June July August September October November December".split()
OWN_COLUMN = {  # a column that no other table has -> its table
    "expressed_as": "threats",
    "party": "attendance",
    "signatories": "documents",
    "verb": "document_counts",
    "body": "events",
    "motto": "chairmanships",
    "order": "priorities",
    "use": "paragraphs",
}
# table -> fields of which another line of the mark says that they are inferred
SAID_INFERRED = defaultdict(tuple, chairmanships=("state", *SIDES))
NOTHING = "nothing"  # where no field is inferred, or contradicted
NOTE = "Note."  # before the note of a record
DERIVED = {"Year", "Mentions", "Counted as", "Named of that occasion", *map(capital, TALLIED)}
OPENS_FIRST = "opens the first of them"  # of a mark of many records whose address is that of one
UNSETTLED = "none for certain"  # where records may fall into this term or into another
NO_DATE = "not known, for no date of the term is stated"


def table_of(row: Mapping) -> str:
    """The table that a row is of, told by the column that only this table has."""
    return next(table for column, table in OWN_COLUMN.items() if column in row)


# ---- names ----


@remembered
def name_of(tables: Tables, identifier: str) -> str:
    """The name of a state, party, person, body, category or source; of a term, that of its state.

    An id without a name is its own name.
    """
    if identifier in (names := _names(tables)):
        return names[identifier]
    term = row_with(tables, "chairmanships", identifier)
    return name_of(tables, term["state"]) if term else RESERVED.get(identifier, identifier)


@remembered
def _names(tables: Tables) -> Mapping[str, str]:
    """id -> what it is called, of all that have a name of their own."""
    named = (zip(tables[table]["id"], tables[table][column], strict=True) for table, column in NAMED.items())
    return dict(chain.from_iterable(named)) | source_names(tables)


def party_of(tables: Tables, identifier: str) -> str:
    """The name of a party where it stands alone, without the article that a sentence gives it."""
    return name_of(tables, identifier).removeprefix("the ")


def parties(tables: Tables) -> tuple[str, ...]:
    """Ids of all that can attend, in the order of the rows: the states, then the Secretary General."""
    return (*tables["states"]["id"], SECRETARY)


def publishers(tables: Tables, cell: str) -> str:
    """The sources of a `~` list by their publishers: `sb.by and pm.kz`."""
    return joined(name_of(tables, source) for source in split(cell))


def printed(source: Mapping) -> str:
    """Which date the page of a source prints: `printed date 16 May 2022`."""
    return f"printed date {source['date_words']}" if source["printed_date"] else "no printed date"


# ---- occasions and dates ----


@remembered
def events(tables: Tables) -> Mapping[str, Mapping]:
    """id -> row of every event, also of those that a filter hides: other records refer to them."""
    return {row["id"]: row for row in rows_in(whole(tables), "events")}


def occasion(tables: Tables, event: str) -> str:
    """An event in one phrase: title, place, date in words.

    An event outside these tables shows its id; where no title is stated, what kind of event it is.
    """
    row = events(tables).get(event)
    if row is None:
        return event
    kind = vocabulary.EVENT_KIND[row["kind"]] if row["kind"] else "event"
    untitled = "" if row["title"] else f"{kind}, title not stated"
    return ", ".join(part for part in (untitled, *_title_and_place(row), row["date_words"]) if part)


def title_and_place(event: Mapping) -> str:
    """What an event is called where its date stands elsewhere: title, and place if that does not hold it."""
    return ", ".join(_title_and_place(event)) or NOT_STATED


def _title_and_place(event: Mapping) -> list[str]:
    place = "" if event["place"] in event["title"] else event["place"]
    return [part for part in (event["title"], place) if part]


def event_kind(event: Mapping) -> str:
    """`session, held`: what an event is and whether it is known to have taken place."""
    return f"{vocabulary.EVENT_KIND[event['kind']]}, {vocabulary.EVENT_STATUS[event['status']]}"


def date_of(tables: Tables, row: Mapping) -> str:
    """The date of a record in words: its own, or that of its occasion with a remark that it is that."""
    if row.get("earliest"):
        return row["date_words"]
    event = events(tables).get(row["event"])
    return f"{event['date_words']} (the occasion's)" if event and event["earliest"] else "date not stated"


def abbreviated(date_words: str) -> str:
    """A date of the tables without what it does not state, its month in three letters: `1 Jan 2024`."""
    head = date_words.partition(",")[0]
    return " ".join(word[:3] if word in MONTHS else word for word in head.split())


def term_dates(row: Mapping) -> str:
    """Start and end of a term in short words, as exact as the source: `2023 to 31 Dec 2023, end inferred`."""
    start, end = (abbreviated(row[f"{side}_words"]) * bool(row[f"{side}_earliest"]) for side in SIDES)
    inferred = [side for side in SIDES if side in split(row["inferred"])]
    tail = ", announced" * is_announced(row) + (f", {joined(inferred)} inferred" if inferred else "")
    if not start and not end:
        return f"start and end not stated{tail}"
    if not start:  # a term of which only the year of its end is known ends somewhere in that year
        until = "to" if row["end_earliest"] == row["end_latest"] else "into"
        return f"{until} {end}, start not stated{tail}"
    if not end:
        return f"from {start}, end not stated{tail}"
    return (start if start == end else f"{start} to {end}") + tail


def side_of(row: Mapping, side: str) -> str:
    """Start or end of a term: `31 December 2023 (inferred)`."""
    text = row[f"{side}_words"] if row[f"{side}_earliest"] else NOT_STATED
    return text + " (inferred)" * (side in split(row["inferred"]))


def statuses(row: Mapping) -> str:
    """All statuses of a document: `signed and adopted`."""
    return listed(row["status"], vocabulary.DOCUMENT_STATUS)


# ---- claims ----


@remembered
def claim(tables: Tables, text: str, *, doubt: bool = True) -> str:
    """The claim behind an address, in one line; `doubt` adds which parts of it are inferred or contradicted.

    It reports, and does not judge. An address that stands for nothing here gives an empty text.
    """
    address = resolve(text, tables)
    if address is None:
        return ""
    if address.kind != "record":
        return capital(_PLACES[address.kind](tables, address))
    row = row_of(tables, address)
    return capital(_CLAIMS[address.table](tables, row) + (_doubt(address.table, row) if doubt else ""))


def _doubt(table: str, row: Mapping) -> str:
    """Which part of the claim is only inferred, and which one some source contradicts."""
    doubts = []
    for doubt in ("inferred", "contradicted"):
        fields = "~".join(name for name in CLAIM[table] if name in split(row[doubt]))
        doubts += [f"{doubt}: {field_names(fields)}"] if fields else []
    return f" ({'; '.join(doubts)})" if doubts else ""


def _term_claim(tables: Tables, row: Mapping) -> str:
    start, end = row["start_earliest"][:4], row["end_latest"][:4]
    if start and end:
        years = start if start == end else f"{start} to {end}"
    else:
        years = f"from {start}" if start else f"into {end}" if end else "years not stated"
    person = f": {name_of(tables, row['person'])}" if row["person"] else ""
    chair = "announced for the chair" if is_announced(row) else "in the chair"
    return f"{name_of(tables, row['state'])} {chair}, {years}{person}"


def _seat_claim(tables: Tables, row: Mapping) -> str:
    party, status = name_of(tables, row["party"]), vocabulary.ATTENDANCE[row["status"]]
    return f"{party} is reported {status}: {occasion(tables, row['event'])}"


def _silent_seat(tables: Tables, address: Address) -> str:
    party = name_of(tables, address.part)
    return f"No source says whether {party} took part: {occasion(tables, address.key)}"


def _paragraph(tables: Tables, address: Address) -> str:
    return f"Paragraph {address.part} of {name_of(tables, address.key)}"


def _bar(tables: Tables, address: Address) -> str:
    year = int(address.part)
    number = _cells(tables)[address.key, year]
    silent = year not in years_covered(tables)
    said = STATEMENT.counted(number) if number else UNCOVERED if silent else "no statement reported"
    return f"{name_of(tables, address.key)} in {year}: {said}"


@remembered
def _cells(tables: Tables) -> Counter:
    """How many statements each category has in each year."""
    return Counter(zip(*(tables["threats"][name].tolist() for name in ("category", "year")), strict=True))


_CLAIMS = {
    "events": lambda tables, row: occasion(tables, row["id"]) + " (announced)" * is_announced(row),
    "chairmanships": _term_claim,
    "priorities": lambda tables, row: row["summary"],
    "attendance": _seat_claim,
    "documents": lambda tables, row: f"{row['title'] or 'Title not stated'}: {statuses(row)}",
    "document_counts": lambda tables, row: f"The source counts {_documents(row)} {quotation(row['verb'])}",
    "threats": lambda tables, row: f"{name_of(tables, row['speaker'])}: {row['summary']}",
}
_PLACES = {"cell": _silent_seat, "paragraph": _paragraph, "bar": _bar}

# ---- what it rests on ----


def proved(cell: str) -> str:
    """What quoted words prove of a record: a `~` list of fields in words, or that they only say it again."""
    return field_names(cell) or "a further mention"


def inferred(field: str) -> str:
    """What stands before the reason for a field that is inferred: `Inferred: end.`"""
    return f"Inferred: {field_names(field)}."


# ---- marks ----


def label(tables: Tables, row: Mapping) -> str:
    """What the mark of one row says, line by line. `row` is of a table of records, or of `paragraphs`."""
    table = table_of(row)
    lines = _LABELS[table](tables, row)
    if inferred := [name for name in split(row.get("inferred", "")) if name not in SAID_INFERRED[table]]:
        lines.append(f"inferred: {field_names('~'.join(inferred))}")
    if row.get("contradicted"):
        lines.append(f"disagreement on: {field_names(row['contradicted'])}")
    return "\n".join(line for line in lines if line)


def label_of_many(head: str, rows: Sequence[Mapping], *, opens_first: bool = False) -> str:
    """What a mark of many statements says below its `head`, such as `Arms race, 2023`."""
    threats = sum(map(THREAT.holds, rows))
    lines = [f"{head}: {STATEMENT.counted(len(rows))}", threats_and_actions(threats, len(rows) - threats)]
    return "\n".join([*lines, *[OPENS_FIRST] * opens_first]) + disagreeing(rows)


def threats_and_actions(threats: int, actions: int) -> str:
    """`3 threats and 5 actions`; a kind of which there are none is not named."""
    numbers = (THREAT, threats), (ACTION, actions)
    return joined(noun.counted(number) for noun, number in numbers if number)


def disagreeing(rows: Sequence[Mapping]) -> str:
    """The last line of a mark of many: about how many of them sources or passages disagree; or nothing."""
    number = sum(bool(row["contradicted"]) for row in rows)
    return f"\n{vocabulary.CONTRADICTED} about {number} of them" if number else ""


def _source(tables: Tables, row: Mapping) -> str:
    return f"source: {publishers(tables, row['source'])}"


def _documents(row: Mapping) -> str:
    return counted(row["count"], "document")


def _with_role(tables: Tables, person: str, role: str) -> str:
    return ", ".join(part for part in (name_of(tables, person), role) if part)


def _statement_label(tables: Tables, row: Mapping) -> list[str]:
    return [
        f"{name_of(tables, row['category'])}: {vocabulary.EXPRESSED[row['expressed_as']]}",
        row["summary"],
        _with_role(tables, row["speaker"], row["role"]),
        occasion(tables, row["event"]),
        f"{counted(row['mentions'], 'mention')} in {publishers(tables, row['source'])}",
    ]


def _seat_label(tables: Tables, row: Mapping) -> list[str]:
    party, where = party_of(tables, row["party"]), occasion(tables, row["event"])
    head = f"{party}: {vocabulary.ATTENDANCE[row['status']]}"
    if row["status"] == "not_stated":
        return [head, "no source says whether they came", where]
    return [head, _with_role(tables, row["person"], row["role"]), where, _source(tables, row)]


def _document_label(tables: Tables, row: Mapping) -> list[str]:
    of_occasion = row["event"] in events(tables) and not row["earliest"]
    return [
        row["title"] or "title not stated",
        f"{vocabulary.DOCUMENT_KIND[row['kind']]}: {statuses(row)}",
        occasion(tables, row["event"]),
        "" if of_occasion else f"date: {date_of(tables, row)}",
        _source(tables, row),
    ]


def _count_label(tables: Tables, row: Mapping) -> list[str]:
    named = documents_named(tables)[row["event"]]
    return [
        f"{_documents(row)} {row['verb']}, says {publishers(tables, row['source'])}",
        occasion(tables, row["event"]),
        f"{DOCUMENT.counted(named) if named else 'no document'} of this occasion named in our sources",
    ]


@remembered
def documents_named(tables: Tables) -> Counter:
    """event -> how many documents of it are named, whatever a filter on documents shows."""
    rows = rows_in(whole(tables), "documents")
    return Counter(row["event"] for row in rows if row["event"] and is_document(row))


def _term_label(tables: Tables, row: Mapping) -> list[str]:
    numbers = tally(tables, row["id"])
    none = "for certain" if numbers["unsettled"] else "reported"
    counts = [
        noun.counted(numbers[name]) if numbers[name] else f"no {noun.one} {none}"
        for name, noun in TALLIED.items()
        if numbers[name] is not None
    ]
    return [
        f"Chairmanship of {name_of(tables, row['state'])}, "
        + (name_of(tables, row["person"]) or "no person named"),
        f"start: {side_of(row, 'start')}",
        f"end: {side_of(row, 'end')}",
        joined(counts) or UNCOVERED,
        ANNOUNCED_SESSION.counted(numbers["announced"]) if numbers["announced"] else "",
        "the term itself is only announced" if is_announced(row) else "",
        "the term itself is inferred" if row["basis"] == "inferred" else "",
    ]


def _paragraph_label(tables: Tables, row: Mapping) -> list[str]:
    where = f"{name_of(tables, row['source'])}, paragraph {row['paragraph']}"
    if row["use"] == "cited":
        return [where, f"cited by {counted(_citing(tables)[row['source'], row['paragraph']], 'record')}"]
    return [where, f"{vocabulary.PARAGRAPH_USE[row['use']]}: {row['reason']}"]


@remembered
def _citing(tables: Tables) -> Counter:
    """(source, paragraph) -> how many records cite it."""
    columns = (tables["evidence"][name].tolist() for name in ("record", "source", "paragraph"))
    return Counter((source, number) for _, source, number in set(zip(*columns, strict=True)))


_LABELS = {
    "threats": _statement_label,
    "attendance": _seat_label,
    "documents": _document_label,
    "document_counts": _count_label,
    "events": lambda tables, row: [
        capital(event_kind(row)),
        occasion(tables, row["id"]),
        _source(tables, row),
    ],
    "chairmanships": _term_label,
    "priorities": lambda tables, row: [row["summary"], _source(tables, row)],
    "paragraphs": _paragraph_label,
}

# ---- fields ----

Field = Callable[[Tables, Mapping], str | int]


def fields(tables: Tables, row: Mapping) -> dict[str, str | int]:
    """All that is coded of one row, column by column: text or a whole number; silence is said in words.

    `row` is of a table of records, or of `paragraphs`.
    """
    return {column: field(tables, row) for column, field in FIELDS[table_of(row)].items()}


def coded(tables: Tables, row: Mapping) -> dict[str, str | int]:
    """The fields of a row that a curator entered; those that are empty or worked out are missing."""
    silence = ("", NOT_STATED, NOTHING)
    said = fields(tables, row).items()
    return {column: value for column, value in said if column not in DERIVED and value not in silence}


def _name(column: str) -> Field:
    return lambda tables, row: name_of(tables, row[column]) or NOT_STATED


def _text(column: str, silence: str = NOT_STATED) -> Field:
    return lambda tables, row: row[column] or silence


def _word(column: str, called: Mapping[str, str]) -> Field:
    return lambda tables, row: called[row[column] if row.get(column) else ""]


def _number(column: str) -> Field:
    return lambda tables, row: NOT_STATED if pd.isna(row[column]) else str(row[column])


def _field_names(column: str) -> Field:
    return lambda tables, row: field_names(row[column]) or NOTHING


def _occasion(tables: Tables, row: Mapping) -> str:
    return occasion(tables, row["event"]) or NOT_STATED


def _signatories(tables: Tables, row: Mapping) -> str:
    return joined(name_of(tables, state) for state in split(row["signatories"])) or NOT_STATED


def _tallied(name: str) -> Field:
    """How much falls into a term; what is only announced stands beside the sessions."""

    def field(tables: Tables, row: Mapping) -> str:
        numbers = tally(tables, row["id"])
        dated = row["start_earliest"] or row["end_latest"]
        if numbers[name] is None:
            text = UNCOVERED if dated else NO_DATE
        else:
            text = str(numbers[name] or (UNSETTLED if numbers["unsettled"] else NONE_REPORTED))
        return text + f"; {numbers['announced']} announced" * bool(
            name == "sessions" and numbers["announced"]
        )

    return field


_SUPPORT: dict[str, Field] = {
    "Sources": lambda tables, row: publishers(tables, row["source"]),
    "Basis": _text("basis"),
    "Inferred": _field_names("inferred"),
    "Contradicted": _field_names("contradicted"),
    "Note": _text("note", ""),
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "threats": {
        "Category": _name("category"),
        "Year": _number("year"),
        "Expressed as": _word("expressed_as", vocabulary.EXPRESSED),
        "Speaker": _name("speaker"),
        "Role": _text("role"),
        "Occasion": _occasion,
        "Summary": _text("summary"),
        "Region": _text("region"),
        "Mentions": lambda tables, row: row["mentions"],
        **_SUPPORT,
    },
    "attendance": {
        "Party": lambda tables, row: party_of(tables, row["party"]),
        "Session": _occasion,
        "Status": _word("status", vocabulary.ATTENDANCE),
        "Person": _name("person"),
        "Role": _text("role"),
        **_SUPPORT,
        "Sources": lambda tables, row: publishers(tables, row["source"]) or "none mentions it",
        "Basis": _text("basis", "no source says"),
    },
    "documents": {
        "Title": _text("title"),
        "Counted as": lambda tables, row: DOCUMENT.one if is_document(row) else MATTER.one,
        "Kind": _word("kind", vocabulary.DOCUMENT_KIND),
        "Status": lambda tables, row: statuses(row),
        "Date": date_of,
        "Occasion": _occasion,
        "Signatories": _signatories,
        **_SUPPORT,
    },
    "document_counts": {
        "Counted as": lambda tables, row: REPORTED_NUMBER.one,
        "The source's verb": _text("verb"),
        "Date": date_of,
        "Occasion": _occasion,
        "Number reported": _number("count"),
        "Named of that occasion": lambda tables, row: str(
            documents_named(tables)[row["event"]] or NONE_REPORTED
        ),
        **_SUPPORT,
    },
    "events": {
        "Title": _text("title"),
        "Kind": _word("kind", vocabulary.EVENT_KIND),
        "Body": _name("body"),
        "Date": _text("date_words"),
        "Place": _text("place"),
        "Format": _word("format", vocabulary.FORMAT),
        "Chair": _name("chair"),
        "Status": _word("status", vocabulary.EVENT_STATUS),
        **_SUPPORT,
    },
    "chairmanships": {
        "State": _name("state"),
        "Person": _name("person"),
        "Start": lambda tables, row: side_of(row, "start"),
        "End": lambda tables, row: side_of(row, "end"),
        "Motto": _text("motto"),
        **{capital(name): _tallied(name) for name in TALLIED},
        "Status": _word("status", vocabulary.TERM_STATUS),
        **_SUPPORT,
    },
    "priorities": {
        "Summary": _text("summary"),
        "Order": _number("order"),
        "Term": _name("chairmanship"),
        **_SUPPORT,
    },
    "paragraphs": {
        "Source": lambda tables, row: f"{row['source']}  {name_of(tables, row['source'])}",
        "Title": lambda tables, row: row_with(tables, "sources", row["source"])["title"],
        "Paragraph": lambda tables, row: row["paragraph"],
        "Use": _word("use", vocabulary.PARAGRAPH_USE),
        "Records that cite it": lambda tables, row: _citing(tables)[row["source"], row["paragraph"]],
        "Reason": _text("reason", ""),
    },
}


def outline(tables: Tables, row: Mapping) -> dict[str, str]:
    """A record in columns that all tables share: `Kind`, `What` it is, `Date`, and `Who` did or said it."""
    words = fields(tables, row)
    match table_of(row):
        case "chairmanships":
            kind, what, date, who = "chairmanship", words["State"], term_dates(row), words["Person"]
        case "events":
            kind, what, date, who = event_kind(row), title_and_place(row), words["Date"], words["Chair"]
        case "documents":
            kind = f"{words['Counted as']}: {words['Status']}"
            what, date, who = words["Title"], words["Date"], NOT_STATED
        case "threats":
            kind = f"{words['Category']}: {words['Expressed as']}"
            date = events(tables).get(row["event"], {}).get("date_words", NOT_STATED)
            what, who = words["Summary"], words["Speaker"]
    return {"Kind": kind, "What": what, "Date": date, "Who": who}

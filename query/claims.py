"""What an address says, in one line of plain words. It reports; it does not judge."""

from collections.abc import Mapping

import pandas as pd

from query.address import Address, resolve

Tables = Mapping[str, pd.DataFrame]

SECRETARY_GENERAL = {"SG": "the Secretary General"}
OWN_VOICE = {"source_text": "the source's own text"}


def row_of(tables: Tables, address: Address) -> Mapping:
    """The row of a record. Raises KeyError for an address that is no record of these tables."""
    rows = tables[address.table]
    found = rows[rows["id"] == address.key].to_dict("records")
    if not found:
        raise KeyError(address.key)
    return found[0]


def name_of(tables: Tables, identifier: str) -> str:
    """The name of a state, party, person, body, category, source or term; the id itself where there is none."""
    for table, column in (
        ("states", "name"),
        ("people", "name"),
        ("bodies", "name"),
        ("categories", "label"),
        ("sources", "publisher"),
    ):
        rows = tables[table]
        found = rows.loc[rows["id"] == identifier, column]
        if len(found):
            return found.iloc[0]
    terms = tables["chairmanships"]
    states = terms.loc[terms["id"] == identifier, "state"]
    if len(states):
        return name_of(tables, states.iloc[0])
    return (SECRETARY_GENERAL | OWN_VOICE).get(identifier, identifier)


def occasion(tables: Tables, event: str) -> str:
    """An event in one phrase: title, place where the title does not hold it, date in words."""
    rows = tables["events"]
    found = rows[rows["id"] == event].to_dict("records")
    if not found:
        return event
    row = found[0]
    place = "" if row["place"] in row["title"] else row["place"]
    return ", ".join(part for part in (row["title"], place, row["date_words"]) if part)


def claim(tables: Tables, text: str) -> str:
    """The claim behind an address. An address that stands for nothing here gives an empty text."""
    address = resolve(text, tables)
    if address is None:
        return ""
    say = _KINDS[address.kind if address.kind != "record" else address.table]
    return _capital(say(tables, address))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _event(tables, address):
    row = row_of(tables, address)
    planned = " (announced)" if row["status"] == "planned" else ""
    return occasion(tables, row["id"]) + planned


def _chairmanship(tables, address):
    row = row_of(tables, address)
    person = f", {name_of(tables, row['person'])}" if row["person"] else ""
    return name_of(tables, row["state"]) + person


def _attendance(tables, address):
    row = row_of(tables, address)
    return f"{name_of(tables, row['party'])} was {row['status']}: {occasion(tables, row['event'])}"


def _document(tables, address):
    row = row_of(tables, address)
    return f"{row['title']}: {row['status'].replace('~', ' and ').replace('_', ' ')}"


def _count(tables, address):
    row = row_of(tables, address)
    return f"{row['count']} documents {row['verb']}, says the source"


def _summary(tables, address):
    return row_of(tables, address)["summary"]


def _cell(tables, address):
    who = name_of(tables, address.part)
    return f"no source says whether {who} took part: {occasion(tables, address.key)}"


def _paragraph(tables, address):
    return f"paragraph {address.part} of {name_of(tables, address.key)}"


def _bar(tables, address):
    threats = tables["threats"]
    year = int(address.part)
    number = int((threats["category"].eq(address.key) & threats["year"].eq(year)).sum())
    return f"{name_of(tables, address.key)} in {year}: {number} {'statement' if number == 1 else 'statements'}"


_KINDS = {
    "events": _event,
    "chairmanships": _chairmanship,
    "priorities": _summary,
    "attendance": _attendance,
    "documents": _document,
    "document_counts": _count,
    "threats": _summary,
    "cell": _cell,
    "paragraph": _paragraph,
    "bar": _bar,
}


def attendance_numbers(tables: Tables, events: list[str]) -> list[dict]:
    """For each of these sessions: `occasion` and how many parties are `present`, `absent`, `not_stated`."""
    rows = tables["attendance"]
    found = []
    for event in events:
        number = rows.loc[rows["event"] == event, "status"].value_counts()
        found.append({"occasion": occasion(tables, event)} | {key: int(number.get(key, 0)) for key in _STATUSES})
    return found


_STATUSES = ("present", "absent", "not_stated")

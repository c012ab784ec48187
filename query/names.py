"""What ids are called: the names of vocabularies, an event in one phrase."""

from query.records import Tables

# table -> the column that holds what a row is called
NAMED = {
    "states": "name",
    "people": "name",
    "bodies": "name",
    "categories": "label",
    "sources": "publisher",
}
# ids that the schema reserves and no table names
RESERVED = {"SG": "the Secretary General", "source_text": "the source's own text"}


def name_of(tables: Tables, identifier: str) -> str:
    """The name of a state, party, person, body, category or source; of a term, that of its state.

    An id without a name is its own name.
    """
    for table, column in NAMED.items():
        rows = tables[table]
        found = rows.loc[rows["id"] == identifier, column]
        if len(found):
            return found.iloc[0]
    terms = tables["chairmanships"]
    states = terms.loc[terms["id"] == identifier, "state"]
    return name_of(tables, states.iloc[0]) if len(states) else RESERVED.get(identifier, identifier)


def occasion(tables: Tables, event: str) -> str:
    """An event in one phrase: title, place where the title does not hold it, date in words.

    An event outside these tables shows its id.
    """
    rows = events_of(tables)
    found = rows[rows["id"] == event].to_dict("records")
    if not found:
        return event
    row = found[0]
    place = "" if row["place"] in row["title"] else row["place"]
    return ", ".join(part for part in (row["title"], place, row["date_words"]) if part)


def events_of(tables: Tables):
    """All events, also where the tables are a selection that does not show all of them."""
    return tables["all_events"] if "all_events" in tables else tables["events"]

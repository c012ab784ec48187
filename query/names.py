"""What ids are called: the names of vocabularies, an event in one phrase."""

from collections.abc import Mapping
from itertools import chain

from query.memory import remembered
from query.records import Tables, row_with

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
    return dict(chain.from_iterable(named))


@remembered
def occasion(tables: Tables, event: str) -> str:
    """An event in one phrase: title, place where the title does not hold it, date in words.

    An event outside these tables shows its id.
    """
    row = row_with(tables, "all_events" if "all_events" in tables else "events", event)
    return event if row is None else occasion_of(row)


def occasion_of(row: Mapping) -> str:
    """The phrase of a row of `events`; where no title is stated, what kind of event it is."""
    title = row["title"] or f"{row['kind'].replace('_', ' ') or 'event'}, title not stated"
    place = "" if row["place"] in title else row["place"]
    return ", ".join(part for part in (title, place, row["date_words"]) if part)


def events_of(tables: Tables):
    """All events, also where the tables are a selection that does not show all of them."""
    return tables["all_events"] if "all_events" in tables else tables["events"]

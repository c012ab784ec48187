"""What is counted. Each noun is defined here once, and every surface that says a number counts by it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from query.records import Tables, rows_in, split
from query.selection import remembered

SESSION_KINDS = ("session", "summit")
DOCUMENT_KINDS = ("treaty", "charter", "declaration", "statement", "decision", "regulation")
AGREED = ("signed", "adopted", "approved", "decided", "in_force")


class Noun(NamedTuple):
    """One thing that is counted: what one and many are called, its table, and which rows of that are one."""

    one: str
    many: str
    table: str
    holds: Callable[[Mapping], bool] = lambda row: True

    def counted(self, number: int) -> str:
        """`1 session`, `2 sessions`."""
        return f"{number} {self.one if number == 1 else self.many}"


def is_document(row: Mapping) -> bool:
    """Whether a row of `documents` is a document: agreed, and of a kind that a text can name as one.

    The others are proposals, appointments and matters: something was said, decided or discussed, and no
    source names a document of it.
    """
    return row["kind"] in DOCUMENT_KINDS and not set(split(row["status"])).isdisjoint(AGREED)


def is_announced(row: Mapping) -> bool:
    """Whether an event or a term is only announced: no source reports that it was held, or that it began."""
    return row.get("status", "") == "planned"


def _is_session(row: Mapping, status: str) -> bool:
    return row["kind"] in SESSION_KINDS and row["status"] == status


STATEMENT = Noun("statement", "statements", "threats")
THREAT = Noun("threat", "threats", "threats", lambda row: row["expressed_as"] == "threat")
ACTION = Noun("action", "actions", "threats", lambda row: row["expressed_as"] != "threat")
EVENT = Noun("event", "events", "events", lambda row: row["status"] == "held")
ANNOUNCED_EVENT = Noun(
    "announced event", "announced events", "events", lambda row: row["status"] == "planned"
)
SESSION = Noun("session", "sessions", "events", lambda row: _is_session(row, "held"))
ANNOUNCED_SESSION = Noun(
    "announced session", "announced sessions", "events", lambda row: _is_session(row, "planned")
)
DOCUMENT = Noun("document", "documents", "documents", is_document)
MATTER = Noun(
    "proposal or other matter",
    "proposals and other matters",
    "documents",
    lambda row: not is_document(row),
)
PRIORITY = Noun("priority", "priorities", "priorities")
TERM = Noun("term", "terms", "chairmanships")
REPORTED_NUMBER = Noun("number reported", "numbers reported", "document_counts")
SEAT = Noun("place at a session", "places at sessions", "attendance")
PARAGRAPH = Noun("paragraph", "paragraphs", "paragraphs")


@remembered
def number(tables: Tables, noun: Noun) -> int:
    """How many of a thing some tables hold, whether or not a chart can place them."""
    return len(rows_of(tables, noun))


def rows_of(tables: Tables, noun: Noun) -> list[Mapping]:
    """The rows of a thing, in file order."""
    return [row for row in rows_in(tables, noun.table) if noun.holds(row)]

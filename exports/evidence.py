"""What a record rests on, in the words that the panel beside a chart and the offline page show of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from query.records import split


class Who(NamedTuple):
    """Who said the quoted words: a name, the role if one is stated, and the occasion."""

    speaker: str
    role: str
    occasion: str


@dataclass(frozen=True)
class Place:
    """Quoted words and where they stand: `proves` are fields in words, `confirmed` whether they were found.

    `address` leads to the words at their publisher, or to the source on the same page.
    """

    words: str
    source: str
    paragraph: int
    publisher: str
    address: str
    proves: str
    against: bool = False
    confirmed: bool = False

    @property
    def locator(self) -> str:
        return f"{self.source}.{self.paragraph}"

    @property
    def leaves(self) -> bool:
        return not self.address.startswith("#")


class Document(NamedTuple):
    """A source that a record cites: its printed date in words, and what to bear in mind."""

    publisher: str
    title: str
    printed: str
    caveats: list[str]


def document(source: Mapping) -> Document:
    """A row of the table of sources, in words."""
    printed = source["date_words"] if source["printed_date"] else "none"
    return Document(source["publisher"], source["title"], printed, split(source["caveats"]))


@dataclass(frozen=True)
class Evidence:
    """One record's evidence; what a medium does not show is empty.

    `main` are the words that carry the claim, `others` support the rest, and `folded` is whether these others
    are folded away.
    `fields` and `reasons` are pairs of a label, which may be empty, and a text.
    """

    main: Sequence[Place] = ()
    contrary: Sequence[Place] = ()
    others: Sequence[Place] = ()
    folded: bool = False
    who: Who | None = None
    fields: Sequence[tuple[str, str]] = ()
    reasons: Sequence[tuple[str, str]] = ()
    documents: Sequence[Document] = ()

"""Fields: the closed vocabularies and the kinds of value that records are made of.

Everything comes in as text. The rule that a value breaks is raised as ValueError, in words for a curator.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from loaders import dates
from loaders.quotes import INVISIBLE

LONGEST_TEXT = 600  # characters
LIST_MARK = "~"  # joins lists in tables and in addresses
PLACEHOLDERS = {"todo", "tbd", "n/a", "unknown", "not known", "not stated"}  # say that nothing is said

SourceKind = Literal["news_report", "government_news", "speech"]
EventKind = Literal["session", "summit", "conference", "working_meeting", "operation", "milestone"]
EventFormat = Literal["in_person", "video"]
EventStatus = Literal["held", "planned"]
AttendanceStatus = Literal["present", "absent"]
DocumentKind = Literal[
    "treaty",
    "charter",
    "declaration",
    "statement",
    "decision",
    "regulation",
    "appointment",
    "proposal",
    "other",
]
DocumentStatus = Literal["signed", "adopted", "approved", "decided", "in_force", "proposed", "discussed"]
ExpressedAs = Literal["threat", "priority"]
Relation = Literal["supports", "contradicts"]
Whole = Annotated[Literal["true"], WithJsonSchema({"const": True})]  # never false: then it is left out


def _clean(text: str) -> str:
    if text != text.strip():
        raise ValueError("must not begin or end with a space")
    if not text.translate(INVISIBLE):
        raise ValueError("must have characters that can be seen")
    if text.casefold() in PLACEHOLDERS:
        raise ValueError("must say something; leave out what is not stated")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"must have at most {LONGEST_TEXT} characters; has {len(text)}")
    return text


Text = Annotated[
    str,
    AfterValidator(_clean),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}),
]


def _matching(pattern: str, rule: str) -> Any:
    """The type of texts that match a pattern as a whole."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(rule)
        return text

    return Annotated[
        Text, AfterValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})
    ]


Id = _matching("[a-z0-9]+(-[a-z0-9]+)*", "must be words of a to z and 0 to 9, joined with -")
RecordId = _matching(  # of any section
    "[A-Za-z0-9]+([-_][A-Za-z0-9]+)*", "must be words of letters and digits, joined with - or _"
)
StateId = _matching("[A-Z]{3}", "must be three capitals (ISO 3166-1 alpha-3)")
CategoryId = _matching("[a-z0-9]+(_[a-z0-9]+)*", "must be words of a to z and 0 to 9, joined with _")
RuleName = _matching("[a-z]+(_[a-z]+)*", "must be words of a to z, joined with _")
Url = _matching(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?",
    "must be an address such as https://example.org/page, without user name; write other letters as %XX",
)
FileName = _matching("[A-Za-z0-9][A-Za-z0-9_.-]*", "must be a file name without a folder")
Item = _matching(f"[^{LIST_MARK}]+", f"must not contain {LIST_MARK}, which separates the items of a list")


def _date(text: str) -> str:
    dates.parse(text)
    return text


Date = Annotated[
    str, AfterValidator(_date), WithJsonSchema({"type": "string", "pattern": f"^{dates.FORMS.pattern}$"})
]


def _number(text: object) -> int:
    # int() alone would also take '012', '1_000' and the digits of other scripts
    if not isinstance(text, str) or not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise ValueError("must be a whole number from 1 to 999999, in digits")
    return int(text)


Number = Annotated[int, BeforeValidator(_number)]


def _distinct(items: tuple) -> tuple:
    if len(set(items)) < len(items):
        raise ValueError("must not name anything twice")
    return items


def several(item: Any, *, at_least: int = 1) -> Any:
    """The type of lists of different items."""
    return Annotated[tuple[item, ...], Field(min_length=at_least), AfterValidator(_distinct)]

"""Numbers that stand with a noun, a year or a name: found in any text by what the vocabulary knows.

`Finder(tables)` knows the names in the data; `find(piece, chart)` gives what the piece claims. Sentences are
not known here, nouns are: a new phrase with an old noun is read, a new noun has to be added to NOUNS.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from tests.net import expected
from tests.net.media import Piece

WORDS = "none one two three four five six seven eight nine ten eleven twelve".split()
NUMBER = rf"(?:\d{{1,4}}|{'|'.join(WORDS)})"
# what a noun looks like -> the noun; the first that fits is taken
NOUNS = {
    r"announced (?:sessions?|summits?)|sessions?(?: and summits?)? announced": "announced session",
    r"sessions?(?: and | or |, )summits?|sessions?|summits?": "session",
    r"announced events?|events? announced": "announced event",
    r"conferences?": "conference",
    r"working meetings?": "working_meeting",
    r"operations?": "operation",
    r"milestones?": "milestone",
    r"events?": "event",
    r"proposals?(?: (?:and|or) other matters?)?|other matters?|others": "proposal",
    r"documents?": "document",
    r"stated as (?:a )?threats?": "threat",
    r"actions? named|named as (?:a )?priorit(?:y|ies)(?: to counter)?|actions?": "action",
    r"statements?": "statement",
    r"threats?": "threat",
    r"terms?|chairmanships?|chairs": "term",
    r"places? at (?:a )?sessions?": "seat",
    r"(?:reported )?present": "present",
    r"(?:reported )?absent": "absent",
    r"not stated": "not_stated",
    r"part(?:y|ies)": "party",
    r"categor(?:y|ies)": "category",
    r"speakers?": "speaker",
    r"sources?": "source",
    r"(?:paragraphs? )?(?:are )?cited": "cited paragraph",
    r"not coded": "uncoded paragraph",
    r"paragraphs?": "paragraph",
    r"priorit(?:y|ies)": "action",
    r"announced": "announced",
    r"mentions?": "mention",
}
NOUN = "|".join(f"(?:{form})" for form in NOUNS)
NOT_A_NOUN = r"(?!\w|-)"
MONTH = f"(?:{'|'.join(expected.MONTHS)}|{'|'.join(name[:3] for name in expected.MONTHS)})"
# digits that count nothing
MASKED = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?"
    rf"|\b\d{{1,2}} {MONTH}\b\.?(?: \d{{4}})?|{MONTH} \d{{4}}|\d\d\.\d\d\.\d{{4}}"
    r"|\bQ[1-4]\b|\d+(?:st|nd|rd|th)\b|paragraphs? \d+|\bs\d{3}(?:\.\d+)?|[Vv]ersion [\d.]+"
    r"|\bdata [0-9a-f]{8}"
    r"|https?://\S+|\?\w+=\S+|file \S+|CC0-1\.0|slide \d+|Slide \d+ of \d+|“[^”]*”|\[[^\]]*\]"
)
HEADLINE = re.compile(r"most often:|the most:")
TOTALS = ("in all", "no year")  # heads of columns that hold no year's numbers
# words of a status at the left of a row of documents, from the strongest; a document stands in its first
STATUSES = ("Signed", "Adopted", "Approved", "Decided", "In force", "Proposed", "Discussed")
YEARS = r"(?:19|20)\d\d"


@dataclass(frozen=True)
class Claim:
    """A number and what it is said to be of; `of` is the whole that it is said to be a part of."""

    piece: Piece
    noun: str
    number: int
    scope: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of: int | None = None
    words: str = ""

    def __str__(self) -> str:
        scope = ", ".join(f"{name} {'/'.join(sorted(values))}" for name, values in self.scope.items())
        whole = "" if self.of is None else f" of {self.of}"
        return f"{self.number}{whole} {self.noun}{f' ({scope})' if scope else ''} in {self.words!r}"


def value(text: str) -> int:
    return int(text) if text.isdigit() else WORDS.index(text.casefold())


@cache  # asked 20,000 times a view, of a few hundred texts: half of what the checks took
def noun_of(text: str) -> str:
    """The noun that a text is, or an empty text."""
    plain = " ".join(text.casefold().split())
    return next((noun for form, noun in NOUNS.items() if re.fullmatch(form, plain)), "")


def column(piece: Piece) -> str:
    """The words over a number, without the year where they are those of a column of totals."""
    if HEADLINE.search(piece.column):
        return ""  # a picture has its headline over all columns
    words, _, year = piece.column.partition(" · ")
    total = noun_of(words) and words.casefold() not in ("session", "summit")
    return words if year and (total or words.startswith(TOTALS)) else piece.column


class Finder:
    """Finds claims; `tables` are those of the exported files, for the names of things."""

    def __init__(self, tables: expected.Tables):
        self.tables = tables
        self.labels: dict[str, tuple[str, str]] = {"source's own text": ("speaker", "source_text")}
        for name, column, part in (
            ("categories", "label", "category"),
            ("people", "name", "speaker"),
            ("bodies", "name", "speaker"),
            ("sources", "publisher", "source"),
        ):
            for row in tables[name].to_dict("records"):
                self.labels[row[column]] = (part, row["id"])
        self.states = dict(zip(tables["states"]["name"], tables["states"]["id"], strict=True))
        self.term_years = {
            row["id"]: frozenset(expected.term_years(row))
            for row in tables["chairmanships"].to_dict("records")
        }
        self.term_of = dict(zip(tables["chairmanships"]["state"], tables["chairmanships"]["id"], strict=True))
        every = sorted([*self.labels, *self.states, "Secretary General"], key=len, reverse=True)
        self.label = "|".join(map(re.escape, every))
        self.publisher = re.compile("|".join(map(re.escape, tables["sources"]["publisher"])))
        self.patterns = [
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                rf"\b(?P<zero>none) of (?P<list>{NUMBER} (?:{NOUN})(?:(?:, | and ){NUMBER} (?:{NOUN}))*)",
                rf"\b(?P<n>{NUMBER}) of (?:the |these )?(?P<m>{NUMBER})"
                rf"(?: (?P<noun>{NOUN}){NOT_A_NOUN})?(?!\w)",
                rf"(?<![\w.’'-])(?P<n>{NUMBER})[\s ]+(?:of them )?(?P<noun>{NOUN}){NOT_A_NOUN}",
                rf"(?<![\w.’'-])(?P<n>\d{{1,3}}) in (?P<year>{YEARS})(?!\w)",
                rf"(?<![\w.’'-])(?P<year>{YEARS})[:,]?\s+(?P<n>\d{{1,3}})(?![\w.’'-])",
                rf"(?<!\w)(?P<label>{self.label})(?:: |\s+)(?P<n>\d{{1,3}})(?![\w.’'-])",
                rf"(?<!\w)(?P<noun>{NOUN})(?:: |\s+)(?P<n>\d{{1,3}})(?![\w.’'-])",
                r"^(?P<n>\d{1,3})$",
            )
        ]  # fmt: skip
        prose = [
            cell
            for name in expected.CLAIMS
            for column in ("title", "summary", "note", "motto", "role", "region")
            if column in tables[name]
            for cell in tables[name][column]
        ]
        prose += [
            *tables["inferences"]["reason"],
            *tables["paragraphs"]["reason"],
            *tables["sources"]["title"],
        ]
        prose += [one for cell in tables["sources"]["caveats"] for one in cell.split("~")]
        prose += [cell for column in ("includes", "excludes") for cell in tables["categories"][column]]
        prose.append("What five documents say about the CSTO")
        risky = {" ".join(cell.split()) for cell in prose if cell and re.search(NUMBER, cell, re.IGNORECASE)}
        self.prose = sorted(risky, key=len, reverse=True)
        self.known: dict[tuple, list[Claim]] = {}

    def find(self, piece: Piece, chart: str) -> list[Claim]:
        """The claims of one piece, from left to right. Pieces that say the same at like places share them."""
        key = chart, piece.kind, piece.text, piece.row, piece.column, piece.record, piece.whole
        if key not in self.known:
            self.known[key] = list(self._find(piece, chart))
        return [replace(claim, piece=piece) for claim in self.known[key]]

    def _find(self, piece: Piece, chart: str) -> Iterator[Claim]:
        """Pattern by pattern, the most telling first; none takes what another has taken."""
        text = self._bare(piece.text)
        if not re.search(NUMBER, text, re.IGNORECASE):
            return
        spans: list[tuple[int, int]] = []
        found: list[tuple[int, Claim]] = []
        nouns: list[tuple[int, str]] = []
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in spans):
                    continue
                spans.append(match.span())
                groups = match.groupdict()
                if groups.get("list"):
                    for number, noun in re.findall(rf"({NUMBER}) ({NOUN})", groups["list"], re.IGNORECASE):
                        claim = Claim(piece, noun_of(noun), 0, {}, value(number), match[0])
                        found.append((match.start(), claim))
                        nouns.append((match.start(), claim.noun))
                    continue
                noun = noun_of(groups.get("noun") or "")
                if groups.get("m") and not noun and piece.kind == "figure" and match.end() == len(text):
                    continue  # a line of a picture that goes on with its noun
                if groups["n"].casefold() == "one" and noun in ("category", "speaker", "source", "term", ""):
                    continue  # "one category each", "on one source alone": a measure, no count
                if noun:
                    nouns.append((match.start(), noun))
                clause = self._clause(text, match.start(), [end for _, end in spans if end <= match.start()])
                own = " ".join(filter(None, (clause, groups.get("year"), groups.get("label"))))
                scope = self.scope(own, piece, chart)
                if chart == "sources" and (named := self.publisher.findall(text[: match.start()])):
                    scope["source"] = frozenset([self.labels[named[-1]][1]])
                whole = value(groups["m"]) if groups.get("m") else None
                words = text[max(0, match.start() - 40) : match.end()]
                found.append((match.start(), Claim(piece, noun, value(groups["n"]), scope, whole, words)))
        for start, claim in sorted(found, key=lambda one: one[0]):
            noun = claim.noun or self._implied(
                claim, piece, chart, [n for place, n in nouns if place < start]
            )
            yield replace(claim, noun=noun)

    def _bare(self, text: str) -> str:
        """The text without what others wrote and without digits that count nothing."""
        text = " ".join(text.split())
        if len(text) > 20:
            for cell in self.prose:
                if cell in text:
                    text = text.replace(cell, " … ")
        return MASKED.sub(" … ", text)

    def _clause(self, text: str, start: int, ends: list[int]) -> str:
        """What stands before a number, from the end of the claim or the clause before it."""
        cuts = [sign.end() for sign in re.finditer(r"[;.!?|](?=\s|$)|[()]", text[:start])]
        return text[max([0, *cuts, *ends]) : start]

    def _implied(self, claim: Claim, piece: Piece, chart: str, before: list[str]) -> str:
        """The noun of a number that stands with a year or a name alone: that of its heads, its chart, or the
        words before it."""
        heads = (piece.row, column(piece)) if piece.kind == "figure" else (column(piece), piece.row)
        for words in heads if self._headed(piece) else ():
            for part in re.split(r" · |\n", words):
                if part.casefold() in ("session", "summit"):
                    continue  # one occasion, whose column it is
                if noun := noun_of(part):
                    return noun
                if found := re.match(rf"({NOUN})\b", part, re.IGNORECASE):
                    return noun_of(found[1])
        usual = {"threats": "statement", "speakers": "statement", "documents": "document"}.get(chart, "")
        usual = "" if piece.kind in ("cell", "series") else usual
        if usual in before or (chart in ("threats", "speakers") and usual):
            return usual
        if before:
            return before[-1]
        if found := re.search(rf"most ({NOUN})\b", piece.text, re.IGNORECASE):
            return noun_of(found[1])
        return usual

    @staticmethod
    def _headed(piece: Piece) -> bool:
        """Whether the heads say what a number is: in a table, a chart, or where it stands alone."""
        return piece.kind in ("cell", "series") or piece.text.strip().isdigit()

    def scope(self, words: str, piece: Piece, chart: str) -> dict[str, frozenset[str]]:
        """What words, and the heads of a piece, restrict a number to."""
        scope: dict[str, set[str]] = {}
        heads = f"{piece.row} | {column(piece)}" if self._headed(piece) else ""
        if chart == "chairmanship" and piece.kind == "cell":
            states = [name for name in re.split(r" \| ", piece.whole) if name in self.states]
            heads += f" | {states[0]}" if states else ""
        for text in (words, heads):
            years = set(re.findall(rf"(?<!\w){YEARS}(?!\w)", text))
            for first, last in re.findall(rf"({YEARS})(?: to |–)({YEARS})", text):
                years |= {str(year) for year in range(int(first), int(last) + 1)}
            if years and not re.search("undated|before|axis of|Timeline", text):
                scope.setdefault("year", set()).update(years)
            for label in re.findall(rf"(?<!\w)(?:{self.label})(?!\w)", text):
                if label in self.labels:
                    part, identifier = self.labels[label]
                    scope.setdefault(part, set()).add(identifier)
                elif label == "Secretary General":
                    scope.setdefault("party", set()).add("SG")
                else:
                    scope.setdefault("party", set()).add(self.states[label])
        term = piece.record if piece.record in self.term_years else ""
        if not term and chart == "chairmanship" and len(scope.get("party", ())) == 1:
            term = self.term_of.get(next(iter(scope["party"])), "")
        elif not term and re.match("Chairmanship of ", piece.text):
            head = piece.text.split("\n")[0]
            named = [self.term_of[s] for name, s in self.states.items() if name in head and s in self.term_of]
            term = named[0] if named else ""
        if chart == "chairmanship" or piece.text.startswith("Chairmanship of "):
            scope.pop("speaker", None)  # who is in the chair
        if chart == "documents" and piece.row in STATUSES:
            scope["strongest"] = {piece.row.lower().replace(" ", "_")}
        if chart != "sources" or piece.kind != "alt":
            scope.pop("source", None)  # publishers are named as origins; tables of sources have their ids
        if term:
            scope["year"] = set(self.term_years[term])
            scope["term"] = {term}
        return {name: frozenset(values) for name, values in scope.items()}

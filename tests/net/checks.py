"""What must be true of the pieces of a medium under a view; each check yields its findings in words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from tests.net import expected
from tests.net.claims import Claim, Finder, column
from tests.net.media import Piece
from tests.net.views import Item

UNCOVERED = re.compile(r"no source reports an event held|no report\b", re.IGNORECASE)
LEFT_OUT = re.compile(r"left out|not shown", re.IGNORECASE)
NONE_REPORTED = re.compile(
    r"none reported|no session reported|no document named|none named|^none$", re.IGNORECASE
)
FALSE_HATCH = re.compile(r"\bno document(?: covers|$)|year without a document", re.IGNORECASE)
SOURCE_LINE = re.compile(r"Sources?: our reading of (.*?)\.(?: |$)|No source is cited here", re.DOTALL)
COVERAGE_LINE = re.compile(r"Sources that report events held in each year: (.*)")
# what a chart draws: the tables whose rows its source line is about
DRAWN = {
    "overview": ("chairmanships", "events", "documents", "threats"),
    "chairmanship": ("chairmanships", "events"),
    "attendance": ("attendance",),
    "documents": ("documents", "document_counts"),
    "threats": ("threats",),
    "speakers": ("threats",),
}
CONTROLS = re.compile(r"ribbon|filter|menu_\w+$|compare|head/filters|masthead|quality|trust|release|sample")
WHOLES = set("statement threat action session event document proposal term conference operation".split())


@dataclass
class Surface:
    """A medium under a view: its pieces, and the items, by number, that they belong to."""

    medium: str
    items: Sequence[Item]
    pieces: Sequence[Piece]
    tables: expected.Tables
    finder: Finder
    selections: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A list of contents repeats headlines: its lines belong to the slides that have them."""
        slides = {piece.text: piece.item for piece in self.pieces if piece.item >= 0}
        self.pieces = [
            replace(piece, item=slides.get(piece.text, -1)) if piece.item < 0 else piece
            for piece in self.pieces
        ]

    def of_no_slide(self, piece: Piece) -> bool:
        """Whether a piece frames slides of several views, so that no one view says what it counts."""
        return piece.item < 0 and len({str(item.params) for item in self.items}) > 1

    def item(self, piece: Piece) -> Item:
        return self.items[max(piece.item, 0)]

    def chart(self, piece: Piece) -> str:
        return self.item(piece).chart

    def cut(self, params, chart: str = "") -> dict[str, pd.DataFrame]:
        """The rows of a view; terms are the time axis of their page, so years do not cut it."""
        params = {k: tuple(v) for k, v in params.items() if not (k == "years" and chart == "chairmanship")}
        key = tuple(sorted(params.items()))
        if key not in self.selections:
            self.selections[key] = expected.rows(self.tables, {k: list(v) for k, v in params.items()})
        return self.selections[key]

    def count(self, params, chart: str, noun: str, scope) -> int:
        within = str(sorted((name, sorted(values)) for name, values in scope.items()))
        key = chart == "chairmanship", str(sorted(params.items())), noun, within
        if key not in self.selections:
            rows = expected.counted(self.cut(params, chart), noun, {k: set(v) for k, v in scope.items()})
            self.selections[key] = len(rows)
        return self.selections[key]

    @cached_property
    def records(self) -> list[dict[str, str]]:
        """Every record of the files, seats that nobody mentions apart."""
        rows = (row for name in expected.CLAIMS for row in self.tables[name].to_dict("records"))
        return [row for row in rows if "." not in row["id"]]

    @cached_property
    def claims(self) -> list[Claim]:
        return [claim for piece in self.pieces for claim in self.finder.find(piece, self.chart(piece))]

    @cached_property
    def nouns(self) -> dict[int, set[str]]:
        """id of a piece -> the nouns that it counts."""
        found: dict[int, set[str]] = {}
        for claim in self.claims:
            found.setdefault(id(claim.piece), set()).add(claim.noun)
        return found

    @cached_property
    def axis(self) -> list[str]:
        if "axis" not in self.selections:
            self.selections["axis"] = expected.axis(self.tables)
        return self.selections["axis"]

    def covered(self, item: Item) -> dict[str, set[str]]:
        key = "covered", *item.params.get("without", [])
        if key not in self.selections:
            self.selections[key] = expected.coverage(self.tables, list(key[1:]))
        return self.selections[key]


Check = Callable[[Surface], Iterator[str]]


# ---- numbers ----


def numbers(surface: Surface) -> Iterator[str]:
    """Each number is that of the rows that it names."""
    for claim in surface.claims:
        allowed = expectation(surface, claim)
        if allowed is None:
            continue
        parts, wholes = allowed
        if claim.number not in parts:
            yield f"{claim.piece}\n      says {claim}; counted: {_or(parts)}"
        elif claim.of is not None and claim.of not in wholes:
            yield f"{claim.piece}\n      says {claim}; the whole is {_or(wholes)}"


def expectation(surface: Surface, claim: Claim) -> tuple[set[int], set[int]] | None:
    """Which numbers a claim may say, and which wholes; None where the net does not know what is counted."""
    piece, item = claim.piece, surface.item(claim.piece)
    if surface.of_no_slide(piece):
        return None
    if piece.kind == "notes" and re.match(r"s\d{3} |\d+\. ", piece.text):
        return None
    if RANKED.search(piece.row):
        return _trust(surface, piece.row)
    if (
        re.search(r"agreement|/Number$|/gaps|/Table: what we do not know$|/menu_\w+$", piece.place)
        or piece.column == "Paragraph"
        or RANKED.search(piece.text)
    ):
        return None
    if COUNTS_NO_ROWS.search(piece.text) or COUNTS_NO_ROWS.search(piece.row):
        return None
    params = _restriction(piece, item)
    if source := re.search(r"\b(s\d{3})\b", piece.row):
        if not claim.noun:
            return None
        if item.chart != "sources":  # a table of sources has all that each supports
            params = {name: values for name, values in params.items() if name == "without"}
        return {surface.count(params, "", claim.noun, {"source": frozenset([source[1]])})}, set()
    if LEADS.search(f"{piece.column} {piece.text}") and claim.noun in ("threat", "action", "category"):
        return _leaders(surface, item, claim)
    if claim.noun in ("document", "proposal") and re.search(r"\bbefore\b", f"{piece.row} {piece.column}"):
        status = {name: set(ids) for name, ids in claim.scope.items() if name == "strongest"}
        years = expected.counted(surface.cut(params, item.chart), claim.noun, status)["year"]
        early = int((years < surface.axis[0]).sum())  # an empty year, of what has none, is among them
        return {early, early - int((years == "").sum())}, set()
    if piece.row.startswith("Documents named"):
        rows = surface.cut({n: v for n, v in params.items() if n in ("without", "years")}, item.chart)
        return set(expected.counted(rows, "document", {})["event"].value_counts()), set()
    if column(piece).startswith("no year"):
        rows = expected.counted(surface.cut(params, item.chart), claim.noun, claim.scope)
        return {int((rows["year"] == "").sum())}, set()
    if re.search("whatever is filtered", piece.row):
        params = {name: values for name, values in params.items() if name in ("without", "years")}
    before = re.search(r"before (?:the axis|(\d{4}))\W+\d+$", claim.words)
    if before:
        return _earlier(surface, surface.cut(params, item.chart), before[1] or surface.axis[0])
    if not claim.noun or claim.noun in ("source", "announced", "mention", "announced event"):
        return None  # `origins` counts sources; what is announced is no noun of its own
    scope = {name: frozenset(values) for name, values in claim.scope.items()}
    if claim.noun == "term" and item.chart != "chairmanship" and params.get("years"):
        scope.setdefault("year", frozenset(params["years"]))  # those that the axis shows
    if "paragraph" in claim.noun:
        scope = {name: values for name, values in scope.items() if name == "source"}
    parts = {surface.count(params, item.chart, claim.noun, scope)}
    wholes = {
        surface.count({}, "", claim.noun, {}),
        surface.count(params, item.chart, claim.noun, {}),
        surface.count({}, "", claim.noun, scope),
    }
    if (
        piece.kind == "figure"
        and re.search(r"\bof$", piece.column)
        and piece.text.startswith(str(claim.number))
    ):
        parts = wholes  # a line of a picture that goes on with the whole
    if claim.noun == "cited paragraph":
        wholes.add(surface.count(params, item.chart, "paragraph", scope))
    if claim.noun == "session" and item.chart == "attendance":
        parts |= {surface.count(params, item.chart, "seated session", scope)}
    return parts, wholes


# lines that count all records of all sources, whatever is filtered
RANKED = re.compile(r"whose claim|rest on (?:one|two)|sources or passages disagree")
# lines whose numbers are a source's own, or of rows, places and steps
COUNTS_NO_ROWS = re.compile(
    r"\brows?\b|to read|[Nn]ot on the chart|reported as|said to have|submitted|in numbers"
    r"|Slide \d|mention it|for which a source mentions|^\d+ of \d+$|Without it|One square"
    r"|approved and adopted|Compare two|Paragraph \d"
    r"|Events held, by|[Nn]umbers? reported"
)


LEADS = re.compile(r"most often:|the most:")  # a headline that names who leads, and by how many


def _leaders(surface: Surface, item: Item, claim: Claim) -> tuple[set[int], set[int]]:
    """How many statements those have that lead, or how many lead; and of how many statements."""
    part = "speaker" if "the most:" in f"{claim.piece.column} {claim.piece.text}" else "category"
    noun = "action" if "action" in claim.piece.text else "threat"
    rows = expected.counted(surface.cut(item.params, item.chart), noun, {})
    numbers = rows[part].value_counts()
    if claim.noun == "category":
        return {int((numbers == numbers.max()).sum())}, set()
    return {int(numbers.max())}, {len(rows)}


def _trust(surface: Surface, line: str) -> tuple[set[int], set[int]] | None:
    records = surface.records
    for pattern, test in (
        (r"claim stands in a source", lambda row: row.get("basis") != "inferred"),
        (r"claim is inferred", lambda row: row.get("basis") == "inferred"),
        (r"cite one source", lambda row: "~" not in row["source"]),
        (r"cite two sources", lambda row: "~" in row["source"]),
        (r"disagree", lambda row: row.get("contradicted") != ""),
    ):
        if re.search(pattern, line):
            return {sum(map(test, records))}, {len(records)}
    return None


def _earlier(surface: Surface, cut: expected.Tables, first: str) -> tuple[set[int], set[int]]:
    """What stands before the axis: events, or events and documents."""
    events, documents = (
        int(((cut[name]["year"] < first) & (cut[name]["year"] != "")).sum())
        for name in ("events", "documents")
    )
    return {events, events + documents, documents}, set()


def _restriction(piece: Piece, item: Item) -> dict:
    """The parameters that a piece is about: a filter counts what each of its choices would show."""
    lists = ("expressed", "speakers", "categories", "states", "status")
    own = {"ruler": "years", "ribbon": "years"} | {f"filter_{name}": name for name in lists}
    params = dict(item.params)
    for key, name in own.items():
        if re.search(rf"(^|/| ){key}(/|$)", piece.place):
            params.pop(name, None)
    return params


def _or(numbers: Iterable[int]) -> str:
    return " or ".join(map(str, sorted(numbers)))


def origins(surface: Surface) -> Iterator[str]:
    """ "from N of M sources" counts those that the counted rows cite; sentence and headline say the same."""
    for claim in surface.claims:
        piece = claim.piece
        if (
            claim.noun != "source"
            or piece.kind not in ("text", "input", "notes")
            or RANKED.search(piece.text)
        ):
            continue
        item = surface.item(piece)
        others = surface.nouns[id(piece)] - {"source", ""}
        cut = surface.cut(item.params, item.chart)
        parts, every = [set()], []
        for noun in others:
            rows = _rows_of(surface, item, cut, noun)
            if rows is None:
                break
            every.append(rows)
        else:
            if every:
                apart = [rows for noun, rows in zip(others, every, strict=True)]
                parts = [set.union(*apart)]
                parts.append(parts[0] | expected.sources_of(expected.counted(cut, "announced event", {})))
                if claim.number not in {len(part) for part in parts}:
                    yield f"{piece}\n      says {claim}; the counted rows cite {_or(len(p) for p in parts)}"
        if claim.of is not None and claim.of != len(surface.tables["sources"]):
            yield f"{piece}\n      says {claim}; there are {len(surface.tables['sources'])}"


def _rows_of(surface: Surface, item: Item, cut: expected.Tables, noun: str) -> set[str] | None:
    if noun in ("mention", "announced"):
        return None
    rows = expected.counted(cut, noun, {})
    if noun == "term" and item.params.get("years") and item.chart != "chairmanship":
        rows = expected.terms(cut, {"year": set(item.params["years"])})
    return expected.sources_of(rows) if "source" in rows else None


def source_lines(surface: Surface) -> Iterator[str]:
    """The source line under a chart names the sources of the rows that are drawn, and none else."""
    names = dict(zip(surface.tables["sources"]["publisher"], surface.tables["sources"]["id"], strict=True))
    for piece in surface.pieces:
        found = SOURCE_LINE.search(piece.text)
        if not found or piece.item < 0:
            continue
        item = surface.item(piece)
        if item.chart not in DRAWN:
            continue
        named = {names[name] for name in names if found[1] and name in found[1]}
        drawn, selected = _drawn(surface, item)
        if not drawn <= named <= selected:
            rows = f"drawn are rows of {sorted(drawn) or 'none'}"
            yield f"{piece}\n      names {sorted(named) or 'none'}; {rows}"


def _drawn(surface: Surface, item: Item) -> tuple[set[str], set[str]]:
    """The sources of the rows that a chart can place, and of all that it is about."""
    cut = surface.cut(item.params, item.chart)
    placed, selected = [], []
    for name in DRAWN[item.chart]:
        table = cut[name]
        if name == "chairmanships" and item.chart == "overview" and item.params.get("years"):
            table = expected.terms(cut, {"year": set(item.params["years"])})
        if name == "events" and item.chart == "chairmanship":
            table = table[table["kind"].isin(["session", "summit"])]
        selected.append(table)
        if name == "chairmanships":
            table = expected.only(
                table, [bool(row["start"] or row["end"]) for row in table.to_dict("records")]
            )
        elif name != "attendance":
            table = table[table["year"] != ""]
        placed.append(table)
    return expected.sources_of(*placed), expected.sources_of(*selected)


def coverage_lines(surface: Surface) -> Iterator[str]:
    """Where sources are named by year, they are those that support the status of an event held in it."""
    names = dict(zip(surface.tables["sources"]["publisher"], surface.tables["sources"]["id"], strict=True))
    for piece in surface.pieces:
        found = COVERAGE_LINE.search(piece.text)
        if not found:
            continue
        covered = surface.covered(surface.item(piece))
        for year, words in re.findall(r"(\d{4}):? ([^;]*)", found[1]):
            named = {names[name] for name in names if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", words)}
            if named != covered.get(year, set()):
                right = sorted(covered.get(year, set()))
                yield f"{piece}\n      {year}: names {sorted(named)}; covering are {right}"
            if year not in covered and not UNCOVERED.search(words):
                yield f"{piece}\n      {year}: says {words!r} where no source reports an event held"


def silences(surface: Surface) -> Iterator[str]:
    """Left out, none reported, no report and zero are four things, and each stands where it is true."""
    for piece in surface.pieces:
        item = surface.item(piece)
        year = _year(piece)
        covered = surface.covered(item)
        control = CONTROLS.search(piece.place)
        if FALSE_HATCH.search(piece.text) and piece.kind != "notes":
            yield f"{piece}\n      denies a document that states something of the year"
        if not year or control:
            continue
        left_out = (
            item.params.get("years") and item.chart != "chairmanship" and year not in item.params["years"]
        )
        body = YEAR.sub("", piece.text, count=1) if YEAR.match(piece.text) else piece.text
        if left_out and year in surface.axis and piece.kind in ("figure", "cell", "series"):
            if re.fullmatch(r"\s*\d+\s*", body) or NONE_REPORTED.search(body.strip()):
                yield f"{piece}\n      {year} is left out of this view, and nothing is said of what it holds"
            if UNCOVERED.search(body) and year in covered:
                yield f"{piece}\n      {year} is covered, and only left out of this view"
        elif year in surface.axis and year not in covered and NOTHING.search(body.strip()):
            yield f"{piece}\n      no source covers {year}, so nothing is said to be none"


NOTHING = re.compile(rf"^(?:0|none)$|{NONE_REPORTED.pattern}", re.IGNORECASE)
YEAR = re.compile(r"\s*((?:19|20)\d\d)(?!\d)[:,]?\s*")


def _year(piece: Piece) -> str:
    """The year that a figure's text, a cell or a value of a chart stands in."""
    if piece.kind == "figure" and (found := YEAR.match(piece.text)):
        return found[1]
    heads = (column(piece), piece.row) if piece.kind == "series" else (column(piece),)
    for head in heads if piece.kind in ("figure", "cell", "series") else ():
        if found := re.search(r"(?:^|· )((?:19|20)\d\d)(?!\d)", head):
            return found[1]
    return ""


def zeros(surface: Surface) -> Iterator[str]:
    """No year, term or session as a whole is said to hold zero."""
    for claim in surface.claims:
        if claim.number or claim.of is not None or claim.noun not in WHOLES:
            continue
        if expectation(surface, claim) is None and claim.noun != "session":
            continue
        if {"year", "term"} & set(claim.scope) or claim.words.strip() in ("0", "none"):
            yield f"{claim.piece}\n      says {claim}; silence is no zero"
        elif claim.noun in ("threat", "action", "statement") and re.search("filter_", claim.piece.place):
            continue


def left_out(surface: Surface) -> Iterator[str]:
    """A medium that draws a year which its view leaves out says so."""
    for number, item in enumerate(surface.items):
        years = item.params.get("years")
        if not years or item.chart in ("chairmanship", "sources"):
            continue
        own = [piece for piece in surface.pieces if piece.item == number]
        heads = {year for piece in own if piece.kind == "figure" and (year := _year(piece))}
        if heads - set(years) and not any(
            LEFT_OUT.search(p.text) for p in own if p.kind in ("figure", "cell")
        ):
            others = sorted(heads - set(years))
            yield f"slide {number + 1} ({item.chart}) draws {others} and nowhere says that they are left out"


def uncovered(surface: Surface) -> Iterator[str]:
    """A chart with a year that no source covers says that no source reports an event held in it."""
    for number, item in enumerate(surface.items):
        if item.chart == "sources":
            continue
        covered = surface.covered(item)
        own = [piece for piece in surface.pieces if piece.item == number]
        heads = {
            year for p in own if p.kind in ("figure", "cell", "series") and (year := _year(p)) in surface.axis
        }
        years = set(item.params.get("years", [])) if item.chart != "chairmanship" else set()
        bare = {year for year in heads if year not in covered and (not years or year in years)}
        if bare and not any(UNCOVERED.search(" ".join(piece.text.split())) for piece in own):
            yield f"{item.chart}: nowhere says that no source reports an event held in {sorted(bare)}"


def vanished(surface: Surface) -> Iterator[str]:
    """What only sources that are set aside say stands nowhere."""
    for piece in surface.pieces:
        aside = list(surface.item(piece).params.get("without", []))
        if (
            not aside
            or piece.kind == "input"
            or re.search(
                r"filter|menu_\w+$|masthead|quality|release|lost_", piece.place
            )  # what is lost is told there
        ):
            continue
        key = "vanished", *aside
        if key not in surface.selections:
            surface.selections[key] = (
                expected.vanished(surface.tables, aside),
                expected.lost_words(surface.tables, aside),
            )
        everywhere, by_record = surface.selections[key]
        text = " ".join(piece.text.split())
        words = sorted(everywhere | by_record.get(piece.record, set()))
        for word in words:
            if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                yield f"{piece}\n      says {word!r}, which only {', '.join(aside)} supports"
                break


CHECKS: dict[str, Check] = {
    "numbers": numbers,
    "origins": origins,
    "source lines": source_lines,
    "coverage": coverage_lines,
    "silences": silences,
    "zeros": zeros,
    "left out": left_out,
    "uncovered": uncovered,
    "set aside": vanished,
}

"""A small file with one thing broken, for every thing in it: each is caught, on its own line and by name.

What must be found, and where, is read from the file by PyYAML's own nodes and not by the reader under test.
All problems of a file are reported at once, so a file is broken here in many places that do not hide one
another, and exactly those must be reported; one is broken alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path as File
from typing import NamedTuple

import pytest
import yaml

from loaders import fingerprints, load
from loaders.checks import check_bytes
from loaders.citations import verify
from loaders.problems import InvalidData, Problem
from loaders.reading import read
from loaders.validation import validate

HERE = File(__file__).parent
NAME = "valid.yaml"
TEXT = (HERE / NAME).read_text(encoding="utf-8")
# Fields that valid.yaml leaves out, and other ways to write a list, a map or a text
MORE = {
    "caveats: [The page": "caveats:\n      - Nobody signed it.\n      - The page",
    "above the text.]": "above the text.",
    "  - {id: other, label: Other, includes: Everything else., excludes: Nothing.}": """  - id: other
    label: Other
    includes: Everything else.
    excludes: 'Nothing.'
    definition: What no other category is about.
    decoy: {source: beta, paragraph: 2, quote: "cleaner water for all", why: No threat.}""",
    "excludes: Floods.}": "excludes: Floods., example: dale-pirates}",
    "    body: csc\n": '    body: csc\n    title: "Council of Rivers: met …"\n    note: No hour is said.\n',
    "[body, date, place, status]": "[body, title, date, place, status]",
    "    person: dale\n": "    person: dale\n    motto: Clean rivers\n    status: planned\n",
    "[state, start]}": "[state, start, motto, status]}",
    "this time, proves: [party, status]}": """this time, proves: [party, status]}
      - {source: beta, paragraph: 1, quote: Ben Dale told the, proves: [status], relation: contradicts}""",
    "complete: true": """retired:
  - id: old-floods
    was: threats
    reason: >-
      Entered twice,
      by mistake.
    date: "2031-05"
    replaced_by: brook-floods

complete: true""",
}
for old, new in MORE.items():
    assert TEXT.count(old) == 1
    TEXT = TEXT.replace(old, new)
DATA = yaml.load(TEXT, yaml.BaseLoader)
KNOWN = {path.name: fingerprints.of_file(path) for path in (HERE / "originals").iterdir()}

# Written out here, so that a field which the loaders forget is missed.
CLAIMS = ("events", "chairmanships", "priorities", "attendance", "documents", "document_counts", "threats")
REFERENCES = (
    *("event", "body", "chair", "person", "state", "party", "signatories", "speaker", "category"),
    *("chairmanship", "source"),
)
ENUMERATED = (
    *(("sources", "kind"), ("events", "kind"), ("events", "format"), ("events", "status")),
    *(("attendance", "status"), ("documents", "kind"), ("documents", "status"), ("threats", "expressed_as")),
    *(("chairmanships", "status"), ("retired", "was")),
)
DATES = ("date", "printed_date", "start", "end")

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A key or a text in the file: the way to it, what it says, and where its letters begin and end."""

    path: Path
    text: str
    start: int
    end: int
    separator: str = ""  # of a key: what would stand between it and a key before it
    value: str = ""  # of a key: its text as it is written; for a list or map any text

    @property
    def field(self) -> str:
        """The field that a text stands in, itself or as an item of its list."""
        return next(part for part in reversed(self.path) if isinstance(part, str))


def keys(node: yaml.Node, path: Path = ()) -> Iterator[Place]:
    for inner, key, value in inside(node, path):
        if key is not None:
            separator = ", " if node.flow_style else "\n" + " " * key.start_mark.column
            is_text = isinstance(value, yaml.ScalarNode)
            written = TEXT[value.start_mark.index : value.end_mark.index] if is_text else "x"
            yield Place(inner, key.value, key.start_mark.index, key.end_mark.index, separator, written)
        yield from keys(value, inner)


def texts(node: yaml.Node, path: Path = ()) -> Iterator[Place]:
    if isinstance(node, yaml.ScalarNode):
        yield Place(path, node.value, node.start_mark.index, node.end_mark.index)
    for inner, _, value in inside(node, path):
        yield from texts(value, inner)


def inside(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.Node | None, yaml.Node]]:
    """Path, key and value of what a map or list holds; a list has no keys."""
    if isinstance(node, yaml.MappingNode):
        yield from (((*path, key.value), key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from (((*path, position), None, value) for position, value in enumerate(node.value))


KEYS = list(keys(yaml.compose(TEXT)))
SECTIONS = [key for key in KEYS if len(key.path) == 1]
INFERRED = [key for key in KEYS if "inferred" in key.path[:-1]]
TEXTS = [place for place in texts(yaml.compose(TEXT)) if "inferred" not in place.path]
IDS = [place for place in TEXTS if place.field == "id"]
REFERRING = [
    place
    for place in TEXTS
    if (place.path[0] in CLAIMS or "decoy" in place.path) and place.field in REFERENCES
]
WORDS = [place for place in TEXTS if (place.path[0], place.field) in ENUMERATED or place.field == "relation"]
DATED = [place for place in TEXTS if place.field in DATES]
QUOTES = [place for place in TEXTS if place.field == "quote"]
CITED = [place for place in TEXTS if place.field == "paragraph" and "evidence" in place.path]
PROVING = [place for place in TEXTS if place.field == "proves"]


def named(path: Path) -> tuple[str, str]:
    """Record and field as messages must name them."""
    section, *rest = path
    record = section
    if rest and isinstance(rest[0], int):
        record += f"[{DATA[section][rest.pop(0)]['id']}]"
    field = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in rest)
    return record, field.removeprefix(".")


def changed(changes: dict[Place, str]) -> tuple[str, dict[Place, int]]:
    """The file with every place written anew, and the line on which each of them ends."""
    pieces, lines, at, line = [], {}, 0, 1
    for place in sorted(changes, key=lambda place: place.start):
        written = TEXT[at : place.start] + changes[place]
        pieces.append(written)
        line += written.count("\n")
        lines[place], at = line, place.end
    return "".join([*pieces, TEXT[at:]]), lines


def problems(text: str) -> list[Problem]:
    """What `python -m loaders verify` finds in the file."""
    try:
        return verify(check_bytes(text.encode(), NAME), None, KNOWN).problems
    except InvalidData as invalid:
        return invalid.problems


def assert_each_is_caught(
    changes: dict[Place, str],
    rule: str,
    ends: Callable[[Place], str] = lambda place: "",
    *,
    name: Callable[[Path], tuple[str, str]] = named,
    breaks_others: bool = False,
) -> None:
    """Each change is a problem on its own line and in its own field, and nothing else is.

    A message matches `rule` from its first letter on, and ends as said. Where a change also `breaks_others`,
    only the problems of this rule are compared.
    """
    places = list(changes)
    for batch in (places, places[:1]):
        assert batch
        text, lines = changed({place: changes[place] for place in batch})
        expected = sorted((lines[place], *name(place.path), ends(place)) for place in batch)
        found = [
            problem for problem in problems(text) if not breaks_others or re.match(rule, problem.message)
        ]
        assert [(problem.line, problem.record, problem.field) for problem in found] == [
            place[:3] for place in expected
        ]
        for problem, (*_, end) in zip(found, expected, strict=True):
            assert re.match(rule, problem.message)
            assert problem.message.endswith(end)


def misspelt(places: Iterable[Place]) -> dict[Place, str]:
    """The last letter stands twice."""
    return {place: place.text + place.text[-1] for place in places}


def twice(places: Iterable[Place]) -> dict[Place, str]:
    return {key: f"{key.text}: {key.value}{key.separator}{key.text}" for key in places}


def quoted(places: Iterable[Place], alter: Callable[[str], str]) -> dict[Place, str]:
    return {place: f'"{alter(place.text)}"' for place in places}


def with_another_word() -> dict[Place, str]:
    """The word in the middle of each quote is another one."""
    changes = {}
    for place in QUOTES:
        words = re.findall(r"\w+", place.text)
        words[len(words) // 2] = "quorum"
        changes[place] = f'"{" ".join(words)}"'
    return changes


def misspelt_name(path: Path) -> tuple[str, str]:
    record, field = named(path)
    return record, field + field[-1]


def numbered(path: Path) -> tuple[str, str]:
    return f"{path[0]}[#{path[1] + 1}]", "idd"


def marked(mark: str) -> Callable[[Path], tuple[str, str]]:
    seen = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in mark)
    return lambda path: (named(path)[0].removesuffix("]") + seen + "]", "id")


def meant(place: Place) -> str:
    return f"; did you mean {place.text!r}?"


caught = partial(partial, assert_each_is_caught)  # what `caught` is given, for the test below
too = {"breaks_others": True}  # as where the right field is missing besides
FIELDS = [key for key in KEYS if len(key.path) > 1 and key not in INFERRED and key.text != "id"]
OUTER, INNER = ([key for key in FIELDS if (len(key.path) > 3) == inner] for inner in (False, True))
ID = "must be (words of a to z and 0 to 9|words of letters and digits|three capitals)"
FIELD = "must be one of the fields of this record"
UNKNOWN = "must be the id of one of the "
DATE = r"must be a date such as '2020', '2023-11', '2022-05-16' or '2024-36' \(33 to 36 are the quarters\); "
NO_DATE = "must be a day, month or quarter that exists; "
NUMBER = "must be a whole number from 1 to 999999, in digits; "
QUOTE = r"must stand exactly once in paragraph \d+ of (alpha|beta); .* does not stand there"
QUOTE += r"(; did you mean paragraph \d+\?)?$"
SLIPS = {
    "a key of a record that stands twice": caught(
        twice(key for key in KEYS if len(key.path) > 1), "must stand once; stands on line [0-9]+ too$"
    ),
    "a misspelt field of a record": caught(misspelt(OUTER), FIELD, meant, name=misspelt_name, **too),
    "a misspelt field of what stands in a record": caught(
        misspelt(INNER), FIELD, meant, name=misspelt_name, **too
    ),
    "a misspelt id field, which leaves the record a number": caught(
        misspelt(key for key in KEYS if key.text == "id"), FIELD, meant, name=numbered, **too
    ),
    "a misspelt name of an inferred field": caught(
        misspelt(INFERRED), "must be a field that this record has", meant, name=misspelt_name
    ),
    "a misspelt name of a proven field": caught(
        misspelt(PROVING), "must name fields that this record has", meant, **too
    ),
    "a misspelt reference": caught(misspelt(REFERRING), UNKNOWN, meant, **too),
    "a reference with capitals for small letters and the other way round": caught(
        quoted(REFERRING, str.swapcase), UNKNOWN, **too
    ),
    "a misspelt word of a closed list": caught(misspelt(WORDS), "must be one of ", meant),
    "a word of a closed list in capitals": caught(quoted(WORDS, str.upper), "must be one of "),
    "a date without quotation marks": caught(
        {place: place.text for place in DATED},
        'must be a date in quotation marks, such as "2023-11"; stands without',
    ),
    "a quote with another word": caught(with_another_word(), QUOTE),
    "a quote with a letter more": caught(quoted(QUOTES, lambda text: text + "s"), QUOTE),
    "an empty id": caught(
        dict.fromkeys(IDS, '""'), "must not be empty", name=lambda path: (f"{path[0]}[]", "id"), **too
    ),
}
for mark in ("_-", "\u00a0x", "\u200b", "\N{CYRILLIC SMALL LETTER A}"):
    SLIPS[f"an id with {mark!r}"] = caught(
        {place: f'"{place.text}{mark}"' for place in IDS}, ID, name=marked(mark), **too
    )
for date in ("2023-02-29", "2023-13", "2023-37", "0000"):
    SLIPS[f"a date that does not exist, {date}"] = caught(
        dict.fromkeys(DATED, f'"{date}"'), f"{NO_DATE}stands '{date}'"
    )
for date in ("2023-1", "05.11.2023", "2023-11?", "２０２３"):
    SLIPS[f"a date in another form, {date}"] = caught(dict.fromkeys(DATED, f'"{date}"'), f"{DATE}stands ")
for number in ("0", "007", "1.0", "1_0", "1000000", "٣"):
    SLIPS[f"a paragraph that is no number, {number}"] = caught(
        dict.fromkeys(CITED, number), f"{NUMBER}stands '{number}'"
    )


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_and_named_wherever_it_is_made_in_the_file(slip):
    SLIPS[slip]()


def test_every_section_that_stands_twice_is_found_where_it_stands_again():
    text, lines = changed(twice(SECTIONS))
    expected = {
        f"{NAME}:{line}: {key.text}: must stand once; stands on line {line - 1} too"
        for key, line in lines.items()
    }
    assert set(map(str, problems(text))) == expected


def test_every_misspelt_section_is_found_and_the_right_one_offered():
    sections = [key for key in SECTIONS if key.text != "complete"]
    text, lines = changed(misspelt(sections))
    found = [str(problem) for problem in problems(text) if not problem.message.startswith("must have the")]
    assert found == [
        f"{NAME}:{lines[key]}: {key.text}{key.text[-1]}: must be one of the sections{meant(key)}"
        for key in sections
    ]


def test_every_paragraph_that_no_text_has_is_found():
    """The fingerprints know how long a text is; without them the paragraphs in between are missed."""
    text, lines = changed(dict.fromkeys(CITED, "999"))
    result = verify(validate(read(text.encode(), NAME)), None, KNOWN)
    wrong = [
        (problem.line, problem.record, problem.field)
        for problem in result.problems
        if problem.field.endswith(".quote")
    ]
    assert wrong == sorted((line, *named((*place.path[:-1], "quote"))) for place, line in lines.items())
    assert result.verified == 0


def test_every_altered_quote_is_marked_as_unconfirmed_by_a_load(tmp_path):
    text, _ = changed({place: f'"{place.text}s"' for place in QUOTES})
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    fingerprints.write(tmp_path / fingerprints.FILE_NAME, KNOWN)
    dataset = load(tmp_path / NAME)
    cited = dataset.tables["evidence"][["source", "paragraph", "quote"]]
    assert dataset.unconfirmed == set(cited.itertuples(index=False, name=None))

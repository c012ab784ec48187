"""A small file with one thing broken, for every thing in it: each is caught, on its own line and by name.

What must be found, and where, is read from the file by PyYAML's own nodes and not by the reader under test.
All problems of a file are reported at once, so a file is broken here in many places that do not hide one
another, and exactly those must be reported; one is broken alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
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


def misspelt_name(path: Path) -> tuple[str, str]:
    record, field = named(path)
    return record, field + field[-1]


def meant(place: Place) -> str:
    return f"; did you mean {place.text!r}?"


# ---- keys ----


def twice(places: Iterable[Place]) -> dict[Place, str]:
    return {key: f"{key.text}: {key.value}{key.separator}{key.text}" for key in places}


def test_every_key_of_a_record_that_stands_twice_is_found_where_it_stands_again():
    inner = [key for key in KEYS if len(key.path) > 1]
    assert_each_is_caught(twice(inner), "must stand once; stands on line [0-9]+ too$")


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


@pytest.mark.parametrize("depth", [range(2, 4), range(4, 9)], ids=["of a record", "nested in a record"])
def test_every_misspelt_field_is_found_and_the_right_one_offered(depth):
    fields = [key for key in KEYS if len(key.path) in depth and key not in INFERRED and key.text != "id"]
    rule = "must be one of the fields of this record"  # besides, the right field is missing
    assert_each_is_caught(misspelt(fields), rule, meant, name=misspelt_name, breaks_others=True)


def test_every_misspelt_id_field_is_found_in_the_record_that_now_has_only_a_number():
    def numbered(path: Path) -> tuple[str, str]:
        return f"{path[0]}[#{path[1] + 1}]", "idd"

    fields = misspelt(key for key in KEYS if key.text == "id")
    rule = "must be one of the fields of this record"
    assert_each_is_caught(fields, rule, meant, name=numbered, breaks_others=True)


def test_every_misspelt_name_of_an_inferred_field_is_found_and_the_right_one_offered():
    rule = "must be a field that this record has"
    assert_each_is_caught(misspelt(INFERRED), rule, meant, name=misspelt_name)


# ---- ids ----


@pytest.mark.parametrize("mark", ["_-", "\u00a0x", "\u200b", "\N{CYRILLIC SMALL LETTER A}"])
def test_every_id_with_a_letter_that_no_id_has_is_found(mark):
    def name(path: Path) -> tuple[str, str]:
        seen = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in mark)
        return named(path)[0].removesuffix("]") + seen + "]", "id"

    changes = {place: f'"{place.text}{mark}"' for place in IDS}
    rule = "must be (words of a to z and 0 to 9|words of letters and digits|three capitals)"
    assert_each_is_caught(changes, rule, name=name, breaks_others=True)


def test_every_empty_id_is_found():
    changes = dict.fromkeys(IDS, '""')
    rule = "must not be empty"
    assert_each_is_caught(changes, rule, name=lambda path: (f"{path[0]}[]", "id"), breaks_others=True)


def test_every_id_that_another_record_has_is_found_where_it_stands_again():
    first = {place.path[0]: place.text for place in reversed(IDS)}
    changes = {place: first[place.path[0]] for place in IDS if place.text not in first.values()}
    text, lines = changed(changes)
    assert changes
    assert {
        (problem.line, problem.record, problem.field)
        for problem in problems(text)
        if problem.message.startswith("must be unique in the whole file")
    } == {(line, f"{place.path[0]}[{changes[place]}]", "id") for place, line in lines.items()}


UNKNOWN = "must be the id of one of the "


def test_every_reference_to_a_renamed_record_is_found_and_the_new_id_offered():
    new = {place.text: text for place, text in misspelt(IDS).items()}
    found = [
        (problem.line, problem.field, problem.message.partition("; did you mean ")[2])
        for problem in problems(changed(misspelt(IDS))[0])
        if problem.message.startswith(UNKNOWN)
    ]
    assert sorted(found) == sorted(
        (TEXT.count("\n", 0, place.start) + 1, named(place.path)[1], f"{new[place.text]!r}?")
        for place in REFERRING
        if place.text in new  # source_text and SG are the ids of no record
    )


def test_every_misspelt_reference_is_found_and_the_right_id_offered():
    assert_each_is_caught(misspelt(REFERRING), UNKNOWN, meant, breaks_others=True)


@pytest.mark.parametrize(
    "misspell",
    [
        lambda text: text[0] + text[2:],
        lambda text: text[1] + text[0] + text[2:],
        lambda text: text[:-1] + ("x" if text.islower() or text[-1].isdigit() else "X"),
        str.swapcase,
    ],
    ids=["a letter missing", "letters swapped", "a letter changed", "case"],
)
def test_every_reference_misspelt_in_other_ways_is_found(misspell):
    changes = {place: misspell(place.text) for place in REFERRING if misspell(place.text) != place.text}
    assert_each_is_caught(changes, UNKNOWN, breaks_others=True)


def test_every_misspelt_field_that_a_quote_proves_is_found_and_the_right_one_offered():
    rule = "must name fields that this record has"  # besides, the right field is not proven any more
    assert_each_is_caught(misspelt(PROVING), rule, meant, breaks_others=True)


# ---- words, dates and numbers ----


def test_every_misspelt_word_of_a_closed_list_is_found_and_the_right_one_offered():
    assert_each_is_caught(misspelt(WORDS), "must be one of ", meant)


@pytest.mark.parametrize(
    "misspell", [str.upper, str.capitalize, lambda text: text[1:], lambda text: text.replace("e", "е") + "s"]
)
def test_every_word_of_a_closed_list_misspelt_in_other_ways_is_found(misspell):
    assert_each_is_caught({place: misspell(place.text) for place in WORDS}, "must be one of ")


@pytest.mark.parametrize("date", ["2023-02-29", "2023-13", "2023-37", "0000"])
def test_every_date_that_does_not_exist_is_found(date):
    changes = dict.fromkeys(DATED, f'"{date}"')
    assert_each_is_caught(changes, f"must be a day, month or quarter that exists; stands '{date}'")


@pytest.mark.parametrize("date", ["2023-1", "05.11.2023", "2023-11?", "２０２３"])
def test_every_date_in_another_form_is_found(date):
    changes = dict.fromkeys(DATED, f'"{date}"')
    assert_each_is_caught(changes, "must be a date such as .*; stands ")


def test_every_date_without_quotation_marks_is_found():
    assert_each_is_caught({place: place.text for place in DATED}, "must be a date in quotation marks")


@pytest.mark.parametrize("number", ["0", "007", "1.0", "1_0", "1000000", "٣"])
def test_every_paragraph_that_is_no_number_is_found(number):
    changes = dict.fromkeys(CITED, number)
    assert_each_is_caught(changes, "must be a whole number from 1 to 999999")


def test_every_paragraph_that_no_text_has_is_found():
    """The fingerprints know how long a text is; without them the paragraphs in between are missed."""
    text, lines = changed(dict.fromkeys(CITED, "999"))
    records = validate(read(text.encode(), NAME))
    found = verify(records, None, KNOWN)
    wrong = [problem for problem in found.problems if problem.field.endswith(".quote")]
    assert [(problem.line, *named_of(problem)) for problem in wrong] == sorted(
        (line, *named((*place.path[:-1], "quote"))) for place, line in lines.items()
    )
    assert found.verified == 0


def named_of(problem: Problem) -> tuple[str, str]:
    return problem.record, problem.field


# ---- quotes ----


@pytest.mark.parametrize(
    "alter", [lambda word: "quorum", lambda word: word + "s"], ids=["another word", "a letter more"]
)
def test_every_altered_quote_is_found(alter):
    changes = {}
    for place in QUOTES:
        words = re.findall(r"\w+", place.text)
        words[len(words) // 2] = alter(words[len(words) // 2])
        changes[place] = f'"{" ".join(words)}"'
    rule = r"must stand exactly once in paragraph [0-9]+ of (alpha|beta); .* does not stand there"
    assert_each_is_caught(changes, rule + r"(; did you mean paragraph [0-9]+\?)?$")


def test_every_altered_quote_is_marked_as_unconfirmed_by_a_load(tmp_path):
    text, _ = changed({place: f'"{place.text}s"' for place in QUOTES})
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    fingerprints.write(tmp_path / fingerprints.FILE_NAME, KNOWN)
    dataset = load(tmp_path / NAME)
    cited = dataset.tables["evidence"][["source", "paragraph", "quote"]]
    assert dataset.unconfirmed == set(cited.itertuples(index=False, name=None))

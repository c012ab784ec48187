"""A file that would cost too much is refused early. Counted in values and problems, never timed."""

import tracemalloc

import pytest
import yaml

from loaders import checks, reading
from loaders.problems import MOST_PROBLEMS, InvalidData
from loaders.reading import DEEPEST, MOST_NODES
from loaders.rules_between import missing_paragraphs
from loaders.validation import validate
from tests.loaders.yaml_bombs import BOMBS, END

PARSERS = [yaml.SafeLoader, reading.EVENTS]
SMALL = [name for name, bomb in BOMBS.items() if len(bomb) < 1000]
DEEP = ["4 MiB of [", "4 MiB of {", "4 MiB of {a: ", "4 MiB of - ", "4 MiB of ? ", "2,800 levels by indent"]


@pytest.fixture
def readers(monkeypatch):
    """All readers that were made; each has counted its values."""
    made = []

    class Recorded(reading._Reader):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(reading, "_Reader", Recorded)
    return made


def refused(data: bytes) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        reading.read(data + END, "x")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", SMALL)
def test_a_small_bomb_is_refused_without_being_expanded(monkeypatch, readers, parser, name):
    """No more values than are written in it, each of which has at least a letter."""
    monkeypatch.setattr(reading, "EVENTS", parser)
    assert refused(BOMBS[name])
    assert readers[0].nodes < len(BOMBS[name])


MAKE_BOMBS = [
    (b"a: &x [b]", "x:1: a: must not have an anchor; stands 'x'"),
    (b"a: !b c", "x:1: a: must not have a tag; stands '!b'"),
    (b"a: ! c", "x:1: a: must not have a tag; stands '!'"),
    (b"a: !!python/object/apply:os.system [b]", "x:1: a: must not have a tag; stands 'tag:yaml.org,2002:py"),
    (b"!!map &b\na: c", "x:1: must not have a tag"),
    (b"%TAG ! tag:a,2000:\n---\na: !b c", "x:3: a: must not have a tag; stands 'tag:a,2000:b'"),
]  # fmt: skip


def test_what_makes_bombs_is_refused_where_it_stands():
    for data, problem in MAKE_BOMBS:
        assert any(found.startswith(problem) for found in refused(data))


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_left_at_the_deepest_level_that_is_allowed(monkeypatch, readers, parser, name):
    """Where the file goes on for long, and a loader that builds values runs out of stack."""
    monkeypatch.setattr(reading, "EVENTS", parser)
    assert refused(BOMBS[name][:100_000])[-1].endswith(f"must be at most {DEEPEST} levels deep")
    assert readers[0].nodes <= DEEPEST + 2


def test_a_file_of_5_mib_is_read_and_a_longer_one_not_even_decoded(valid):
    assert reading.read(valid.encode().rjust(5 * 1024 * 1024, b"\n"), "x")

    class Unread(bytes):
        def decode(self, *_):
            raise AssertionError("the bytes are looked at")

    with pytest.raises(InvalidData, match=r"must have at most 5242880 bytes; has 5242881"):
        reading.read(Unread(b"[" * (5 * 1024 * 1024 + 1)), "x")


def test_a_file_of_too_many_small_values_is_left_there(monkeypatch, readers):
    monkeypatch.setattr(reading, "MOST_NODES", 1000)
    assert refused(BOMBS["4 MiB of small maps"]) == ["x:1: must be at most 1000 values long"]
    assert readers[0].nodes == 1001
    assert MOST_NODES <= 500_000


@pytest.mark.parametrize("name", ["4 MiB of one key", "4 MiB of *a", "many documents"])
def test_a_file_of_nothing_but_problems_is_left_after_a_thousand(readers, name):
    assert len(refused(BOMBS[name])) <= MOST_PROBLEMS
    assert readers[0].nodes <= MOST_PROBLEMS + 2


# ---- after reading: the rules, too, cost no more than the file is long ----


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        checks.check_bytes(text.encode(), "x")
    return [str(problem) for problem in caught.value.problems]


def test_problems_of_records_and_sections_are_reported_up_to_a_thousand(valid):
    no_fields = valid.replace("people:\n", "people:\n" + "  - {}\n" * 3000)
    sections = "".join(f"? {'a' * size}\n: []\n" for size in range(1, 1200))
    for text in (no_fields, sections + valid):
        assert len(problems(text)) == MOST_PROBLEMS
    assert len(validate(reading.read(no_fields.encode(), "x")).problems) < MOST_PROBLEMS + 10


def test_paragraphs_that_are_missing_up_to_a_far_number_are_not_counted_one_by_one(valid):
    text = valid.replace("{paragraph: 3, reason: Credit", "{paragraph: 999999, reason: Credit")
    assert problems(text) == [
        f"x:21: sources[beta]: must account for every paragraph; {which} neither cited nor skipped"
        for which in ("paragraph 3 is", "paragraphs 6 to 999998 are")
    ]
    tracemalloc.start()
    assert len(list(missing_paragraphs({1, 999_999}, 999_999))) == 1
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_a_name_is_sought_among_some_known_ones_and_not_among_thousands(valid, monkeypatch):
    compared = []
    monkeypatch.setattr(
        "loaders.problems.get_close_matches",
        lambda word, known, n: compared.append((word, list(known))) or [],
    )
    people = "".join(f"  - {{id: p{number}, name: N}}\n" for number in range(2000))
    text = valid.replace("people:\n", "people:\n" + people).replace("chair: brook", f"chair: {'q' * 500}")
    assert len(problems(text)) == 1
    ((word, known),) = compared
    assert (len(word), len(known)) == (60, 300)


def test_a_message_repeats_no_more_than_a_piece_of_a_long_name(valid):
    for id_or_key in ["{id: LONG, x: y}", "{? LONG\n : y}"]:
        text = valid.replace("people:\n", f"people:\n  - {id_or_key.replace('LONG', 'a' * 100_000)}\n")
        assert max(map(len, problems(text))) < 300


@pytest.mark.parametrize(
    ("hidden", "shown"), [("\\e[31m", "\\x1b[31m"), ("\\u202e", "\\u202e"), ("a\\nb", "a\\nb")]
)
def test_a_message_names_a_record_without_what_would_act_on_the_screen(valid, hidden, shown):
    (found,) = problems(valid.replace("{id: brook,", f'{{id: "{hidden}",'))
    assert found.startswith(f"x:36: people[{shown}].id: must not contain hidden characters; stands U+")

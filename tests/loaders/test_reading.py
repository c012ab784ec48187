"""Reading is strict: whatever bytes come in, out come text with lines, or problems."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import ROOT, reading
from loaders.checks import check_bytes
from loaders.problems import InvalidData
from loaders.reading import read

HERE = Path(__file__).parent
VALID = (HERE / "valid.yaml").read_bytes()
CURATED = (ROOT / "data" / "curated.yaml").read_bytes()


def messages(data: bytes) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        read(data, "x")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    ["NO", "on", "y", "010", "1_000", "12:30", "1e3", "0x1F", "1.10", "2023-02-29", "2024", "true", ".inf"],
)
def test_plain_text_stays_text(text):
    assert read(f"value: {text}\ncomplete: true\n".encode(), "x").tree == {"value": text}


def test_every_key_and_item_knows_its_line():
    document = read(b"events:\n  - id: a\n    list:\n      - one\n      - two\ncomplete: true\n", "x")
    assert document.lines["events",] == 1
    assert document.lines["events", 0] == 2
    assert document.lines["events", 0, "list"] == 3
    assert document.lines["events", 0, "list", 1] == 5


def test_it_is_known_which_texts_stand_without_quotation_marks():
    document = read(b"a: one\nb: 'two'\nc: \"three\"\nd: >-\n  four\ncomplete: true\n", "x")
    assert document.plain == {("a",), ("complete",)}


def test_a_folded_text_has_no_line_break_at_its_end():
    assert read(b"a: >\n  one\n  two\ncomplete: true\n", "x").tree == {"a": "one two"}


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated():
    data = b"\xef\xbb\xbf" + VALID.replace(b"\n", b"\r\n")
    assert check_bytes(data, "x").count() == check_bytes(VALID, "x").count()


def test_a_lost_final_line_break_is_tolerated():
    assert check_bytes(VALID.removesuffix(b"\n"), "x")


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data):
    assert messages(data) == ["x:1: must not be empty"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_refused(encoding):
    assert messages(VALID.decode().encode(encoding))


@pytest.mark.parametrize(
    "data", [b"- complete\ncomplete: true", b"# text\ncomplete: true\n...\n", b"complete: true\n: x"]
)
def test_a_file_that_is_no_map_of_sections_is_refused(data):
    assert messages(data)


def test_a_file_of_more_than_5_mib_is_refused():
    padding = b"#" * (5 * 1024 * 1024 - len(VALID) - 1) + b"\n"
    assert read(padding + VALID, "x")
    assert messages(b"#" + padding + VALID) == ["x:1: must have at most 5242880 bytes; has 5242881"]


def test_a_file_of_too_many_values_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_NODES", 20)
    assert messages(VALID) == ["x:20: must be at most 20 values long"]


def test_a_file_of_nothing_but_problems_is_read_up_to_a_thousand():
    assert len(messages(b"{" + b"a," * 5000 + b"}\ncomplete: true\n")) == 1000


def test_deep_nesting_does_not_exhaust_the_stack():
    assert messages(b"a: " + b"[" * 5000 + b"\ncomplete: true\n") == ["x:1: must be at most 12 levels deep"]


def test_every_key_that_stands_twice_is_found():
    lines = VALID.decode().splitlines(keepends=True)
    keys = [number for number, line in enumerate(lines) if re.fullmatch(r"    [a-z_]+: .+\n", line)]
    assert len(keys) > 50
    for number in keys:
        twice = "".join([*lines[: number + 1], lines[number], *lines[number + 1 :]])
        assert "must stand once" in messages(twice.encode())[0]


@pytest.mark.parametrize("data", [VALID, CURATED], ids=["valid.yaml", "curated.yaml"])
def test_a_file_cut_at_any_byte_is_refused(data):
    for size in range(len(data) - 1):  # without the last byte only the line break is missing
        with pytest.raises(InvalidData):
            check_bytes(data[:size], "x")


PIECES = [
    *(
        b"a: ",
        b"- ",
        b"\n",
        b"  ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b'"',
        b"|",
        b"? ",
        b"#",
        b"\t",
        b"---\n",
        b"...\n",
    ),
    *(
        b"&a ",
        b"*a",
        b"!t ",
        b"<<: ",
        b"%YAML 1.",
        b'"\\U00110000"',
        b"complete: true",
        b"events:\n",
        b"  - id: a\n",
    ),
]
ANYTHING = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


@pytest.mark.parametrize("parser", [yaml.SafeLoader, reading.EVENTS])
@settings(max_examples=500)
@given(data=ANYTHING | st.lists(st.sampled_from(PIECES) | ANYTHING, max_size=12).map(b"".join))
def test_whatever_bytes_come_in_there_is_a_dataset_or_problems(parser, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "EVENTS", parser)
        dataset_or_problems(data + b"\ncomplete: true\n")


@settings(max_examples=300)
@given(at=st.integers(0, len(VALID) - 1), length=st.integers(0, 30), new=st.binary(max_size=8))
def test_a_damaged_file_is_a_dataset_or_problems(at, length, new):
    dataset_or_problems(VALID[:at] + new + VALID[at + length :])


def dataset_or_problems(data):
    """Fails for any exception but InvalidData, and for one without problems."""
    try:
        check_bytes(data, "x")
    except InvalidData as invalid:
        if not invalid.problems:
            raise AssertionError("no problem says what is wrong") from invalid


@pytest.mark.parametrize(
    ("slip", "mend"),
    [
        ("a: {b: c: d}", "quotation marks"),
        ("a: b: c", "put a text that has a colon and a space in it into quotation marks"),
        ("a:\n\tb: c", "indent with spaces, not tabs"),
        ("a: @b", "put a text that begins with a sign in quotes"),
        ("a:\n  - b: c\n   d: e", "begin under one another, each with -"),
        ("a:\n  b: c\n d: e", "let the fields of a record begin under one another"),
        ('a: "b', "close the quotation mark that stands open"),
    ],
)
def test_a_slip_in_yaml_is_told_with_what_to_do(slip, mend):
    with pytest.raises(InvalidData) as caught:
        read(f"{slip}\ncomplete: true".encode(), "x")
    assert mend in str(caught.value)

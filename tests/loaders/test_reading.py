"""Reading is strict: whatever bytes come in, out come text with lines, or problems."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import reading
from loaders.checks import check_bytes
from loaders.problems import InvalidData
from loaders.reading import read

HERE = Path(__file__).parent
VALID = (HERE / "valid.yaml").read_bytes()


def messages(data: bytes) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        read(data, "x")
    return [str(problem) for problem in caught.value.problems]


def test_every_key_and_item_knows_its_line():
    document = read(b"events:\n  - id: a\n    list:\n      - one\n      - two\ncomplete: true\n", "x")
    assert document.lines["events",] == 1
    assert document.lines["events", 0] == 2
    assert document.lines["events", 0, "list"] == 3
    assert document.lines["events", 0, "list", 1] == 5


def test_it_is_known_which_texts_stand_without_quotation_marks():
    document = read(b"a: one\nb: 'two'\nc: \"three\"\nd: >-\n  four\ncomplete: true\n", "x")
    assert document.plain == {("a",), ("complete",)}


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated():
    data = b"\xef\xbb\xbf" + VALID.replace(b"\n", b"\r\n")
    assert check_bytes(data, "x").count() == check_bytes(VALID, "x").count()


def test_a_lost_final_line_break_is_tolerated():
    assert check_bytes(VALID.removesuffix(b"\n"), "x")


def test_an_empty_file_is_refused():
    for data in [b"", b"\n \n", b"\xef\xbb\xbf"]:
        assert messages(data) == ["x:1: must not be empty"]


def test_a_file_that_is_no_map_of_sections_is_refused():
    for data in [b"- complete\ncomplete: true", b"# text\ncomplete: true\n...\n", b"complete: true\n: x"]:
        assert messages(data)


def test_a_file_cut_at_any_byte_is_refused():
    for size in range(len(VALID) - 1):  # without the last byte only the line break is missing
        with pytest.raises(InvalidData):
            check_bytes(VALID[:size], "x")


PIECES = [
    *(b"a: ", b"- ", b"\n", b"  ", b"[", b"]", b"{", b"}", b"'", b'"', b"|", b"? ", b"#", b"\t", b"---\n"),
    *(b"...\n", b"&a ", b"*a", b"!t ", b"<<: ", b"%YAML 1.", b'"\\U00110000"', b"complete: true"),
    *(b"events:\n", b"  - id: a\n"),
]
ANYTHING = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


@pytest.mark.parametrize("parser", [yaml.SafeLoader, reading.EVENTS])
@settings(max_examples=60)
@given(data=ANYTHING | st.lists(st.sampled_from(PIECES) | ANYTHING, max_size=12).map(b"".join))
def test_whatever_bytes_come_in_there_is_a_dataset_or_problems(parser, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "EVENTS", parser)
        dataset_or_problems(data + b"\ncomplete: true\n")


def dataset_or_problems(data):
    """Fails for any exception but InvalidData, and for one without problems."""
    try:
        check_bytes(data, "x")
    except InvalidData as invalid:
        if not invalid.problems:
            raise AssertionError("no problem says what is wrong") from invalid


SLIPS = [
    ("a: {b: c: d}", "quotation marks"),
    ("a: b: c", "put a text that has a colon and a space in it into quotation marks"),
    ("a:\n\tb: c", "indent with spaces, not tabs"),
    ("a: @b", "put a text that begins with a sign in quotes"),
    ("a:\n  - b: c\n   d: e", "begin under one another, each with -"),
    ("a:\n  b: c\n d: e", "let the fields of a record begin under one another"),
    ('a: "b', "close the quotation mark that stands open"),
]


def test_a_slip_in_yaml_is_told_with_what_to_do():
    for slip, mend in SLIPS:
        with pytest.raises(InvalidData) as caught:
            read(f"{slip}\ncomplete: true".encode(), "x")
        assert mend in str(caught.value)

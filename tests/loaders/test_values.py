"""Values stay the text that they are, or are refused in words: none is turned into something else."""

import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.checks import check_bytes
from loaders.problems import InvalidData
from tests import hostile

# What other YAML readers take for a boolean, a number, a date, nothing, or a float that is none
TURNED = """
    no No NO yes Yes on off OFF y n true false True 012 0o14 12:30 1:2:3 1_000 0x1F 0b1 1e3 +1 1.0 1. .5 -0
    -.inf .inf .nan 2023-02-29 2023-11-05 2001-12-14t21:59:43.10-05:00 1,000 <<x = == => nul nulls none None
""".split()


def with_summary(valid: str, written: str) -> str:
    assert "summary: Clean water\n" in valid
    return valid.replace("summary: Clean water\n", f"summary: {written}\n", 1)


def summary_of(text: str) -> str:
    return check_bytes(text.encode(), "x")["priorities"][0].summary


def problems(text: str) -> list[str]:
    try:
        check_bytes(text.encode(), "x")
    except InvalidData as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def passing(valid: str, values: Iterable[str], start: str) -> list[str]:
    """Those of some values of a summary that are not refused with one problem, which begins so."""
    start = f"x:91: priorities[priority-sou-1].summary: {start}"
    found = {value: problems(with_summary(valid, value)) for value in values}
    return [value for value, said in found.items() if [one.startswith(start) for one in said] != [True]]


def test_a_plain_text_stays_as_it_is_written(valid):
    assert [summary_of(with_summary(valid, value)) for value in TURNED] == TURNED


def test_a_value_that_says_nothing_is_refused(valid):
    nothing = ["", "~", "null", "Null", "NULL", "''", '""', "# only a comment", "|", ">-"]
    assert passing(valid, nothing, "must not be empty; leave out what is not stated") == []
    unseen = ['"\\u200b"', '"\\u00ad\\u2060"', '"\\ufeff"']
    assert passing(valid, unseen, "must have characters that can be seen") == []
    placeholders = ["TODO", "Tbd", "tbd", "n/a", "unknown", "not known", "Not stated"]
    assert passing(valid, placeholders, "must say something; leave out what is not stated; stands ") == []
    edges = ["' x'", "'x '", '"\\u00a0x"', '"x\\u3000"']
    assert passing(valid, edges, "must not begin or end with a space") == []


def test_a_quoted_text_may_say_what_would_be_nothing_without_quotation_marks(valid):
    assert [summary_of(with_summary(valid, value)) for value in ('"~"', "'null'")] == ["~", "null"]


def test_a_text_of_more_than_600_characters_is_refused(valid):
    assert len(summary_of(with_summary(valid, "Clean" + " water" * 99 + "s"))) == 600
    assert problems(with_summary(valid, "Clean" + " water" * 120)) == [
        "x:91: priorities[priority-sou-1].summary: must have at most 600 characters; has 725; "
        "stands 'Clean water water water water water water water water water…'"
    ]


def test_a_text_of_several_lines_is_one_line_or_refused(valid):
    for folded in ("one\n      two", ">\n      one\n      two"):
        assert summary_of(with_summary(valid, folded)) == "one two"
    broken = ["'one\n\n      two'", "|\n      one\n      two"]
    assert passing(valid, broken, "must not contain hidden characters; stands U+000A") == []


def test_markup_formulas_and_other_scripts_in_a_text_are_kept_letter_for_letter(valid):
    more = (
        "e\u0301 versus é, soft\u00adhyphen, no\u00a0break, thin\u2009space",
        "“quoted” ‘single’ «angled» — – …",
    )
    for label in (*hostile.LONG_TEXTS, *hostile.STARTS, *more):
        quoted = json.dumps(label, ensure_ascii=False)
        text = with_summary(valid, quoted)
        text = text.replace("label: Emergencies,", f"label: {quoted},").replace("Ada Brook}", f"{quoted}}}")
        records = check_bytes(
            text.replace("note: The text gives no reason.", f"note: {quoted}").encode(), "x"
        )
        kept = records["priorities"][0].summary, records["categories"][0].label, records["people"][0].name
        assert {*kept, records["attendance"][1].note} == {label}


HIDDEN = [
    *(0, 1, 7, 8, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]


def test_a_hidden_character_is_refused_as_it_is_and_as_an_escape(valid):
    found = {}
    for number in HIDDEN:
        message = f"must not contain hidden characters; stands U+{number:04X}"
        escaped, plain = f'"a\\u{number:04x}b"', f"a{chr(number)}b"
        if passing(valid, [escaped], message) or problems(with_summary(valid, plain)) != [f"x:91: {message}"]:
            found[f"U+{number:04X}"] = problems(with_summary(valid, plain))
    assert found == {}


def test_half_a_character_is_refused(valid):
    for number in [0xD800, 0xDBFF, 0xDC00, 0xDFFF]:
        assert problems(with_summary(valid, f'"a\\u{number:04x}b"')) == [
            "x:91: must be YAML: found invalid Unicode character escape code"
        ]
        with pytest.raises(InvalidData, match="x:91: must be UTF-8; the byte 0xED is not"):
            check_bytes(with_summary(valid, f"a{chr(number)}b").encode("utf-8", "surrogatepass"), "x")


LOOK_ALIKE = {
    "id: brook,": ("id: brооk,", "id: ｂrook,"),  # the first with Cyrillic letters
    "order: 1\n": [f"order: {number}\n" for number in ("١", "1_0", "012", "1:30", "0x1", "1.0", "+1")],
    "file: alpha.txt": ("file: ../alpha.txt", "file: .alpha", "file: 'C:\\alpha'"),
    "status: absent": ("status: no", "status: аbsent"),
}


def test_what_only_looks_like_an_id_a_number_a_name_or_a_word_is_refused(valid):
    for old, alike in LOOK_ALIKE.items():
        line = valid.count("\n", 0, valid.index(old)) + 1
        for new in alike:
            found = problems(valid.replace(old, new, 1))
            assert any(problem.startswith(f"x:{line}: ") for problem in found), new


def test_a_field_name_with_a_space_that_is_none_is_refused(valid):
    start = "x:54: events[alba-2031]: must have field names of a to z and _; stands 'chair"
    for space in ("\u00a0", "\u200b", "\u2003"):
        (found, *_) = problems(valid.replace("    chair: brook", f"    chair{space}: brook"))
        assert found.startswith(start)


GOOD_ADDRESSES = [
    "http://example.org",
    "https://www.example.org:8443/a/b.html?p=13479&q=%D0%B0#part",
    "https://en.example-site.org/news/x_(y)/~z/",
    "https://xn--e1afmkfd.xn--p1ai/",  # shown in these letters, so it looks like no other site
]
BAD_ADDRESSES = [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "\\\\host\\share", "//example.org/x",
    "ftp://example.org", "HTTPS://example.org", "https:example.org", "https:///example.org",
    "https://localhost", "https://user:word@example.org/", "https://example.org@evil.example/",
    "https://example.org\\@evil.example/", "https://еxample.org", "https://example.org/а",
    "https://example.org/a b", "https://example.org/<script>", 'https://example.org/"onclick',
    "https://example.org:80x/", "https://example..org/", "https://exa\u200bmple.org/",
]  # fmt: skip


def test_an_address_is_kept_where_it_is_plainly_that_of_a_page_and_else_refused(valid):
    def with_address(address: str) -> str:
        return valid.replace("https://example.org/alpha", f"'{address}'")

    kept = [check_bytes(with_address(one).encode(), "x")["sources"][0].url for one in GOOD_ADDRESSES]
    assert kept == GOOD_ADDRESSES
    start = (
        "x:14: sources[alpha].url: must be an address such as https://example.org/page, without user name; "
    )
    start += "write other letters as %XX; stands "
    found = {address: problems(with_address(address)) for address in BAD_ADDRESSES}
    assert [a for a, said in found.items() if [one.startswith(start) for one in said] != [True]] == []


@settings(max_examples=60)
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_in_quotation_marks_is_kept_or_refused_on_its_line(valid, text):
    written = with_summary(valid, json.dumps(text, ensure_ascii=False)).encode("utf-8", "surrogatepass")
    found = read_or_refused(written)
    assert found == text or found == 91


def read_or_refused(data: bytes) -> str | int:
    """The summary, or the line on which all problems are."""
    try:
        return check_bytes(data, "x")["priorities"][0].summary
    except InvalidData as invalid:
        (line,) = {problem.line for problem in invalid.problems}
        return line

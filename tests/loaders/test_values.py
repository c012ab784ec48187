"""Values stay the text that they are, or are refused in words: none is turned into something else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.checks import check_bytes
from loaders.problems import InvalidData

# What other YAML readers take for a boolean, a number, a date, nothing, or a float that is none
TURNED = """
    no No NO yes Yes on off OFF y n true false True 012 0o14 12:30 1:2:3 1_000 0x1F 0b1 1e3 +1 1.0 1. .5 -0
    -.inf .inf .nan 2023-02-29 2023-11-05 2001-12-14t21:59:43.10-05:00 1,000 <<x = == => nul nulls none None
""".split()

LABELS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "**bold** _it_ `code` ~~gone~~ [a](javascript:alert(1)) ![i](http://x/y.png)",
    "# heading > quote | table | 1. list",
    "$x^2$ $$\\\\frac{1}{2}$$ \\\\(a\\\\) \\\\begin{x}",
    ":material/home: :red[text] :smile: :streamlit:",
    "{{ x }} {% y %} ${z} %s %(a)s {0} {}",
    "=HYPERLINK(0) +1 -1 @SUM(A1) |cmd %0A",
    "👩‍👩‍👧 🏴 👍🏽 ✊",
    "שלום עולם العربية فارسی\u200cها",
    "e\u0301 versus é, ﬁ ligature, Ａ, x²",
    "soft\u00adhyphen, zero\u200bwidth, no\u00a0break, thin\u2009space",
    "“quoted” ‘single’ «angled» — – … №",
    "back\\\\slash 'and' \\\"quotes\\\"",
]


def with_summary(valid: str, written: str) -> str:
    assert "summary: Clean water\n" in valid
    return valid.replace("summary: Clean water\n", f"summary: {written}\n", 1)


def summary_of(text: str) -> str:
    return check_bytes(text.encode(), "x")["priorities"][0].summary


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        check_bytes(text.encode(), "x")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("value", TURNED)
def test_a_plain_text_stays_as_it_is_written(valid, value):
    assert summary_of(with_summary(valid, value)) == value


@pytest.mark.parametrize(
    "value", ["", "~", "null", "Null", "NULL", "''", '""', "# only a comment", "|", ">-"]
)
def test_a_value_that_says_nothing_is_refused(valid, value):
    assert problems(with_summary(valid, value)) == [
        "x:91: priorities[priority-sou-1].summary: must not be empty; leave out what is not stated"
    ]


@pytest.mark.parametrize("value", ['"~"', "'null'"])
def test_a_quoted_text_may_say_what_would_be_nothing_without_quotation_marks(valid, value):
    assert summary_of(with_summary(valid, value)) == value[1:-1]


@pytest.mark.parametrize("value", ['"\\u200b"', '"\\u00ad\\u2060"', '"\\ufeff"'])
def test_a_value_of_nothing_that_can_be_seen_is_refused(valid, value):
    (found,) = problems(with_summary(valid, value))
    assert found.startswith("x:91: priorities[priority-sou-1].summary: must have characters that can be seen")


@pytest.mark.parametrize("value", ["TODO", "Tbd", "n/a", "unknown", "not known", "Not stated"])
def test_a_value_that_says_that_nothing_is_said_is_refused(valid, value):
    (found,) = problems(with_summary(valid, value))
    assert found.startswith("x:91: priorities[priority-sou-1].summary: must say something; leave out")


@pytest.mark.parametrize("value", ["' x'", "'x '", '"\\u00a0x"', '"x\\u3000"'])
def test_a_space_at_the_edge_of_a_value_is_refused(valid, value):
    (found,) = problems(with_summary(valid, value))
    assert found.startswith("x:91: priorities[priority-sou-1].summary: must not begin or end with a space")


def test_a_text_of_more_than_600_characters_is_refused(valid):
    assert len(summary_of(with_summary(valid, "Clean" + " water" * 99 + "s"))) == 600
    assert problems(with_summary(valid, "Clean" + " water" * 120)) == [
        "x:91: priorities[priority-sou-1].summary: must have at most 600 characters; has 725; "
        "stands 'Clean water water water water water water water water water…'"
    ]


@pytest.mark.parametrize(
    "value", ["one\n      two", "'one\n\n      two'", ">\n      one\n      two", "|\n      one\n      two"]
)
def test_a_text_of_several_lines_is_one_line_or_refused(valid, value):
    text = with_summary(valid, value)
    if "\n\n" in value or value.startswith("|"):
        assert problems(text) == [
            "x:91: priorities[priority-sou-1].summary: must not contain hidden characters; stands U+000A"
        ]
    else:
        assert summary_of(text) == "one two"


@pytest.mark.parametrize("label", LABELS)
def test_markup_formulas_and_other_scripts_in_a_text_are_kept_letter_for_letter(valid, label):
    meant = label.replace("\\\\", "\\").replace('\\"', '"')
    text = with_summary(valid, f'"{label}"')
    text = text.replace("label: Emergencies,", f'label: "{label}",').replace("Ada Brook}", f'"{label}"}}')
    text = text.replace("note: The text gives no reason.", f'note: "{label}"')
    records = check_bytes(text.encode(), "x")
    assert records["priorities"][0].summary == meant
    assert records["categories"][0].label == meant
    assert records["people"][0].name == meant
    assert records["attendance"][1].note == meant


HIDDEN = [
    *(0, 1, 7, 8, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]


@pytest.mark.parametrize("number", HIDDEN, ids=lambda number: f"U+{number:04X}")
def test_a_hidden_character_is_refused_as_it_is_and_as_an_escape(valid, number):
    escaped = problems(with_summary(valid, f'"a\\u{number:04x}b"'))
    plain = problems(with_summary(valid, f"a{chr(number)}b"))
    message = f"must not contain hidden characters; stands U+{number:04X}"
    assert escaped == [f"x:91: priorities[priority-sou-1].summary: {message}"]
    assert plain == [f"x:91: {message}"]


@pytest.mark.parametrize("number", [0xD800, 0xDBFF, 0xDC00, 0xDFFF], ids=lambda number: f"U+{number:04X}")
def test_half_a_character_is_refused(valid, number):
    escaped = problems(with_summary(valid, f'"a\\u{number:04x}b"'))
    assert len(escaped) == 1
    with pytest.raises(InvalidData, match="x:91: must be UTF-8; the byte 0xED is not"):
        check_bytes(with_summary(valid, f"a{chr(number)}b").encode("utf-8", "surrogatepass"), "x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: brook,", 'id: "brook\\u00a0",'),
        ("id: brook,", 'id: "bro\\u200bok",'),
        ("id: brook,", "id: brооk,"),  # Cyrillic
        ("id: brook,", "id: ｂrook,"),
        ("id: NOR,", "id: NОR,"),
        ("order: 1\n", "order: ١\n"),
        ("order: 1\n", "order: 1_0\n"),
        ("order: 1\n", "order: 012\n"),
        ("order: 1\n", "order: 1:30\n"),
        ("order: 1\n", "order: 0x1\n"),
        ("order: 1\n", "order: 1.0\n"),
        ("order: 1\n", "order: +1\n"),
        ("file: alpha.txt", "file: ../alpha.txt"),
        ("file: alpha.txt", "file: .alpha"),
        ("file: alpha.txt", "file: 'C:\\alpha'"),
        ("status: absent", "status: no"),
        ("status: absent", "status: аbsent"),
    ],
)
def test_what_only_looks_like_an_id_a_number_a_name_or_a_word_is_refused(valid, old, new):
    assert old in valid
    line = valid.count("\n", 0, valid.index(old)) + 1
    assert any(found.startswith(f"x:{line}: ") for found in problems(valid.replace(old, new, 1)))


@pytest.mark.parametrize("space", ["\u00a0", "\u200b", "\u2003"])
def test_a_field_name_with_a_space_that_is_none_is_refused(valid, space):
    (found, *_) = problems(valid.replace("    chair: brook", f"    chair{space}: brook"))
    assert found.startswith("x:54: events[alba-2031]: must have field names of a to z and _; stands 'chair")


GOOD_ADDRESSES = [
    "http://example.org",
    "https://www.example.org:8443/a/b.html?p=13479&q=%D0%B0#part",
    "https://en.example-site.org/news/x_(y)/~z/",
    "https://xn--e1afmkfd.xn--p1ai/",  # shown in these letters, so it looks like no other site
]
BAD_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "\\\\host\\share",
    "//example.org/x",
    "ftp://example.org",
    "HTTPS://example.org",
    "https:example.org",
    "https:///example.org",
    "https://localhost",
    "https://user:word@example.org/",
    "https://example.org@evil.example/",
    "https://example.org\\@evil.example/",
    "https://еxample.org",
    "https://example.org/а",
    "https://example.org/a b",
    "https://example.org/<script>",
    'https://example.org/"onclick',
    "https://example.org:80x/",
    "https://example..org/",
    "https://exa\u200bmple.org/",
]


@pytest.mark.parametrize("address", GOOD_ADDRESSES)
def test_an_address_of_a_page_is_kept(valid, address):
    records = check_bytes(valid.replace("https://example.org/alpha", f"'{address}'").encode(), "x")
    assert records["sources"][0].url == address


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_is_not_plainly_that_of_a_page_is_refused(valid, address):
    (found,) = problems(valid.replace("https://example.org/alpha", f"'{address}'"))
    assert found.startswith("x:14: sources[alpha].url: must be an address such as https://example.org/page")


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

"""Words that programs take for something else, and data files in which every free text is made of them.

`ROTATIONS` files hold them all: over the files, every payload meets every field that has room for it.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import get_args, get_type_hints

import yaml

from loaders import quotes
from loaders.fields import LIST_MARK, LONGEST_TEXT, Item, Text
from loaders.reading import read
from loaders.records import REFERS_TO, SECTIONS, Claim, Evidence, Skipped, Source
from tests.frozen import FROZEN

# by what would take them for something else
PAYLOADS = {
    "HTML": (
        "<img src=x onerror=window.pwned=1>",
        "<script>window.pwned=2</script>",
        "<svg/onload=window.pwned=3>",
        "</style><script>window.pwned=4</script>",
        "--><iframe src=//other.example></iframe><!--",
        '" onmouseover="window.pwned=5',
        "' onfocus='window.pwned=6' autofocus='",
        "<a href=javascript:window.pwned=7>x</a>",
        "&lt;b&gt; &amp;#x3c; &#60;i&#62; &nbsp;&copy",
    ),
    "markdown": (
        "*a* **b** _c_ __d__ `e` ~~f~~",
        "[x](javascript:window.pwned=8)",
        "[y](http://other.example/y)",
        "![i](http://other.example/i.png)",
        "http://other.example/auto",
        "www.other.example",
        "me@other.example",
        "<http://other.example/angle>",
        "| a | b | --- |",
        "[^1] and [z][1]",
        "a -> b <- c <-> d -- e >= f <= g ~= h",
        "\\* \\[ \\\\ trailing\\",
    ),
    "LaTeX": (
        "$x^2$ and $$y_1$$",
        r"\href{javascript:window.pwned=9}{x} \(z\)",
        r"$\includegraphics{http://other.example/l.png}$",
    ),
    "icons and colours of Streamlit": (
        ":material/home: :material_home:",
        ":smile: :+1: :streamlit:",
        ":red[x] :blue-background[y] :small[z]",
        ":color[w]{foreground=red} ::leaf[v]",
    ),
    "pseudo-HTML and templates of plotly": (
        "<b>1</b><br><i>2</i><sup>3</sup>",
        '<span style="font-size:99px">4</span>',
        '<a href="http://other.example/plot">5</a>',
        "%{x} %{customdata} %{hovertext}<extra>6</extra>",
    ),
    "formats of Python and Jinja": ("{0} {} {name!r:>9}", "{{7*7}} {% raw %}", "%s %(x)d %", "${8}"),
    "CSS": ("}</style>x{}", "url(http://other.example/c.png)", "}*{display:none}", "/* */ \\3c b"),
    "words of this program": (
        "(inferred: all)",
        "(contradicted: all)",
        "2022 no source reports an event held in this year",
    ),
    "scripts and signs": (
        "حضر الرئيس",
        "הנשיא הגיע",
        "می‌خواهم",
        "Аrmеniа",  # with Cyrillic letters
        "👩‍👩‍👧🏳️‍🌈",
        "z̷̧̛a͓͠l̴̡g̸o",
        "zero\u200bwidth\u2060joined",
        "ﬁne ß ŉ İ",
    ),
}
# what matters only where a text begins
STARTS = (
    "=1+1", "-1+1", "+1", "@SUM(1)", "|x", "%x", "＝1+1", "－1", "＋1", "＠x", "｜x", "％x",
    "=HYPERLINK(javascript:1)", "# h", "> q", "1. one", "* one", "- one", ":gray[", "```x", "javascript:x",
    "~ ~", "$x", "<b>", "http://other.example/start",
)  # fmt: skip
LONG = "w" * (LONGEST_TEXT - 50)  # with a start and a number as long as a text may be
ALL = tuple(payload for group in PAYLOADS.values() for payload in group)
URLS = (
    "https://other.example/a'onmouseover='window.pwned=10&lt;",
    "https://other.example/%22%3E%3Cscript%3Ewindow.pwned=11",
    "http://other.example/%0a(x)javascript:[y](z)*",
    "https://other.example/?x=%7B0%7D$y$&copy=1&amp;z#//@:",
    "http://other.example",
)


def _packed(most: int, size) -> tuple[str, ...]:
    """The payloads in as few texts as hold them, each of a `size` of at most `most`."""
    texts = [""]
    for payload in ALL:
        longer = f"{texts[-1]} {payload}".strip()
        if size(longer) <= most:
            texts[-1] = longer
        else:
            texts.append(payload)
    return tuple(texts)


LONG_TEXTS = (*_packed(LONGEST_TEXT - 50, len), LONG)
SHORT_TEXTS = (*_packed(8, lambda text: len(quotes.words(text))), LONG)
ROTATIONS = len(LONG_TEXTS)
SHORT = {("sources", "title"), ("events", "title"), ("documents", "title"), ("evidence", "quote")}


class _Words:
    """The next words for a field: each of its records gets others, and goes on with them in a later file."""

    def __init__(self, rotation: int):
        self.rotation, self.given = rotation, Counter()

    def next(self, section: str, field: str) -> str:
        self.given[section, field] += 1
        number = self.given[section, field]
        place = number + self.rotation
        start = STARTS[(3 * place + len(field)) % len(STARTS)]
        if (section, field) not in SHORT:
            return f"{start} {LONG_TEXTS[place % len(LONG_TEXTS)]} n{number}"
        text = f"{SHORT_TEXTS[(number + 9 * self.rotation) % len(SHORT_TEXTS)]} n{number}"
        if len(quotes.words(f"{start} {text}")) <= 12:
            text = f"{start} {text}"
        return text if len(quotes.words(text)) > 2 else f"{text} and more"


def free_fields(record_type) -> Iterator[tuple[str, str]]:
    """The fields of a record type that hold any text, and whether that is a text, a list or a map of them."""
    for name, hint in get_type_hints(record_type, include_extras=True).items():
        if name in REFERS_TO or name == "proves":
            continue
        if hint in (Text, Text | None):
            yield name, "text"
        elif hint == dict[str, Text]:
            yield name, "map"
        elif get_args(hint)[:1] == (tuple[Item, ...],):
            yield name, "list"


def _fill(record: dict, record_type, section: str, words: _Words) -> None:
    """Put hostile words into every free text of a record, those included that it lacks."""
    for name, form in free_fields(record_type):
        if form == "text":
            if name not in record and issubclass(record_type, Claim) and name != "note":
                supporting = next(e for e in record["evidence"] if e.get("relation") != "contradicts")
                supporting["proves"].append(name)
            record[name] = words.next(section, name)
        elif form == "list":
            record[name] = [words.next(section, name).replace(LIST_MARK, "-") for _ in range(2)]
        else:
            held = record.get(name, {})
            held.update({field: words.next(section, name) for field in held})


@cache
def data_file(rotation: int) -> str:
    """The frozen data file with hostile words in every free text; it keeps every rule."""
    tree = read(FROZEN.read_bytes(), "curated.yaml").tree
    words = _Words(rotation)
    _fill(tree["dataset"], SECTIONS["dataset"], "dataset", words)
    for section, record_type in SECTIONS.items():
        for record in tree[section] if section != "dataset" else ():
            _fill(record, record_type, section, words)
            for evidence in record.get("evidence", ()):
                _fill(evidence, Evidence, "evidence", words)
            for skipped in record.get("skipped", ()):
                _fill(skipped, Skipped, "skipped", words)
            if record_type is Source:
                record["url"] = URLS[(words.given["sources", "title"] + rotation) % len(URLS)]
    text = yaml.dump(
        tree, Dumper=yaml.CSafeDumper, default_style='"', allow_unicode=True, sort_keys=False, width=10**6
    )
    return f"{text}complete: true\n"

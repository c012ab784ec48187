"""Each page as a script, on data whose every free text is made of words that programs misread."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import query
from tests import hostile
from tests.pages.conftest import drawings, markup, open_page

pytestmark = pytest.mark.slow

SELECTED = [
    "minsk-2023", "lukashenko-2023-arms-race", "minsk-2023-rus", "session-2022-11.ARM", "s001.41", "s001.19",
    "terrorism_extremism.2023", "chair-blr-2023",
]  # fmt: skip
MORE = {"threats": {"compare": "2022~2023"}, "briefing": {"tray": "threats~documents"}}
# strings of Streamlit's messages that are read as markdown
READ = {"label", "body", "content", "help", "tooltip", "caption"}
# what is sought in markdown once the escapes are gone
FOUND_LATER = re.compile(
    r":streamlit:|:material_\w+:|https?://|www\.\w|[\w.+-]@\w|(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)", re.I
)
OURS = {
    "a", "b", "p", "h1", "h2", "h3", "span", "ul", "ol", "li", "div", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "blockquote", "mark", "style", "details", "summary", "pre", "button", "header", "nav",
    "form", "input", "label", "small", "i", "section", "select", "optgroup", "option",
}  # fmt: skip
ATTRIBUTES = {
    "required", "selected", "label", "class", "id", "href", "target", "rel", "tabindex", "role",
    "aria-label", "scope", "border", "type", "download", "style", "data-sel", "data-part", "data-page",
    "data-set", "data-src", "data-parts", "aria-current", "aria-hidden", "aria-labelledby", "action", "for",
    "placeholder", "data-copies", "name", "value", "maxlength", "autocomplete",
}  # fmt: skip
BEGINNINGS = (
    "#", "?", "./", "files/", "evidence/", "lists/", *query.PAGES,
    "mailto:?subject=Problem%20with%20", "http://other.example", "https://other.example",
)  # fmt: skip
BLOCK = re.compile(r"left:[\d.]+%;width:[\d.]+%")  # of the ribbon
# what stands around the marks of a chart: places, sizes and colours
AROUND = re.compile(
    r"((left|width|top|height|border-width|translate|rotate|scale|line-height|font-size|font-weight|text-align"
    r"|background|color|box-shadow):(left|center|right|calc|deg|px|var\(--[a-z]+\)|[-\d. +()%])+;?)+"
)
SHAPES = {"svg", "path", "rect", "line", "circle"}
PAINT = {"d", "fill", "stroke", "stroke-width", "stroke-miterlimit", "stroke-dasharray", "opacity"}
PLACES = {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "r"}


class Shown(HTMLParser):
    """The tags, attributes, addresses and styles of a piece of HTML."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes, self.addresses, self.styles = set(), set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.addresses |= {value for name, value in attributes if name == "href"}
        self.styles |= {value for name, value in attributes if name == "style"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> dict[str, AppTest]:
    """Every page once, over all data files, each with another kind of selection."""
    pages, path = {}, tmp_path_factory.mktemp("hostile") / "curated.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSTO_DATA", str(path))
        for rotation in range(hostile.ROTATIONS):
            path.write_text(hostile.data_file(rotation), encoding="utf-8")
            for place, name in list(enumerate(query.PAGES))[rotation :: hostile.ROTATIONS]:
                pages[name] = open_page(name, sel=SELECTED[place], **MORE.get(name, {}))
    return pages


def strings(app: AppTest) -> Iterator[tuple[str, str, str]]:
    """Message, field and text of all that the page sends."""

    def inside(message: Message) -> Iterator[tuple[str, str, str]]:
        for field, value in message.ListFields():
            values = [value] if isinstance(value, str | Message) else value
            for part in values if field.type in (field.TYPE_STRING, field.TYPE_MESSAGE) else ():
                if isinstance(part, str):
                    yield message.DESCRIPTOR.name, field.name, part
                elif isinstance(part, Message):
                    yield from inside(part)

    def below(node) -> Iterator[tuple[str, str, str]]:
        if isinstance(getattr(node, "proto", None), Message):
            yield from inside(node.proto)
        for child in getattr(node, "children", {}).values():
            yield from below(child)

    yield from below(app._tree)


def missing(sent: str) -> list[str]:
    """The payloads that never came there, where nothing can be seen to become of them."""
    return [payload for payload in hostile.ALL if payload not in sent]


def test_every_page_stands(opened):
    for name, app in opened.items():
        assert not app.exception, name
        assert f"<h1>{query.PAGES[name].question}</h1>" in markup(app)


def test_no_label_holds_a_payload_that_markdown_would_read(opened):
    signs = [payload for payload in hostile.ALL if re.search(r"[!-/:-@\[-`{-~]", payload)]
    labels = {
        text
        for app in opened.values()
        for message, field, text in strings(app)
        if field in READ and message != "Html"
    }
    for label in labels:
        assert not [payload for payload in signs if payload in label]
        assert not FOUND_LATER.search(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", label)), label


def test_no_word_of_the_data_becomes_a_tag_an_attribute_or_an_address(opened):
    texts = [markup(app) for app in opened.values()]
    assert missing(html.unescape("\n".join(texts))) == []
    for shown in map(Shown, texts):
        assert shown.tags <= OURS
        assert shown.attributes <= ATTRIBUTES
        assert all(map(BLOCK.fullmatch, shown.styles))
        assert all(address.startswith(BEGINNINGS) for address in shown.addresses)


def test_no_word_of_the_data_becomes_markup_of_a_chart(opened):
    hovers, shown = [], []
    for app in opened.values():
        for drawn in drawings(app):
            shown += map(Shown, (drawn["under"], drawn["frames"]))
            for trace in drawn["figure"]["data"]:
                hovers += trace.get("hovertext") or []
                assert trace.get("hovertemplate") in (None, "%{hovertext}<extra></extra>")
            assert not drawn["figure"]["layout"].get("annotations")
    assert missing(html.unescape("\n".join(hovers).replace("<br>", " "))) == []
    assert not [text for text in hovers if "<" in text.replace("<br>", "")]
    for one in shown:
        assert one.tags <= {"p", "span", "br", "i"} | SHAPES
        assert one.attributes <= {"style", "class", "data-of"} | PLACES | PAINT
        assert all(AROUND.fullmatch(style) for style in one.styles)

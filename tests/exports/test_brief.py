import re
from html.parser import HTMLParser

import pytest

from exports import standard
from exports.brief import brief
from query import CODED_BY
from query.words import quotation
from tests.exports.conftest import BASE

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a page holds: tags with their attributes and what they stand in, and its text."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.texts = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.texts).split())

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes, _ in self.tags if "id" in attributes]

    def marks(self) -> list[dict]:
        return [attributes for tag, attributes, inside in self.tags if tag == "a" and "svg" in inside]


@pytest.fixture(scope="module")
def parsed(offline) -> Page:
    return Page(offline)


def test_the_page_runs_nothing_and_asks_nobody(offline, parsed):
    assert "<script" not in offline
    for tag, attributes, _ in parsed.tags:
        assert tag not in ("script", "link", "iframe", "img", "object", "embed", "form", "base")
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")
        ]
    assert "@import" not in offline
    assert all(
        found.startswith("data:font/")
        for found in re.findall(r"(?<!href=.)\burl\(([^)#]*)", offline)
        if found
    )


def test_every_mark_of_every_chart_leads_to_its_evidence(parsed, made):
    ids = parsed.ids()
    assert len(ids) == len(set(ids))
    marks = parsed.marks()
    assert len(marks) == sum(len({item.address for item in slide.own_chart.grid.items}) for slide in made)
    for mark in marks:
        assert mark["href"].startswith("#record-")
        assert mark["aria-label"].strip()
        assert "tabindex" not in mark, "a link is in the order of Tab by itself"


def test_every_link_inside_the_page_has_its_target(parsed):
    targets = {
        attributes["href"][1:]
        for tag, attributes, _ in parsed.tags
        if tag == "a" and attributes["href"][0] == "#"
    }
    assert targets <= set(parsed.ids())


def test_the_evidence_holds_the_words_of_every_record(parsed, made):
    words = parsed.words
    for record in {record.id: record for slide in made[:5] for record in slide.records}.values():
        for quote in record.quotes:
            assert quotation(" ".join(quote.text.split())) in words
            assert f"paragraph {quote.paragraph}, {quote.source}.{quote.paragraph}" in words
    assert "No source says whether" in words
    assert "Read without finding it" in words


def test_links_that_leave_the_page_go_to_the_sources_and_the_briefing(parsed, dataset):
    outside = {
        attributes["href"]
        for tag, attributes, _ in parsed.tags
        if tag == "a" and attributes["href"][0] != "#"
    }
    rest = outside - set(dataset.tables["sources"]["url"])
    assert len(rest) == 1
    assert rest.pop().startswith(f"{BASE}/briefing?tray=")


def test_the_page_says_what_is_not_known_and_which_dataset_it_is(parsed, dataset):
    assert "What we do not know" in parsed.words
    assert "Year in which no source reports an event held" in parsed.words
    assert f"Version {dataset.version} of {dataset.date}, data {dataset.hash}." in parsed.words


def test_who_coded_the_records_is_said_on_the_cover_and_at_the_end(offline):
    for text in (offline.partition("</header>")[0], offline.partition('id="sample"')[2]):
        assert CODED_BY in text


def test_the_standard_page_is_smaller_than_500_kilobytes(dataset):
    assert len(brief(dataset, standard(dataset.tables))) < 500_000


def test_one_view_is_one_printed_page(offline, items):
    assert "@page{size:A4 landscape" in offline
    assert offline.count('<section class="page" id="view-') == len(items)

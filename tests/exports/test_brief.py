import re
from html.parser import HTMLParser

import pytest

from exports import Item, Refused, standard
from exports.brief import brief
from query import View

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
    assert len(marks) == sum(slide.marks["address"].nunique() for slide in made)
    for mark in marks:
        assert mark["href"].startswith("#record-")
        assert mark["href"][1:] in ids
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
    for slide in made[:5]:
        for record in slide.records:
            for quote in record.quotes:
                assert " ".join(quote.text.split()) in parsed.words
    assert "No source says whether" in parsed.words
    assert "Read without finding it" in parsed.words


def test_links_that_leave_the_page_go_to_the_sources_and_the_briefing(parsed, dataset):
    outside = {
        attributes["href"]
        for tag, attributes, _ in parsed.tags
        if tag == "a" and attributes["href"][0] != "#"
    }
    rest = outside - set(dataset.tables["sources"]["url"])
    assert len(rest) == 1
    assert rest.pop().startswith("https://example.org/csto/briefing?tray=")


def test_the_page_says_what_is_not_known_and_which_dataset_it_is(parsed, dataset):
    assert "What we do not know" in parsed.words
    assert "Year in which no source reports an event held" in parsed.words
    assert f"Version {dataset.version} of {dataset.date}, data {dataset.hash}." in parsed.words


def test_the_standard_page_is_smaller_than_500_kilobytes_and_names_no_own_machine(dataset):
    data = brief(dataset, standard(dataset.tables), "http://localhost:8501")
    assert len(data) < 500_000
    assert b"localhost" not in data
    assert b"?tray=overview~" in data


def test_one_view_is_one_printed_page(offline):
    assert "@page{size:A4 landscape" in offline
    assert offline.count('<section class="page" id="view-') == 8


def test_hostile_words_appear_as_written(hostile):
    text = brief(hostile, (Item("threats"), Item("documents"), Item("sources"))).decode()
    assert "<script" not in text
    assert "javascript:" not in text
    assert hostile.title in Page(text).words


def test_the_same_views_give_the_same_bytes(dataset, items, offline):
    assert brief(dataset, items, "https://example.org/csto").decode() == offline


def test_another_dataset_makes_a_page_too(invented):
    text = brief(invented, standard(invented.tables)).decode()
    assert invented.title in Page(text).words


def test_a_refused_view_makes_no_page(dataset):
    with pytest.raises(Refused):
        brief(dataset, (Item("threats", View(years=(2021,))),))

"""Every export of data whose every free text is made of words that programs misread: opened again."""

import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from pptx import Presentation

from charts import fonts
from exports import Item, Refused, native, slides
from exports.brief import brief
from exports.bundle import bundle
from exports.deck import deck
from exports.picture import picture_png, picture_svg
from loaders import export
from query import CHARTS
from tests.exports.conftest import BASE, changed, unpacked
from tests.exports.test_brief import Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def fonts_of_the_machine():
    """No subset of a font, which takes longer than all the rest; its letters are none of our words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "css", lambda text: "")
        yield


@pytest.fixture(scope="module")
def views(hostile) -> tuple[Item, ...]:
    return (*map(Item, CHARTS), Item("threats", headline=hostile.title))


@pytest.fixture(scope="module")
def parts(hostile, views) -> dict[str, bytes]:
    """The files in a deck."""
    return unpacked(deck(hostile, views, BASE))


def words_of(dataset, *columns: tuple[str, str]) -> list[str]:
    return [flat(text) for table, column in columns for text in dataset.tables[table][column] if text]


def flat(text: str) -> str:
    """Text without spaces and line breaks, which a break in a line adds or takes."""
    return re.sub(r"[\s\u00a0]", "", text)


def test_a_deck_runs_nothing_and_holds_the_words_as_written(hostile, parts):
    outside, text = set(), []
    for name, content in parts.items():
        assert "vba" not in name.lower()
        if name.endswith((".xml", ".rels")):
            root = ElementTree.fromstring(content)
            text.append("".join(root.itertext()))
            outside |= {node.get("Target") for node in root.iter() if node.get("TargetMode") == "External"}
            assert not [
                node for node in root.iter() if node.tag.endswith("}hlinkClick") and node.get("action")
            ]
    assert {address for address in outside if not address.startswith(f"{BASE}/briefing?")} == {
        hostile.tables["sources"]["url"].iloc[0]
    }, "an address that a browser should not open is no link"
    text = flat("".join(text))
    fields = ("threats", "summary"), ("sources", "title"), ("documents", "title"), ("categories", "label")
    for written in (*words_of(hostile, *fields, ("evidence", "quote")), flat(hostile.title)):
        assert written in text


def test_a_deck_of_the_longest_words_stays_within_its_slides(invented):
    long = "Donaudampfschifffahrtsgesellschaftskapitän " * 12
    columns = {"states": "name", "people": "name", "categories": "label", "sources": "publisher"}
    columns |= {"documents": "title", "threats": "summary", "events": "title"}
    tables = {name: invented.tables[name].assign(**{column: long}) for name, column in columns.items()}
    file = Presentation(
        BytesIO(deck(changed(invented, **tables), [Item(topic) for topic in CHARTS if topic != "comparison"]))
    )
    shapes = [shape for page in file.slides for shape in page.shapes]
    sizes = [(shape.name, shape.top + shape.height - file.slide_height, shape.height) for shape in shapes]
    assert [size for size in sizes if size[1] > 0 or size[2] < 0] == []


def test_a_workbook_behind_a_chart_has_neither_formulas_nor_links(hostile, monkeypatch):
    monkeypatch.setattr(native, "FEW", 0)  # else these few statements are told in their words
    files = unpacked(deck(hostile, (Item("threats"), Item("speakers")), BASE))
    books = [content for name, content in files.items() if name.endswith(".xlsx")]
    assert books
    for book in books:
        for name, content in unpacked(book).items():
            assert b"TargetMode" not in content, name
            root = ElementTree.fromstring(content)
            kinds = {node.tag.rpartition("}")[2] for node in root.iter()}
            assert not kinds & {"f", "hyperlink", "externalReference", "ddeLink", "oleLink"}


def test_an_offline_page_has_no_tag_and_no_address_of_the_data(hostile, views):
    page = Page(brief(hostile, views, BASE).decode())
    tags = {tag for tag, _, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base", "link", "svg/onload"}
    opened = hostile.tables["sources"]["url"].iloc[0]
    for _, attributes, _ in page.tags:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "style", "xlink:href")
        ]
        address = attributes.get("href", "#")
        assert address.startswith(("#", f"{BASE}/briefing?")) or address == opened
    read = flat("".join(page.texts))
    fields = ("sources", "title"), ("evidence", "quote"), ("threats", "summary"), ("inferences", "reason")
    for written in (*words_of(hostile, *fields), flat(hostile.title), flat(hostile.licence)):
        assert written in read


def test_no_cell_of_a_bundle_runs_and_all_say_what_was_written(hostile, views):
    for name, content in unpacked(bundle(hostile, views, BASE)).items():
        if name.endswith(".svg"):
            _only_drawn(content.decode())
        elif name.endswith(".csv"):
            cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
            assert not [cell for cell in cells if cell.startswith(export.RUNNABLE)]
            if name == "sources.csv":
                written = {flat(cell.removeprefix("'")) for cell in cells}
                assert written >= set(words_of(hostile, ("sources", "title"), ("sources", "publisher")))


def test_a_picture_draws_the_words_and_nothing_else(hostile, views):
    slide = slides(hostile, views[-1:])[0]
    root = _only_drawn(picture_svg(slide))
    assert flat(slide.headline) in flat("".join(root.itertext()))
    with pytest.raises(Refused, match="A PNG cannot show"):  # whose letters would be empty boxes
        picture_png(slide, 0.2)


def _only_drawn(svg: str) -> ElementTree.Element:
    """The root of an SVG that has shapes and texts only, no address and nothing that runs."""
    root = ElementTree.fromstring(svg)
    for node in root.iter():
        kind = node.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert kind in {
            "svg", "title", "desc", "style", "g", "defs", "pattern", "path", "rect", "line", "circle",
            "ellipse", "text",
        }  # fmt: skip
        assert not [name for name in node.keys() if name.startswith("on") or name.endswith("href")]  # noqa: SIM118
    return root

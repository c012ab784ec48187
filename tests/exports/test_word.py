import re
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image

import query
from exports import Item, Refused, gaps, slides
from exports.deck import AGAIN, OPEN
from exports.word import MOST, word
from query import CODED_BY, View
from query.words import capital
from tests.exports.conftest import BASE, FILTERED, changed, unpacked


@pytest.fixture(scope="module")
def content(dataset, items) -> bytes:
    return word(dataset, items, BASE)


@pytest.fixture(scope="module")
def document(content):
    return Document(BytesIO(content))


def of_views(document) -> dict[str, list]:
    """headline -> the paragraphs under it."""
    found: dict[str, list] = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Heading 1":
            found[paragraph.text] = []
        elif found:
            found[list(found)[-1]].append(paragraph)
    return found


def numbered(paragraphs, style: str) -> dict[int, str]:
    """raised number -> the words of its paragraph besides."""
    found = {}
    for paragraph in paragraphs:
        raised = [run.text for run in paragraph.runs if run.font.superscript]
        if paragraph.style.name == style and raised:
            (number,) = raised
            rest = [run.text for run in paragraph.runs if not run.font.superscript]
            found[int(number)] = "".join(rest).strip()
    return found


def links(document) -> dict[str, str]:
    """words -> where they lead."""
    return {link.text: link.url for paragraph in document.paragraphs for link in paragraph.hyperlinks}


def test_every_view_has_its_headline_its_picture_and_its_sentence(document, made):
    views = of_views(document)
    assert list(views) == [*(slide.headline for slide in made), "What we do not know, and what this rests on"]
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == [slide.alt for slide in made]
    for slide in made:
        said = "\n".join(paragraph.text for paragraph in views[slide.headline])
        assert slide.sentence in said


def test_pictures_stand_between_the_margins_and_on_one_page_as_large_as_they_were_drawn(document, content):
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    pixels = [
        Image.open(BytesIO(data)).size for name, data in unpacked(content).items() if name.endswith(".png")
    ]
    assert len(pixels) == len(document.inline_shapes)
    for shape in document.inline_shapes:
        assert shape.width <= room
        assert shape.height <= section.page_height - section.top_margin - section.bottom_margin
        assert shape.width == pytest.approx(Cm(16), rel=0.001)


def test_each_quote_has_a_note_on_who_when_and_where(dataset):
    (slide,) = slides(dataset, (FILTERED,))
    told = of_views(Document(BytesIO(word(dataset, (FILTERED,)))))[slide.headline]
    quotes, notes = numbered(told, "Normal"), numbered(told, "Body Text 3")
    assert list(quotes) == list(notes) == list(range(1, len(slide.records) + 1))
    edition = {"version": dataset.version, "date": dataset.date}
    records = {f"{record.claim}: “{record.quotes[0].text}”": record for record in slide.records}
    for number, words in quotes.items():
        address = query.resolve(records[words].id, slide.tables)
        footnote = query.footnote(slide.tables, address, edition)
        assert notes[number][0].isupper()
        assert notes[number][1:].startswith(footnote[1:])
        assert "para. " in footnote
        assert "https://" in footnote


def test_what_is_inferred_or_disputed_is_said_in_the_note(dataset):
    (slide,) = slides(dataset, (Item("chairmanship"),))
    told = of_views(Document(BytesIO(word(dataset, (Item("chairmanship"),)))))[slide.headline]
    said = "\n".join(numbered(told, "Body Text 3").values())
    reasons = [reason for record in slide.records for _, reason in record.inferences]
    against = [quote.text for record in slide.records for quote in record.quotes if quote.against]
    assert reasons != against != []
    for words in (*reasons, *against):
        assert words in said


def test_of_many_quotes_those_behind_the_headline_come_first_and_the_rest_is_counted(dataset):
    (slide,) = slides(dataset, (Item("attendance"),))
    told = of_views(Document(BytesIO(word(dataset, (Item("attendance"),)))))[slide.headline]
    quotes = numbered(told, "Normal")
    behind = [record for record in slide.records if record.id in slide.own_chart.behind and record.quotes]
    assert quotes[1].startswith(behind[0].claim)
    assert "absent" in quotes[1]
    rest = sum(bool(record.quotes) for record in slide.records) - MOST
    assert len(quotes) == MOST
    assert any(paragraph.text.startswith(f"{rest} more: ") for paragraph in told)


def test_it_ends_with_what_is_not_known_who_coded_it_and_the_sources(document, dataset):
    (table,) = document.tables
    numbers = {row.cells[0].text: row.cells[1].text for row in list(table.rows)[1:]}
    assert numbers == {
        capital(kind): str(number) for kind, number in gaps.numbers(gaps.gaps(dataset.tables)).items()
    }
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert CODED_BY in text
    assert f"data {dataset.hash}" in text
    for source in dataset.tables["sources"].to_dict("records"):
        assert links(document)[source["publisher"]] == source["url"]


def test_links_are_words_that_lead_back_or_absent(document, dataset):
    assert links(document)[AGAIN].startswith(f"{BASE}/briefing?tray=")
    for base in ("", "http://localhost:8501"):
        at_home = Document(BytesIO(word(dataset, (FILTERED,), base)))
        assert {OPEN, AGAIN} & set(links(at_home)) == set()
        assert not any(re.search(r"%[0-9A-F]{2}|tray=", part.text) for part in at_home.paragraphs)


def test_it_is_dated_by_its_data_and_names_no_author(document, content, dataset):
    properties = document.core_properties
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == dataset.date
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert not [name for name in unpacked(content) if "thumbnail" in name]


def test_a_view_whose_words_are_not_xml_is_written_all_the_same(dataset):
    rows = dataset.tables["threats"].assign(summary="Says \x0b\x00 & <b>this</b>")
    made = word(changed(dataset, threats=rows), (Item("threats", View(years=(2022,))),))
    assert any("& <b>this</b>" in part.text for part in Document(BytesIO(made)).paragraphs)


def test_a_view_without_rows_is_refused(dataset):
    with pytest.raises(Refused):
        word(dataset, (Item("threats", View(years=(2021,))),))

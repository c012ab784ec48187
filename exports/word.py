"""A briefing as a Word document: for each view its headline, its picture, and quotes with numbered notes.

python-docx 1.2.0 has no footnotes, so the notes of a view stand in small type after its quotes.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

import query
from charts.theme import INK
from charts.words import cut
from exports import gaps
from exports.archive import timeless
from exports.briefing import INDEPENDENT, Item, Record, Slide, all_sources, public_link, public_remark, slides
from exports.deck import AGAIN, OPEN, disagreement_words, left_out_words, rested_on
from exports.picture import WIDE, document_png, why_no_png
from exports.powerpoint import LONGEST_PROPERTY, clean
from exports.template import SANS, SERIF
from loaders import Dataset
from query.vocabulary import TO_THE_CONTRARY
from query.words import capital, quotation

MOST = 12  # quotes of one view
PAGE, ASIDE, ABOVE = (21.0, 29.7), 2.5, 1.9  # cm: A4 and its margins, between which a picture fits
TALLEST = 23.8  # cm of a picture, with room for its headline above
# style -> font, points, whether bold, ink
STYLES = {
    "Normal": (SANS, 11, False, "ink"),
    "Title": (SERIF, 26, True, "ink"),
    "Heading 1": (SERIF, 16, True, "ink"),
    "Heading 2": (SANS, 11, True, "soft"),
    "Body Text 3": (SANS, 9, False, "ink"),  # of notes
}
NOTES = "Body Text 3"


def word(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as a DOCX file. Raises Refused."""
    made = slides(dataset, items)
    file = _document(dataset)
    file.add_paragraph(clean(dataset.title), "Title")
    file.add_paragraph(f"Briefing. {clean(_edition(dataset))} {INDEPENDENT}")
    for number, slide in enumerate(made):
        _view(file, slide, public_link(dataset, [slide.item], base_url), first=not number)
    _closing(
        file, dataset, items, public_link(dataset, items, base_url), public_remark(dataset, items, base_url)
    )
    buffer = BytesIO()
    file.save(buffer)
    moment = file.core_properties.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    return timeless(buffer.getvalue(), moment)


def _document(dataset: Dataset):
    """An empty document of A4 in our fonts, dated by its data."""
    file = Document()
    section, properties, package = file.sections[0], file.core_properties, file.part.package
    for name in [name for name, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        package.rels.pop(name)
    section.page_width, section.page_height = map(Cm, PAGE)
    section.left_margin = section.right_margin = Cm(ASIDE)
    section.top_margin = section.bottom_margin = Cm(ABOVE)
    properties.title, properties.subject = cut(clean(dataset.title), LONGEST_PROPERTY), "Briefing"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language, properties.revision = "en-GB", 1
    properties.created = properties.modified = datetime.fromisoformat(dataset.date)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, (font, size, bold, ink) in STYLES.items():
        style = file.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()  # those of Word's theme, which would be taken before ours
        style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(INK[ink].lstrip("#"))
        for line in style.element.findall(f".//{qn('w:pBdr')}"):
            line.getparent().remove(line)
        style.paragraph_format.space_after = Pt(3 if name == NOTES else 6)
    return file


def _view(file, slide: Slide, address: str, *, first: bool):
    """Headline, picture, what it shows, the quotes, and a note to each of them."""
    head = file.add_paragraph(clean(slide.headline), "Heading 1")
    head.paragraph_format.page_break_before = not first
    if why := why_no_png(slide):
        file.add_paragraph(clean(why))
    else:
        picture = file.add_picture(BytesIO(document_png(slide, headed=False)), width=Cm(WIDE))
        if picture.height > Cm(TALLEST):
            picture.width, picture.height = round(picture.width * Cm(TALLEST) / picture.height), Cm(TALLEST)
        picture._inline.docPr.set("descr", clean(slide.alt))
    said = file.add_paragraph(clean(f"{slide.subtitle} {slide.sentence} "))
    if address:
        _link(said, OPEN, address)
    for words in filter(None, (left_out_words(slide), disagreement_words(slide))):
        file.add_paragraph(clean(words))
    records = _quoted(slide)
    if not records:
        return
    file.add_paragraph("Quoted words", "Heading 2")
    for number, record in enumerate(records[:MOST], 1):
        quote = next(one for one in record.quotes if not one.against)
        line = file.add_paragraph(clean(f"{record.claim}: {quotation(quote.text)}"))
        _raised(line, number)
    if len(records) > MOST:
        more = len(records) - MOST
        file.add_paragraph(f"{more} more: in the notes of the slides, in the offline page and in the ZIP.")
    file.add_paragraph("Notes", "Heading 2")
    for number, record in enumerate(records[:MOST], 1):
        line = file.add_paragraph(style=NOTES)
        _raised(line, number)
        line.add_run(clean(f" {_note(slide, record)}"))


def _quoted(slide: Slide) -> list[Record]:
    """The records that have quotes: first those that the headline speaks of, the others as on the chart."""
    if slide.topic.table not in query.CLAIM:
        return []
    behind = set(slide.own_chart.behind)
    records = [record for record in slide.records if any(not quote.against for quote in record.quotes)]
    return sorted(records, key=lambda record: record.id not in behind)


def _note(slide: Slide, record: Record) -> str:
    """Who, when and where, and what else has to be known of a record."""
    dataset, publishers = slide.dataset, {one.id: one.publisher for one in slide.sources}
    edition = {"version": dataset.version, "date": dataset.date}
    address = query.resolve(record.id, slide.tables)
    parts = [capital(query.footnote(slide.tables, address, edition))]
    parts += [
        f"{TO_THE_CONTRARY}{quotation(quote.text)}, {publishers[quote.source]}, para. {quote.paragraph}."
        for quote in record.quotes
        if quote.against
    ]
    return " ".join([*parts, *(f"{label} {text}".strip() for label, text in record.reasons)])


def _closing(file, dataset: Dataset, items: Sequence[Item], address: str, remark: str):
    """How much is not known, who coded it, what was read, and which dataset it is."""
    tables = rested_on(dataset, items)
    head = file.add_paragraph("What we do not know, and what this rests on", "Heading 1")
    head.paragraph_format.page_break_before = True
    counts = gaps.numbers(gaps.gaps(tables)).items()
    table = file.add_table(0, 2, "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for kind, number in (("What we do not know", "How many"), *counts):
        for cell, text in zip(table.add_row().cells, (capital(kind), str(number)), strict=True):
            cell.text = clean(text)
    file.add_paragraph("Each of these is listed in gaps.csv of the ZIP.")
    file.add_paragraph(query.CODED_BY)
    file.add_paragraph("Sources", "Heading 2")
    for source in all_sources(tables):
        line = file.add_paragraph(style=NOTES)
        line.add_run(clean(f"{source.id} "))
        _link(line, source.publisher, source.address)
        line.add_run(clean(f": {source.title}, {source.printed}. {source.url}"))
    file.add_paragraph(
        clean(f"{_edition(dataset)} Records {dataset.licence}; quotations belong to their sources.")
    )
    if address:
        _link(file.add_paragraph(), AGAIN, address)
    if remark:
        file.add_paragraph(remark)


def _edition(dataset: Dataset) -> str:
    return f"Version {dataset.version} of {dataset.date}, data {dataset.hash}."


def _raised(paragraph, number: int):
    """The number of a note, raised."""
    paragraph.add_run(str(number)).font.superscript = True


def _link(paragraph, words: str, address: str):
    """Words that lead to an address, or without one the words alone. python-docx itself makes no links."""
    run = paragraph.add_run(clean(words))
    if address:
        run.font.underline = True
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(run._r)
        paragraph._p.append(link)

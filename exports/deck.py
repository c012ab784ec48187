"""A briefing as PowerPoint: a cover, one slide a view with native charts and tables, one slide on what is
not known; the evidence stands in the speaker notes.
"""

from collections.abc import Sequence

from pptx.enum.text import PP_ALIGN

import query
from charts.words import cut
from exports import gaps, native, powerpoint
from exports.body import DISPUTED, Body
from exports.briefing import INDEPENDENT, Item, Slide, Source, all_sources, public_link, public_remark, slides
from exports.powerpoint import EDGE, ROOM, SMALLEST, Area, Cell, Run, Table
from exports.template import FOOT, PROMPTS
from loaders import Dataset
from query import View
from query.vocabulary import CONTRADICTED, TO_THE_CONTRARY
from query.words import capital, field_names, quotation

BOTTOM = FOOT - 0.12  # inches from the top: where a body ends
LAST = 6.45  # the edition and the link on the closing slide
SMALL = 11
GAPS, BETWEEN = 5.3, 0.5  # inches: how wide the table of gaps is, and from it to that of sources
COVER_SIZES = ((40, 2), (28, 9))
EACH = "Each of these is listed in the notes of this slide, and in gaps.csv of the ZIP."
OPEN, AGAIN = "Open this view in the dashboard", "Open this briefing in the dashboard"


def deck(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as a PPTX file. Raises Refused."""
    return _Deck(dataset, items, base_url).made()


class _Deck:
    """One presentation in the making."""

    def __init__(self, dataset: Dataset, items: Sequence[Item], base_url: str):
        self.dataset, self.items, self.base_url = dataset, items, base_url
        self.slides = slides(dataset, items)
        self.file = powerpoint.presentation(dataset.title, "Briefing", dataset.date)
        self.tables = rested_on(dataset, items)

    def made(self) -> bytes:
        self._cover()
        for slide in self.slides:
            self._view(slide)
        self._closing()
        return powerpoint.saved(self.file)

    def _page(self, layout: str, title: str, under: Sequence[str] = ()) -> tuple:
        """A slide with its title and the lines under it; returns it and where its body begins."""
        page, end = powerpoint.page(self.file, layout, title)
        y = end + 0.06
        for number, text in enumerate(under, 1):
            tall = powerpoint.height(text, ROOM, 14)
            color = "ink" if number == len(under) else "soft"
            powerpoint.textbox(page, Area(EDGE, y, ROOM, tall), [text], 14, color=color, name="Subtitle")
            y += tall + 0.02
        return page, y + 0.14

    # -- what the slides hold

    def _cover(self):
        """The title, room for a name and a date, the edition, and a list of the views."""
        page, end = powerpoint.page(self.file, "Cover", self.dataset.title, COVER_SIZES)
        y = end + 0.12
        for number, name in enumerate(PROMPTS):
            shape = page.placeholders[10 + number]
            shape.name = name
            shape.left, shape.top, shape.width, shape.height = Area(
                EDGE + number * ROOM / 2, y, ROOM / 2 - 0.2, 0.4
            ).lengths
        about = f"Briefing. Version {self.dataset.version} of {self.dataset.date}, data {self.dataset.hash}."
        area = Area(EDGE, y + 0.5, ROOM, 0.3)
        powerpoint.textbox(page, area, [about], 14, color="soft", name="Edition")
        rows = [[Cell(""), Cell("In this briefing")]]
        rows += [[Cell(str(number)), Cell(slide.headline)] for number, slide in enumerate(self.slides, 1)]
        top, widths = y + 0.95, [0.5, ROOM - 0.5]
        self._table(page, top, widths, rows, "Table: contents", bottom=6.85, sizes=range(16, 9, -1))
        area = Area(EDGE, 6.95, ROOM, 0.3)
        powerpoint.textbox(page, area, [INDEPENDENT], SMALL, color="soft", name="Independence")

    def _view(self, slide: Slide):
        """A view on one slide; all that it shows stands in its notes, with the evidence."""
        under = filter(None, (native.subtitle(slide), slide.sentence))
        page, top = self._page("View", slide.headline, list(under))
        self._foot(page, slide)
        page.notes_slide.notes_text_frame.text = powerpoint.clean(notes(slide))
        bottom = BOTTOM
        if words := remarks(slide):
            tall = powerpoint.height(words, ROOM, SMALLEST)
            bottom -= tall + 0.04
            area = Area(EDGE, bottom + 0.04, ROOM, tall)
            powerpoint.textbox(page, area, [words], color="soft", name="Remarks")
        native.draw(Body(slide, page, top, bottom))

    def _foot(self, page, slide: Slide):
        """Which sources cover which year, what is cited, the data and a link to the view."""
        coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
        source = [Run(slide.uncited or "Source: our reading of ", "soft")]
        for place, one in enumerate(slide.sources):
            source += [Run(", " if place else "", "soft"), Run(one.publisher, "soft", one.address)]
        end = " " if slide.uncited else ". "
        source.append(Run(f"{end}Data {self.dataset.hash}, {self.dataset.date}. ", "soft"))
        if address := public_link(self.dataset, [slide.item], self.base_url):
            source.append(Run(OPEN, "soft", address))
        lines = [f"Sources that report events held in each year: {coverage}", source]
        area = Area(EDGE, FOOT + 0.07, ROOM - 0.6, 0.6)
        powerpoint.textbox(page, area, lines, SMALL, color="soft", name="Coverage and sources")
        area, number = Area(EDGE + ROOM - 0.5, FOOT + 0.07, 0.5, 0.25), str(len(self.file.slides))
        powerpoint.textbox(page, area, [number], SMALL, color="soft", align=PP_ALIGN.RIGHT, name="Number")

    def _closing(self):
        """How much is not known, who coded it, what was read, which dataset it is, and the link that restores
        the briefing. Each gap by itself stands in the notes.
        """
        dataset, known = self.dataset, gaps.gaps(self.tables)
        page, top = self._page("Closing", "What we do not know, and what this rests on", (query.CODED_BY,))
        page.notes_slide.notes_text_frame.text = powerpoint.clean(closing_notes(self.tables, known))
        counts = gaps.numbers(known).items()
        rows = [[Cell("What we do not know"), Cell("How many", right=True)]]
        rows += [[Cell(capital(kind)), Cell(str(number), right=True)] for kind, number in counts]
        y = self._table(page, top, [GAPS - 1, 1], rows, "Table: what we do not know")
        area = Area(EDGE, y + 0.12, GAPS, powerpoint.height(EACH, GAPS, SMALLEST))
        powerpoint.textbox(page, area, [EACH], color="soft", name="Each gap")
        rows = [[row[0], *row[2:5]] for row in native.source_rows(self.tables)]
        for row, source in zip(rows[1:], all_sources(self.tables), strict=True):
            name, title = cut(row[0].text, 60), cut(source.title, 100)
            row[0] = row[0]._replace(text=f"{name}\n{title}, {source.printed}")
        wide = ROOM - GAPS - BETWEEN
        widths = [wide - 2.9, 1.1, 0.9, 0.9]
        self._table(page, top, widths, rows, "Table: sources", left=EDGE + GAPS + BETWEEN)
        edition = (
            f"{dataset.title}, version {dataset.version} of {dataset.date}, data {dataset.hash}, "
            f"records {dataset.licence}; quotations belong to their sources."
        )
        lines = [edition, INDEPENDENT]
        if address := public_link(dataset, self.items, self.base_url):
            lines.append([Run(AGAIN, url=address)])
        if remark := public_remark(dataset, self.items, self.base_url):
            lines.append(remark)
        area = Area(EDGE, LAST, ROOM, 7.2 - LAST)
        powerpoint.textbox(page, area, lines, SMALL, color="soft", name="Dataset and link")

    def _table(
        self, page, top: float, widths, rows, name: str, *, left: float = EDGE, bottom: float = LAST - 0.15,
        sizes: Sequence[float] = (SMALLEST,),
    ) -> float:  # fmt: skip
        """A table in the largest size in which it fits, else its first rows and how many more there are;
        returns where it ends.
        """
        tables = [Table(widths, rows, size) for size in sizes]
        made, over = next((one for one in tables if one.height <= bottom - top), None), 0
        if made is None:
            made, over = tables[-1].cut(bottom - top - 0.25)
        end = powerpoint.table(page, top, made, name=name, words=name, left=left)
        if over:
            words = f"{over} more" + " in the notes" * page.has_notes_slide
            area = Area(left, end + 0.04, sum(widths), 0.21)
            powerpoint.textbox(page, area, [words], color="soft", name="More")
        return end


def rested_on(dataset: Dataset, items: Sequence[Item]) -> query.Tables:
    """The tables without what every view of a briefing sets aside."""
    aside = set.intersection(*(set(item.view.without) for item in items))
    return query.select(dataset.tables, View(without=tuple(sorted(aside))))


def closing_notes(tables: query.Tables, known: Sequence[gaps.Gap]) -> str:
    """Every gap, and every source with its address."""
    lines = ["What we do not know", ""]
    lines += [f"{gap.kind}: {gap.what}" for gap in known] or ["none known"]
    lines += ["", "What was read, paragraph by paragraph:"]
    lines += map(source_in_words, all_sources(tables))
    return "\n".join(lines)


def source_in_words(source: Source) -> str:
    """`s002 pm.kz: The title, printed 2 December 2020. https://…`"""
    return f"   {source.id} {source.publisher}: {source.title}, {source.printed}. {source.url}"


def remarks(slide: Slide) -> str:
    """What has to be said under the body: its signs, what is not on the chart, what is disputed."""
    inferred = f"{native.DAGGER} Inferred; the reason stands in the notes."
    signs = inferred if native.DAGGER in native.signs(slide) else ""
    return "  ".join(filter(None, (signs, left_out_words(slide), disagreement_words(slide))))


def left_out_words(slide: Slide) -> str:
    """What the view selects and no chart can place, in one line."""
    told = [f"{_claim(slide, row.address)} ({row.reason})" for row in slide.left_out]
    return f"Not on the chart: {_two_of(told)}." if told else ""


def _two_of(told: Sequence[str]) -> str:
    more = f"; and {len(told) - 2} more, in the notes" if len(told) > 2 else ""
    return "; ".join(told[:2]) + more


def _claim(slide: Slide, address: str) -> str:
    """What a row that is not on the chart claims; one whose source is set aside has its address alone."""
    return query.claim(slide.tables, address) or address


def disagreement_words(slide: Slide) -> str:
    """About which records of the view the quoted words disagree, in one line."""
    told = []
    for rows in slide.rows.values():
        if "contradicted" in rows.columns:
            for row in rows[rows["contradicted"] != ""].to_dict("records"):
                fields = field_names(row["contradicted"])
                told.append(f"{query.claim(slide.tables, row['id'], doubt=False)} (on {fields})")
    sign = f"{DISPUTED} " if DISPUTED in native.signs(slide) else ""
    return f"{sign}{CONTRADICTED.capitalize()}: {_two_of(told)}." if told else ""


def notes(slide: Slide) -> str:
    """What the speaker can be asked: every record of the slide, its quotes, paragraphs and sources."""
    publishers = {source.id: source.publisher for source in all_sources(slide.tables)}
    lines = [slide.headline, *filter(None, (native.subtitle(slide), slide.sentence)), ""]
    coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
    lines.append(f"Sources that report events held in each year: {coverage}")
    lines += ["", f"Behind this slide ({len(slide.records)}):"]
    for number, record in enumerate(slide.records, 1):
        lines.append(f"{number}. {record.claim} [{record.id}]")
        for quote in record.quotes:
            against = TO_THE_CONTRARY if quote.against else ""
            lines.append(
                f"   {against}{quotation(quote.text)} ({publishers.get(quote.source, quote.source)}, "
                f"{quote.source}, paragraph {quote.paragraph}: {quote.proves})"
            )
        lines += [f"   {label} {text}" if label else f"   {text}" for label, text in record.reasons]
    rows = slide.left_out
    if rows:
        lines += ["", "Not on the chart:"]
        lines += [f"   {_claim(slide, row.address)} ({row.reason})" for row in rows]
    lines += ["", "Sources:"]
    lines += map(source_in_words, slide.sources)
    return "\n".join(lines)

"""A briefing as PowerPoint: native, editable charts and tables, with the evidence in the speaker notes."""

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.text import PP_ALIGN

import query
from exports import native, powerpoint
from exports.body import DISPUTED, Body
from exports.briefing import INDEPENDENT, Item, Slide, all_sources, link, slides
from exports.powerpoint import EDGE, ROOM, SMALLEST, Area, Cell, Run, Table
from exports.template import FOOT
from loaders import Dataset
from query import View
from query.vocabulary import CONTRADICTED, TO_THE_CONTRARY
from query.words import field_names

BOTTOM = FOOT - 0.12  # inches from the top: where a body ends
LAST = 6.25  # the edition and the link on the last slide; a table above it has room for wider letters
SMALL = 11
TIGHT = 0.025  # inches above and below the words of a cell in the closing tables
COVER_SIZES = ((40, 2), (28, 9))


def deck(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as a PPTX file. Raises Refused."""
    return _Deck(dataset, items, base_url).made()


class _Deck:
    """One presentation in the making."""

    def __init__(self, dataset: Dataset, items: Sequence[Item], base_url: str):
        self.dataset, self.items, self.base_url = dataset, items, base_url
        self.slides = slides(dataset, items)
        self.file = powerpoint.presentation(dataset.title, "Briefing", dataset.date)
        # the tables without what every view sets aside
        aside = set.intersection(*(set(item.view.without) for item in items))
        self.tables = query.select(dataset.tables, View(without=tuple(sorted(aside))))

    def made(self) -> bytes:
        self._cover()
        for slide in self.slides:
            self._view(slide)
        self._gaps()
        self._sample()
        return powerpoint.saved(self.file)

    def _page(self, layout: str, title: str, under: Sequence[str] = ()) -> tuple:
        """A slide with its title and the lines under it; returns it and where its body begins."""
        page, end = powerpoint.page(self.file, layout, title)
        y = end + 0.06
        for number, text in enumerate(under):
            tall = powerpoint.height(text, ROOM, 14)
            color = "ink" if number else "soft"
            powerpoint.textbox(page, Area(EDGE, y, ROOM, tall), [text], 14, color=color, name="Subtitle")
            y += tall + 0.02
        return page, y + 0.14

    # -- what the slides hold

    def _cover(self):
        """The title, the edition, and a list of the views."""
        page, end = powerpoint.page(self.file, "Cover", self.dataset.title, COVER_SIZES)
        about = f"Briefing. Version {self.dataset.version} of {self.dataset.date}, data {self.dataset.hash}."
        area = Area(EDGE, end + 0.15, ROOM, 0.35)
        powerpoint.textbox(page, area, [about], 18, color="soft", name="Edition")
        rows = [[Cell(""), Cell("In this briefing")]]
        rows += [[Cell(str(number)), Cell(slide.headline)] for number, slide in enumerate(self.slides, 1)]
        top, widths = end + 0.9, [0.5, ROOM - 0.5]
        tables = [Table(widths, rows, size) for size in range(16, 9, -1)]
        contents = next((table for table in tables if table.height <= 6.9 - top), tables[-1])
        powerpoint.table(page, top, contents, name="Table: contents", words="The views of this briefing.")
        area = Area(EDGE, 6.95, ROOM, 0.3)
        powerpoint.textbox(page, area, [INDEPENDENT], SMALL, color="soft", name="Independence")

    def _view(self, slide: Slide):
        """A view on as many slides as it needs; the evidence stands in the notes of the first."""
        page, top = self._page("View", slide.headline, (native.subtitle(slide), slide.sentence))
        self._foot(page, slide)
        page.notes_slide.notes_text_frame.text = powerpoint.clean(notes(slide))
        title = slide.headline

        def more(about: str = "") -> object:
            nonlocal title
            again = not about and title.endswith("(continued)")
            title = about or (title if again else f"{title} (continued)")
            further, body.top = self._page("View", title)
            body.bottom = BOTTOM
            self._foot(further, slide)
            further.notes_slide.notes_text_frame.text = powerpoint.clean(
                f"Belongs to: {slide.headline}. "
                "The evidence stands in the notes of the first slide of this view."
            )
            return further

        bottom = BOTTOM
        if words := remarks(slide):
            tall = powerpoint.height(words, ROOM, SMALLEST)
            bottom -= tall + 0.04
            area = Area(EDGE, bottom + 0.04, ROOM, tall)
            powerpoint.textbox(page, area, [words], color="soft", name="Remarks")
        body = Body(slide, page, top, bottom, more)  # which `more` moves on
        native.draw(body)

    def _foot(self, page, slide: Slide):
        """Which sources cover which year, what is cited, the data and the address of the view."""
        coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
        source = [Run(slide.uncited or "Source: our reading of ", "soft")]
        for place, one in enumerate(slide.sources):
            source += [Run(", " if place else "", "soft"), Run(one.publisher, "soft", one.address)]
        end = " " if slide.uncited else ". "
        source.append(Run(f"{end}Data {self.dataset.hash}, {self.dataset.date}. View: ", "soft"))
        address = link(self.dataset, [slide.item], self.base_url)
        public = "://" in address
        source.append(Run("open" if public else slide.path, "soft", address if public else ""))
        lines = [f"Sources that report events held in each year: {coverage}", source]
        area = Area(EDGE, FOOT + 0.07, ROOM - 0.6, 0.6)
        powerpoint.textbox(page, area, lines, SMALL, color="soft", name="Coverage and sources")
        area, number = Area(EDGE + ROOM - 0.5, FOOT + 0.07, 0.5, 0.25), str(len(self.file.slides))
        powerpoint.textbox(page, area, [number], SMALL, color="soft", align=PP_ALIGN.RIGHT, name="Number")

    def _gaps(self):
        """The gaps of what these views rest on: years, parties, dates, and what is only inferred."""
        under = "Gaps in what our sources say, and what is only inferred from them."
        page, top = self._page("Closing", "What we do not know", (under,))
        gaps = unknowns(self.tables) or [("none known", "")]
        rows = [[Cell(text) for text in row] for row in (("Gap", "What"), *gaps)]
        self._table(page, top, [3.3, ROOM - 3.3], rows, "What we do not know", "Table: what we do not know")

    def _sample(self):
        """What was read, which dataset it is, and the link that restores the briefing."""
        sources, dataset = all_sources(self.tables), self.dataset
        number = f"{len(sources)} {'source' if len(sources) == 1 else 'sources'}"
        under = (f"The sample: {number}, read paragraph by paragraph.", query.CODED_BY)
        page, top = self._page("Closing", "What this rests on", under)
        rows = [row[:5] for row in native.source_rows(self.tables)]
        for row, source in zip(rows[1:], sources, strict=True):
            row[0] = row[0]._replace(text=f"{row[0].text}\n{source.title}, {source.printed}")
        widths = [7.0, 1.9, 1.3, *[(ROOM - 10.2) / 2] * 2]
        page = self._table(page, top, widths, rows, "What this rests on", "Table: sources", LAST - 0.65)
        address = link(dataset, self.items, self.base_url)
        edition = (
            f"{dataset.title}, version {dataset.version} of {dataset.date}, data {dataset.hash}, "
            f"records {dataset.licence}; quotations belong to their sources."
        )
        again = [Run("This briefing again: ", "soft"), Run(address, url=address if "://" in address else "")]
        area = Area(EDGE, LAST, ROOM, 7.2 - LAST)
        lines = [edition, INDEPENDENT, again]
        powerpoint.textbox(page, area, lines, SMALL, color="soft", name="Dataset and link")

    def _table(self, page, top: float, widths, rows, title: str, name: str, bottom: float = 7.0):
        """A table that goes on over as many slides as it needs; returns the last of them."""
        for number, part in enumerate(Table(widths, rows, pad=TIGHT).pages(bottom - top, bottom - top)):
            if number:
                page, top = self._page("Closing", f"{title} (continued)")
            powerpoint.table(page, top, replace(part, rows=_once(part.rows)), name=name, words=title)
        return page


def _once(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows, with the first cell empty where it says the same as the one above."""
    before = [None, *(row[0].text for row in rows)]
    return [
        [row[0]._replace(text="") if row[0].text == above else row[0], *row[1:]]
        for row, above in zip(rows, before, strict=False)
    ]


def unknowns(tables) -> list[tuple[str, str]]:
    """Gaps by kind, those of one session in one line, then the values that are only inferred."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, what, address in query.gaps(tables).itertuples(index=False):
        event, dot, party = address.partition(".")
        if dot:
            key = (kind, query.occasion(tables, event))
            found.setdefault(key, []).append(query.name_of(tables, party))
        else:
            found.setdefault((kind, what), [])
    lines = [
        (kind, f"{what}: {', '.join(parties)}" if parties else what)
        for (kind, what), parties in found.items()
    ]
    fields: dict[str, list[str]] = {}
    terms = set(tables["chairmanships"]["id"])
    for record, field in tables["inferences"][["record", "field"]].itertuples(index=False):
        if record not in terms or field not in ("start", "end"):  # those are gaps of their terms
            fields.setdefault(record, []).append(field_names(field))
    for record, names in fields.items():
        if claim := query.claim(tables, record, doubt=False):
            lines.append(("inferred, not stated", f"{claim}: {', '.join(names)}"))
    return lines


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
    lines = [slide.headline, native.subtitle(slide), slide.sentence, ""]
    coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
    lines.append(f"Sources that report events held in each year: {coverage}")
    lines += ["", f"Behind this slide ({len(slide.records)}):"]
    for number, record in enumerate(slide.records, 1):
        lines.append(f"{number}. {record.claim} [{record.id}]")
        for quote in record.quotes:
            against = TO_THE_CONTRARY if quote.against else ""
            lines.append(
                f"   {against}“{quote.text}” ({publishers.get(quote.source, quote.source)}, {quote.source}, "
                f"paragraph {quote.paragraph}: {quote.proves})"
            )
        lines += [f"   {label} {text}" if label else f"   {text}" for label, text in record.reasons]
    rows = slide.left_out
    if rows:
        lines += ["", "Not on the chart:"]
        lines += [f"   {_claim(slide, row.address)} ({row.reason})" for row in rows]
    lines += ["", "Sources:"]
    for source in slide.sources:
        lines.append(f"   {source.id} {source.publisher}: {source.title}, {source.printed}. {source.url}")
    return "\n".join(lines)

"""A briefing as PowerPoint: native, editable charts and tables, with the evidence in the speaker notes."""

from collections.abc import Sequence

import query
from exports import native, powerpoint
from exports.briefing import INDEPENDENT, Item, Slide, all_sources, link, slides
from exports.native import Body
from exports.powerpoint import EDGE, ROOM, SERIF, Cell, Run
from loaders import Dataset
from query import View
from query.vocabulary import CONTRADICTED, TO_THE_CONTRARY
from query.words import field_names

FOOT = 6.52  # inches from the top: the rule above coverage and sources
LAST = 6.25  # the edition and the link on the last slide; a table above it has room for wider letters
SMALL = 11
TIGHT = 0.025  # inches above and below the words of a cell in the closing tables
TITLE_SIZES = ((28, 1), (24, 2), (20, 3), (16, 5))  # points, and the lines up to which they are used


def deck(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as a PPTX file. Raises Refused."""
    return _Deck(dataset, items, base_url).made()


class _Deck:
    """One presentation in the making."""

    def __init__(self, dataset: Dataset, items: Sequence[Item], base_url: str):
        self.dataset, self.items, self.base_url = dataset, items, base_url
        self.slides = slides(dataset, items)
        self.file = powerpoint.presentation(dataset.title, "Briefing", dataset.date)

    def made(self) -> bytes:
        self._cover()
        for number, slide in enumerate(self.slides, 1):
            self._view(slide, number)
        self._gaps()
        self._sample()
        return powerpoint.saved(self.file)

    # -- pages

    def _page(self, title: str, under: Sequence[str] = ()) -> tuple:
        """A slide with its title and the lines under it; returns it and where its body begins."""
        page = self.file.slides.add_slide(self.file.slide_layouts[5])
        powerpoint.rule(page, EDGE, 0.45, ROOM)
        for size, most in TITLE_SIZES:
            lines = powerpoint.line_count(title, ROOM, size, bold=True, serif=True)
            if lines <= most:
                break
        height = lines * size * powerpoint.LEADING / 72
        shape = page.shapes.title
        shape.left, shape.top = powerpoint.Inches(EDGE), powerpoint.Inches(0.54)
        shape.width, shape.height = powerpoint.Inches(ROOM), powerpoint.Inches(height)
        low = powerpoint.MSO_ANCHOR.BOTTOM  # where its letters are narrower than estimated
        powerpoint.fill(shape.text_frame, [[Run(title, bold=True)]], size, font=SERIF, anchor=low)
        y = 0.54 + height + 0.06
        for number, text in enumerate(under):
            color, tall = ("ink", "soft")[number == 0], 14 * powerpoint.LEADING / 72
            tall *= powerpoint.line_count(text, ROOM, 14)
            powerpoint.textbox(page, EDGE, y, ROOM, tall, [text], 14, color=color, name="Subtitle")
            y += tall + 0.02
        return page, y + 0.14

    def _foot(self, page, slide: Slide, number: int):
        powerpoint.rule(page, EDGE, FOOT, ROOM)
        coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
        source: list[Run] = [Run(slide.uncited or "Source: our reading of ", "soft")]
        for place, one in enumerate(slide.sources):
            source.append(Run(", " if place else "", "soft"))
            source.append(Run(one.publisher, "soft", url=one.address))
        end = " " if slide.uncited else ". "
        source.append(Run(f"{end}Data {self.dataset.hash}, {self.dataset.date}. View: ", "soft"))
        address = link(self.dataset, [slide.item], self.base_url)
        source.append(
            Run("open" if "://" in address else slide.path, "soft", url=address if "://" in address else "")
        )
        lines = [[Run("Sources that report events held in each year: " + coverage, "soft")], source]
        powerpoint.textbox(
            page, EDGE, FOOT + 0.07, ROOM - 0.6, 0.6, lines, SMALL, name="Coverage and sources"
        )
        powerpoint.textbox(
            page, EDGE + ROOM - 0.5, FOOT + 0.07, 0.5, 0.25, [str(number)], SMALL, color="soft",
            align=powerpoint.PP_ALIGN.RIGHT, name="Number",
        )  # fmt: skip

    def _number(self) -> int:
        return len(self.file.slides)

    # -- what they hold

    def _cover(self):
        page = self.file.slides.add_slide(self.file.slide_layouts[5])
        powerpoint.rule(page, EDGE, 1.0, ROOM, weight=2)
        shape = page.shapes.title
        shape.left, shape.top = powerpoint.Inches(EDGE), powerpoint.Inches(1.15)
        lines = powerpoint.line_count(self.dataset.title, ROOM, 40, bold=True, serif=True)
        size = 40 if lines <= 2 else 28
        height = (
            powerpoint.line_count(self.dataset.title, ROOM, size, bold=True, serif=True) * size * 1.22 / 72
        )
        shape.width, shape.height = powerpoint.Inches(ROOM), powerpoint.Inches(height)
        low = powerpoint.MSO_ANCHOR.BOTTOM
        powerpoint.fill(
            shape.text_frame, [[Run(self.dataset.title, bold=True)]], size, font=SERIF, anchor=low
        )
        y = 1.15 + height + 0.15
        about = f"Briefing. Version {self.dataset.version} of {self.dataset.date}, data {self.dataset.hash}."
        powerpoint.textbox(page, EDGE, y, ROOM, 0.35, [about], 18, color="soft", name="Edition")
        y += 0.75
        rows = [[Cell("", color="soft"), Cell("In this briefing", color="soft")]]
        rows += [[Cell(str(n)), Cell(slide.headline)] for n, slide in enumerate(self.slides, 1)]
        room = 6.9 - y
        size = 16
        while size > 10 and sum(powerpoint.heights(rows, [0.5, ROOM - 0.5], size)) > room:
            size -= 1
        powerpoint.table(
            page, EDGE, y, [0.5, ROOM - 0.5], rows, size, name="Table: contents",
            words="The views of this briefing.",
        )  # fmt: skip
        powerpoint.textbox(
            page, EDGE, 6.95, ROOM, 0.3, [INDEPENDENT], SMALL, color="soft", name="Independence"
        )

    def _view(self, slide: Slide, number: int):
        page, top = self._page(slide.headline, (native.subtitle(slide), slide.sentence))
        self._foot(page, slide, self._number())
        page.notes_slide.notes_text_frame.text = powerpoint.clean(notes(slide))

        title = slide.headline

        def more(about: str = "") -> object:
            nonlocal title
            again = not about and title.endswith("(continued)")
            title = about or (title if again else f"{title} (continued)")
            further, body.top = self._page(title)
            body.bottom = FOOT - 0.12
            self._foot(further, slide, self._number())
            further.notes_slide.notes_text_frame.text = powerpoint.clean(
                f"Belongs to: {slide.headline}. "
                "The evidence stands in the notes of the first slide of this view."
            )
            return further

        bottom = FOOT - 0.12
        if words := remarks(slide):
            tall = powerpoint.line_count(words, ROOM, 12) * 12 * powerpoint.LEADING / 72
            bottom -= tall + 0.04
            powerpoint.textbox(
                page, EDGE, bottom + 0.04, ROOM, tall, [words], 12, color="soft", name="Remarks"
            )
        body = Body(slide, page, top, bottom, more)
        native.draw(body)

    def _gaps(self):
        """The gaps of what these views rest on: years, parties, dates, and what is only inferred."""
        tables = self._tables()
        page, top = self._page(
            "What we do not know", ("Gaps in what our sources say, and what is only inferred from them.",)
        )
        rows = [[Cell("Gap", color="soft"), Cell("What", color="soft")]]
        rows += [[Cell(kind), Cell(what)] for kind, what in unknowns(tables)]
        if len(rows) == 1:
            rows.append([Cell("none known"), Cell("")])
        self._table(page, top, [3.3, ROOM - 3.3], rows, "What we do not know", "Table: what we do not know")

    def _sample(self):
        """What was read, which dataset it is, and the link that restores the briefing."""
        tables = self._tables()
        sources = all_sources(tables)
        number = f"{len(sources)} {'source' if len(sources) == 1 else 'sources'}"
        under = (f"The sample: {number}, read paragraph by paragraph.", query.CODED_BY)
        page, top = self._page("What this rests on", under)
        found = query.by_source(tables)
        names = ["Source", "Covers", "Paragraphs", "Cited", "Records"]
        rows = [
            [
                Cell(name, color="soft", right=n > 1)
                for n, name in enumerate([*names[:1], "Covers", *names[2:]])
            ]
        ]
        for source, row in zip(sources, found[names].itertuples(index=False), strict=True):
            cells = [Cell(str(value), right=n > 1) for n, value in enumerate(row)]
            cells[0] = Cell(f"{row[0]}\n{source.title}, {source.printed}", url=source.address)
            rows.append(cells)
        widths = [7.0, 1.9, 1.3, *[(ROOM - 10.2) / 2] * 2]
        self._table(page, top, widths, rows, "What this rests on", "Table: sources", LAST - 0.65)
        page = self.file.slides[len(self.file.slides) - 1]
        dataset = self.dataset
        address = link(dataset, self.items, self.base_url)
        edition = (
            f"{dataset.title}, version {dataset.version} of {dataset.date}, data {dataset.hash}, "
            f"records {dataset.licence}; quotations belong to their sources."
        )
        again = Run(address, url=address if "://" in address else "")
        lines = [
            [Run(edition, "soft")],
            [Run(INDEPENDENT, "soft")],
            [Run("This briefing again: ", "soft"), again],
        ]
        powerpoint.textbox(page, EDGE, LAST, ROOM, 7.2 - LAST, lines, SMALL, name="Dataset and link")

    def _tables(self):
        """The tables without what every view sets aside."""
        aside = set.intersection(*(set(item.view.without) for item in self.items))
        return query.select(self.dataset.tables, View(without=tuple(sorted(aside))))

    def _table(self, page, top: float, widths, rows, title: str, name: str, bottom: float = 7.0) -> float:
        """A table that goes on over as many slides as it needs; returns where its last part ends."""
        head, end = rows[0], top
        above = powerpoint.heights([head], widths, 12)[0]
        room = bottom - top - above
        for number, part in enumerate(powerpoint.pages(rows[1:], widths, 12, room, room, pad=TIGHT)):
            if number:
                page, top = self._page(f"{title} (continued)")
            end = powerpoint.table(
                page, EDGE, top, widths, [head, *_once(part)], 12, name=name, words=title, pad=TIGHT
            )
        return end


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
    signs = inferred if slide.item.topic in native.INFERRED else ""
    return "  ".join(filter(None, (signs, left_out_words(slide), disagreement_words(slide))))


def left_out_words(slide: Slide) -> str:
    """What the view selects and no chart can place, in one line."""
    rows = slide.left_out
    if not rows:
        return ""
    told = []
    for row in rows:
        told.append(f"{_claim(slide, row.address)} ({row.reason})")
    more = f"; and {len(told) - 2} more, in the notes" if len(told) > 2 else ""
    return f"Not on the chart: {'; '.join(told[:2])}{more}."


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
    more = f"; and {len(told) - 2} more, in the notes" if len(told) > 2 else ""
    sign = f"{native.DISPUTED} " if slide.item.topic in native.SIGNED else ""
    return f"{sign}{CONTRADICTED.capitalize()}: {'; '.join(told[:2])}{more}." if told else ""


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
        lines += [f"   {text}" for text in (*record.inferences, record.note, record.silence) if text]
    rows = slide.left_out
    if rows:
        lines += ["", "Not on the chart:"]
        lines += [f"   {_claim(slide, row.address)} ({row.reason})" for row in rows]
    lines += ["", "Sources:"]
    for source in slide.sources:
        lines.append(f"   {source.id} {source.publisher}: {source.title}, {source.printed}. {source.url}")
    return "\n".join(lines)

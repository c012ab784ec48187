"""What stands in the body of a slide: the grid of its chart as a native table, stacked bars, or a timeline.

A body reads the grid for what stands where, and puts it into words, bars and marks that can be edited.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import query
from charts import documents, overview, theme, words
from charts.grid import Cell as GridCell
from charts.grid import Column, Grid, Item, Piece, Row, Span
from charts.theme import LEFT_OUT, LEFT_OUT_SHORT
from exports import briefing, powerpoint
from exports.briefing import Slide
from exports.powerpoint import EDGE, ROOM, SMALLEST, Area, Cell, Series
from query import NONE_REPORTED, UNCOVERED
from query.nouns import ACTION, DOCUMENT, STATEMENT, THREAT

BOTTOM, CONTINUED = (
    6.4,
    1.75,
)  # inches: where a body ends, and where it begins on a further slide at the latest
SIZES = ((15, 0.08), (14, 0.07), (13, 0.04), (SMALLEST, 0.03))  # of type and around it, the largest that fits
DAGGER = "†"  # a date, or the claim itself, is inferred
DISPUTED = "‡"  # sources or passages disagree
# Topics whose bodies carry that sign, and topics whose bodies leave DAGGER to be explained below them: like
# BODIES they know topics by name, for what they say is true of these bodies and of no chart elsewhere.
SIGNED = ("overview", "chairmanship", "attendance")
INFERRED = ("overview",)
FEW = 12  # statements that are told in their words; of more there are bars
MOST_BARS, MOST_TERMS, MOST_COLUMNS = 30, 7, 8  # on one slide


@dataclass
class Body:
    """The body of one slide in the making, in inches from the top: `page` is the slide, `more` makes a
    further one for what is left, `end` is where the last table ends.
    """

    slide: Slide
    page: object
    top: float
    bottom: float
    more: Callable
    end: float = 0

    @property
    def grid(self) -> Grid:
        return self.slide.chart.grid

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[Cell]], *, name: str, words: str):
        """A table over the whole width, in the largest type in which it fits.

        What does not fit goes on, under the same head, on further slides.
        """
        room = self.bottom - self.top
        fits = (one for one in SIZES if sum(powerpoint.heights(rows, widths, *one)) <= room)
        size, pad = next(fits, SIZES[-1])
        parts = powerpoint.pages(rows, widths, size, room, BOTTOM - CONTINUED, pad)
        for number, part in enumerate(parts):
            if number:
                self.page = self.more()
            self.end = powerpoint.table(
                self.page, EDGE, self.top, widths, part, size, name=name, words=words, pad=pad
            )

    def parts(self, values: Sequence, most: int):
        """Values in parts of nearly the same length, a further slide for each but the first."""
        number = -(-len(values) // most) or 1
        for a, b in pairwise(round(n * len(values) / number) for n in range(number + 1)):
            if a:
                self.page = self.more()
            yield values[a:b]


def subtitle(slide: Slide) -> str:
    """The chart's subtitle without what it says about the shapes of its marks: a slide has others."""
    sentences = re.split(r"(?<=\.) ", slide.subtitle)
    return " ".join(text for text in sentences if not re.search(r"\b(?:square|dot)\b", text))


def draw(body: Body):
    """Fill the body with what belongs to its topic, or with the rows that its chart cannot place."""
    drawn = body.grid.items and BODIES[body.slide.topic.name]
    (drawn or _list)(body)


# ---- the grid as a table ----


def _table(body: Body, name: str, say: Callable[[Row, GridCell, list[Span]], Cell], silence: str):
    """Rows by columns. What a cell says is `say`; one that says nothing gives its column's reason, or `silence`.

    What lies before the axis is one cell beside all rows.
    """
    grid, aside = body.grid, body.grid.aside
    label = min(max(powerpoint.inches(row.name, SIZES[0][0]) for row in grid.rows or [_NO_ROW]) + 0.2, 2.2)
    before = [Cell(_early_words(grid), merged=True)] if aside else []
    wide = [min(label, 2.2), *([2.7] if aside else [])]
    for columns in body.parts(grid.columns, MOST_COLUMNS):
        rows = [[Cell(""), *([Cell(aside.head)] if aside else []), *map(_head, columns)]]
        for row in grid.rows or [_NO_ROW]:
            cells = [_cell(row, column, say, silence) for column in columns]
            rows.append([Cell(row.name), *before, *cells])
        each = min((ROOM - sum(wide)) / len(columns), 2.6)
        body.table([*wide, *[each] * len(columns)], rows, name=name, words=body.slide.alt)


_NO_ROW = Row("", "")  # beside what lies before the axis, where nothing stands on it


def _head(column: Column) -> Cell:
    lines = column.heads if not column.why else ()
    return Cell("\n".join((str(column.year), *lines)) if column.year else " ".join(lines))


def _cell(row: Row, column: Column, say: Callable, silence: str) -> Cell:
    year, cell = column.year, row.cells.get(column.key, GridCell())
    spans = [span for span in row.spans if span.x0 < year + 1 and span.x1 > year]
    if spans or cell.items:
        return say(row, cell, spans)
    if cell.text:
        return Cell(cell.text)
    if column.why:
        return Cell(column.why, "soft", hatched=column.hatched, merged=True)
    return Cell(silence, "soft")


def _early_words(grid: Grid) -> str:
    """What lies before the axis, a line each; documents and other matters in numbers."""
    nouns = ((DOCUMENT, True), (documents.OTHER, False))
    return "\n".join((*(item.words for item in grid.aside.items), *_counted(grid.aside.squares, nouns)))


def _counted(items: Sequence[Item], nouns) -> list[str]:
    """How many of the items are strong and how many are not, with the noun of each."""
    counts = Counter(item.strong for item in items)
    return [noun.counted(counts[strong]) for noun, strong in nouns if counts[strong]]


def _overview(body: Body):
    """Each kind of record by year: chairs and events by name, documents and statements counted."""
    events = words.events(body.slide.tables)

    def say(row: Row, cell: GridCell, spans: list[Span]) -> Cell:
        if row.key == overview.CHAIRS:
            return Cell("\n".join(map(_chair, spans)))
        if spans:
            return Cell("\n".join(_event(span.item, events[span.item.address]) for span in spans))
        statement = overview.SQUARES[row.key] is STATEMENT
        nouns = (
            ((THREAT, True), (ACTION, False)) if statement else ((DOCUMENT, True), (documents.OTHER, False))
        )
        return Cell(", ".join(_counted(cell.items, nouns)))

    _table(body, "Table: everything by year", say, NONE_REPORTED)


def _chair(span: Span) -> str:
    fills = {piece.fill for piece in span.pieces if piece.kind != "fade"}
    signs = " (announced)" * ("dashed" in fills) + DAGGER * ("open" in fills)
    return span.words + signs + DISPUTED * bool(span.item.contradicted)


def _event(item: Item, event: dict) -> str:
    """When and where it was, in the fewest words."""
    fill = item.look.partition(" ")[0]
    when = words.short(event["earliest"], event["latest"], event["precision"])
    when += DAGGER * (fill == "open") + DISPUTED * bool(item.contradicted)
    kind = "summit" if event["kind"] == "summit" else ""
    place = event["place"] or ("by video" if event["format"] == "video" else "")
    return ", ".join(filter(None, (when, kind, place, "announced" * (fill == "dashed"))))


# the signs of the key, and what a cell says for each
SEATS = {
    "solid square": "■ present",
    "open square": "■ present, inferred",
    "crossed square": "× absent",
    "mute dot": "·  not stated",
}
LEGEND = (
    "■ present: a source says so     × absent: a source says so     "
    "·  not stated: no source says whether they came"
)


def _attendance(body: Body):
    """Parties by session, in words; below them what the signs mean."""

    def say(row: Row, cell: GridCell, spans: list[Span]) -> Cell:
        (item,) = cell.items
        doubt = ", inferred" * item.inferred + f" {DISPUTED}" * bool(item.contradicted)
        absent, silent = item.look == "crossed square", item.look == "mute dot"
        return Cell(SEATS[item.look] + doubt, "soft" if silent else "ink", bold=absent)

    body.bottom -= 0.4
    _table(body, "Table: attendance", say, LEFT_OUT)
    powerpoint.textbox(body.page, Area(EDGE, body.end + 0.12, ROOM, 0.25), [LEGEND], name="Legend")


def _documents(body: Body):
    """Documents and other matters counted by status and occasion, beside the numbers that sources report.

    On further slides each has a line of its own.
    """
    numbers = _numbers(body.slide)
    if numbers:
        tall = powerpoint.height(numbers, ROOM, SMALLEST)
        body.bottom -= tall + 0.12
    nouns = ((DOCUMENT, True), (documents.OTHER, False))

    def say(row: Row, cell: GridCell, spans: list[Span]) -> Cell:
        figures = [f"{item.figure}\n{item.words}" for item in cell.items if item.figure]
        return Cell("\n".join(figures or _counted(cell.items, nouns)))

    _table(body, "Table: documents by status", say, "")
    if numbers:
        area = Area(EDGE, body.end + 0.12, ROOM, tall)
        powerpoint.textbox(body.page, area, [numbers], color="soft", name="Numbers")
    if len(body.slide.rows["documents"]):
        body.page = body.more("Documents that our sources name, proposals and other matters")
        _documents_one_by_one(body)


def _numbers(slide: Slide) -> str:
    """Who reports which number, in a sentence."""
    told = [
        f"{row['count']} documents “{row['verb']}” in {row['year']} ({_publishers(slide, row['source'])})"
        for row in slide.rows["document_counts"].to_dict("records")
    ]
    tail = "Numbers that are reported and documents that are named are never added."
    return f"Reported: {'; '.join(told)}. {tail}" if told else ""


def _documents_one_by_one(body: Body):
    slide = body.slide
    rows = [[Cell(head) for head in ("Document or matter", "Kind and status", "Date", "Occasion", "Sources")]]
    for row in slide.twin[slide.twin["Kind"] != "reported number"].to_dict("records"):
        occasion = row["Occasion"] if row["Occasion"] == "not stated" else row["Occasion"].rsplit(",", 1)[0]
        date, sources = row["Date"].replace(" (the occasion's)", ""), row["Sources"].replace(" and ", ", ")
        status = f"{row['Kind']}: {row['Status']}"
        cells = (row["Title"], status, date, occasion, _publishers(slide, sources.replace(", ", "~")))
        rows.append([Cell(text) for text in cells])
    body.table(
        [4.3, 2.1, 1.9, 2.4, ROOM - 10.7], rows, name="Table: documents",
        words="Documents, proposals and other matters, with kind, status, date, occasion and sources.",
    )  # fmt: skip


def _sources(body: Body):
    """Sources by what is counted of them."""
    slide = body.slide
    tables = query.select(slide.dataset.tables, query.View(without=slide.item.view.without))
    table = query.by_source(tables)
    urls = {source.id: source.address for source in briefing.all_sources(tables)}
    rows = [[Cell(name, right=number > 1) for number, name in enumerate(table.columns)]]
    for url, values in zip(urls.values(), table.itertuples(index=False), strict=True):
        first, *others = [Cell(str(value), right=number > 1) for number, value in enumerate(values)]
        rows.append([first._replace(url=url), *others])
    rest = (ROOM - 3.4 - 2.0) / (len(table.columns) - 2)
    widths = [3.4, 2.0, *[rest] * (len(table.columns) - 2)]
    body.table(widths, rows, name="Table: sources", words=slide.alt)


def _list(body: Body):
    """Rows that no chart can place, as the table that stands beside it on screen."""
    table = body.slide.twin
    hidden = ("Record", "Note", "Contradicted", "Inferred")
    names = [name for name in table.columns if name not in hidden][:6]
    rows = [map(Cell, names), *(map(Cell, map(str, row)) for row in table[names].itertuples(index=False))]
    body.table(
        [ROOM / len(names)] * len(names), [list(row) for row in rows], name="Table", words=body.slide.alt
    )


# ---- statements: bars, or their words ----


def _threats(body: Body):
    _statements(body, "category", "Category")


def _speakers(body: Body):
    _statements(body, "speaker", "Speaker")


def _statements(body: Body, by: str, head: str):
    """Left, bars by category or speaker; right, columns by year. A few statements are told in words."""
    slide, grid = body.slide, body.grid
    if len(slide.records) <= FEW:
        _quoted(body, head)
        return
    undated = slide.rows["threats"][slide.rows["threats"]["id"].isin(grid.reasons)]
    counts = {row.key: Counter(item.strong for item in row.items) for row in grid.rows}
    for key, expressed in undated[[by, "expressed_as"]].itertuples(index=False):
        counts[key][expressed == "threat"] += 1
    width, gap = 4.5, 0.35
    for rows in body.parts(grid.rows, MOST_BARS):
        label = min(max(max(powerpoint.inches(row.name) for row in rows) * 1.06 + 0.15, 1.2), 3.0)
        tall = min(body.bottom - body.top, 0.5 + max(0.55 * len(rows), 0.9))
        area = Area(EDGE, body.top, ROOM - width - gap, tall)
        names, numbers = [row.name for row in rows], [counts[row.key] for row in rows]
        powerpoint.bars(
            body.page, area, names, _expressed(numbers), upright=False, rows=slide.rows,
            inside=Area(EDGE + label, body.top + 0.42, area.width - label - 0.1, tall - 0.47),
            name=f"Chart: statements by {by}", words=f"{slide.alt} Bars: {_told(names, numbers)}.",
        )  # fmt: skip
        _by_year(body, Area(EDGE + area.width + gap, body.top, width, body.bottom - body.top))


def _by_year(body: Body, area: Area):
    """Columns of statements by year; years that no source covers are hatched, those left out say so."""
    slide, columns = body.slide, body.grid.columns
    cells = [
        [row.cells[column.key] for row in body.grid.rows if column.key in row.cells] for column in columns
    ]
    numbers = [Counter(item.strong for cell in held for item in cell.items) for held in cells]
    left_out = [column.year in slide.axis.left_out for column in columns]
    names = [
        f"{c.year}\n{LEFT_OUT_SHORT}" if out else str(c.year)
        for c, out in zip(columns, left_out, strict=True)
    ]
    inside = Area(area.left + 0.05, area.top + 0.42, area.width - 0.1, area.height - 0.74)
    each = inside.width / max(len(columns), 1)
    for number, column in enumerate(columns):
        if column.hatched:
            left = inside.left + (number + 0.1) * each
            powerpoint.hatch(body.page, Area(left, inside.top, 0.8 * each, inside.height), column.why)
    told = _told(
        [str(column.year) for column in columns], numbers, [slide.axis.silence(c.year) for c in columns]
    )
    powerpoint.bars(
        body.page, area, names, _expressed(numbers), upright=True, rows=slide.rows, inside=inside,
        name="Chart: statements by year", words=f"Columns of statements by year: {told}.",
    )  # fmt: skip


def _expressed(numbers: Sequence[Counter]) -> list[Series]:
    """Threats and actions, a series each; a place without one holds nothing, and never a zero."""
    return [
        Series(
            words.capital(look.words),
            [counts[word == "threat"] or None for counts in numbers],
            look.fill,
        )
        for word, look in theme.EXPRESSED.items()
    ]


def _told(names: Sequence[str], numbers: Sequence[Counter], silences: Sequence[str] = ()) -> str:
    """Each name with its number, or with the words for there being none."""
    none = silences or [""] * len(names)
    told = zip(names, numbers, none, strict=True)
    return ", ".join(f"{name} {counts.total() or silence or NONE_REPORTED}" for name, counts, silence in told)


def _quoted(body: Body, head: str):
    """A line for each statement: what it is about, who says it, its quoted words and where they stand."""
    slide, other = body.slide, {"Category": "Speaker", "Speaker": "Category"}[head]
    records = {record.id: record for record in slide.records}
    publishers = {source.id: source.publisher for source in slide.sources}
    rows = [[Cell(name) for name in (head, other, "Summary", "Quoted words", "Source")]]
    for row in slide.twin.to_dict("records"):
        quote, *others = [one for one in records[row["Record"]].quotes if not one.against]
        more = "\nfurther words in the notes" * bool(others)
        about = {
            "Category": f"{row['Category']}\n{row['Expressed as']}",
            "Speaker": words.capital(row["Speaker"]),
        }
        source = f"{publishers[quote.source]},\nparagraph {quote.paragraph}"
        cells = (about[head], about[other], row["Summary"], f"“{quote.text}”{more}", source)
        rows.append([Cell(text) for text in cells])
    body.table([2.0, 2.0, 3.4, 3.2, ROOM - 10.6], rows, name="Table: statements", words=slide.alt)


# ---- the timeline ----

BAR, THIN, SIGN = 0.24, 0.12, 0.17  # inches: how tall a bar is, one of a date less exact, and a session
ABOVE, BELOW = 0.12, 0.5  # from the top of a row: its bar, and its sessions


@dataclass(frozen=True)
class _Years:
    """Where years stand on a slide: the first begins at `left`, each is `width` inches wide.

    Half a year is free before them, and after, where a bar begins or ends there.
    """

    left: float
    width: float
    first: int
    last: int

    def x(self, year: float) -> float:
        return self.left + (min(max(year, self.first - 0.5), self.last + 1.5) - self.first) * self.width


def _chairmanship(body: Body):
    for rows in body.parts(body.grid.rows, MOST_TERMS):
        _terms(body, rows)
    _sessions(body)


def _terms(body: Body, rows: Sequence[Row]):
    """A table with a row for each term; over its columns of years lie the bar and the sessions."""
    grid = body.grid
    top = body.top + _key(body) + 0.1
    first, last = grid.columns[0].year, grid.columns[-1].year
    reach = [x for row in rows for piece in row.spans[0].pieces for x in piece[:2]]
    before, after = 0.5 * (min(reach) < first), 0.5 * (max(reach) > last + 1)
    wide = [1.4, 2.9, *[0.95] * len(grid.totals)]
    year = (ROOM - sum(wide)) / (len(grid.columns) + before + after)
    margins = [[side * year] if side else [] for side in (before, after)]
    widths = [*wide[:2], *margins[0], *[year] * len(grid.columns), *margins[1], *wide[2:]]
    blank = [[Cell("")] if side else [] for side in (before, after)]
    each = max(1, round(0.5 / year))  # years to one label
    labels = [Cell(str(one.year) if not n % each else "") for n, one in enumerate(grid.columns)]
    totals = [Cell(words.capital(name), right=True) for name in grid.totals]
    cells = [[Cell("Chair"), Cell("Who, when"), *blank[0], *labels, *blank[1], *totals]]
    empty = [*blank[0], *[Cell("")] * len(grid.columns), *blank[1]]
    for row in rows:
        sign = f" {DISPUTED}" if row.spans[0].item.contradicted else ""
        counts = (Cell("\n".join(filter(None, (one.text, one.more))), right=True) for one in row.totals)
        notes = "\n".join((row.beside, *row.notes)) + sign
        cells.append([Cell(row.name), Cell(notes), *empty, *counts])
    head = powerpoint.heights(cells[:1], widths, SMALLEST)[0]
    least = min(0.85, (body.bottom - top - head) / len(rows))
    years = _Years(EDGE + sum(wide[:2]) + before * year, year, first, last)
    tall = powerpoint.heights(cells, widths, SMALLEST, least=least)
    for column in grid.columns:
        if column.hatched:
            area = Area(years.x(column.year), top + head, year, sum(tall[1:]))
            powerpoint.hatch(body.page, area, column.why, _free(rows, column.year))
    powerpoint.table(
        body.page, EDGE, top, widths, cells, SMALLEST, least=least, name="Table: terms of chairmanship",
        words=f"{body.slide.alt} Beside each term are the sessions, documents and statements that fall into "
        f"it by every reading of their dates; none: {NONE_REPORTED}; a dash: {UNCOVERED}.",
    )  # fmt: skip
    for number in range(first, last + 2):
        x = years.x(number)
        powerpoint.line(
            body.page.shapes, x, top + head, x, top + sum(tall), color="rule", name="Year", weight=0.5
        )
    y = top + head
    for row, one in zip(rows, tall[1:], strict=True):
        term, *sessions = row.spans
        _bar(body.page, years, term, y + ABOVE)
        for session in sessions:
            _session(body.page, years, session, y + BELOW)
        y += one


def _bar(page, years: _Years, span: Span, y: float):
    """The pieces of a term, as one shape that says what the term is."""
    group = page.shapes.add_group_shape()
    for piece in span.pieces:
        x0, x1 = sorted((years.x(piece.x0), years.x(piece.x1)))
        if x1 > x0:
            kind, fill, tall = _look(piece)
            area = Area(x0, y + (BAR - tall) / 2, x1 - x0, tall)
            powerpoint.mark(group.shapes, kind, fill, area, "Part of a term")
    powerpoint.describe(group, "Term", span.item.label)


def _look(piece: Piece) -> tuple[str, str, float]:
    """Shape, fill and height of a piece; one that fades is drawn from its known side."""
    if piece.kind == "fade":
        return "fade", "out" if piece.x1 > piece.x0 else "in", BAR if piece.fill == "bar" else THIN
    return "bar", piece.fill, BAR if piece.kind == "bar" else THIN


def _session(page, years: _Years, span: Span, y: float):
    """The sign of a session in the middle of its date, on a line over all of it."""
    x0, x1 = years.x(span.x0), years.x(span.x1)
    if x1 - x0 > SIGN:
        powerpoint.line(page.shapes, x0, y + SIGN / 2, x1, y + SIGN / 2, color="ink", name="Span of a date")
    fill, shape = span.item.look.split(" ", 1)
    area = Area((x0 + x1 - SIGN) / 2, y, SIGN, SIGN)
    sign = powerpoint.mark(page.shapes, shape, fill, area, "Session")
    powerpoint.describe(sign, "Session", span.item.label)


def _key(body: Body) -> float:
    """What bars and signs mean, each beside its sample; returns how tall that is."""
    x, y = EDGE, body.top
    for sample, said in body.grid.key:
        wide = powerpoint.inches(said) + 0.1
        if x > EDGE and x + 0.36 + wide > EDGE + ROOM:
            x, y = EDGE, y + 0.26
        fill, _, shape = sample.partition(" ")
        middle = y + 0.115
        if sample == "span":
            powerpoint.line(body.page.shapes, x, middle, x + 0.28, middle, color="ink", name="Key")
        elif sample == "torn":
            powerpoint.textbox(body.page, Area(x, y, 0.28, 0.23), [DISPUTED], name="Key")
        elif shape in ("diamond", "star"):
            area = Area(x + 0.06, middle - SIGN / 2, SIGN, SIGN)
            powerpoint.decorative(powerpoint.mark(body.page.shapes, shape, fill, area, "Key"))
        else:  # the first word of a bar is how tall it is, the second its fill
            tall = THIN if fill == "thin" else BAR * 0.7
            area = Area(x, middle - tall / 2, 0.28, tall)
            form = "fade" if fill == "fade" else "bar"
            mark = powerpoint.mark(body.page.shapes, form, shape or "out", area, "Key")
            powerpoint.decorative(mark)
        powerpoint.textbox(body.page, Area(x + 0.36, y, wide, 0.23), [said], name="Key")
        x += 0.36 + wide + 0.2
    return y + 0.23 - body.top


def _free(rows: Sequence[Row], year: int) -> tuple[float, float]:
    """The longest run of rows, as parts of the height, in which no term touches the year."""
    taken = [n for n, row in enumerate(rows) if row.spans[0].x0 < year + 1 and row.spans[0].x1 > year]
    gaps = [(a + 1, b) for a, b in pairwise([-1, *taken, len(rows)])]
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return first / len(rows), last / len(rows)


def _sessions(body: Body):
    """The sessions of the terms in words, on a slide of their own."""
    slide, events = body.slide, words.events(body.slide.tables)
    rows = [[Cell(head) for head in ("Chair", "Session or summit", "Date", "Known as", "Sources")]]
    for row in body.grid.rows:
        for event in (events[span.item.address] for span in row.spans[1:]):
            title = ", ".join(filter(None, (event["title"], event["place"])))
            inferred = " (date inferred)" * ("date" in event["inferred"].split("~"))
            when, sources = event["date_words"] + inferred, _publishers(slide, event["source"])
            rows.append([Cell(text) for text in (row.name, title, when, words.event_kind(event), sources)])
    if len(rows) > 1:
        body.page = body.more("The sessions and summits of these terms")
        body.table(
            [1.5, 4.4, 2.6, 2.2, ROOM - 10.7], rows, name="Table: sessions and summits",
            words="Sessions and summits by the term that they fall into.",
        )  # fmt: skip


def _publishers(slide: Slide, sources: str) -> str:
    """A `~` list of sources as their publishers."""
    return words.listed(sources, {source.id: source.publisher for source in slide.sources})


BODIES = {
    "overview": _overview,
    "chairmanship": _chairmanship,
    "attendance": _attendance,
    "documents": _documents,
    "threats": _threats,
    "speakers": _speakers,
    "sources": _sources,
}

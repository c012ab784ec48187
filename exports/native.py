"""What stands in the body of a slide: the grid of its chart as a native table, stacked bars, or a timeline.

A body reads the grid for what stands where, and puts it into words, bars and marks that can be edited.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

import query
from charts import documents, overview, theme, words
from charts.grid import Aside, Column, Grid, Item, Row, Span
from charts.grid import Cell as GridCell
from exports import powerpoint
from exports.briefing import Slide, all_sources
from exports.powerpoint import EDGE, ROOM, SMALLEST, Area, Cell, Series, Table
from query import NONE_REPORTED, UNCOVERED
from query.nouns import ACTION, DOCUMENT, STATEMENT, THREAT, Noun
from query.vocabulary import ATTENDANCE, EXPRESSED, FORMAT, LEFT_OUT, LEFT_OUT_SHORT
from query.words import capital

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
MOST_BARS, MOST_COLUMNS = 30, 8  # on one slide


class Part(NamedTuple):
    """A part of a table: its slide, and where it begins there."""

    page: object
    top: float
    table: Table


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

    def table(self, widths, rows, name: str, words: str, *, sizes=SIZES, least: float = 0) -> list[Part]:
        """A table in the largest type in which it fits. What does not fit goes on on further slides."""
        room = self.bottom - self.top
        tables = [Table(widths, rows, size, pad, least) for size, pad in sizes]
        whole = next((one for one in tables if one.height <= room), tables[-1])
        parts = []
        for table in whole.pages(room, BOTTOM - CONTINUED):
            if parts:
                self.page = self.more()
            self.end = powerpoint.table(self.page, self.top, table, name=name, words=words)
            parts.append(Part(self.page, self.top, table))
        return parts

    def lines(self, widths, heads: Sequence[str], rows: Iterable[Sequence[str]], name: str, words: str):
        """A table of texts."""
        cells = [[Cell(text) for text in row] for row in (heads, *rows)]
        self.table([*widths, ROOM - sum(widths)], cells, name, words)

    def parts(self, values: Sequence, most: int) -> Iterator[Sequence]:
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

Say = Callable[[Row, GridCell, list[Span]], Cell]
NO_ROW = Row("", "")  # beside what lies before the axis, where nothing stands on it
NAMED = ((DOCUMENT, True), (documents.OTHER, False))  # what strong items are, and the others
STATED = ((THREAT, True), (ACTION, False))


def _table(body: Body, name: str, say: Say, silence: str):
    """Rows by columns. A cell is what `say` makes of its marks; without any, the reason of its column, or
    `silence`. What lies before the axis is one cell beside all rows.
    """
    grid, aside = body.grid, body.grid.aside
    lines = grid.rows or (NO_ROW,)
    wide = [min(max(powerpoint.inches(row.name, 15) for row in lines) + 0.2, 2.2), *([2.7] if aside else [])]
    for columns in body.parts(grid.columns, MOST_COLUMNS):
        rows = [[Cell(""), *([Cell(aside.head)] if aside else []), *map(_head, columns)]]
        for row in lines:
            before = [Cell(_early(aside), merged=True)] if aside else []
            rows.append([Cell(row.name), *before, *(_cell(row, column, say, silence) for column in columns)])
        each = min((ROOM - sum(wide)) / len(columns), 2.6)
        body.table([*wide, *[each] * len(columns)], rows, name, body.slide.alt)


def _head(column: Column) -> Cell:
    heads = () if column.why else column.heads
    return Cell("\n".join((str(column.year), *heads)) if column.year else " ".join(heads))


def _cell(row: Row, column: Column, say: Say, silence: str) -> Cell:
    cell = row.cells.get(column.key, GridCell())
    spans = [span for span in row.spans if span.x0 < column.year + 1 and span.x1 > column.year]
    if spans or cell.items:
        return say(row, cell, spans)
    if column.why and not cell.text:
        return Cell(column.why, "soft", hatched=column.hatched, merged=True)
    return Cell(cell.text) if cell.text else Cell(silence, "soft")


def _early(aside: Aside) -> str:
    """What lies before the axis, a line each; documents and other matters in numbers."""
    return "\n".join((*(item.words for item in aside.items), *_counted(aside.squares, NAMED)))


def _counted(items: Sequence[Item], nouns: Iterable[tuple[Noun, bool]]) -> list[str]:
    """How many of the items are strong and how many are not, each with its noun."""
    counts = Counter(item.strong for item in items)
    return [noun.counted(counts[strong]) for noun, strong in nouns if counts[strong]]


def _overview(body: Body):
    """Each kind of record by year: chairs and events by name, documents and statements counted."""
    events = query.events(body.slide.tables)

    def say(row: Row, cell: GridCell, spans: list[Span]) -> Cell:
        if row.key == overview.CHAIRS:
            return Cell("\n".join(map(_chair, spans)))
        if spans:
            return Cell("\n".join(_event(span.item, events[span.item.address]) for span in spans))
        stated = overview.SQUARES[row.key] is STATEMENT
        return Cell(", ".join(_counted(cell.items, STATED if stated else NAMED)))

    _table(body, "Table: everything by year", say, NONE_REPORTED)


def _chair(span: Span) -> str:
    fills = {piece.fill for piece in span.pieces if piece.kind != "fade"}
    signs = " (announced)" * ("dashed" in fills) + DAGGER * ("open" in fills)
    return span.words + signs + DISPUTED * bool(span.item.contradicted)


def _event(item: Item, event: Mapping) -> str:
    """When and where it was, in the fewest words."""
    fill = item.look.partition(" ")[0]
    when = words.short(event["earliest"], event["latest"], event["precision"])
    when += DAGGER * (fill == "open") + DISPUTED * bool(item.contradicted)
    kind = "summit" if event["kind"] == "summit" else ""
    place = event["place"] or (FORMAT["video"] if event["format"] == "video" else "")
    return ", ".join(filter(None, (when, kind, place, "announced" * (fill == "dashed"))))


# what a cell says for each sign of the key
SEATS = {
    "solid square": f"■ {ATTENDANCE['present']}",
    "open square": f"■ {ATTENDANCE['present']}, inferred",
    "crossed square": f"× {ATTENDANCE['absent']}",
    "mute dot": f"·  {ATTENDANCE['not_stated']}",
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
        ink = "soft" if item.look == "mute dot" else "ink"
        return Cell(SEATS[item.look] + doubt, ink, bold=item.look == "crossed square")

    body.bottom -= 0.4
    _table(body, "Table: attendance", say, LEFT_OUT)
    powerpoint.textbox(body.page, Area(EDGE, body.end + 0.12, ROOM, 0.25), [LEGEND], name="Legend")


def _documents(body: Body):
    """Documents and other matters counted by status and occasion, beside the numbers that sources report.

    On further slides each has a line of its own.
    """
    slide, told = body.slide, []
    for row in slide.rows["document_counts"].to_dict("records"):
        publishers = query.publishers(slide.tables, row["source"])
        told.append(f"{row['count']} documents “{row['verb']}” in {row['year']} ({publishers})")
    never = "Numbers that are reported and documents that are named are never added."
    numbers = f"Reported: {'; '.join(told)}. {never}" if told else ""
    tall = powerpoint.height(numbers, ROOM, SMALLEST)
    body.bottom -= tall + 0.12

    def say(row: Row, cell: GridCell, spans: list[Span]) -> Cell:
        figures = [f"{item.figure}\n{item.words}" for item in cell.items if item.figure]
        return Cell("\n".join(figures or _counted(cell.items, NAMED)))

    _table(body, "Table: documents by status", say, "")
    if numbers:
        area = Area(EDGE, body.end + 0.12, ROOM, tall)
        powerpoint.textbox(body.page, area, [numbers], color="soft", name="Numbers")
    lines, source = [], slide.rows["documents"].set_index("id")["source"]
    for row in slide.twin[slide.twin["Kind"] != "reported number"].to_dict("records"):
        occasion = row["Occasion"] if row["Occasion"] == "not stated" else row["Occasion"].rsplit(",", 1)[0]
        sources = query.publishers(slide.tables, source[row["Record"]])
        date = row["Date"].replace(" (the occasion's)", "")
        lines.append((row["Title"], f"{row['Kind']}: {row['Status']}", date, occasion, sources))
    if lines:
        body.page = body.more("Documents that our sources name, proposals and other matters")
        heads = ("Document or matter", "Kind and status", "Date", "Occasion", "Sources")
        about = "Documents, proposals and other matters, with kind, status, date, occasion and sources."
        body.lines([4.3, 2.1, 1.9, 2.4], heads, lines, "Table: documents", about)


def _sources(body: Body):
    """Sources by what is counted of them."""
    slide = body.slide
    tables = query.select(slide.dataset.tables, query.View(without=slide.item.view.without))
    table = query.by_source(tables)
    rows = [[Cell(name, right=number > 1) for number, name in enumerate(table.columns)]]
    for source, values in zip(all_sources(tables), table.itertuples(index=False), strict=True):
        name, *others = (Cell(str(value), right=number > 1) for number, value in enumerate(values))
        rows.append([name._replace(url=source.address), *others])
    each = (ROOM - 3.4 - 2.0) / (len(table.columns) - 2)
    body.table([3.4, 2.0, *[each] * (len(table.columns) - 2)], rows, "Table: sources", slide.alt)


def _list(body: Body):
    """Rows that no chart can place, as the table that stands beside it on screen."""
    twin, hidden = body.slide.twin, ("Record", "Note", "Contradicted", "Inferred")
    names = [name for name in twin.columns if name not in hidden][:6]
    widths = [ROOM / len(names)] * (len(names) - 1)
    body.lines(widths, names, twin[names].astype(str).to_numpy().tolist(), "Table", body.slide.alt)


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
    counts = {row.key: Counter(item.strong for item in row.items) for row in grid.rows}
    undated = slide.rows["threats"][slide.rows["threats"]["id"].isin([one.address for one in grid.left_out])]
    for row in undated.to_dict("records"):
        counts[row[by]][THREAT.holds(row)] += 1
    most = max(4, *(numbers.total() for numbers in counts.values()))
    width, gap = 4.5, 0.35
    for rows in body.parts(grid.rows, MOST_BARS):
        names, numbers = [row.name for row in rows], [counts[row.key] for row in rows]
        label = min(max(max(map(powerpoint.inches, names)) * 1.06 + 0.15, 1.2), 3.0)
        tall = min(body.bottom - body.top, 0.5 + max(0.55 * len(rows), 0.9))
        area = Area(EDGE, body.top, ROOM - width - gap, tall)
        powerpoint.bars(
            body.page, area, names, _expressed(numbers), upright=False, most=most, rows=slide.rows,
            inside=Area(EDGE + label, body.top + 0.42, area.width - label - 0.1, tall - 0.47),
            name=f"Chart: statements by {by}", words=f"{slide.alt} Bars: {_told(names, numbers)}.",
        )  # fmt: skip
        _by_year(body, Area(EDGE + area.width + gap, body.top, width, body.bottom - body.top))


def _by_year(body: Body, area: Area):
    """Columns of statements by year; years that no source covers are hatched, those left out say so."""
    slide, axis, columns = body.slide, body.grid.axis, body.grid.columns
    inside = Area(area.left + 0.05, area.top + 0.42, area.width - 0.1, area.height - 0.74)
    each = inside.width / max(len(columns), 1)
    names, numbers = [], []
    for place, column in enumerate(columns):
        items = (row.cells[column.key].items for row in body.grid.rows if column.key in row.cells)
        numbers.append(Counter(item.strong for item in chain.from_iterable(items)))
        names.append(f"{column.year}\n{LEFT_OUT_SHORT}" if column.year in axis.left_out else str(column.year))
        if column.hatched:
            left = inside.left + (place + 0.1) * each
            powerpoint.hatch(body.page, Area(left, inside.top, 0.8 * each, inside.height), column.why)
    silences = [axis.silence(column.year) for column in columns]
    told = _told([str(column.year) for column in columns], numbers, silences)
    powerpoint.bars(
        body.page, area, names, _expressed(numbers), upright=True, rows=slide.rows, inside=inside,
        most=max(4, *(one.total() for one in numbers)), name="Chart: statements by year",
        words=f"Columns of statements by year: {told}.",
    )  # fmt: skip


def _expressed(numbers: Sequence[Counter]) -> list[Series]:
    """Threats and actions, a series each; a place without one holds nothing, and never a zero."""
    return [
        Series(capital(EXPRESSED[word]), [one[strong] or None for one in numbers], theme.EXPRESSED[word].fill)
        for word, strong in (("threat", True), ("priority", False))
    ]


def _told(names: Sequence[str], numbers: Sequence[Counter], silences: Sequence[str] = ()) -> str:
    """Each name with its number, or with the words for there being none."""
    told = zip_longest(names, numbers, silences, fillvalue="")
    return ", ".join(f"{name} {one.total() or silence or NONE_REPORTED}" for name, one, silence in told)


def _quoted(body: Body, head: str):
    """A line for each statement: category, speaker, year, summary, quoted words and where they stand."""
    slide, lines = body.slide, []
    records = {record.id: record for record in slide.records}
    publishers = {source.id: source.publisher for source in slide.sources}
    for row in slide.twin.to_dict("records"):
        quote, *others = (one for one in records[row["Record"]].quotes if not one.against)
        about = [f"{row['Category']}\n{row['Expressed as']}", capital(row["Speaker"])]
        quoted = f"“{quote.text}”" + "\nfurther words in the notes" * bool(others)
        place = f"{publishers[quote.source]},\nparagraph {quote.paragraph}"
        first = about if head == "Category" else about[::-1]
        lines.append((*first, row["Year"], row["Summary"], quoted, place))
    both = ("Category", "Speaker") if head == "Category" else ("Speaker", "Category")
    heads = (*both, "Year", "Summary", "Quoted words", "Source")
    body.lines([1.9, 1.9, 0.7, 3.2, 3.1], heads, lines, "Table: statements", slide.alt)


# ---- the timeline ----

BAR, THIN, SIGN = 0.24, 0.12, 0.17  # inches: how tall a bar is, one of a date less exact, and a session
BARS, SIGNS, LEAST = 0.1, 0.42, 0.64  # from the top of a row: its bar, its sessions, and its end


@dataclass(frozen=True)
class Years:
    """Where years stand on a slide: the first begins at `left`, each is `width` inches wide.

    Half a year is free before them, and after, where a bar reaches beyond them.
    """

    left: float
    width: float
    first: int
    last: int

    def x(self, year: float) -> float:
        return self.left + (min(max(year, self.first - 0.5), self.last + 1.5) - self.first) * self.width


def _chairmanship(body: Body):
    """A row for each term: who and when, its bar and sessions over columns of years, what falls into it."""
    grid, columns = body.grid, body.grid.columns
    body.top += _key(body) + 0.1
    first, last = columns[0].year, columns[-1].year
    reach = [x for row in grid.rows for piece in row.spans[0].pieces for x in (piece.x0, piece.x1)]
    before, after = min(reach) < first, max(reach) > last + 1  # half a column each
    left, right = [1.2, 3.25], [1.05] * len(grid.totals)
    wide = (ROOM - sum(left) - sum(right)) / (len(columns) + (before + after) / 2)
    widths = [*left, *[wide / 2] * before, *[wide] * len(columns), *[wide / 2] * after, *right]
    step = max(1, round(0.5 / wide))  # years to one label
    labels = [Cell(str(column.year) if not n % step else "") for n, column in enumerate(columns)]
    totals = [Cell(capital(name), right=True) for name in grid.totals]
    rows = [
        [Cell("Chair"), Cell("Who and when"), *[Cell("")] * before, *labels, *[Cell("")] * after, *totals]
    ]
    for row in grid.rows:
        sign = f" {DISPUTED}" * bool(row.spans[0].item.contradicted)
        who = Cell("\n".join((row.beside, *row.notes)) + sign)
        counts = (Cell("\n".join(filter(None, (one.text, one.more))), right=True) for one in row.totals)
        rows.append([Cell(row.name), who, *[Cell("")] * (before + len(columns) + after), *counts])
    alt = (
        f"{body.slide.alt} Beside each term are the sessions, documents and statements that fall into it by "
        f"every reading of their dates; none: {NONE_REPORTED}; a dash: {UNCOVERED}."
    )
    years, terms = Years(EDGE + sum(left) + before * wide / 2, wide, first, last), list(grid.rows)
    parts = body.table(widths, rows, "Table: terms of chairmanship", alt, sizes=SIZES[-1:], least=LEAST)
    for part in parts:
        number = len(part.table.rows) - 1
        _draw_terms(part, years, columns, terms[:number])
        del terms[:number]
    _sessions(body)


def _draw_terms(part: Part, years: Years, columns: Sequence[Column], rows: Sequence[Row]):
    """What lies over a part of the table: hatched years, a line where each begins, bars and sessions."""
    head, *tall = part.table.heights
    y, shapes = part.top + head, part.page.shapes
    for column in columns:
        if column.hatched:
            area = Area(years.x(column.year), y, years.width, sum(tall))
            powerpoint.hatch(part.page, area, column.why, _free(rows, column.year))
    for year in range(years.first, years.last + 2):
        x = years.x(year)
        powerpoint.line(shapes, x, y, x, y + sum(tall), color="rule", name="Year", weight=0.5)
    for row, one in zip(rows, tall, strict=True):
        term, *sessions = row.spans
        _draw_bar(shapes, years, term, y + BARS)
        for session in sessions:
            _draw_session(shapes, years, session, y + SIGNS)
        y += one


def _draw_bar(shapes, years: Years, span: Span, y: float):
    """The pieces of a term as one shape, which says what the term is."""
    group = shapes.add_group_shape()
    for piece in span.pieces:
        kind, fill = piece.kind, piece.fill
        if kind == "fade":  # from its known side; its fill is how tall it is
            kind, fill = fill, "out" if piece.x1 > piece.x0 else "in"
        left, right = sorted((years.x(piece.x0), years.x(piece.x1)))
        if right > left:
            _draw_piece(group.shapes, kind, fill, left, y + BAR / 2, right - left, "Part of a term")
    powerpoint.describe(group, "Term", span.item.label)


def _draw_piece(shapes, kind: str, fill: str, x: float, middle: float, width: float, name: str):
    tall = BAR if kind == "bar" else THIN
    return powerpoint.mark(shapes, "bar", fill, Area(x, middle - tall / 2, width, tall), name)


def _draw_session(shapes, years: Years, span: Span, y: float):
    """The sign of a session in the middle of its date, on a line over all of it."""
    x0, x1 = years.x(span.x0), years.x(span.x1)
    if x1 - x0 > SIGN:
        powerpoint.line(shapes, x0, y + SIGN / 2, x1, y + SIGN / 2, color="ink", name="Span of a date")
    fill, shape = span.item.look.split(" ", 1)
    sign = powerpoint.mark(shapes, shape, fill, Area((x0 + x1 - SIGN) / 2, y, SIGN, SIGN), "Session")
    powerpoint.describe(sign, "Session", span.item.label)


def _key(body: Body) -> float:
    """What bars and signs mean, each beside its sample; returns how tall that is."""
    x, y, shapes = EDGE, body.top, body.page.shapes
    for sample, said in body.grid.key:
        wide = powerpoint.inches(said) + 0.1
        if x > EDGE and x + 0.36 + wide > EDGE + ROOM:
            x, y = EDGE, y + 0.26
        first, _, second = sample.partition(" ")
        middle, shape = y + 0.115, None
        if sample == "span":
            powerpoint.line(shapes, x, middle, x + 0.28, middle, color="ink", name="Key")
        elif sample == "torn":
            powerpoint.textbox(body.page, Area(x, y, 0.28, 0.23), [DISPUTED], name="Key")
        elif first in ("bar", "thin", "fade"):
            shape = _draw_piece(shapes, first, second or "out", x, middle, 0.28, "Key")
        else:
            area = Area(x + 0.06, middle - SIGN / 2, SIGN, SIGN)
            shape = powerpoint.mark(shapes, second, first, area, "Key")
        if shape:
            powerpoint.decorative(shape)
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
    events, lines = query.events(body.slide.tables), []
    for row in body.grid.rows:
        for event in (events[span.item.address] for span in row.spans[1:]):
            when = event["date_words"] + " (date inferred)" * ("date" in event["inferred"].split("~"))
            sources = query.publishers(body.slide.tables, event["source"])
            lines.append((row.name, query.title_and_place(event), when, query.event_kind(event), sources))
    if lines:
        body.page = body.more("The sessions and summits of these terms")
        heads = ("Chair", "Session or summit", "Date", "Known as", "Sources")
        about = "Sessions and summits by the term that they fall into."
        body.lines([1.5, 4.4, 2.6, 2.2], heads, lines, "Table: sessions and summits", about)


BODIES = {
    "overview": _overview,
    "chairmanship": _chairmanship,
    "attendance": _attendance,
    "documents": _documents,
    "threats": _threats,
    "speakers": _speakers,
    "sources": _sources,
}

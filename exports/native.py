"""What stands in the body of a slide: the grid of its chart as a native table, stacked bars, or a timeline.

A body reads the grid for what stands where, and puts it into words, bars and marks that can be edited.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

import query
from charts import theme
from charts.grid import Aside, Column, Grid, Item, Row, Span
from charts.grid import Cell as GridCell
from exports import powerpoint
from exports.body import DISPUTED, MORE, SIZES, TOLD, Body
from exports.briefing import Slide, all_sources
from exports.powerpoint import EDGE, ROOM, Area, Cell, Series
from exports.timeline import timeline
from query import NONE_REPORTED
from query.nouns import DOCUMENT, PARAGRAPH, SEAT, STATEMENT, TERM, THREAT, Noun
from query.vocabulary import ATTENDANCE, EXPRESSED, LEFT_OUT, LEFT_OUT_SHORT
from query.words import capital, quotation

DAGGER = "†"  # a date, or the claim itself, is inferred
FEW = 12  # statements or documents that are told in their words; more are counted
MOST_BARS, MOST_COLUMNS = 20, 8  # on one slide


def subtitle(slide: Slide) -> str:
    """The chart's subtitle without what it says about the shapes of its marks: a slide has others. Records
    that are told in their words need none.
    """
    if _way(slide) in TELLING:
        return ""
    sentences = re.split(r"(?<=\.) ", slide.subtitle)
    return " ".join(text for text in sentences if not re.search(r"\b(?:square|dot)\b", text))


class Way(NamedTuple):
    """How a body is filled, and which of DAGGER and DISPUTED stand in it, to be explained below it."""

    draw: Callable[[Body], None]
    signs: str = ""


def draw(body: Body):
    """Fill the body."""
    _way(body.slide).draw(body)
    body.say_missing()


def signs(slide: Slide) -> str:
    """Those of DAGGER and DISPUTED that its body carries for any of its marks."""
    grid, way = slide.chart.grid, _way(slide)
    spans = [span for row in grid.rows for span in row.spans]
    singly = chain(*(row.items for row in grid.rows)) if grid.large else (span.item for span in spans)
    inferred = any(map(_inferred, spans))
    disputed = any(item.contradicted for item in singly)
    if way in TELLING:
        told = [record for record in slide.records if record.quotes]
        inferred = any(record.inferences for record in told)
        disputed = any(quote.against for record in told for quote in record.quotes)
    return DAGGER * (inferred and DAGGER in way.signs) + DISPUTED * (disputed and DISPUTED in way.signs)


def _way(slide: Slide) -> Way:
    """The way of what its chart counts first, which tells a few records in their words; rows that the chart
    cannot place are told as a list.
    """
    if not slide.chart.grid.items:
        return Way(_list)
    if slide.topic.of_pair:
        return COMPARED
    ways = WAYS.get(slide.topic.nouns[0], (OTHERWISE,))
    return ways[-1] if len(slide.records) <= FEW else ways[0]


def _inferred(span: Span) -> bool:
    return span.item.inferred or theme.INFERRED in _fills(span)


def _fills(span: Span) -> set[str]:
    """The fills of a bar, or of the sign that stands in its place."""
    pieces = {piece.fill for piece in span.pieces if piece.kind != "fade"}
    return pieces or {span.item.look.partition(" ")[0]}


# ---- the grid as a table ----

Say = Callable[[Row, Sequence], Cell]  # of the spans or the items of a row in one column
NO_ROW = Row("", "")  # beside what lies before the axis, where nothing stands on it


def _table(body: Body, name: str, say: Say, silence: str, below: tuple[str, str] = (), sizes=SIZES):
    """Rows by columns. A cell is what `say` makes of its marks; without any, the reason of its column, or
    `silence`. What lies before the axis is one cell beside all rows; `below` are the name and the text of a
    line under the table.
    """
    grid, aside = body.grid, body.grid.aside
    lines, columns = grid.rows or (NO_ROW,), _columns(body)
    body.bottom -= 0.4 * bool(below)
    names = (powerpoint.inches(row.name, 15) for row in lines)
    most = 4.4 if any(row.heading for row in lines) else 2.2
    wide = [min(max(names) + 0.2, most), *([2.7] if aside else [])]
    rows = [[Cell(""), *([Cell(aside.head)] if aside else []), *(_head(grid, column) for column in columns)]]
    for row in lines:
        before = [Cell(_early(aside, body.slide.topic.nouns[0]), merged=True)] if aside else []
        cells = (_cell(grid, row, column, say, "" if row.heading else silence) for column in columns)
        rows.append([Cell(row.name, bold=row.heading), *before, *cells])
    each = min((ROOM - sum(wide)) / max(len(columns), 1), 2.6)
    made = body.table([*wide, *[each] * len(columns)], rows, name, body.slide.alt, sizes=sizes)
    if below:
        area = Area(EDGE, made.top + made.table.height + 0.12, ROOM, 0.25)
        powerpoint.textbox(body.page, area, below[1:], name=below[0])
        body.bottom += 0.4


def _columns(body: Body) -> Sequence[Column]:
    """The columns that there is room for: of too many, those with something, and of these the last."""
    columns, left_out = body.grid.columns, body.grid.axis.left_out
    if len(columns) <= MOST_COLUMNS:
        return columns
    shown = [column for column in columns if column.year not in left_out]
    kept = shown[-MOST_COLUMNS:]
    if shown != kept:
        body.missing.append(f"{len(shown) - len(kept)} earlier columns")
    return kept


def _why(grid: Grid, column: Column) -> str:
    """Why a column is empty: its own reason, or that only other views of the briefing show its year."""
    return column.why or LEFT_OUT * (column.year in grid.axis.left_out)


def _head(grid: Grid, column: Column) -> Cell:
    heads = () if _why(grid, column) else column.heads
    over = column.name or str(column.year or "")
    return Cell("\n".join((over, *heads)) if over else " ".join(heads))


def _cell(grid: Grid, row: Row, column: Column, say: Say, silence: str) -> Cell:
    cell = row.cells.get(column.key, GridCell())
    spans = [span for span in row.spans if span.x0 < column.year + 1 and span.x1 > column.year]
    if spans or cell.items:
        return say(row, spans or cell.items)
    if cell.text:
        return Cell(cell.text)
    why = _why(grid, column)
    return Cell(why or silence, "soft", hatched=column.hatched, merged=bool(why))


def _early(aside: Aside, noun: Noun) -> str:
    """What lies before the axis, a line each, and how many squares."""
    squares = sorted(aside.squares, key=lambda item: not item.strong)
    return "\n".join((*(item.words for item in aside.items), *_counted(squares, noun)))


def _counted(items: Sequence[Item], noun: Noun) -> list[str]:
    """How many of the items are counted as what; `noun` is for those that do not say it."""
    return [one.counted(number) for one, number in Counter(item.noun or noun for item in items).items()]


def _kinds(body: Body):
    """Rows by column: what has a span in words, what has squares counted."""
    noun = body.slide.topic.nouns[0]

    def say(row: Row, marks: Sequence) -> Cell:
        if isinstance(marks[0], Span):
            return Cell("\n".join(map(_words, marks)))
        return Cell(", ".join(_counted(marks, noun)))

    _table(body, f"Table: {body.slide.topic.label.lower()}", say, NONE_REPORTED)


def _compared(body: Body):
    """Categories by the two sides: how many threats and actions, or of a few each in its words."""

    def say(row: Row, items: Sequence[Item]) -> Cell:
        told = [item.words + f" {DISPUTED}" * bool(item.contradicted) for item in items if item.words]
        return Cell("\n".join(told or _counted(items, STATEMENT)))

    _table(body, "Table: comparison", say, "not stated", sizes=TOLD)


def _words(span: Span) -> str:
    """The words of a term or an event, with the signs behind the first of them: a name, or a date."""
    fills, (first, comma, more) = _fills(span), (span.words or span.item.words).partition(",")
    signs_ = DAGGER * _inferred(span) + DISPUTED * bool(span.item.contradicted)
    return first + signs_ + comma + more + " (announced)" * (theme.ANNOUNCED in fills)


# what the word of a seat rests on
SAID = {
    "present": "a source says so",
    "absent": "a source says so",
    "not_stated": "no source says whether they came",
}


def _seats(body: Body):
    """Parties by session, in words; below them what the signs mean."""

    def say(row: Row, items: Sequence[Item]) -> Cell:
        (item,) = items
        doubt = f" {DISPUTED}" * bool(item.contradicted)
        ink = "soft" if item.look.startswith("mute") else "ink"
        return Cell(_lettered(item.look, item.words) + doubt, ink, bold=item.look.startswith("crossed"))

    legend = (
        _lettered(f"{look.fill} {look.shape}", f"{ATTENDANCE[status]}: {SAID[status]}")
        for status, look in theme.ATTENDANCE.items()
    )
    _table(body, "Table: attendance", say, LEFT_OUT, ("Legend", "     ".join(legend)))


def _lettered(look: str, text: str) -> str:
    """Words after the letter that resembles their sign, where one does."""
    return f"{theme.LETTERS[look]} {text}" if look in theme.LETTERS else text


NEVER_ADDED = "Numbers that are reported and documents that are named are never added."
IN_THE_NOTES = "Each document and matter stands by its title in the notes."


def _documents(body: Body):
    """Documents and other matters counted by status and occasion, beside the numbers that sources report."""
    publishers = _publishers(body.slide)

    def say(row: Row, items: Sequence[Item]) -> Cell:
        figures = [
            f"{item.figure}\n{quotation(item.words)}\n({publishers[item.address]})"
            for item in items
            if item.figure
        ]
        return Cell("\n".join(figures or _counted(items, DOCUMENT)))

    below = f"{NEVER_ADDED} {IN_THE_NOTES}" if publishers else IN_THE_NOTES
    _table(body, "Table: documents by status", say, "", ("Numbers", below))


def _publishers(slide: Slide) -> dict[str, str]:
    """id of a number that is reported -> who published it."""
    counts = slide.rows["document_counts"].to_dict("records")
    return {row["id"]: query.publishers(slide.tables, row["source"]) for row in counts}


def _titles(body: Body):
    """A line for each document or other matter: title, status, occasion, quoted words and where they stand;
    below them the numbers that are reported.
    """
    slide, lines, publishers = body.slide, [], _publishers(body.slide)
    by_id = slide.twin.set_index("Record").to_dict("index")
    for name, row in by_id.items():
        if name not in publishers:
            date, occasion = row["Date"].replace(" (the occasion's)", ""), row["Occasion"]
            when = occasion if occasion.endswith(date) else f"{date}; occasion {occasion}"
            kind = f"{row['Kind']}: {row['Status']}{_doubt(slide, name)}"
            lines.append((row["Title"], kind, Cell(when, merged=True), *_quoted(slide, name)))
    numbers = [
        f"{by_id[name]['Number reported']} ({quotation(by_id[name]['Status'])}, {publisher})"
        for name, publisher in publishers.items()
    ]
    body.bottom -= 0.4 * bool(numbers)
    heads = ("Document or matter", "Kind and status", "Occasion", "Quoted words", "Source")
    made = body.lines([3.0, 1.9, 2.9, 2.9], heads, lines, "Table: documents", slide.alt)
    if numbers:
        area = Area(EDGE, made.top + made.table.height + 0.12, ROOM, 0.25)
        said = f"Reported in numbers: {', '.join(numbers)}. {NEVER_ADDED}"
        powerpoint.textbox(body.page, area, [said], name="Numbers")
        body.bottom += 0.4


def _doubt(slide: Slide, name: str) -> str:
    """The signs behind what a record says of itself."""
    record = slide.record(name)
    signs_ = DAGGER * bool(record.inferences) + DISPUTED * any(quote.against for quote in record.quotes)
    return f" {signs_}" if signs_ else ""


def _quoted(slide: Slide, name: str) -> tuple[str, str]:
    """The first words that carry a record, and where they stand."""
    quote = next(one for one in slide.record(name).quotes if not one.against)
    publisher = next(source.publisher for source in slide.sources if source.id == quote.source)
    return quotation(quote.text), f"{publisher}, paragraph {quote.paragraph}"


def _sources(body: Body):
    """Sources by what is counted of them."""
    slide = body.slide
    rows = source_rows(query.select(slide.dataset.tables, query.View(without=slide.item.view.without)))
    each = (ROOM - 3.4 - 2.0) / (len(rows[0]) - 2)
    body.table([3.4, 2.0, *[each] * (len(rows[0]) - 2)], rows, "Table: sources", slide.alt)


def source_rows(tables: query.Tables) -> list[list[Cell]]:
    """The numbers of each source, under a head; its name leads to it."""
    numbers = query.by_source(tables)
    rows = [numbers.columns, *numbers.astype(str).itertuples(index=False)]
    cells = [[Cell(text, right=at > 1) for at, text in enumerate(row)] for row in rows]
    for row, source in zip(cells[1:], all_sources(tables), strict=True):
        row[0] = row[0]._replace(url=source.address)
    return cells


def _list(body: Body):
    """Rows that no chart can place, as the table that stands beside it on screen."""
    twin, hidden = body.slide.twin, ("Record", "Note", "Contradicted", "Inferred")
    names = [name for name in twin.columns if name not in hidden][:6]
    widths = [ROOM / len(names)] * (len(names) - 1)
    body.lines(widths, names, twin[names].astype(str).to_numpy().tolist(), "Table", body.slide.alt)


# ---- statements: bars, or their words ----


def _statements(body: Body):
    """Left, bars by category or speaker; right, columns by year."""
    slide, grid, by = body.slide, body.grid, body.grid.by
    counts = {row.key: Counter(item.strong for item in row.items) for row in grid.rows}
    undated = slide.rows["threats"][slide.rows["threats"]["year"].isna()]
    for row in undated.to_dict("records"):
        counts[row[by]][THREAT.holds(row)] += 1
    most = max(4, *(numbers.total() for numbers in counts.values()))
    width, gap = 4.5, 0.35
    rows, bottom = grid.rows[:MOST_BARS], body.bottom
    if left := len(grid.rows) - len(rows):
        body.missing.append(f"{left} more {'bar' if left == 1 else 'bars'}")
        bottom -= MORE
    names, numbers = [row.name for row in rows], [counts[row.key] for row in rows]
    label = min(max(max(map(powerpoint.inches, names)) * 1.06 + 0.15, 1.2), 3.0)
    tall = min(bottom - body.top, 0.5 + max(0.55 * len(rows), 0.9))
    area = Area(EDGE, body.top, ROOM - width - gap, tall)
    powerpoint.bars(
        body.page, area, names, _expressed(numbers), upright=False, most=most, rows=slide.rows,
        inside=Area(EDGE + label, body.top + 0.42, area.width - label - 0.1, tall - 0.47),
        name=f"Chart: statements by {by}", words=f"{slide.alt} Bars: {_told(names, numbers)}.",
    )  # fmt: skip
    _by_year(body, Area(EDGE + area.width + gap, body.top, width, bottom - body.top))


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
    """Threats and actions, a series each; where there is none, the value is None and never 0."""
    return [
        Series(capital(EXPRESSED[word]), [one[strong] or None for one in numbers], theme.EXPRESSED[word].fill)
        for word, strong in (("threat", True), ("priority", False))
    ]


def _told(names: Sequence[str], numbers: Sequence[Counter], silences: Sequence[str] = ()) -> str:
    """Each name with its number, or with the words for there being none."""
    told = zip_longest(names, numbers, silences, fillvalue="")
    return ", ".join(f"{name} {one.total() or silence or NONE_REPORTED}" for name, one, silence in told)


def _words_of_statements(body: Body):
    """A line for each statement: category, summary, quoted words, who said them and when, and the source."""
    slide, lines = body.slide, []
    first = capital(body.grid.by)
    for row in slide.twin.to_dict("records"):
        words, source = _quoted(slide, row["Record"])
        speaker = Cell(f"{capital(row['Speaker'])}, {row['Year']}", merged=True)
        category, expressed = row["Category"], f"{row['Expressed as']}{_doubt(slide, row['Record'])}"
        if first == "Speaker":
            lines.append((speaker, row["Summary"], words, f"{category}, {expressed}\n{source}"))
        else:
            lines.append((f"{category}\n{expressed}", row["Summary"], words, f"{speaker.text}\n{source}"))
    heads = (
        first,
        "Summary",
        "Quoted words",
        f"{'Category' if first == 'Speaker' else 'Speaker'} and source",
    )
    body.lines([2.1, 3.6, 3.4], heads, lines, "Table: statements", slide.alt)


# what a chart counts first -> the way of its slides, and then that of a few records
WAYS = {
    TERM: (Way(timeline, DISPUTED),),
    SEAT: (Way(_seats, DISPUTED),),
    DOCUMENT: (Way(_documents), Way(_titles, DAGGER + DISPUTED)),
    STATEMENT: (Way(_statements), Way(_words_of_statements, DAGGER + DISPUTED)),
    PARAGRAPH: (Way(_sources),),
}
TELLING = {WAYS[DOCUMENT][-1], WAYS[STATEMENT][-1]}  # each record in its own words
OTHERWISE = Way(_kinds, DAGGER + DISPUTED)
COMPARED = Way(_compared)

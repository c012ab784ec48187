"""A grid laid out: where each of its marks, words and rules stands, for a card or a phone.

    layout(grid, WIDE) -> Scene

What differs between the two is in `Size`: on a phone the name of a row stands above its marks, totals are
words beside it, and a cell whose items are one thing together is one target for a finger.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from charts import fonts, theme
from charts.grid import COUNTED, Cell, Column, Grid, Item, Row, Span
from charts.scene import (
    Area,
    Box,
    Frame,
    Hatch,
    Line,
    Lines,
    Mark,
    Place,
    Polygon,
    Run,
    Scene,
    Target,
    Text,
    share,
)
from charts.theme import CORNERS
from query import UNCOVERED
from query.vocabulary import NOTHING

LEAD, MOST_LEAD = 0.03, 4  # of a column, and px: heads, squares, hatches and strips share their edges
FIGURE = 0.91  # of a column: how far a reported number and its words reach
BAR_LEAD = 0.04  # of a column, more than a square's: room for the frame
HEAD, HEADS, YEAR = 16, 26, 6  # px of a line under a year, of what is above the rows besides, and below years
LINE, MOST_LINES = 19.5, 5  # px of a line of words, and lines of a name
LANE, SIGN, FINGER = 23, 14, 24  # px: a line of spans, a sign on it, and what takes a click
BAR, THIN = 18, 10  # px of a bar, and of one that lies somewhere in its span
TAIL, FADES = 24, 9  # px beyond the axis, where open bars lose themselves in so many steps
HALF, MARGIN = 0.66, 8  # of words on end: what one of two lines takes at most, and px around them
EMPTY, EMPTY_UNCOVERED, UNSAID = 84, 250, 44  # px of rows where there is none, and of the words for it
ASIDE, ASIDE_GAP = 145, 18  # px of what lies before the axis, and between it and the names of rows
MOST_SOURCES = 12  # with a line each in the strip of sources
DOT = 7  # px across, of the sign for silence
CUT, LOOSE, OFF = 0.62, 0.4, 0.11  # of a mark: legs of its cut corner, of the loose piece, and its distance
SOFT = ("", "0", "none", "–", "unclear")  # totals that say that there is nothing to count


class Size(NamedTuple):
    """Lengths of a layout in px.

    - `width`: of the whole
    - `across`, `down`: of a square's place
    - `mark`, `large`, `sign`: of a square, of one that stands alone in its cell, of an event's sign
    - `name`: of the line above its marks in which a row's name stands; 0 where that stands beside them
    - `longest`: share of its column that the longest bar takes
    - `small`: name of the size of small words
    - `narrow`: whether it is that of a phone
    """

    width: float
    across: float
    down: float
    mark: float
    large: float
    sign: float
    name: float
    longest: float
    small: str
    narrow: bool


WIDE = Size(845, 24, 24, 18, 20, SIGN, 0, 0.65, "small", False)
SLIDE = WIDE._replace(width=1080)  # px, of a picture and of present mode
PHONE = Size(358, 13, 18, 11, 16, 13, 22, 0.48, "least", True)
NARROWEST = 284  # px of the card in the narrowest window: squares and words must fit there
EDGE = 5  # px left and right of the columns on a phone: room for a frame


class _Place(NamedTuple):
    """Where a row stands: `top` and `bottom`, and `base`, where its marks begin."""

    row: Row
    top: float
    base: float
    bottom: float


def layout(grid: Grid, size: Size) -> Scene:
    """The scene of a grid."""
    return _Layout(grid, size).scene


class _Layout:
    """A scene in the making.

    `page` is px of the narrowest page that a scene of this size is shown on: words must fit there. Columns
    are `shrunk` by so much on it, and marks must not touch.
    """

    def __init__(self, grid: Grid, size: Size):
        self.grid, self.size = grid, size
        margin = TAIL if grid.timed else EDGE * size.narrow
        beside = (ASIDE + ASIDE_GAP) if grid.aside and not size.narrow else 0
        self.left = margin + (grid.left + beside) * (not size.narrow)
        self.right = margin + grid.right * (not size.narrow)
        self.labels = beside - self.left  # px from the plot's left edge to the names of rows
        self.inner = size.width - self.left - self.right
        self.column = self.inner / grid.width
        self.lead = min(LEAD, MOST_LEAD / self.column)
        self.end = 1 - self.lead
        self.page = NARROWEST if size.narrow else size.width
        self.shrunk = (self.page - self.left - self.right) / self.inner
        self.per_line = grid.per_line or (
            max(1, int(self.end * self.column * self.shrunk / size.across)) if size.narrow else grid.squares
        )
        self.scene = Scene(self.left, self.right, width=size.width)
        self.head = 10 if size.narrow else 24
        if self._has_heads():
            self.head = HEADS + HEAD * self._head_lines()
        self.first = self._aside() if grid.aside and size.narrow else 0.0
        self.places = list(self._places())
        self.places = list(self._places(self._missing()))  # which looks at the places as they are without it
        self.height = max(self.places[-1].bottom if self.places else self.first, self._beside())
        if not self.places:
            some = grid.axis.uncovered and not grid.axis.silent and not size.narrow
            self.height = max(self.height, self.first + (EMPTY_UNCOVERED if some else EMPTY))
        self.unsaid = False  # whether a hatch has no room to say what it is
        self._columns()
        for place in self.places:
            self._row(place)
        self._rules()
        if not self.places:
            self._nothing()
        marks = len(self.scene.shapes)
        below = self._coverage() if grid.covered else 8
        key = self._key()
        self.scene.around = self.scene.shapes[marks:]
        del self.scene.shapes[marks:]
        self.scene.top = self.head + key
        self.scene.height = self.scene.top + self.height + below

    # -- words

    def say(
        self,
        words: str,
        x: Place,
        y: float,
        size: str = "label",
        color: str = "ink",
        *,
        bold: bool = False,
        **more,
    ):
        if words:
            self.lines([(Run(words, size, color, bold),)], x, y, **more)

    def lines(self, lines, x: Place, y: float, **more):
        self.scene.texts.append(Text(x, y, tuple(lines), **more))

    # -- places

    def at(self, column: Column, part: float | None = None, px: float = 0) -> Place:
        """A place in a column: `part` of its width, or where marks begin, and px more."""
        part = self.lead if part is None else part
        return self.moved(((self.grid.places[column.key] + part) / self.grid.width, 0), px)

    def when(self, x: float, px: float = 0) -> Place:
        """A place on the axis of time, in years; what lies beyond it stands in the tail."""
        run = self.grid.axis.run
        years = (x - run[0]) / len(run)
        share = min(max(years, 0), 1)
        over = min(abs(years - share) * self.inner, TAIL)
        return self.moved((share, 0), px + (over if years > 1 else -over))

    def moved(self, x: Place, px: float) -> Place:
        """A place some px further on. On the plot that is a share, so that marks keep in step with their
        columns on every width; beyond it, in the margins, it is px.
        """
        share = x[0] + px / self.inner
        return (share, 0) if not x[1] and 0 <= share <= 1 else (x[0], x[1] + px)

    def _places(self, more: float = 0) -> Iterator[_Place]:
        """Where each row stands, each `more` px higher than its marks and words need."""
        top = self.first
        for row in self.grid.rows:
            base = top + self.grid.pad + self._name_height(row) * self.size.narrow
            marks = base + self._marks_height(row)
            words = 0 if self.size.narrow else top + self.grid.pad + self._name_height(row)
            bottom = max(marks, words) + self.grid.pad + more
            yield _Place(row, top, base, bottom)
            top = bottom

    @property
    def unit(self) -> float:
        """px down of a square's place."""
        return self.size.down + (8 if self.grid.large and not self.size.narrow else 2 * self.grid.large)

    def _marks_height(self, row: Row) -> float:
        tall = self.unit
        for cell in row.cells.values():
            if any(item.figure for item in cell.items):
                tall = max(tall, sum(self._figure_height(item) for item in cell.items))
            elif cell.items and not (self.grid.crowded and cell.whole):
                tall = max(tall, self._lines(len(cell.items)) * self.unit)
        if self.size.narrow and any(item.figure for item in row.items):
            tall = sum(self._figure_height(item) for item in row.items)
        if row.spans:
            tall = max(
                tall,
                LANE * (1 + max(span.lane for span in row.spans))
                + HEAD * any(span.words for span in row.spans),
            )
        return tall

    def _lines(self, count: int) -> int:
        """Lines that a cell of squares takes; a large one needs a place for its number."""
        return max(1, -(-(count + (count > COUNTED)) // self.per_line))

    def _figure_height(self, item: Item) -> float:
        return 28 if self.size.narrow else 28 + 20 * len(self._figure_words(item))

    def _figure_words(self, item: Item) -> list[str]:
        room = self.column * (FIGURE - self.lead) - 4
        return _folded(item.words, room, "small") if item.words else []

    # -- names

    def _name(self, row: Row) -> Lines:
        """The words of a row: its name, what is beside it where there is room, and its notes."""
        narrow = self.size.narrow
        room = self.page if narrow else self.grid.left - 12
        name = "small" if row.small and not narrow else "label"
        names = _folded(row.name, room, name, bold=row.bold)
        lines = [[Run(line, name, "ink", row.bold)] for line in names]
        notes = list(row.notes)
        for more in (row.beside, row.said if narrow and not notes else ""):
            used = sum(fonts.width(run.text, theme.SIZE[run.size], bold=run.bold) for run in lines[-1])
            if more and used + fonts.width(f"  {more}", theme.SIZE["small"]) <= room:
                lines[-1].append(Run(f"  {more}", "small", "soft"))
            elif more:
                notes.insert(0, more)
        if narrow and row.notes:
            notes.append(row.said)
        under = [line for note in notes for line in _folded(note, room, "small")]
        return (*map(tuple, lines), *((Run(line, "small", "soft"),) for line in under))

    def _name_height(self, row: Row) -> float:
        lines = len(self._name(row))
        return self.size.name + LINE * (lines - 1) if self.size.narrow else self.unit + LINE * (lines - 1)

    # -- heads

    def _has_heads(self) -> bool:
        return any(column.year or self._heads(column) for column in self.grid.columns)

    def _heads(self, column: Column) -> tuple[str, ...]:
        return column.short or column.heads if self.size.narrow else column.heads

    def _head_lines(self) -> int:
        return max((len(self._heads(column)) for column in self.grid.columns), default=0)

    def _columns(self):
        seen, lines, timed = set(), self._head_lines(), self.grid.timed
        of_year = Counter(column.year for column in self.grid.columns if column.year)
        least = min(of_year.values(), default=1) * self.column * self.shrunk
        short = any(fonts.width(str(year), theme.SIZE["year"], bold=True) + YEAR > least for year in of_year)
        room = self.column * self.shrunk * (1.1 if self.size.narrow else self.end)
        for column in self.grid.columns:
            x = self.at(column, 0, 1) if timed else self.at(column)
            if timed:
                edge = self.at(column, 0)
                self.scene.ground.append(Line(edge, edge, self.first, self.height))
            heads = [_cut(words, room, self.size.small) for words in self._heads(column)]
            if column.year and column.year not in seen:
                seen.add(column.year)
                name = f"’{column.year % 100:02d}" if short else str(column.year)
                whole = column.year in self.grid.axis.years
                year = (Run(name, "year" if whole else "small", "ink" if whole else "soft", whole),)
                if of_year[column.year] == 1 == lines:  # a year and its count are read as one
                    under = [(Run(words, self.size.small, "soft"),) for words in heads]
                    self.lines([year, *under], x, -YEAR / 2, sits="bottom")
                    heads = []
                else:
                    self.lines([year], x, -HEAD * lines - YEAR / 2, sits="bottom")
            for number, words in enumerate(heads):
                y = -HEAD * (lines - 1 - number) - YEAR / 2
                self.say(words, x, y, self.size.small, "soft", sits="bottom")
            self._why(column)
        if timed and self.grid.columns:
            self.scene.ground.append(Line((1, 0), (1, 0), self.first, self.height))
        if not self.size.narrow:
            self.say(self.grid.head, (0, self.labels), -YEAR / 2, "small", "soft", sits="bottom")
            for number, words in enumerate(self.grid.totals):
                lines = [(Run(line, "small", "soft"),) for line in words.split("\n")]
                self.lines(lines, self._total_at(number), -YEAR / 2, side="right", sits="bottom")

    def _total_at(self, number: int) -> Place:
        step = self.grid.right / max(len(self.grid.totals), 1)
        return 1, self.right - step * (len(self.grid.totals) - 1 - number)

    def _why(self, column: Column):
        """The reason of a column that holds nothing, in the longest run of rows in which it does not."""
        if not column.why:
            return
        start, end = self._free(column)
        ends = (
            self.at(column, 0 if self.grid.timed else self.lead),
            self.at(column, 1 if self.grid.timed else self.end),
        )
        if column.hatched:
            if self.size.narrow and self.places and not self.grid.timed:
                bands = [
                    (place.base - 2, place.bottom - 2)
                    for place in self.places
                    if not any(item.figure for item in place.row.items)
                ]
            else:
                bands = [(self.first, self.height)]
            self.scene.ground += [Hatch(*ends, top, bottom) for top, bottom in bands]
        if not self.places and self.grid.axis.silent:
            return
        words = [] if column.hatched and self.size.narrow else self._upright(column.why, end - start)
        if not words:
            self.unsaid |= column.hatched
            return
        middle = (start + end) / 2
        color = "ink" if column.hatched else "soft"
        lines = [(Run(line, self.size.small, color),) for line in words]
        self.lines(lines, self.at(column, 0.5), middle, side="center", ground=3, turned=True)

    def _upright(self, why: str, room: float) -> list[str]:
        """The lines of a reason on end: one where it fits, else two; none without room for them."""
        size = theme.SIZE[self.size.small]
        for lines in ([why], fonts.lines(why, fonts.width(why, size) * HALF, size)):
            if all(fonts.width(line, size) + MARGIN <= room for line in lines):
                return lines
        return []

    def _missing(self) -> float:
        """px by which each row grows so that a reason which no hatch stands for has room."""
        size, missing = theme.SIZE[self.size.small], 0.0
        for column in self.grid.columns:
            if column.why and not column.hatched and self.places:
                start, end = self._free(column)
                rows = sum(start <= place.top < end for place in self.places)
                need = fonts.width(column.why, size) * HALF + MARGIN
                missing = max(missing, (need - end + start) / rows if rows else 0)
        return missing

    def _free(self, column: Column) -> tuple[float, float]:
        best = start = end = self.first
        free = (self.first, self.first) if self.places else (self.first + UNSAID, self.height)
        for place in self.places:
            held = column.key in place.row.cells or any(
                span.x0 < column.year + 1 and span.x1 > column.year
                for span in place.row.spans
                if self.grid.timed
            )
            if place.row.ruled:  # words do not stand across the line
                start = place.top
            start, end = (place.bottom, place.bottom) if held else (start, place.bottom)
            if end - start > best - self.first:
                best, free = end - start + self.first, (start, end)
        return free

    # -- rows

    def _row(self, place: _Place):
        row, size = place.row, self.size
        if place.top > self.first:
            self._rule(place.top, "ink" if row.ruled else "rule")
        lines, ground = self._name(row), 2 if size.narrow else 0
        base = place.top + self.grid.pad + (size.name / 2 if size.narrow else self.unit / 2)
        first = theme.SIZE[lines[0][0].size] * (fonts.ASCENT + fonts.DESCENT) / 2
        self.lines(lines, (0, self.labels), base - first, sits="top", ground=ground)
        for number, total in enumerate(row.totals if not size.narrow else ()):
            color = "soft" if total.text in SOFT else "ink"
            first = f"{total.text}, " if total.beside else total.text
            words = [(Run(first, "label", color, total.strong), Run(total.beside, "small", "soft"))]
            words += [(Run(total.more, "small", "soft"),)] * bool(total.more)
            self.lines(words, self._total_at(number), base - 10, side="right", sits="top")
        self._spans(row, place)
        columns = {column.key: column for column in self.grid.columns}
        top = place.base
        for key, cell in row.cells.items():
            if any(item.figure for item in cell.items):
                top = self._figures(cell, columns[key], top if size.narrow else place.base)
            elif cell.text:
                color = "ink" if cell.text.isdecimal() else "soft"
                self.say(cell.text, self.at(columns[key]), place.base + self.unit / 2, color=color)
            elif self.grid.crowded and cell.whole:
                self._bar(cell, columns[key], place)
            else:
                self._squares(cell, columns[key], place)

    def _squares(self, cell: Cell, column: Column, place: _Place):
        size, whole = self.size, cell.whole if self.size.narrow else None
        mark, across = size.mark, size.across / self.shrunk
        if self.grid.large:
            mark, across = size.large, self.unit / self.shrunk
        if size.narrow and self.grid.per_line:
            across = self.column * self.end / self.grid.per_line
        for number, item in enumerate(cell.items):
            dx = number % self.per_line * across + mark / 2  # flush with the head
            y = place.base + (number // self.per_line + 0.5) * self.unit
            self.sign(item, self.at(column, None, dx), y, mark)
            if not whole:
                x = self.at(column, None, dx)
                self.target(
                    item,
                    Area(
                        self.moved(x, -across / 2),
                        self.moved(x, across / 2),
                        y - self.unit / 2,
                        y + self.unit / 2,
                    ),
                )
        count = len(cell.items)
        if self.grid.numbered and not size.narrow:
            for line in range(-(-count // self.per_line)):
                y = place.base + (line + 0.5) * self.unit
                self.say(
                    str(line * self.per_line + 1), self.at(column, None, -4), y, "least", "soft", side="right"
                )
        elif count > COUNTED and not self.grid.per_line:
            x = self.at(column, None, (count % self.per_line + 0.5) * across)
            y = place.base + (count // self.per_line + 0.5) * self.unit
            self.say(str(count), x, y, size.small, "soft", side="center")
        if whole:
            self.target(whole, Area(self.at(column, 0), self.at(column, 1), place.top, place.bottom))
        if cell.whole and cell.whole.address not in {item.address for item in cell.items}:
            self._frame_cell(cell.whole, column, place.base, self._lines(count) * self.unit)

    def _frame_cell(self, whole: Item, column: Column, top: float, tall: float):
        """The frame of a whole cell."""
        self.frame(whole, Area(self.at(column), self.at(column, self.end), top - 3, top + tall + 3), 4)

    def _bar(self, cell: Cell, column: Column, place: _Place):
        """A bar on the one scale of the chart: strong items solid, then the others open, and their number."""
        most = max(len(one.items) for row in self.grid.rows for one in row.cells.values() if one.whole)
        middle, half = place.base + self.unit / 2, self.size.mark / 2
        start, narrowest = self.lead + BAR_LEAD, self.column * self.shrunk
        number = fonts.width(str(most), theme.SIZE[self.size.small]) + 2 * YEAR
        longest = max(min(self.size.longest, 1 - start - number / narrowest), BAR_LEAD)
        strong, count = sum(item.strong for item in cell.items), len(cell.items)
        ends = [self.at(column, start + longest * number / most) for number in (strong, count)]
        self.scene.shapes.append(
            Box(self.at(column, start), ends[1], middle - half + 1, middle + half - 1, "paper", "ink")
        )
        self.scene.shapes.append(Box(self.at(column, start), ends[0], middle - half, middle + half, "ink"))
        self.say(str(count), self.moved(ends[1], 4 if self.size.narrow else 6), middle, self.size.small)
        if cell.whole.contradicted:
            self.corner(ends[1], middle, 0, -half, self.size.mark)
        if self.size.narrow:
            area = Area(self.at(column, 0), self.at(column, 1), place.top, place.bottom)
        else:
            area = Area(self.at(column), self.at(column, self.end), place.base, place.base + self.unit)
        self.target(cell.whole, area)
        whole = cell.whole
        records = tuple(item.address for item in cell.items if item.address != whole.address)
        self._frame_cell(
            Item(whole.address, "", records=(*whole.records, *records)), column, place.base, self.unit
        )

    def _figures(self, cell: Cell, column: Column, top: float) -> float:
        """Numbers that sources report, with their verb; on a phone each in a line of the whole width."""
        for item in cell.items:
            tall = self._figure_height(item)
            middle, bold = top + tall / 2, Run(item.figure, bold=True)
            if self.size.narrow:
                when = ", ".join(filter(None, (str(column.year or ""), *column.short[:1])))
                words = _cut(f"{item.words}  {when}", self.page - 60, "small")
                lines, x, ends = [(bold, Run(f"  {words}", "small", "soft"))], (0, 6), ((0, 0), (1, 0))
            else:
                lines = [(bold,), *((Run(line, "small", "soft"),) for line in self._figure_words(item))]
                x, ends = self.at(column, None, 1), (self.at(column), self.at(column, FIGURE))
            self.lines(lines, x, middle)
            if item.contradicted:
                wide = fonts.width(item.figure, theme.SIZE["label"], bold=True)
                self.corner(self.moved(x, wide + 5), middle, 0, -10 * len(lines) + 3, 14, cut=False)
            area = Area(*ends, top + 3, top + tall - 3)
            self.target(item, area)
            self.frame(item, area, 0)
            top += tall
        return top

    # -- time

    def _spans(self, row: Row, place: _Place):
        fits = all(fonts.width(span.words, theme.SIZE["small"]) <= self._wide(span) for span in row.spans)
        for span in row.spans:
            y = place.base + LANE * (span.lane + 0.5)
            if span.pieces:
                self._pieces(span, y)
                start = self.moved(self.when(max(span.x0, self.grid.axis.run[0])), 2)
                words = span.words if fits else span.short
                self.say(words, start, y + 21, self.size.small, ground=1)
                continue
            self.scene.shapes.append(Line(self.when(span.x0), self.when(span.x1), y, y, "ink", 2))
            middle = self.when((span.x0 + span.x1) / 2)
            self.sign(span.item, middle, y, self.size.sign)
            ends = self.moved(middle, -FINGER / 2), self.moved(middle, FINGER / 2)
            area = Area(*ends, y - LANE / 2, y + LANE / 2)
            self.target(span.item, area)

    def _wide(self, span: Span) -> float:
        """px of the axis that a span takes on the narrowest page."""
        first, last = (share(self.when(x), self.scene) for x in (span.x0, span.x1))
        return (last - first) * self.inner * self.shrunk

    def _pieces(self, span: Span, y: float):
        first, last = self.grid.axis.run[0], self.grid.axis.run[-1] + 1
        tall = THIN if all("thin" in piece[2:] for piece in span.pieces) else BAR
        for x0, x1, kind, fill in span.pieces:
            half = (THIN if "thin" in (kind, fill) else BAR) / 2
            if kind == "fade":
                if first <= x0 <= last:
                    self._fade(self.when(x0), 1 if x1 > x0 else -1, y, half)
                continue
            a, b = (self.when(x, px) for x, px in ((x0, x0 == span.x0), (x1, -(x1 == span.x1))))
            self._block(a, b, y, half, fill)
        low, high = max(span.x0, first), min(span.x1, last)
        left = span.item.contradicted == "start" or (
            span.pieces[-1].kind == "fade" and span.pieces[0].kind != "fade"
        )
        if span.item.contradicted:
            self.corner(self.when(low if left else high), y, 0, -tall / 2, BAR, left=left)
        ends = [self.when(low), self.when(high)]
        for piece in span.pieces:
            if piece.kind == "fade":
                ends.append(self.moved(self.when(piece.x0), TAIL if piece.x1 > piece.x0 else -TAIL))
        ends.sort(key=partial(share, scene=self.scene))
        self.target(span.item, Area(ends[0], ends[-1], y - FINGER / 2, y + FINGER / 2))
        self.frame(span.item, Area(self.when(low), self.when(high), y - tall / 2 - 4, y + tall / 2 + 4), 4)

    def _block(self, a: Place, b: Place, y: float, half: float, fill: str):
        if fill == "solid":
            self.scene.shapes.append(Box(a, b, y - half, y + half, "ink"))
        else:
            self.scene.shapes.append(
                Box(a, b, y - half + 1, y + half - 1, "paper", "ink", dashed=fill == "dashed")
            )

    def _fade(self, x: Place, side: int, y: float, half: float, reach: float = TAIL, steps: int = FADES):
        """A bar that loses itself to one side: where it ends is not stated."""
        for step in range(steps):
            ends = sorted((side * reach * step / steps, side * reach * (step + 1) / steps))
            veil = round(0.85 * (1 - step / steps) ** 1.4, 3)
            self.scene.shapes.append(
                Box(*(self.moved(x, end) for end in ends), y - half, y + half, "ink", opacity=veil)
            )

    # -- before the axis

    def _aside_lines(self, item: Item) -> list[str]:
        if self.size.narrow:
            return [_cut(item.words, self.page - 40, "small")]
        return _folded(item.words, ASIDE - 24, "small")

    def _beside(self) -> float:
        """The list before the axis at the left of a wide card; returns its height."""
        if not self.grid.aside or self.size.narrow:
            return 0
        self.say(self.grid.aside.head, (0, -self.left), -YEAR / 2, "small", "soft", sits="bottom")
        self.scene.ground.append(Line((0, -self.left), (0, ASIDE - self.left), 0, 0, "ink"))
        return self._aside_items(4)

    def _aside(self) -> float:
        """The same as the first row of a phone."""
        self.say(self.grid.aside.head, (0, -self.left), self.grid.pad + 11, ground=2)
        return self._aside_items(self.grid.pad + self.size.name) + self.grid.pad

    def _aside_items(self, y: float) -> float:
        aside, x = self.grid.aside, -self.left
        for item in aside.items:
            lines = self._aside_lines(item)
            tall = 17 * len(lines) + 8
            self.sign(item, (0, x + 11), y + tall / 2, SIGN - 1)
            self.lines([(Run(line, "small"),) for line in lines], (0, x + 23), y + tall / 2)
            right = (1, self.right) if self.size.narrow else (0, x + ASIDE)
            self.target(item, Area((0, x), right, y, y + tall))
            y += tall
        if aside.squares:
            self.say(aside.squares_head, (0, x), y + 13, "small", "soft")
            y += 26
            per = int(((self.page if self.size.narrow else ASIDE) - 4) // self.size.across)
            for number, item in enumerate(aside.squares):
                dx, dy = (
                    4 + (number % per + 0.5) * self.size.across,
                    y + (number // per + 0.5) * self.size.down,
                )
                self.sign(item, (0, x + dx), dy, self.size.mark)
                ends = (0, x + dx - self.size.across / 2), (0, x + dx + self.size.across / 2)
                self.target(item, Area(*ends, dy - self.size.down / 2, dy + self.size.down / 2))
            y += -(-len(aside.squares) // per) * self.size.down
        return y

    # -- marks

    def sign(self, item: Item, x: Place, y: float, size: float):
        """The sign of an item, and its frame."""
        self.signed(item.look, x, y, size, inferred=item.inferred, torn=bool(item.contradicted))
        half = (size + 6) / 2
        self.frame(item, Area(self.moved(x, -half), self.moved(x, half), y - half, y + half), 0)

    def signed(
        self, look: str, x: Place, y: float, size: float, *, inferred: bool = False, torn: bool = False
    ):
        """A sign with what it carries: a dot in its middle if inferred, a loose corner if torn."""
        self.scene.shapes.append(Mark(x, y, look, DOT if look.endswith("dot") else size))
        is_square = look.endswith("square")
        if inferred and is_square:
            color = "paper" if look == "solid square" else "ink"
            self.scene.shapes.append(Mark(x, y, f"{color} dot", 5 if size > 12 else 4))
        if torn:
            self.corner(x, y, size / 2, -size / 2, size, cut=is_square)

    def corner(
        self, x: Place, y: float, dx: float, dy: float, size: float, *, cut: bool = True, left: bool = False
    ):
        """The loose corner of a disagreement, beside one that lies dx, dy px off; `cut` takes that off."""
        side = -1 if left else 1

        def triangle(out: float, leg: float, fill: str):
            x1, y1 = dx + side * out, dy - out
            self.scene.shapes.append(Polygon(x, y, ((x1 - side * leg, y1), (x1, y1), (x1, y1 + leg)), fill))

        if cut:
            triangle(0.5, CUT * size + 0.5, "paper")
        triangle(OFF * size, max(LOOSE * size, 5), "ink")

    def target(self, item: Item, area: Area):
        self.scene.targets.append(Target(item.address, item.label, area))

    def frame(self, item: Item, area: Area, over: float):
        """`over` px more at both ends: a bar's frame keeps off it."""
        area = area._replace(x0=self.moved(area.x0, -over), x1=self.moved(area.x1, over))
        self.scene.frames.append(Frame((item.address, *item.records), area))

    # -- what is around

    def _rule(self, y: float, color: str = "rule"):
        self.scene.ground.append(Line((0, self.labels), (1, self.right), y, y, color))

    def _rules(self):
        for y in (self.first, self.height) if self.first else (0, self.height):
            self._rule(y, "ink")
        if self.first:
            self._rule(0, "ink")

    def _nothing(self):
        """Why no mark is drawn: no source speaks about any of the years, or the selection holds none."""
        silent = self.grid.axis.silent and self.grid.covered
        if silent and not any(isinstance(shape, Hatch) for shape in self.scene.ground):
            self.scene.ground.append(Hatch((0, 0), (1, 0), self.first, self.height))
        words = UNCOVERED if silent else self.grid.nothing or NOTHING
        room = self.inner * self.shrunk * 0.9
        lines = [(Run(line, "label", "soft"),) for line in fonts.lines(words, room, theme.SIZE["label"])]
        y = self.first + (UNSAID if any(text.turned for text in self.scene.texts) else EMPTY) / 2
        self.lines(lines, (0.5, 0), y, side="center", ground=6)

    def _coverage(self) -> float:
        """The strip of the sources: thick where one reports events of a year. Returns its height."""
        axis, tall = self.grid.axis, 32 if self.size.narrow else 19
        spans: dict[int, list[Column]] = {}
        for column in self.grid.columns:
            if column.year:
                spans.setdefault(column.year, []).append(column)
        ends = {
            year: (self.at(columns[0]), self.at(columns[-1], self.end)) for year, columns in spans.items()
        }
        y, x = self.height, (0, -self.left)
        if len(axis.sources) > MOST_SOURCES:
            head = f"How many of {len(axis.sources)} sources report events held in each year"
            self.say(head, x, y + 18, "small", "soft")
            speaking = Counter(year for _, _, years in axis.sources for year in years)
            for year, (a, b) in ends.items():
                self.say(
                    str(speaking[year] or "–"),
                    ((a[0] + b[0]) / 2, 0),
                    y + 32 + tall / 2,
                    "small",
                    "soft",
                    side="center",
                )
            return 38 + tall
        self.say("Which sources report events held in each year", x, y + 18, "small", "soft")
        room = self.page if self.size.narrow else self.left - 10
        for number, (source, name, years) in enumerate(axis.sources):
            middle = y + 32 + (number + 0.5) * tall + 7 * self.size.narrow
            self.say(_cut(f"{source}  {name}", room, "small"), x, middle - 14 * self.size.narrow, "small")
            for year, (a, b) in ends.items():
                speaks = year in years
                color, width = ("soft", 5) if speaks else ("rule", 1)
                self.scene.shapes.append(Line(a, b, middle, middle, color, width))
        return 38 + tall * len(axis.sources)

    # -- key

    def _key(self) -> float:
        """The key above the heads, in as many lines as it takes; returns its height."""
        bars = f"more than {self.grid.capacity} squares in one place, so bars"
        entries = [
            *self.grid.key,
            *[("split", bars)] * self.grid.crowded,
            *[("hatch", UNCOVERED)] * self.unsaid,
        ]
        room, gap = (self.page, 16) if self.size.narrow else (830, 24)
        rows, x = [], room
        for sample, words in entries:
            for line in fonts.lines(words, room - 20, theme.SIZE["key"]):
                wide = 20 + fonts.width(line, theme.SIZE["key"]) + gap
                if x + wide - gap > room:
                    rows.append([])
                    x = 0.0
                rows[-1].append((x, sample, line))
                x, sample = x + wide, ""
        tall = 22 * len(rows) + 12 if rows else 0
        for number, entries in enumerate(rows):
            y = 12 - tall - self.head + 22 * number
            for x, sample, words in entries:
                if sample:
                    self._sample(sample, (0, x - self.left), y)
                self.say(words, (0, x - self.left + 20), y, "key")
        return tall

    def _sample(self, sample: str, x: Place, y: float):
        """A sign of the key, 14 px wide: one of the chart's own marks, made by what makes those."""
        end, middle = self.moved(x, 14), self.moved(x, 7)
        kind, _, fill = sample.partition(" ")
        match kind:
            case "hatch":
                strokes = ((0, 3, 4, 7), (0, -3, 10, 7), (2, -7, 14, 5), (8, -7, 14, -1))
                for x0, y0, x1, y1 in strokes:  # an area of it would be cut off where the plot ends
                    ends = self.moved(x, x0), self.moved(x, x1)
                    self.scene.shapes.append(Line(*ends, y - y0, y - y1, "mute", 1.2))
            case "bar" | "thin":
                self._block(
                    self.moved(x, fill != "solid"),
                    self.moved(end, -(fill != "solid")),
                    y,
                    7 if kind == "bar" else 4,
                    fill,
                )
            case "fade":
                self._fade(x, 1, y, 7, reach=14, steps=4)
            case "span":
                self.scene.shapes.append(Line(x, end, y, y, "ink", 2))
            case "split":
                self.scene.shapes.append(
                    Box(self.moved(x, 1), self.moved(x, 13), y - 4, y + 4, "paper", "ink")
                )
                self.scene.shapes.append(Box(x, self.moved(x, 8), y - 5, y + 5, "ink"))
            case "torn":
                self.signed("solid square", middle, y, 14, torn=True)
            case _:
                look = sample.removesuffix(" inferred")
                reach = max(
                    (abs(side) for corner in CORNERS.get(fill.split()[0], ()) for side in corner), default=1
                )
                self.signed(look, middle, y, 14 / max(reach, 1), inferred=look != sample)


def _folded(words: str, room: float, size: str, *, bold: bool = False) -> list[str]:
    """The words in lines of so many px, at most MOST_LINES, with an ellipsis where they are more."""
    lines = fonts.lines(words, room, theme.SIZE[size], bold=bold)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], _cut(f"{lines[MOST_LINES - 1]}…", room, size, bold=bold)]


def _cut(words: str, room: float, size: str, *, bold: bool = False) -> str:
    """The words, with an ellipsis where they do not fit into so many px."""
    if fonts.width(words, theme.SIZE[size], bold=bold) <= room:
        return words
    while words and fonts.width(f"{words}…", theme.SIZE[size], bold=bold) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"

"""How wide the columns of a grid are and how high its rows, before anything is painted.

    plan = Plan(grid, WIDE)
    stack = plan.stack(top=0)

What differs between a card, a slide, a phone and a document is in `Size`: on a phone the name of a row stands
above its marks, totals are words beside it, and a cell whose items are one thing together is one target for a
finger.
"""

from collections.abc import Hashable
from typing import NamedTuple

from charts import fonts, theme
from charts.grid import COUNTED, Cell, Column, Grid, Item, Row
from charts.marks import TAIL, folded, moved
from charts.scene import Lines, Place, Run, Scene

LEAD, MOST_LEAD = 0.03, 4  # of a column, and px: heads, squares, hatches and strips share their edges
FIGURE = 0.91  # of a column: how far a reported number and its words reach
HEAD, HEADS, YEAR = 16, 26, 6  # px of a line under a year, of what is above the rows besides, and below years
LINE, LANE, SIGN = 19.5, 23, 14  # px: a line of words, a line of spans, a sign on it
ASIDE, ASIDE_GAP = 145, 18  # px of what lies before the axis, and between it and the names of rows
TOTAL = 22  # px after a name for the total, where that is among its words
UNSAID = 44  # px of the words for there being no row
EDGE = 5  # px left and right of the columns on a phone: room for a frame
TIGHT, WIDEST = 32, 56  # px of a column beside a list of words, and of its heads at most
LIST, MOST_WORDS = 16, 460  # px before such words, and of a line of them
SPACE, SLACK = 6, 6  # px between the words of two signs, and after them: browsers set letters a little wider


class Size(NamedTuple):
    """Lengths of a layout in px.

    - `width`: of the whole; `page`: of the narrowest card that shows it, where words beside signs must fit
    - `across`, `down`: of a square's place
    - `mark`, `large`, `sign`: of a square, of one that stands alone in its cell, of an event's sign
    - `name`: of the line above its marks in which a row's name stands; 0 where that stands beside them
    - `longest`: share of its column that the longest bar takes
    - `words`: of a line of words beside a sign, at least, where they stand in the column of the sign
    - `small`: name of the size of small words
    - `narrow`: whether totals are words beside names, as on a phone
    - `keyed`, `covered`: whether the key and the strip of the sources are painted
    """

    width: float
    page: float
    across: float
    down: float
    mark: float
    large: float
    sign: float
    name: float
    longest: float
    words: float
    small: str
    narrow: bool
    keyed: bool = False
    covered: bool = True


NARROWEST = 284  # px of the card in the narrowest window: squares and words must fit there
WIDE = Size(845, 760, 24, 24, 18, 20, SIGN, 0, 0.65, 190, "small", False)
SLIDE = WIDE._replace(width=1080, page=1080, keyed=True)  # of a picture
PRESENTED = SLIDE._replace(width=900, page=720, covered=False)  # on a screen, enlarged to fit it
BARE = PRESENTED._replace(words=SLIDE.width)  # the same without words beside signs
PHONE = Size(358, NARROWEST, 13, 18, 11, 16, 13, 22, 0.48, 100, "least", True)
# between the margins of a page: as on a phone, but with names beside the marks and without words, which stand
# in the text around it, so that it is not too high
DOCUMENT = PHONE._replace(
    width=660, page=660, across=20, down=22, mark=16, large=18, sign=14, name=0, words=660, keyed=True
)


class Band(NamedTuple):
    """Where a row stands: `top` and `bottom`, and `base`, where its marks begin; px down the plot."""

    row: Row
    top: float
    base: float
    bottom: float


class Lane(NamedTuple):
    """An item in a line of its own: `top` px below the base of its row, with the words that it is told in."""

    item: Item
    column: Column
    top: float
    tall: float
    words: Lines


class Stack(NamedTuple):
    """The rows one below the other, from `top` to `bottom` px down the plot."""

    bands: tuple[Band, ...]
    top: float
    bottom: float

    def free(self, column: Column, *, timed: bool) -> tuple[float, float]:
        """Top and bottom of the longest run of rows in which a column holds nothing."""
        best = start = end = self.top
        free = (self.top, self.top) if self.bands else (self.top + UNSAID, self.bottom)
        for band in self.bands:
            is_taken = column.key in band.row.cells or any(
                span.x0 < column.year + 1 and span.x1 > column.year for span in band.row.spans if timed
            )
            if band.row.ruled:  # words do not stand across the line
                start = band.top
            start, end = (band.bottom, band.bottom) if is_taken else (start, band.bottom)
            if end - start > best - self.top:
                best, free = end - start + self.top, (start, end)
        return free


class Plan:
    """Lengths in px and places of a grid at a size, and the `scene` that is painted by them.

    - `left`, `right`: margins of the plot; `inner`: its width; `labels`: from its left edge to names of rows
    - `names`: width of the names of rows, where they stand beside the marks
    - `column`: width of a column; marks stand in it from share `lead` to share `end`
    - `least`: width of a column on the narrowest page; no square and no target of one is wider
    - `page`: the narrowest page that the scene is shown on, where words must fit
    - `shrunk`: share of its width that a column keeps there, where marks must not touch
    - `per_line`: squares in a line of a cell; `unit`: height of such a line
    - `told`: where the words of each sign stand: `beside` it, in a `list` at the right end of its row, or
      `below` it on a phone; empty where signs have none. `room`: px of a line of them; `sign`: px before them
    - `head`: height of what stands above the rows, `head_lines` of them below the years
    """

    def __init__(self, grid: Grid, size: Size):
        self.grid, self.size = grid, size
        margin = TAIL if grid.timed else EDGE * size.narrow
        aside = ASIDE + ASIDE_GAP if grid.aside and not size.narrow else 0
        self.names = grid.left + TOTAL * size.narrow
        self.left = margin + (self.names + aside) * (not size.name)
        self.right = margin + grid.right * (not size.narrow)
        self.labels = aside - self.left
        self.sign = size.mark + SPACE
        self.told, self.room = self._told()
        self.right += (LIST + self.room + SLACK) * (self.told == "list")
        self.scene = Scene(self.left, self.right, width=size.width)
        self.inner = size.width - self.left - self.right
        self.column = self.inner / grid.width
        self.least = (size.page - self.left - self.right) / grid.width
        self.lead = min(LEAD, MOST_LEAD / self.column)
        self.end = 1 - self.lead
        self.page = size.page if size.narrow else size.width
        self.shrunk = (self.page - self.left - self.right) / self.inner
        fitting = max(1, int(self.end * self.column * self.shrunk / size.across))
        self.per_line = grid.per_line or (fitting if size.narrow else min(grid.squares, fitting))
        self.unit = size.down + (8 if grid.large and not size.narrow else 2 * grid.large)
        self.head_lines = max((len(self.heads(column)) for column in grid.columns), default=0)
        self.head = 10 if size.narrow else 24
        if self.head_lines or any(column.year or column.name for column in grid.columns):
            self.head = HEADS + HEAD * self.head_lines

    def _told(self) -> tuple[str, float]:
        """Words stand beside their signs if there is one column, or a sign in each cell of a few, else in a
        list at the right end of the rows; where names stand above the marks, below these.
        """
        grid, size = self.grid, self.size
        if not grid.told or grid.crowded:
            return "", 0
        inner = size.page - self.left - self.right
        beside = inner / grid.width - self.sign - 2 * MOST_LEAD
        if beside >= size.words and (grid.large or grid.width == 1):
            return "beside", beside
        if size.name:
            return "below", size.page
        heads = (fonts.width(head, theme.SIZE["small"]) for one in grid.columns for head in one.heads)
        tight = min(max(TIGHT, max(heads, default=0)), WIDEST) + MOST_LEAD + 2
        listed = min(inner - LIST - SLACK - tight * grid.width, MOST_WORDS)
        return ("list", listed) if listed >= size.words else ("", 0)

    def at(self, column: Column, part: float | None = None, px: float = 0) -> Place:
        """A place in a column: `part` of its width, or where marks begin, and px more."""
        part = self.lead if part is None else part
        return moved(self.scene, ((self.grid.places[column.key] + part) / self.grid.width, 0), px)

    def when(self, x: float, px: float = 0) -> Place:
        """A place on the axis of time, in years; what lies beyond it stands in the tail."""
        run = self.grid.axis.run
        years = (x - run[0]) / len(run)
        share = min(max(years, 0), 1)
        over = min(abs(years - share) * self.inner, TAIL)
        return moved(self.scene, (share, 0), px + (over if years > 1 else -over))

    def total(self, number: int) -> Place:
        """The right edge of a column of totals."""
        step = self.grid.right / max(len(self.grid.totals), 1)
        return 1, self.right - step * (len(self.grid.totals) - 1 - number)

    def heads(self, column: Column) -> tuple[str, ...]:
        return column.short or column.heads if self.size.narrow else column.heads

    def name(self, row: Row) -> Lines:
        """The words of a row: its name, what is beside it where there is room, and its notes."""
        narrow = self.size.narrow
        room = self.size.page if self.size.name or row.heading else self.names - 12
        name = "small" if row.small and not narrow else "label"
        names = folded(row.name, room, name, bold=row.bold)
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
        under = [line for note in notes for line in folded(note, room, "small")]
        return (*map(tuple, lines), *((Run(line, "small", "soft"),) for line in under))

    def figure(self, item: Item) -> list[str]:
        """The lines under a reported number."""
        room = self.column * (FIGURE - self.lead) - 4
        return folded(item.words, room, "small") if item.words else []

    def stack(self, top: float, more: float = 0) -> Stack:
        """The rows from `top` on, each `more` px higher than its marks and words need."""
        bands, y, pad, above = [], top, self.grid.pad, bool(self.size.name)
        for row in self.grid.rows:
            name = (self.size.name or self.unit) + LINE * (len(self.name(row)) - 1)
            base = y + pad + name * above
            bottom = max(base + self._marks(row), 0 if above else y + pad + name) + pad + more
            bands.append(Band(row, y, base, bottom))
            y = bottom
        return Stack(tuple(bands), top, y)

    def lanes(self, row: Row) -> list[Lane]:
        """The items of a row that are told in words, each in a line of its own; those of the columns side by
        side where their words stand beside them.
        """
        lanes, line = [], LINE - 2.5 * self.size.narrow
        bottoms: dict[Hashable, float] = {}
        for column in self.grid.columns if self.told else ():
            for item in row.cells.get(column.key, Cell()).items:
                words = self._said(item)
                tall = max(self.unit, line * len(words) + SPACE) + self.unit * (self.told == "below")
                key = column.key if self.told == "beside" else ""
                lanes.append(Lane(item, column, bottoms.get(key, 0), tall, words))
                bottoms[key] = bottoms.get(key, 0) + tall
        return lanes

    def _said(self, item: Item) -> Lines:
        """The lines of the words of an item, and of what stands under them."""
        looks = (item.words, "small" if self.size.narrow else "label", "ink"), (item.more, "small", "soft")
        return tuple(
            (Run(line, size, color),)
            for words, size, color in looks
            if words
            for line in folded(words, self.room, size)
        )

    def _marks(self, row: Row) -> float:
        """Height of the marks of a row."""
        if lanes := self.lanes(row):
            return max(lane.top + lane.tall for lane in lanes)
        if row.heading:
            return 0
        tall = self.unit
        for cell in row.cells.values():
            if any(item.figure for item in cell.items):
                tall = max(tall, sum(map(self.figure_height, cell.items)))
            elif cell.items and not (self.grid.crowded and cell.whole):
                tall = max(tall, self.lines(len(cell.items)) * self.unit)
        if self.size.narrow and any(item.figure for item in row.items):
            tall = sum(map(self.figure_height, row.items))
        if row.spans:
            lanes = LANE * (1 + max(span.lane for span in row.spans))
            tall = max(tall, lanes + HEAD * any(span.words for span in row.spans))
        return tall

    def lines(self, count: int) -> int:
        """Lines that a cell of squares takes; a large one needs a place for its number."""
        return max(1, -(-(count + (count > COUNTED)) // self.per_line))

    def figure_height(self, item: Item) -> float:
        return 28 if self.size.narrow else 28 + 20 * len(self.figure(item))

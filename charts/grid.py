"""What stands where on a chart: rows by columns or by time, in each cell the marks of records.

A chart is a function from tables and axis to a `Grid`. From it come the picture (`charts.layout`), the native
slide, the order in which Previous and Next walk, and what is not drawn.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from charts.axis import Axis
from query.nouns import Noun

CAPACITY, DEEP = 40, 8  # squares in one cell, and lines of them, at most
COUNTED = 10  # squares that the eye can count: a cell of more says its number
APART = 0.08  # of the axis of time: how far two signs on one line are apart at least
GAP = 0.28  # columns between two years, where a year has several


@dataclass(frozen=True)
class Item:
    """What one mark stands for.

    - `address`: what a click selects; `records`: further addresses at which the mark is framed
    - `label`: what the mark says when pointed at, line by line; `where`: its place, in words
    - `look`: fill and shape of its sign; `figure`: a number in place of a sign, with `words` under it
    - `words`: what is said beside its sign where there is room, and under that `more`
    - `inferred`: the sign carries a dot; `contradicted`: fields in dispute, for which it has a loose corner
    - `strong`: whether its part of a bar is solid
    - `noun`: what it is counted as; empty for what its chart counts first
    """

    address: str
    label: str
    where: str = ""
    look: str = "solid square"
    inferred: bool = False
    contradicted: str = ""
    strong: bool = True
    records: tuple[str, ...] = ()
    figure: str = ""
    words: str = ""
    more: str = ""
    noun: Noun | None = None


@dataclass(frozen=True)
class Cell:
    """The items where a row meets a column, or `text` that opens nothing.

    `whole` is the cell as one item: a bar where squares would be too many, one target on a phone.
    """

    items: tuple[Item, ...] = ()
    whole: Item | None = None
    text: str = ""


@dataclass(frozen=True)
class Column:
    """One column; the columns of one year stand side by side under it. `heads` are the lines under the year,
    `short` those on a phone. `name` stands in place of a year: the columns that follow without one are under
    it too. `why` is the reason why no cell of it holds anything; `hatched` says that the
    reason is that no source covers the year.
    """

    key: Hashable
    year: int = 0
    heads: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    why: str = ""
    hatched: bool = False
    name: str = ""


class Piece(NamedTuple):
    """A part of a bar, in years. `kind`: bar, thin (somewhere in here) or fade, which runs from x0, the known
    side, to x1, the open one. `fill`: solid, open or dashed; of a fade, how tall it is: bar or thin.
    """

    x0: float
    x1: float
    kind: str
    fill: str


@dataclass(frozen=True)
class Span:
    """An item on a row of time, from x0 to x1 in years: a bar made of pieces, or without them a sign in the
    middle of a line. `words` stand under a bar, or `short` where they do not fit.
    """

    item: Item
    x0: float
    x1: float
    lane: int = 0
    pieces: tuple[Piece, ...] = ()
    words: str = ""
    short: str = ""


class Total(NamedTuple):
    """A number at the right end of a row; `more` stands small under it, `beside` after it."""

    text: str
    more: str = ""
    beside: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """One row. At its left end stand `name`, `beside` it and `notes` under it; on a phone above its marks,
    and `said` in place of the totals.
    """

    key: Hashable
    name: str
    bold: bool = False
    beside: str = ""
    notes: tuple[str, ...] = ()
    said: str = ""
    totals: tuple[Total, ...] = ()
    cells: Mapping[Hashable, Cell] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    small: bool = False  # its name
    heading: bool = False  # of the rows below it: its name has all of the width
    ruled: bool = False  # by a line of ink above it

    @property
    def items(self) -> Iterator[Item]:
        yield from (span.item for span in self.spans)
        yield from chain.from_iterable(cell.items for cell in self.cells.values())


@dataclass(frozen=True)
class Aside:
    """What lies before the axis: a list of items with words, and squares under a heading of their own."""

    head: str
    items: tuple[Item, ...] = ()
    squares_head: str = ""
    squares: tuple[Item, ...] = ()


class LeftOut(NamedTuple):
    """A record that the view selects and the chart cannot place, and why."""

    address: str
    reason: str


@dataclass(frozen=True)
class Grid:
    """A chart.

    `head` stands over the names of rows, `totals` over the numbers at the right. On a wide card `left` and
    `right` are the room for them in px, and `across` is how many squares stand side by side in all columns;
    `per_line` is how many a cell has in one line whatever its width, `deep` how many lines at most. `told` is
    what stands over the words of the items where each has a line of its own, empty where none has. `key`
    pairs words with a sign: a look, with ` inferred`, or one of the samples of `marks`. `nothing` is said
    where no mark is drawn. `order` are addresses that come first where Previous and Next walk. `by` is the
    column of the table of its records whose values are its rows.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    axis: Axis
    key: tuple[tuple[str, str], ...] = ()
    by: str = ""
    head: str = ""
    totals: tuple[str, ...] = ()
    left: float = 180
    right: float = 36
    across: int = 25
    per_line: int = 0
    deep: int = DEEP
    told: str = ""
    large: bool = False  # one mark to a cell, so larger
    timed: bool = False  # a column is a year of a true axis of time
    numbered: bool = False  # each line of squares begins with the number of its first
    covered: bool = True  # the strip of sources is below
    nothing: str = ""
    aside: Aside | None = None
    left_out: tuple[LeftOut, ...] = ()
    order: tuple[str, ...] = ()
    pad: float = 4  # px above and below the marks of a row

    @cached_property
    def width(self) -> float:
        """Columns and the gaps between years, in columns."""
        return max(self.places.values(), default=0) + 1

    @cached_property
    def places(self) -> dict[Hashable, float]:
        """key of a column -> its left edge, in columns. Years stand apart where one has several columns, or
        a column has none.
        """
        years = [column.year for column in self.columns]
        apart = len(set(years)) < len(years) or 0 in years
        places, x = {}, 0.0
        for number, column in enumerate(self.columns):
            if apart and number and (column.year != years[number - 1] or column.name):
                x += GAP
            places[column.key], x = x, x + 1
        return places

    @cached_property
    def squares(self) -> int:
        """Squares in one line of a cell on a wide card."""
        return self.per_line or max(1, int(self.across // self.width))

    @cached_property
    def crowded(self) -> bool:
        """Whether a cell has too many squares, so that all cells are bars on one scale: forty squares would
        look like more than a bar of two hundred.
        """
        cells = (cell for row in self.rows for cell in row.cells.values())
        return any(cell.whole and len(cell.items) > self.capacity for cell in cells)

    @property
    def capacity(self) -> int:
        """Squares that one cell can hold."""
        return CAPACITY if self.per_line else min(CAPACITY, self.deep * self.squares)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What is drawn, in the order in which Previous and Next walk: row by row, bars as one."""
        drawn: list[Item] = [*self.aside.items, *self.aside.squares] if self.aside else []
        for row in self.rows:
            drawn += [span.item for span in row.spans]
            for cell in row.cells.values():
                drawn += [cell.whole] if self.crowded and cell.whole else cell.items
        first = {address: number for number, address in enumerate(self.order)}
        return tuple(sorted(drawn, key=lambda item: first.get(item.address, len(first))))

    @property
    def records(self) -> Iterator[Item]:
        """The items that stand for one record each, those in bars too."""
        if self.aside:
            yield from (*self.aside.items, *self.aside.squares)
        for row in self.rows:
            yield from row.items


def contradicted(items: Iterable[Item]) -> str:
    """The fields of any of these items that quoted words contradict, joined with ~."""
    return "~".join(dict.fromkeys(part for item in items for part in item.contradicted.split("~") if part))


def lanes(places: Iterable[float], apart: float) -> list[int]:
    """A lane for each place, from the left: the first in which nothing stands nearer than `apart`."""
    free: list[float] = []
    result = []
    for x in places:
        lane = next((number for number, until in enumerate(free) if x >= until), len(free))
        free[lane : lane + 1] = [x + apart]
        result.append(lane)
    return result

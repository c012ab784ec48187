"""The body of a slide in the making: where there is room on it, and what goes on on further slides."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from charts.grid import Grid
from exports import powerpoint
from exports.briefing import Slide
from exports.powerpoint import ROOM, SMALLEST, Cell, Table

OTHERS = 4.65  # inches that a body has at least on further slides
# points of a table's type, and inches above and below it; the first that fits is used
SIZES = ((15, 0.08), (14, 0.07), (13, 0.04), (SMALLEST, 0.03))
DISPUTED = "‡"  # sources or passages disagree


class Part(NamedTuple):
    """A part of a table: its slide, and where it begins there."""

    page: object
    top: float
    table: Table


@dataclass
class Body:
    """The body of a slide in the making, from `top` to `bottom` in inches.

    `page` is the slide; `more` makes a further one for what is left, under a title if it is given one.
    """

    slide: Slide
    page: object
    top: float
    bottom: float
    more: Callable

    @property
    def grid(self) -> Grid:
        return self.slide.chart.grid

    def table(self, widths, rows, name: str, words: str, *, sizes=SIZES, least: float = 0) -> list[Part]:
        """A table in the largest type in which it fits. What does not fit goes on on further slides."""
        room = self.bottom - self.top
        tables = [Table(widths, rows, size, pad, least) for size, pad in sizes]
        whole = next((one for one in tables if one.height <= room), tables[-1])
        parts = []
        for table in whole.pages(room, OTHERS):
            if parts:
                self.page = self.more()
            powerpoint.table(self.page, self.top, table, name=name, words=words)
            parts.append(Part(self.page, self.top, table))
        return parts

    def lines(self, widths, heads: Sequence[str], rows: Iterable[Sequence[str]], name: str, words: str):
        """A table of texts."""
        cells = [[Cell(text) for text in row] for row in (heads, *rows)]
        self.table([*widths, ROOM - sum(widths)], cells, name, words)

    def parts(self, values: Sequence, most: int) -> Iterator[Sequence]:
        """Yields the values in parts of nearly the same length. Before each part but the first it makes a
        further slide.
        """
        number = -(-len(values) // most) or 1
        for a, b in pairwise(round(n * len(values) / number) for n in range(number + 1)):
            if a:
                self.page = self.more()
            yield values[a:b]

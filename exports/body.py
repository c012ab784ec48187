"""The body of a slide in the making: where there is room on it, and what stands in the notes alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from charts.grid import Grid
from charts.words import cut
from exports import powerpoint
from exports.briefing import Slide
from exports.powerpoint import EDGE, ROOM, SMALLEST, Area, Cell, Table

# points of a table's type, and inches above and below it; the first that fits is used
SIZES = ((15, 0.08), (14, 0.07), (13, 0.04), (SMALLEST, 0.03))
TOLD = (*SIZES, (11, 0.025), (10, 0.02), (9, 0.02))  # of tables of whole sentences
LONGEST = (10_000, 160, 80, 40)  # letters of a line in a cell, of which the first that fit are used
MORE = 0.27  # inches of the line that says what has no room
DISPUTED = "‡"  # sources or passages disagree


def _cut(text: str, longest: int) -> str:
    """The text, each of its lines cut to so many letters."""
    return "\n".join(cut(line, longest) for line in text.split("\n"))


class Part(NamedTuple):
    """A table on a slide, and where it begins."""

    top: float
    table: Table


@dataclass
class Body:
    """The body of a slide in the making, from `top` to `bottom` in inches; `page` is the slide.

    `missing` is what the view shows and the body has no room for, in words: it stands in the notes.
    """

    slide: Slide
    page: object
    top: float
    bottom: float
    missing: list[str] = field(default_factory=list)

    @property
    def grid(self) -> Grid:
        return self.slide.chart.grid

    def table(
        self, widths, rows, name: str, words: str, *, sizes=SIZES, least: Sequence[float] = (0,)
    ) -> Part:
        """A table in the largest type in which it fits; else its first rows in the smallest.

        `least` are heights that a row has at least, of which the first that fits is used. Where one row alone
        has no room, the ends of long words are left off.
        """
        whole, room = self.bottom - self.top, self.bottom - self.top - MORE * bool(self.missing)
        for longest in LONGEST:
            short = [[cell._replace(text=_cut(cell.text, longest)) for cell in row] for row in rows]
            tables = [Table(widths, short, size, pad, tall) for size, pad in sizes for tall in least]
            made, left = next((one for one in tables if one.height <= room), None), 0
            if made is None:
                made, left = tables[-1].cut(whole - MORE)
            if made.height <= whole:
                break
        if left:
            self.missing.append(f"{left} more {'line' if left == 1 else 'lines'}")
        if short != [list(row) for row in rows]:
            self.missing.append("the ends of long words")
        powerpoint.table(self.page, self.top, made, name=name, words=words)
        return Part(self.top, made)

    def lines(self, widths, heads, rows: Iterable[Sequence[Cell | str]], name: str, words: str) -> Part:
        """A table of sentences."""
        cells = [[one if isinstance(one, Cell) else Cell(one) for one in row] for row in (heads, *rows)]
        return self.table([*widths, ROOM - sum(widths)], cells, name, words, sizes=TOLD)

    def say_missing(self):
        """The line at the end of the body about what stands in the notes alone."""
        if self.missing:
            area = Area(EDGE, self.bottom - MORE + 0.04, ROOM, MORE - 0.04)
            told = f"Not on this slide, but in its notes: {'; '.join(self.missing)}."
            powerpoint.textbox(self.page, area, [told], color="soft", name="More")

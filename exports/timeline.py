"""The timeline of a slide: a table with a row for each term, its bar and sessions over columns of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from charts.grid import Column, Piece, Row, Span
from exports import powerpoint
from exports.body import DISPUTED, SIZES, Body, Part
from exports.powerpoint import EDGE, ROOM, Area, Cell
from query import NONE_REPORTED, UNCOVERED
from query.words import capital

BAR, THIN, SIGN = 0.24, 0.14, 0.15  # inches: how tall a bar is, one of a date less exact, and a session
BARS, SIGNS, LEAST = 0.04, 0.33, 0.5  # from the top of a row: its bar, its sessions, and its end
TALL = (0.7, 0.6, LEAST)  # of a row, where there is room


@dataclass(frozen=True)
class Years:
    """Where years stand on a slide: the first begins at `left`, each is `width` inches wide.

    Half a year is free before them and after them; `x` puts whatever lies further out at its edge.
    """

    left: float
    width: float
    first: int
    last: int

    def x(self, year: float) -> float:
        return self.left + (min(max(year, self.first - 0.5), self.last + 1.5) - self.first) * self.width


def timeline(body: Body):
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
    if any(row.spans[1:] for row in terms):
        body.missing.append("every session and summit by its title")
    part = body.table(widths, rows, "Table: terms of chairmanship", alt, sizes=SIZES[-1:], least=TALL)
    _draw_terms(body.page, part, years, columns, terms[: len(part.table.rows) - 1])


def _draw_terms(page, part: Part, years: Years, columns: Sequence[Column], rows: Sequence[Row]):
    """What lies over the table: hatched years, a line where each begins, bars and sessions."""
    head, *tall = part.table.heights
    y, shapes = part.top + head, page.shapes
    for column in columns:
        if column.hatched:
            area = Area(years.x(column.year), y, years.width, sum(tall))
            powerpoint.hatch(page, area, column.why, _free(rows, column.year))
    for year in range(years.first, years.last + 2):
        x = years.x(year)
        powerpoint.line(shapes, x, y, x, y + sum(tall), color="rule", name="Year", weight=0.5)
    for row, one in zip(rows, tall, strict=True):
        term, *sessions = row.spans
        spare = (one - LEAST) / 2
        _draw_bar(shapes, years, term, y + spare + BARS)
        for session in sessions:
            _draw_session(shapes, years, session, y + spare + SIGNS)
        y += one


def _draw_bar(shapes, years: Years, span: Span, y: float):
    """The pieces of a term as one shape, which says what the term is."""
    group = shapes.add_group_shape()
    for piece in span.pieces:
        x0, x1 = years.x(piece.x0), years.x(piece.x1)
        if x0 != x1:
            _draw_piece(group.shapes, piece._replace(x0=x0, x1=x1), y + BAR / 2, "Part of a term")
    powerpoint.describe(group, "Term", span.item.label)


def _draw_piece(shapes, piece: Piece, middle: float, name: str):
    """A piece of a bar, its ends in inches."""
    x0, x1, kind, fill = piece
    tall = BAR if "bar" in (kind, fill) else THIN
    area = Area(min(x0, x1), middle - tall / 2, abs(x1 - x0), tall)
    if kind == "fade":
        return powerpoint.fade(shapes, area, name, leftwards=x1 < x0)
    return powerpoint.bar(shapes, fill, area, name)


def _draw_session(shapes, years: Years, span: Span, y: float):
    """The sign of a session in the middle of its date, on a line over all of it."""
    x0, x1 = years.x(span.x0), years.x(span.x1)
    if x1 - x0 > SIGN:
        powerpoint.line(shapes, x0, y + SIGN / 2, x1, y + SIGN / 2, color="ink", name="Span of a date")
    look = span.item.look + " inferred" * span.item.inferred
    sign = powerpoint.sign(shapes, look, SIGN, (x0 + x1) / 2, y + SIGN / 2, "Session")
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
            shape = _draw_piece(shapes, Piece(x, x + 0.28, first, second or "thin"), middle, "Key")
        else:
            shape = powerpoint.sign(shapes, sample, SIGN, x + 0.14, middle, "Key")
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

"""How unit squares fill a cell: a few to a line, then the next line, then, past what fits, bars.

Squares and bars never stand on one chart: forty squares would look like more than a bar of two hundred. So
as soon as one cell holds too many, every cell is a bar, all on one scale, and the key says so.
"""

CAPACITY = 40  # squares in one cell, at most
DEEP = 8  # lines of them in one cell, at most
COUNTED = 10  # squares that the eye can count: a cell of more says its number


def per_line(pitch: float) -> int:
    """Squares that fit side by side into one column, at a pitch in columns."""
    return max(1, int(0.97 / pitch))


def capacity(per: int, deep: int = DEEP) -> int:
    """Squares that one cell can hold, `per` to a line in `deep` lines."""
    return min(CAPACITY, per * deep)


def lines(count: int, per: int) -> int:
    """Lines that a cell of `count` squares takes, at least one; a large one needs a place for its number."""
    return max(1, -(-(count + (count > COUNTED)) // per))

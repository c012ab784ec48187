"""How unit squares fill a cell: a few to a line, then the next line, then, past what fits, one bar."""

CAPACITY = 40  # records in one cell; beyond it the cell becomes a bar with its count


def per_line(pitch: float) -> int:
    """Squares that fit side by side into one column, at a pitch in columns."""
    return max(1, int(0.97 / pitch))


def lines(count: int, per: int) -> int:
    """Lines that a cell of `count` squares takes; an empty cell and a bar take one."""
    return 1 if count > CAPACITY else max(1, -(-count // per))

"""Two years or two speakers side by side: which categories both state, and which only one of them."""

from collections.abc import Mapping, Sequence

from query.coverage import axis_years
from query.records import Tables, rows_in

BOTH, FIRST, SECOND = "both", "first", "second"


def pair_of(tables: Tables) -> tuple[str, ...]:
    """The two years or speakers that tables of a view compare, if it compares any."""
    return getattr(tables, "pair", ())


def sides(tables: Tables, chosen: tuple[str, ...]) -> str:
    """`year` or `speaker` when the two choices are of one kind and differ, else an empty text."""
    if len(chosen) != 2 or len(set(chosen)) != 2:
        return ""
    years = {str(year) for year in axis_years(tables)}
    if years.issuperset(chosen):
        return "year"
    return "speaker" if set(tables["threats"]["speaker"]).issuperset(chosen) else ""


def is_of_years(pair: Sequence[str]) -> bool:
    """Whether a pair is of two years, and not of two speakers."""
    return all(side.isdecimal() for side in pair)


def side_of(row: Mapping, pair: Sequence[str]) -> str:
    """Which of two years or two speakers a statement is of; empty for neither."""
    return next((side for side in pair if side in (str(row["year"]), row["speaker"])), "")


def compare(tables: Tables, pair: Sequence[str]) -> dict[str, list[Mapping]]:
    """The statements of a pair by who states their category: under BOTH, FIRST and SECOND, in this order and
    in file order, or none.
    """
    rows = [(row, side_of(row, pair)) for row in rows_in(tables, "threats")]
    stated: dict[str, set[str]] = {side: {row["category"] for row, of in rows if of == side} for side in pair}
    groups: dict[str, list[Mapping]] = {BOTH: [], FIRST: [], SECOND: []}
    for row, side in rows:
        if side:
            both = all(row["category"] in stated[one] for one in pair)
            groups[BOTH if both else FIRST if side == pair[0] else SECOND].append(row)
    return groups

"""The years a chart runs over, and where a day stands among them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import query
from query.coverage import Coverage
from query.vocabulary import LEFT_OUT


@dataclass(frozen=True)
class Axis:
    """Years in order, and `coverage`: which source reports on which year, sources in file order.

    `left_out` are the years that the view does not show, though the axis has them: slides of one briefing
    share their axis.
    """

    years: tuple[int, ...]
    coverage: tuple[Coverage, ...]
    left_out: frozenset[int] = frozenset()

    @cached_property
    def uncovered(self) -> tuple[int, ...]:
        """The years that no source speaks about: hatched, never zero."""
        covered = {one.year for one in self.coverage}
        return tuple(year for year in self.years if year not in covered)

    @property
    def silent(self) -> bool:
        """Whether no source speaks about any of the years: an empty chart is then no answer but silence."""
        return bool(self.years) and len(self.uncovered) == len(self.years)

    def silence(self, year: int) -> str:
        """Why a year without marks is no zero: no source covers it, or the view leaves it out. Else empty."""
        if year in self.uncovered:
            return query.UNCOVERED
        return LEFT_OUT if year in self.left_out else ""

    @cached_property
    def run(self) -> tuple[int, ...]:
        """Every year from the first to the last, the ones left out by the reader too: a true time axis."""
        return tuple(range(min(self.years), max(self.years) + 1)) if self.years else ()

    @cached_property
    def sources(self) -> list[tuple[str, str, frozenset[int]]]:
        """`(id, label, years)` of each source, in file order."""
        covered: dict[tuple[str, str], set[int]] = {}
        for source, label, year in self.coverage:
            covered.setdefault((source, label), set()).add(year)
        return [(source, label, frozenset(years)) for (source, label), years in covered.items()]

    @cached_property
    def known_until(self) -> int:
        """The last year that a source covers. Bars without a stated end fade after it, never at today."""
        covered = [one.year for one in self.coverage]
        return max(covered or self.years or (0,))


def position(day: str, *, after: bool = False) -> float:
    """An ISO day in years: 2022-05-16 is 2022.37. `after` gives the end of that day instead of its start."""
    value = date.fromisoformat(day)
    if after:
        if value == date(value.year, 12, 31):
            return float(value.year + 1)
        value += timedelta(days=1)
    start = date(value.year, 1, 1)
    length = (date(value.year, 12, 31) - start).days + 1
    return value.year + (value - start).days / length

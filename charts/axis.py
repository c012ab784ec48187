"""The years a chart runs over, and where a day stands among them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

import query
from query.vocabulary import LEFT_OUT


@dataclass(frozen=True, eq=False)
class Axis:
    """Years in order, and `coverage`: one row a source and year that it reports on.

    `coverage` has the columns `source, label, year`, sources in file order. `left_out` are the years that the
    view does not show, though the axis has them: slides of one briefing share their axis.
    """

    years: tuple[int, ...]
    coverage: pd.DataFrame
    left_out: frozenset[int] = frozenset()
    # see `frames.once`; another axis, of other years too, begins with none
    answers: dict[Callable, tuple] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def uncovered(self) -> tuple[int, ...]:
        """The years that no source speaks about: hatched, never zero."""
        covered = set(self.coverage["year"])
        return tuple(year for year in self.years if year not in covered)

    @property
    def silent(self) -> bool:
        """Whether no source speaks about any of the years: an empty chart is then no answer but silence."""
        return bool(self.years) and len(self.uncovered) == len(self.years)

    def silence(self, year: int) -> str:
        """Why none counted for a year is no zero: no source covers it, or the view leaves it out."""
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
        columns = (self.coverage[name].tolist() for name in ("source", "label", "year"))
        for source, label, year in zip(*columns, strict=True):
            covered.setdefault((source, label), set()).add(int(year))
        return [(source, label, frozenset(years)) for (source, label), years in covered.items()]

    @cached_property
    def known_until(self) -> int:
        """The year in which the last source speaks; what is open ends by fading after it, never at today."""
        covered = [int(year) for year in self.coverage["year"]]
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

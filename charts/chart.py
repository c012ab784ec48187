"""One chart of one view, and what every medium asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import ModuleType

import pandas as pd

from charts.axis import Axis
from charts.grid import Grid
from charts.layout import Size, layout
from charts.scene import Scene


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart of one view: what stands on it and what it says, each worked out when it is first asked for."""

    name: str
    tables: Mapping[str, pd.DataFrame]
    axis: Axis

    @property
    def _module(self) -> ModuleType:
        return import_module(f"charts.{self.name}")

    @cached_property
    def grid(self) -> Grid:
        return self._module.grid(self.tables, self.axis)

    @cached_property
    def headline(self) -> str:
        return self._module.headline(self.grid, self.tables)

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The addresses of what its headline speaks of, which is worth reading first; or none."""
        behind = getattr(self._module, "behind", None)
        return tuple(behind(self.grid, self.tables)) if behind else ()

    @cached_property
    def alt(self) -> str:
        """One sentence for who does not see it."""
        return self._module.alt(self.grid, self.tables)

    @cached_property
    def twin(self) -> pd.DataFrame:
        """What is shown as a table, a row a record, the first column its id."""
        return self._module.twin(self.grid, self.tables)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The addresses in the order in which Previous and Next walk, what is not drawn at the end."""
        drawn = (item.address for item in self.grid.items)
        return (*dict.fromkeys(drawn), *(one.address for one in self.grid.left_out))

    def scene(self, size: Size) -> Scene:
        return layout(self.grid, size)


def chart(name: str, tables: Mapping[str, pd.DataFrame], axis: Axis) -> Chart:
    """The chart of a name of `query.CHARTS`, over selected tables."""
    return Chart(name, tables, axis)


def subtitle(name: str) -> str:
    """What a chart shows, in a sentence that no view changes."""
    return import_module(f"charts.{name}").SUBTITLE

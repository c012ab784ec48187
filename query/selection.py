"""What a view shows of a dataset, made once a run and handed down, with what is worked out from it."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache, partial, wraps
from threading import RLock
from typing import Any, TypeVar
from weakref import ref

import pandas as pd

MOST = 256  # answers of one function about one selection; the one that was not asked for longest goes
Function = TypeVar("Function", bound=Callable)


class Selection(Mapping[str, pd.DataFrame]):
    """Tables cut to a view, read-only by name. In place of a table may stand the function that makes it.

    - `whole`: the tables without the cuts of a filter, as the sources that are not set aside support them.
      What is shown may refer to them: a session is held whether or not a seat of it is shown
    - `years`: the axis, which stays that of the whole dataset; None where the tables are the dataset
    - `pair`: the two years or speakers that are compared, if there are such
    - `key`: what it is of, such as the hash of a dataset and a view. Selections of one key are equal; one
      without a key equals itself alone
    - `of`: the selection that it is cut out of; None where the tables are the dataset
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]],
        *,
        key: Hashable = None,
        whole: Mapping[str, pd.DataFrame] | None = None,
        years: tuple[int, ...] | None = None,
        pair: tuple[str, ...] = (),
        of: Mapping[str, pd.DataFrame] | None = None,
    ) -> None:
        self._tables = dict(tables)
        self.root: Selection = getattr(of, "root", self)  # the dataset
        self.key, self.years, self.pair = key, years, pair
        self.whole = self if whole is None else whole
        self.answers: dict[Callable, Callable] = {}
        self._hash = object.__hash__(self) if key is None else hash(key)
        self._making = RLock()

    def __eq__(self, other: object) -> bool:
        return self is other or (
            self.key is not None and isinstance(other, Selection) and self.key == other.key
        )

    def __hash__(self) -> int:
        return self._hash

    def __getitem__(self, name: str) -> pd.DataFrame:
        table = self._tables[name]
        if not isinstance(table, pd.DataFrame):
            with self._making:  # or two who ask at once would make it twice
                if not isinstance(table := self._tables[name], pd.DataFrame):
                    table = self._tables[name] = table()
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def remembered(function: Function | None = None, *, most: int = MOST) -> Function:
    """A function of tables, and of values that can be keys, whose answer is kept with a selection.

    It goes when the selection goes. Nobody may change an answer. Of plain tables, which may still change, it
    is worked out each time. Large answers, such as tables themselves, are kept for `most` values only.

    The parts of a page ask for the same sentence, claims and coverage: without this, runs take twice as long.
    """
    if function is None:
        return partial(remembered, most=most)

    @wraps(function)
    def answer(tables: Mapping[str, pd.DataFrame], *values: object, **named: object) -> object:
        if not isinstance(tables, Selection):
            return function(tables, *values, **named)
        known = tables.answers.get(function) or tables.answers.setdefault(
            function, lru_cache(most)(partial(_about, ref(tables), function))
        )
        return known(*values, **named)

    return answer


def _about(tables: ref, function: Callable, *values: object, **named: object) -> object:
    """The answer of a function about tables, which it does not own: they go with the last who has them, and
    do not wait for the collector.
    """
    return function(tables(), *values, **named)


def kept(most: int) -> Callable[[Function], Function]:
    """A function of a dataset, or of a selection of it, and of values that can be keys, whose last `most`
    answers are kept with the dataset.

    They go when the dataset goes: no cache outlives what its answers are about, and none has to be emptied.
    `remembered` keeps as many for each selection.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def answer(of: Any, *values: object, **named: object) -> object:
            tables = getattr(of, "tables", of)
            if not isinstance(tables, Selection):
                return function(of, *values, **named)
            answers = tables.root.answers
            known = answers.get(function) or answers.setdefault(function, lru_cache(most)(function))
            return known(of, *values, **named)

        return answer

    return decorate

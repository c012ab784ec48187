"""Memory: what is worked out from the same tables once, and kept as long as they live."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial, wraps
from threading import RLock
from typing import TypeVar

import pandas as pd

MOST = 256  # answers of one function about the same tables; the one that was not asked for longest goes
Function = TypeVar("Function", bound=Callable)


class Remembering(Mapping[str, pd.DataFrame]):
    """Tables that keep what functions marked `remembered` worked out from them. Read-only by name.

    In place of a table may stand the function that makes it: no page asks for all of them.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]]) -> None:
        self._tables = dict(tables)
        self.answers: dict[Callable, Callable] = {}
        self._making = RLock()

    # tables are the same when they are the same object: so they can be keys, and are never compared by value
    __eq__, __hash__ = object.__eq__, object.__hash__

    def __getitem__(self, name: str) -> pd.DataFrame:
        table = self._tables[name]
        if not isinstance(table, pd.DataFrame):
            with self._making:  # or two who ask at once would get two tables, which are never the same
                if not isinstance(table := self._tables[name], pd.DataFrame):
                    table = self._tables[name] = table()
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def remembered(function: Function | None = None, *, most: int = MOST) -> Function:
    """A function of tables, and of values that can be keys, whose answer is worked out once and shared.

    Nobody may change an answer. Of plain tables, which may still change, it is worked out each time. Large
    answers, such as tables themselves, should be kept for `most` values only: `@remembered(most=100)`.
    """
    if function is None:
        return partial(remembered, most=most)

    @wraps(function)
    def answer(tables: Mapping[str, pd.DataFrame], *values: object, **named: object) -> object:
        if not isinstance(tables, Remembering):
            return function(tables, *values, **named)
        known = tables.answers.get(function)
        if known is None:
            known = tables.answers.setdefault(function, lru_cache(most)(partial(function, tables)))
        return known(*values, **named)

    return answer

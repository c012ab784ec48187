"""The tables that the topics hand over: marks, what was left out, and the twin, with fixed columns."""

import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, wraps
from math import nan
from typing import NamedTuple

import pandas as pd

from charts.axis import Axis
from query.nouns import ACTION, THREAT, Noun

Tables = Mapping[str, pd.DataFrame]

# x and y are positions on the chart in its own units (years or columns to the right, lines downwards);
# `row` and `column` are the words at the left and on top; `contradicted` names the fields that quoted words
# contradict; `count` is how many records a mark stands for.
MARK = [
    "address", "x", "y", "shape", "fill", "label", "row", "column", "kind", "basis", "contradicted", "count",
]  # fmt: skip
WHOLE = {
    "cell", "slot", "line", "number", "named", "threats", "sessions", "announced", "unsettled", "undated",
    "documents", "statements", "panel", "paragraph",
}  # fmt: skip
PLACES = {"x", "y", "x0", "x1", "s0", "s1", "e0", "e1"}
LEFT_OUT = ["address", "reason"]
NOTHING_LEFT_OUT = pd.DataFrame([], columns=LEFT_OUT)

_records: dict[int, tuple[weakref.ref, list[dict]]] = {}  # of a table, by its place in memory


class Marks(pd.DataFrame):
    """Marks as a table that is made when somebody first asks for it; `rows` are the same as dicts.

    Charts go through the rows alone, and to make a table of a few marks takes longer than to draw them.
    """

    def __init__(self, rows: list[dict], types: Mapping[str, str]) -> None:
        self.__dict__.update(rows=rows, types=types)

    def __getattr__(self, name: str) -> object:
        if "_mgr" in self.__dict__:  # what holds the columns of a table of pandas
            return super().__getattr__(name)
        kinds = {column: kind for column, kind in self.types.items() if kind}
        if self.rows:
            columns = {column: [row[column] for row in self.rows] for column in self.types}
            # typed from the start: to change the types of a finished table takes twice as long as to make it
            typed = {column: pd.array(columns[column], dtype=kind) for column, kind in kinds.items()}
            made = pd.DataFrame(columns | typed, copy=False)
        else:  # lists without a value would be taken for numbers
            made = pd.DataFrame(columns=list(self.types)).astype(kinds)
        self.__dict__.update(vars(made))  # all at once, for others may ask at the same time
        return getattr(self, name)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # what is selected from it is a plain table


def once(function: Callable) -> Callable:
    """A function of tables and axis that is worked out once for both: each part of a card asks for it."""

    @wraps(function)
    def answer(tables: Tables, axis: Axis):
        asked = axis.answers.get(function)
        if asked is None or asked[0] is not tables:
            asked = axis.answers[function] = tables, function(tables, axis)
        return asked[1]

    return answer


def records(table: pd.DataFrame | Sequence[dict]) -> list[dict]:
    """The rows of a table as dicts, which are shared: nobody may change them. Rows as dicts stay as they are.

    Every part of a card goes through the same rows, so they are kept as long as their table lives.
    """
    if isinstance(table, Marks):
        return list(table.rows)
    if not isinstance(table, pd.DataFrame):
        return list(table)
    known, rows = _records.get(id(table), (None, ()))
    if known is None or known() is not table:
        names = list(table.columns)
        # column by column, because `to_dict` takes twice the time for text
        columns = [values.tolist() for _, values in table.items()]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        _records[id(table)] = weakref.ref(table, partial(_forget, id(table))), rows
    return list(rows)


def _forget(place: int, _: weakref.ref) -> None:
    _records.pop(place, None)


def marks_frame(rows: Sequence[Mapping], extra: Sequence[str] = ()) -> Marks:
    """Marks in chart order. Columns of WHOLE may be missing, and places that are not drawn.

    A row without `count` stands for one record; on one without `contradicted` all quoted words agree.
    """
    types = dict.fromkeys([*MARK, *extra], "") | {"count": "int64"}
    types |= {name: "float64" for name in types if name in PLACES}
    types |= {name: "Int64" for name in extra if name in WHOLE}
    missing = dict.fromkeys(types, nan) | {"count": 1, "contradicted": ""}
    missing |= {name: pd.NA for name, kind in types.items() if kind == "Int64"}
    complete = [{name: row.get(name, missing[name]) for name in types} for row in rows]
    for name in PLACES & types.keys():
        for row in complete:
            row[name] = nan if row[name] is None else float(row[name])
    return Marks(complete, types)


def left_out_frame(rows: Sequence[Mapping]) -> pd.DataFrame:
    """Selected rows that are not drawn, each with its reason in words."""
    return pd.DataFrame(list(rows), columns=LEFT_OUT) if rows else NOTHING_LEFT_OUT


def twin_frame(
    rows: Iterable[tuple[str, Mapping]], columns: Iterable[str], left_out: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The table twin: of each address and its fields those of `columns`, and why it is not drawn."""
    table = pd.DataFrame(
        [[address, *(fields.get(column, "") for column in columns)] for address, fields in rows],
        columns=["Record", *columns],
    )
    if left_out is None:
        return table
    missing = reason_by_address(left_out)
    return table.assign(**{"On the chart": [missing.get(address, "yes") for address in table["Record"]]})


def reason_by_address(left_out: pd.DataFrame) -> dict[str, str]:
    """address -> why it is not drawn."""
    return dict(zip(left_out["address"], left_out["reason"], strict=True))


def year_of(value) -> int | None:
    """A nullable year of the tables as a plain number, or None."""
    # `pd.isna` asks of what kind a value is, which takes ten times as long; NaN is not equal to itself
    return None if value is None or value is pd.NA or value != value else int(value)


def disputed(rows: Sequence[Mapping]) -> str:
    """The fields of any of these records that quoted words contradict: what a bar of many records says."""
    return "~".join(dict.fromkeys(part for row in rows for part in row["contradicted"].split("~") if part))


class Leaders(NamedTuple):
    """The values of a column that most statements of a noun share: `most` of `total` each."""

    values: list[str]
    noun: Noun
    most: int
    total: int

    @property
    def numbers(self) -> str:
        """`4 of 37 threats each`."""
        return f"{self.most} of {self.noun.counted(self.total)}" + " each" * (len(self.values) > 1)

    @property
    def singles(self) -> bool:
        """Whether each value has one statement and so none leads."""
        return self.most == 1 and len(self.values) > 1


def leaders(tables: Tables, column: str) -> Leaders | None:
    """Which values of a column have the most threats, or the most actions where no threat is selected.

    All that share the lead, in file order. None without a statement.
    """
    for noun in (THREAT, ACTION):
        values = Counter(row[column] for row in records(tables["threats"]) if noun.holds(row))
        if values:
            most = max(values.values())
            leading = [value for value, number in values.items() if number == most]
            return Leaders(leading, noun, most, values.total())
    return None

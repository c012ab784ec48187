"""No mark without evidence: every chart under every filter value, and under pairs of them.

Each mark opens an address of the dataset, none is missing in the picture, and what is drawn and what is left
out are together the rows that the view selects.
"""

import random
from dataclasses import replace
from functools import cache
from itertools import combinations

import pandas as pd
import pytest

import query
from charts.axis import Axis
from charts.chart import Chart, chart
from charts.layout import PHONE, WIDE, Size
from loaders import ROOT
from query import View
from tests.frozen import served

# topic -> tables that it reads besides: a chart is given no others, so that a view which changes none of its
# tables need not be drawn again
BESIDES = {
    "overview": ("bodies",), "chairmanship": ("documents", "threats"), "threats": ("bodies",),
    "speakers": ("bodies",), "sources": ("evidence",),
}  # fmt: skip
ALWAYS = ("states", "people", "categories", "sources")
WHOLE = ("events", "documents", "attendance")  # what no filter cuts
SAMPLE = 12  # of the pairs, always the same


@cache
def everything() -> dict[str, pd.DataFrame]:
    return served(ROOT / "data" / "curated.yaml").tables


@cache
def covered(without: tuple[str, ...]) -> tuple:
    """The years that are covered without these sources."""
    return query.coverage(query.select(everything(), View(without=without)))


@cache
def selected(view: View) -> tuple[dict, Axis]:
    """The tables and the axis that a page gives to its charts."""
    years = view.years or query.axis_years(everything())
    return query.select(everything(), view), Axis(years, covered(view.without))


def given_to(topic: str, view: View) -> tuple[dict, Axis]:
    if topic == "chairmanship":  # its terms are the time axis: years do not cut it
        view = View(**{name: getattr(view, name) for name in query.choices(everything()) if name != "years"})
    if query.CHARTS[topic].of_pair:
        view = query.on_page(replace(view, compare=("2022", "2023")), topic)
    return selected(view)


def rows_selected(topic: str, tables: dict) -> int:
    if topic == "chairmanship":
        sessions = tables["events"]["kind"].isin(["session", "summit"]).sum()
        return len(tables["chairmanships"]) + int(sessions)
    return sum(len(tables[name]) for name in query.CHARTS[topic].tables)


def one_value() -> list[tuple]:
    return [(name, value) for name, values in query.choices(everything()).items() for value in values]


def view_of(*filters: tuple) -> View:
    held: dict[str, tuple] = {}
    for name, value in filters:
        held[name] = (*held.get(name, ()), value)
    return View(**held)


def distinct(topic: str, views: list[View]) -> list[View]:
    """The views that give a topic different tables or another axis, the first of each."""
    first: dict[tuple, View] = {}
    for view in views:
        tables, axis = given_to(topic, view)
        shown = [tables[name] for name in (*ALWAYS, *query.CHARTS[topic].tables, *BESIDES.get(topic, ()))]
        shown += [tables.whole[name] for name in WHOLE]
        contents = tuple(tuple(table[name].tolist()) for table in shown for name in table)
        first.setdefault((axis, hash(contents)), view)
    return list(first.values())


@cache
def opens(address: str) -> bool:
    return query.resolve(address, everything()) is not None


def check_rows(topic: str, view: View) -> Chart:
    """Items and what is left out are the rows selected, and all of them open. Returns the chart."""
    tables, axis = given_to(topic, view)
    made = chart(topic, tables, axis)
    drawn, missing = [item.address for item in made.grid.records], [one.address for one in made.grid.left_out]
    assert len(drawn) + len(missing) == rows_selected(topic, tables), view
    assert len({*drawn, *missing}) == len(drawn) + len(missing), view
    assert [name for name in (*drawn, *missing, *made.order) if not opens(name)] == [], view
    return made


def check_picture(topic: str, view: View, size: Size):
    """Every record stands in the picture, framed where it is selected, and a click opens nothing else."""
    made = check_rows(topic, view)
    scene = made.scene(size)
    framed = {address for frame in scene.frames for address in frame.addresses}
    assert framed >= {item.address for item in made.grid.records}, (view, size)
    cells = {cell.whole.address for row in made.grid.rows for cell in row.cells.values() if cell.whole}
    clicked, drawn = {target.address for target in scene.targets}, {item.address for item in made.grid.items}
    assert clicked <= drawn | cells, (view, size)
    assert size is PHONE or clicked == drawn, (view, size)


@pytest.mark.slow
@pytest.mark.parametrize("topic", query.CHARTS)
def test_without_a_filter_and_under_each_single_value_every_mark_opens(topic):
    """Card and phone take turns: the values of each filter meet both."""
    check_picture(topic, View(), PHONE)
    for number, view in enumerate(distinct(topic, [View(), *map(view_of, one_value())])):
        check_picture(topic, view, PHONE if number % 2 else WIDE)


@pytest.mark.parametrize("topic", query.CHARTS)
def test_under_a_sample_of_pairs_of_values_every_mark_opens(topic):
    pairs = random.Random(3).sample(list(combinations(one_value(), 2)), SAMPLE)
    for number, view in enumerate(distinct(topic, [view_of(*pair) for pair in pairs])):
        check_picture(topic, view, PHONE if number % 2 else WIDE)


def test_the_values_are_those_of_every_filter():
    assert {name for name, _ in one_value()} == {
        "years", "speakers", "categories", "expressed", "states", "status", "basis", "without"
    }  # fmt: skip
    assert len(one_value()) > 50

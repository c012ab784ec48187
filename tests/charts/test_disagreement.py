"""Where quoted words contradict a field, its record has a mark of its own in every chart and in words."""

import pytest

import query
from charts.chart import chart
from charts.scene import Polygon
from query.vocabulary import CONTRADICTED
from tests.charts.conftest import SIZES, items, said, statements, term, words

CONTESTED = [
    ("attendance", "attendance", "role"), ("chairmanship", "chairmanships", "start"),
    ("chairmanship", "events", "place"), ("documents", "documents", "status"),
    ("documents", "document_counts", "count"), ("threats", "threats", "expressed_as"),
    ("speakers", "threats", "speaker"), ("overview", "chairmanships", "person"),
    ("overview", "events", "date"), ("overview", "documents", "kind"), ("overview", "threats", "region"),
]  # fmt: skip


def loose_corners(scene) -> list[Polygon]:
    """The corners that lie loose beside their marks; the one of the key stands above the plot's heads."""
    key = min((text.y for text in scene.texts if CONTRADICTED in words(text)), default=-1e9)
    corners = [shape for shape in scene.shapes if isinstance(shape, Polygon) and shape.fill == "ink"]
    return [corner for corner in corners if corner.y != key]


@pytest.fixture(scope="session")
def agreed(tables) -> dict:
    """The tables without any disagreement."""
    disputed = [name for name, table in tables.items() if "contradicted" in table]
    return query.Selection({**tables, **{name: tables[name].assign(contradicted="") for name in disputed}})


@pytest.fixture(scope="session")
def calm(agreed, axis) -> dict:
    """Each chart of those."""
    return {name: chart(name, agreed, axis) for name in query.CHARTS}


@pytest.mark.parametrize(("topic", "name", "field"), CONTESTED)
def test_a_disagreement_is_in_words_and_in_a_shape_with_a_key(agreed, calm, axis, topic, name, field):
    before, rows = calm[topic], agreed[name].copy()
    stated = rows["id"].isin(items(before.grid)) & (rows["basis"] != "")
    number = rows.index[stated][0]
    rows.loc[number, "contradicted"] = field
    made, address = chart(topic, query.Selection({**agreed, name: rows}), axis), rows.loc[number, "id"]
    for scene in map(made.scene, SIZES.values()):
        assert len(loose_corners(scene)) == said(scene).count(CONTRADICTED) == 1, "one is in the key"
    disputed = {item.address: item.contradicted for item in made.grid.items if item.contradicted}
    assert disputed == {address: field}
    fields = field.replace("_", " ")
    assert f"disagreement on: {fields}" in items(made.grid)[address].label
    twin = made.twin.set_index("Record")["Contradicted"]
    assert twin[address] == fields
    assert set(twin.drop(address)) == {"nothing"}
    assert "Sources or passages disagree: " in made.alt
    assert f"(on {fields})." in made.alt


def test_without_a_disagreement_there_is_no_word_or_shape_of_one(calm):
    for one in calm.values():
        assert "disagree" not in one.alt
        for scene in map(one.scene, SIZES.values()):
            assert not loose_corners(scene)
            assert CONTRADICTED not in said(scene)


def test_the_two_cases_of_the_data_are_drawn(whole):
    start = {"chair-tjk-2021": "start~status"}
    cases = {"chairmanship": start, "overview": start, "attendance": {"summit-2022-05-arm": "role"}}
    for topic, expected in cases.items():
        disputed = {item.address: item.contradicted for item in whole[topic].grid.items if item.contradicted}
        assert disputed == expected
        assert len(loose_corners(whole[topic].scene(SIZES["wide"]))) == 1


@pytest.mark.parametrize(
    ("field", "end", "at"),
    [("start", "2022", 2022), ("end", "2022", 2023), ("start~end", "2022", 2023), ("state", "", 2022)],
)
def test_the_corner_of_a_bar_lies_at_the_disputed_side_and_never_where_the_bar_fades(
    with_rows, axis, field, end, at
):
    rows = with_rows(chairmanships=[term("t", "2022", end, contradicted=field)], events=[])
    (corner,) = loose_corners(chart("chairmanship", rows, axis).scene(SIZES["wide"]))
    assert corner.x[0] * len(axis.run) + axis.run[0] == pytest.approx(at)


@pytest.mark.parametrize("topic", ["threats", "speakers", "overview"])
def test_a_bar_of_many_records_says_about_how_many_of_them_there_is_disagreement(with_rows, axis, topic):
    rows = statements(0, 3, contradicted="region") + statements(3, 197)
    made = chart(topic, with_rows(threats=rows, documents=[], events=[], chairmanships=[]), axis)
    (bar,) = made.grid.items
    assert bar.contradicted == "region"
    assert "disagree about 3 of them" in bar.label
    for size in SIZES.values():
        scene = made.scene(size)
        assert len(loose_corners(scene)) == 1
        assert CONTRADICTED in said(scene)

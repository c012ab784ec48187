"""Where quoted words contradict a field, its record has a mark of its own in every chart and in words."""

from functools import cache

import pytest

from charts import chairmanship, theme
from query import Remembering, vocabulary
from tests.charts.conftest import TOPICS, read, term, texts, threat

CONTESTED = [
    ("attendance", "attendance", "role"), ("chairmanship", "chairmanships", "start"),
    ("chairmanship", "events", "place"), ("documents", "documents", "status"),
    ("documents", "document_counts", "count"), ("threats", "threats", "expressed_as"),
    ("speakers", "threats", "speaker"), ("overview", "chairmanships", "person"),
    ("overview", "events", "date"), ("overview", "documents", "kind"), ("overview", "threats", "region"),
]  # fmt: skip


def loose_corners(figure) -> list:
    """The corners that lie loose beside their marks; those of the key stand on paper."""
    return [
        shape
        for shape in figure.layout.shapes
        if shape.type == "path" and shape.xref != "paper" and not shape.line.dash
        and shape.fillcolor != theme.INK["paper"]
    ]  # fmt: skip


@pytest.fixture(scope="session")
def agreed(tables):
    """The tables without any disagreement."""
    return Remembering(
        {
            name: table.assign(contradicted="") if "contradicted" in table else table
            for name, table in tables.items()
        }
    )


@pytest.fixture(scope="session")
def plain(agreed, axis):
    """Return a function that gives the figure of a topic without any disagreement, drawn once."""

    @cache
    def draw(topic: str, narrow: bool):
        return read(TOPICS[topic].figure(TOPICS[topic].marks(agreed, axis), agreed, axis, narrow=narrow))

    return draw


@pytest.fixture
def contested(agreed, axis):
    """Return a function that contradicts one field of a record on a chart, and gives tables and address."""

    def contradict(topic: str, name: str, field: str) -> tuple[dict, str]:
        marks = TOPICS[topic].marks(agreed, axis)
        rows = agreed[name].copy()
        stated = rows["id"].isin(marks["address"]) & (rows["basis"] != "")
        number = rows.index[stated][0]
        rows.loc[number, "contradicted"] = field
        return {**agreed, name: rows}, rows.loc[number, "id"]

    return contradict


@pytest.mark.parametrize(("topic", "name", "field"), CONTESTED)
def test_a_disagreement_is_in_words_and_in_a_shape_with_a_key(
    contested, agreed, plain, axis, topic, name, field
):
    chart, (tables, address) = TOPICS[topic], contested(topic, name, field)
    for narrow in (False, True):
        before = plain(topic, narrow)
        figure = read(chart.figure(chart.marks(tables, axis), tables, axis, narrow=narrow))
        assert loose_corners(before) == []
        assert [corner.fillcolor for corner in loose_corners(figure)] == [theme.INK["ink"]]
        assert vocabulary.CONTRADICTED == "sources or passages disagree"
        assert [
            texts(figure).count(vocabulary.CONTRADICTED),
            texts(before).count(vocabulary.CONTRADICTED),
        ] == [1, 0]
    marks = chart.marks(tables, axis).set_index("address")
    assert marks.loc[address, "contradicted"] == field
    assert (marks["contradicted"] != "").sum() == 1
    words = field.replace("_", " ")
    assert f"disagreement on: {words}" in marks.loc[address, "label"]
    twin = chart.twin(tables, axis).set_index("Record")["Contradicted"]
    assert twin[address] == words
    assert set(twin.drop(address)) == {"nothing"}
    alt = chart.alt(chart.marks(tables, axis), tables, axis)
    assert "Sources or passages disagree: " in alt
    assert f"(on {words})." in alt
    assert "disagree" not in chart.alt(chart.marks(agreed, axis), agreed, axis)


def test_the_two_cases_of_the_data_are_drawn(tables, axis):
    for topic, address, field in (
        ("chairmanship", "chair-tjk-2021", "start~status"),
        ("overview", "chair-tjk-2021", "start~status"),
        ("attendance", "summit-2022-05-arm", "role"),
    ):
        marks = TOPICS[topic].marks(tables, axis)
        assert dict(marks.loc[marks["contradicted"] != "", ["address", "contradicted"]].to_numpy()) == {
            address: field
        }
        assert len(loose_corners(read(TOPICS[topic].figure(marks, tables, axis)))) == 1


@pytest.mark.parametrize(
    ("field", "end", "at"),
    [
        ("start", "2022", 2022.0),
        ("end", "2022", 2023.0),
        ("start~end", "2022", 2023.0),
        ("state", "", 2022.0),
    ],
)
def test_the_corner_of_a_bar_lies_at_the_disputed_side_and_never_where_the_bar_fades(
    with_rows, axis, field, end, at
):
    tables = with_rows(chairmanships=[term("t", "2022", end, contradicted=field)], events=[])
    figure = read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis))
    assert [corner.xanchor for corner in loose_corners(figure)] == [at]


@pytest.mark.parametrize("topic", ["threats", "speakers", "overview"])
def test_a_bar_of_many_records_says_about_how_many_of_them_there_is_disagreement(with_rows, axis, topic):
    rows = [threat(n, contradicted="region" if n < 3 else "") for n in range(200)]
    tables = with_rows(threats=rows, documents=[], events=[], chairmanships=[])
    marks = TOPICS[topic].marks(tables, axis)
    assert marks["contradicted"].tolist() == ["region"]
    assert "disagree about 3 of them" in marks["label"].iloc[0]
    for narrow in (False, True):
        figure = read(TOPICS[topic].figure(marks, tables, axis, narrow=narrow))
        assert len(loose_corners(figure)) == 1


def test_a_headline_about_years_says_that_a_date_is_disputed(with_rows, axis):
    rows = [term("t", "2020", "2024", contradicted="start")]
    assert chairmanship.headline(with_rows(chairmanships=rows), axis) == (
        "Our sources name a chairing state for each year of 2020 to 2024; some dates are contradicted"
    )

"""The unit chart of threats, and the same squares by speaker."""

import pytest

from charts import speakers, squares, theme, threats
from charts.axis import Axis
from tests.charts.conftest import addresses, texts, threat, traces


def by_address(marks):
    return marks.set_index("address")


def test_threat_and_priority_differ_in_fill(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, expressed_as="priority")])
    marks = by_address(threats.marks(tables, axis))
    assert marks.loc["t1", "fill"] == "solid"
    assert marks.loc["t2", "fill"] == "open"


def test_threats_stand_before_priorities(with_rows, axis):
    tables = with_rows(threats=[threat(1, expressed_as="priority"), threat(2)])
    assert list(threats.marks(tables, axis)["address"]) == ["t2", "t1"]


def test_rows_stand_by_total_then_by_name(with_rows, axis):
    rows = [
        threat(1, category="water_resources"),
        threat(2, category="afghanistan"),
        threat(3, category="biological"),
        threat(4, category="biological"),
    ]
    marks = threats.marks(with_rows(threats=rows), axis)
    assert list(dict.fromkeys(marks["row"])) == [
        "Biological security",
        "Afghanistan",
        "Water and other resources",
    ]


def test_a_cell_grows_downwards_and_no_two_squares_share_a_place(with_rows, axis):
    marks = threats.marks(with_rows(threats=[threat(n) for n in range(squares.CAPACITY)]), axis)
    places = set(zip(marks["x"].round(6), marks["y"], strict=True))
    assert len(places) == squares.CAPACITY
    assert marks["y"].max() > 1
    assert marks["x"].between(3, 4).all(), "2023 is the fourth column"


def test_two_hundred_records_in_a_cell_become_a_bar_with_its_count(with_rows, axis):
    rows = [threat(n, expressed_as="threat" if n % 4 else "priority") for n in range(200)]
    tables = with_rows(threats=[*rows, threat(500, year=2022)])
    marks = threats.marks(tables, axis)
    bar = marks[marks["shape"] == "bar"].iloc[0]
    assert (bar["address"], bar["count"], bar["threats"]) == ("terrorism_extremism.2023", 200, 150)
    assert marks["count"].sum() + len(threats.left_out(tables, axis)) == 201
    figure = threats.figure(marks, tables, axis, sel="terrorism_extremism.2023")
    assert "200" in texts(figure)
    assert "terrorism_extremism.2023" in addresses(figure)
    assert any("a bar with its count" in text for text in texts(figure)), "the key says so"
    assert len(threats.twin(tables, axis)) == 201


def test_the_largest_cell_of_squares_is_still_squares(with_rows, axis):
    marks = threats.marks(with_rows(threats=[threat(n) for n in range(squares.CAPACITY)]), axis)
    assert set(marks["shape"]) == {"square"}


def test_a_record_without_a_year_is_left_out_with_its_reason(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, year=None), threat(3, year=1999)])
    left_out = threats.left_out(tables, axis).set_index("address")["reason"]
    assert dict(left_out) == {"t2": "the year is not stated", "t3": "1999 is not among the years shown"}
    assert list(threats.marks(tables, axis)["address"]) == ["t1"]


def test_totals_stand_on_top_and_at_the_right(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2), threat(3, year=2020)])
    said = texts(threats.figure(threats.marks(tables, axis), tables, axis))
    heads = [text for text in said if text.startswith("<b>20")]
    assert [head.split(">")[-2].split("<")[0] for head in heads] == ["1", "–", "0", "2", "0"]
    assert said.count("3") == 2, "of the row, and of all"


def test_the_headline_names_the_category_that_leads(with_rows, axis):
    rows = [threat(1), threat(2), threat(3, category="afghanistan")]
    assert threats.headline(with_rows(threats=rows), axis) == (
        "Terrorism and extremism has the most statements: 2 of 3"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [threat(1), threat(2, category="afghanistan")],
        # one more, but the record without a year might be another one of the second
        [
            threat(1),
            threat(2),
            threat(3, category="afghanistan"),
            threat(4, category="afghanistan", year=None),
        ],
        [threat(1)],
    ],
    ids=["tie", "undated", "no other"],
)
def test_without_a_leader_by_every_reading_the_headline_is_neutral(with_rows, axis, rows):
    assert "most often" not in threats.headline(with_rows(threats=rows), axis)


def test_the_label_says_who_how_often_and_what_is_inferred(with_rows, axis):
    rows = [threat(1, inferred="speaker", basis="inferred", mentions=2, role="the chair", source="s000~s001")]
    tables = with_rows(threats=rows)
    label = threats.marks(tables, axis)["label"].iloc[0]
    for part in (
        "Collective Security Council, the chair",
        "2 mentions in s000 and s001",
        "inferred: speaker",
    ):
        assert part in label


def test_an_inferred_statement_carries_a_dot(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, basis="inferred", inferred="speaker")])
    figure = threats.figure(threats.marks(tables, axis), tables, axis)
    assert [len(trace.x) for trace in traces(figure, "inferred")] == [1]
    assert "speaker or wording inferred" in texts(figure)


def test_the_key_names_both_ways_of_speaking(with_rows, axis):
    tables = with_rows(threats=[threat(1)])
    said = texts(threats.figure(threats.marks(tables, axis), tables, axis))
    assert all(look.words in said for look in theme.EXPRESSED.values())


def test_speakers_stand_by_total_and_share_one_scale(with_rows, axis):
    rows = [threat(1), threat(2), threat(3, speaker="csto")]
    marks = speakers.marks(with_rows(threats=rows), axis)
    assert list(dict.fromkeys(marks["row"])) == ["Collective Security Council", "CSTO"]
    assert list(marks["y"]) == [0.5, 0.5, 0.5]
    assert marks["x"].nunique() == 2, "the same place in each panel"


def test_the_source_in_its_own_voice_is_a_speaker(with_rows, axis):
    marks = speakers.marks(with_rows(threats=[threat(1, speaker="source_text")]), axis)
    assert marks["row"].iloc[0] == "the source's own text"


def test_too_many_statements_of_one_speaker_become_a_bar_that_opens_the_first(with_rows, axis):
    tables = with_rows(threats=[threat(n) for n in range(200)])
    marks = speakers.marks(tables, axis)
    assert list(marks["count"]) == [200]
    figure = speakers.figure(marks, tables, axis, sel="t0")
    assert "200" in texts(figure)
    assert figure.layout.height < 400


def test_a_long_axis_still_fits_a_square_into_a_year(with_rows, axis):
    long = Axis(tuple(range(1990, 2030)), axis.coverage)
    marks = threats.marks(with_rows(threats=[threat(n) for n in range(5)]), long)
    assert marks["line"].nunique() == 5
    assert marks["x"].nunique() == 1

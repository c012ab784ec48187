"""Bars that are never more exact than the source, and sessions in the row of their term."""

import pytest

from charts import chairmanship, theme
from charts.axis import Axis
from tests.charts.conftest import term, texts


def parts(tables, axis, name):
    marks = chairmanship.marks(tables, axis)
    mark = marks[marks["address"] == name].to_dict("records")[0]
    return chairmanship.segments(mark, axis)


def test_a_term_known_by_its_year_is_drawn_low_and_never_as_a_bar_to_the_day(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2022", "2022")])
    assert parts(tables, axis, "t") == [(2022.0, 2023.0, "thin", "solid")]


def test_a_term_known_to_the_day_is_a_solid_bar(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2023-01-01", "2023-12-31")])
    assert parts(tables, axis, "t") == [(2023.0, 2024.0, "bar", "solid")]


def test_an_end_known_to_a_quarter_is_a_thin_part(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2023-01-01", "2023-36")])
    (a, b, kind, _), (c, d, end, _) = parts(tables, axis, "t")
    assert (a, kind, d, end) == (2023.0, "bar", 2024.0, "thin")
    assert b == c == pytest.approx(2023.748, abs=0.001)


def test_an_open_end_fades_after_the_last_covered_year_and_never_today(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2024-01-01")])
    bar, fade = parts(tables, axis, "t")
    assert bar == (2024.0, 2025.0, "bar", "solid")
    assert fade[0] == 2025.0
    assert fade[2] == "fade"
    assert fade[1] < 2025.5


def test_an_open_start_fades_to_the_left(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", end="2020", inferred="end")])
    fade, span = parts(tables, axis, "t")
    assert fade[1] < fade[0] == 2020.0
    assert span == (2020.0, 2021.0, "thin", "open")


def test_only_the_side_that_is_inferred_is_outlined(with_rows, axis):
    days = ("2023-01-01", "2023-12-31")
    tables = with_rows(chairmanships=[term("t", *days, inferred="end")])
    assert [fill for *_, fill in parts(tables, axis, "t")] == ["solid", "open"]
    tables = with_rows(chairmanships=[term("t", *days, inferred="start~end")])
    assert [fill for *_, fill in parts(tables, axis, "t")] == ["open"]


def test_a_term_that_is_itself_inferred_is_outlined(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2022", "2022", basis="inferred", inferred="state")])
    assert [fill for *_, fill in parts(tables, axis, "t")] == ["open"]


def test_a_term_without_any_date_fades_on_both_sides(with_rows, axis):
    tables = with_rows(chairmanships=[term("t")])
    kinds = [kind for _, _, kind, _ in parts(tables, axis, "t")]
    assert kinds == ["fade", "thin", "fade"]
    assert "start and end not stated" in chairmanship.marks(tables, axis)["dates"].tolist()


@pytest.mark.parametrize("narrow", [False, True])
def test_what_fades_is_drawn_in_steps_that_grow_fainter(with_rows, axis, narrow):
    tables = with_rows(chairmanships=[term("t", "2024-01-01")], events=[])
    figure = chairmanship.figure(chairmanship.marks(tables, axis), tables, axis, narrow=narrow)
    faint = [
        shape.opacity
        for shape in figure.layout.shapes
        if shape.opacity not in (None, 1) and shape.xref != "paper"
    ]
    assert len(faint) >= 5
    assert faint == sorted(faint, reverse=True)


def test_dates_are_said_no_finer_than_the_source(tables, axis):
    marks = chairmanship.marks(tables, axis).set_index("address")
    assert marks.loc["chair-tjk-2021", "dates"] == "2021"
    assert marks.loc["chair-kaz-2024", "dates"] == "from 1 Jan 2024, end not stated"
    assert marks.loc["chair-rus-2020", "dates"] == "to 2020, start not stated, end inferred"
    assert "month not stated" in marks.loc["chair-tjk-2021", "label"]


def test_a_session_stands_in_the_row_of_its_term_on_the_span_of_its_date(tables, axis):
    marks = chairmanship.marks(tables, axis).set_index("address")
    session = marks.loc["minsk-2023"]
    assert session["row"] == "Belarus"
    assert session["y"] == marks.loc["chair-blr-2023", "y"]
    assert (session["x0"], session["x1"]) == pytest.approx((2023.833, 2023.915), abs=0.001)


def test_an_announced_session_is_dashed_and_a_held_one_is_not(tables, axis):
    marks = chairmanship.marks(tables, axis).set_index("address")
    assert marks.loc["astana-2024", "fill"] == "dashed"
    assert marks.loc["minsk-2023", "fill"] != "dashed"
    figure = chairmanship.figure(chairmanship.marks(tables, axis), tables, axis)
    dashed = [shape for shape in figure.layout.shapes if shape.type == "path" and shape.line.dash]
    assert len(dashed) == 3, "two sessions, and the key"


def test_terms_are_walked_before_sessions(tables, axis):
    kinds = chairmanship.marks(tables, axis)["kind"].tolist()
    assert kinds == sorted(kinds, key=lambda kind: kind != "term")


def test_what_falls_into_two_terms_is_counted_in_none(with_rows, axis):
    terms = [term("a", "2022", "2023"), term("b", "2023")]
    marks = chairmanship.marks(with_rows(chairmanships=terms), axis).set_index("address")
    assert "minsk-2023" not in marks.index
    assert marks.loc["a", "sessions"] == 2, "those of 2022"
    left_out = chairmanship.left_out(with_rows(chairmanships=terms), axis).set_index("address")
    assert left_out.loc["minsk-2023", "reason"] == "its date falls into no single term that is shown"


def test_old_documents_do_not_fall_into_a_term_without_a_start(tables, axis):
    marks = chairmanship.marks(tables, axis).set_index("address")
    assert marks.loc["chair-rus-2020", "documents"] == 3


def test_the_headline_holds_only_where_each_year_has_a_chair(with_rows, tables, axis):
    assert chairmanship.headline(tables, axis) == (
        "Our sources name a chairing state for each year of 2020 to 2024; "
        "some dates are inferred, some contradicted"
    )
    assert "name a chairing" not in chairmanship.headline(
        with_rows(chairmanships=[term("t", "2022", "2022")]), axis
    )
    only = Axis((2022,), axis.coverage)
    assert chairmanship.headline(with_rows(chairmanships=[term("t", "2022", "2022")]), only) == (
        "Our sources name a chairing state for 2022"
    )


def test_counts_stand_at_the_right(tables, axis):
    said = texts(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis))
    assert {"sessions", "documents", "threats"} <= set(said)


def test_a_term_in_a_year_without_a_source_has_dashes_and_no_zeros(tables, axis):
    marks = chairmanship.marks(tables, axis)
    silent = marks.set_index("address").loc["chair-tjk-2021"]
    assert silent[["sessions", "documents", "threats"]].isna().all()
    assert theme.UNCOVERED in silent["label"]
    twin = chairmanship.twin(tables, axis).set_index("Record")
    assert twin.loc["chair-tjk-2021", "Threats"] == theme.UNCOVERED
    assert twin.loc["chair-kaz-2024", "Documents"] == "0", "2024 has a source that names none"
    assert texts(chairmanship.figure(marks, tables, axis)).count("–") == 3


def test_the_key_explains_only_what_is_drawn(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2023-01-01", "2023-12-31")], events=[])
    said = texts(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis))
    assert "term, stated to the day" in said
    assert not {"inferred", "start or end not stated", "known only to the year or month"} & set(said)


def test_a_year_without_a_source_says_so_beside_the_bars(tables, axis):
    said = texts(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis))
    assert theme.UNCOVERED in [text.replace("<br>", " ") for text in said]

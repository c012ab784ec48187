"""Bars that are never more exact than the source, and sessions in the row of their term."""

import pandas as pd
import pytest

import query
from charts import chairmanship
from charts.axis import Axis
from tests.charts.conftest import dated, read, term, texts


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


def test_a_term_without_any_date_stands_in_no_year_and_is_counted_as_not_on_the_chart(with_rows, axis):
    tables = with_rows(chairmanships=[term("t"), term("u", "2022", "2022")], events=[])
    marks = chairmanship.marks(tables, axis)
    assert marks["address"].tolist() == ["u"]
    (left_out,) = chairmanship.left_out(tables, axis).to_dict("records")
    assert (left_out["address"], left_out["reason"]) == ("t", "no date stated")
    undated = tables["chairmanships"].to_dict("records")[0]
    assert "start: not stated\nend: not stated" in query.label(tables, undated)
    alt = chairmanship.alt(marks, tables, axis)
    assert alt.startswith("Timeline of 2 terms: ")
    assert "1 term not on the chart." in alt


@pytest.mark.parametrize("narrow", [False, True])
def test_what_fades_is_drawn_in_steps_that_grow_fainter(with_rows, axis, narrow):
    tables = with_rows(chairmanships=[term("t", "2024-01-01")], events=[])
    figure = read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis, narrow=narrow))
    faint = [
        shape.opacity
        for shape in figure.layout.shapes
        if shape.opacity not in (None, 1) and shape.xref != "paper"
    ]
    assert len(faint) >= 5
    assert faint == sorted(faint, reverse=True)


def test_dates_are_said_no_finer_than_the_source(tables, axis):
    marks = chairmanship.marks(tables, axis).set_index("address")
    assert marks.loc["chair-tjk-2021", "dates"] == "2021, start and end inferred"
    assert marks.loc["chair-kaz-2024", "dates"] == "from 1 Jan 2024, end not stated, announced"
    assert marks.loc["chair-rus-2020", "dates"] == "into 2020, start not stated, end inferred"
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
    figure = read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis))
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
    papers = tables["documents"]
    old = papers[papers["year"].lt(2020).fillna(False)]
    assert len(old)
    assert query.by_term(tables).keys().isdisjoint(old["id"])
    of = query.of_term(tables, "chair-rus-2020")
    assert marks.loc["chair-rus-2020", "documents"] == len(of["documents"]) < len(of["documents"]) + len(old)


def test_the_headline_holds_only_where_each_year_has_a_chair(with_rows, tables, axis):
    assert chairmanship.headline(tables, axis) == (
        "Our sources name a chairing state for each year of 2020 to 2024, "
        "that of 2022 and 2024 only as announced; some dates are inferred, some contradicted"
    )
    assert "name a chairing" not in chairmanship.headline(
        with_rows(chairmanships=[term("t", "2022", "2022")]), axis
    )
    only = Axis((2022,), axis.coverage)
    assert chairmanship.headline(with_rows(chairmanships=[term("t", "2022", "2022")]), only) == (
        "Our sources name a chairing state for 2022"
    )


def test_counts_stand_at_the_right(tables, axis):
    said = texts(read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis)))
    assert {"sessions", "documents", "statements"} <= set(said)


def test_a_term_that_begins_in_the_last_year_is_drawn_though_no_source_covers_that_year(tables):
    shown = query.select(tables, query.View(without=("s004",)))
    axis = Axis(query.axis_years(tables), query.coverage(shown))
    assert axis.years[-1] == 2024
    assert 2024 in axis.uncovered
    assert "chair-kaz-2024" in set(chairmanship.marks(shown, axis)["address"])
    assert "chair-kaz-2024" not in set(chairmanship.left_out(shown, axis)["address"])


@pytest.mark.parametrize("without", [(), ("s000",), ("s001",), ("s003",)])
def test_a_term_counts_on_the_chart_what_its_panel_lists(tables, without):
    shown = query.select(tables, query.View(without=without))
    whole = Axis(query.axis_years(tables), query.coverage(shown))
    counts = chairmanship.marks(shown, whole).set_index("address")
    twin = chairmanship.twin(shown, whole).set_index("Record")
    sessions = set(shown["events"].loc[shown["events"]["kind"].isin(["session", "summit"]), "id"])
    for name in shown["chairmanships"]["id"]:
        listed = query.of_term(shown, name)
        expected = {
            "sessions": len(sessions.intersection(listed["events"])),
            "announced": len(sessions.intersection(listed["announced"])),
            "documents": len(listed["documents"]),
            "statements": len(listed["threats"]),
        }
        if name not in counts.index:
            assert not any(expected.values()), "a term without a date holds nothing"
            continue
        told = {key: counts.loc[name, key] for key in expected}
        assert {key: 0 if pd.isna(number) else number for key, number in told.items()} == expected
        for key in ("documents", "statements"):
            cell = twin.loc[name, key.capitalize()]
            assert cell == str(expected[key]) if expected[key] else not cell.isdigit()
        drawn = counts.index[(counts["kind"] != "term") & (counts["row"] == counts.loc[name, "row"])]
        assert set(drawn) == sessions.intersection([*listed["events"], *listed["announced"]])


# ---- terms that are only announced ----


@pytest.fixture
def announced(with_rows, tables):
    """The tables with two terms, the second of them only announced, whether or not the data have a status."""

    def made(*status: str) -> dict:
        rows = with_rows(chairmanships=[term("a", "2022", "2022"), term("b", "2023-01-01", "2023-12-31")])
        return {**rows, "chairmanships": rows["chairmanships"].assign(status=list(status))}

    return made


def test_a_term_that_is_only_announced_is_dashed_in_bar_and_key(announced, axis):
    tables, begun = announced("held", "planned"), announced("held", "held")
    assert [fill for *_, fill in parts(tables, axis, "b")] == ["dashed"]
    assert [fill for *_, fill in parts(tables, axis, "a")] == ["solid"]
    assert [fill for *_, fill in parts(begun, axis, "b")] == ["solid"]
    for rows, number in ((tables, 1), (begun, 0)):
        marks = chairmanship.marks(rows, axis)
        for narrow in (False, True):
            figure = read(chairmanship.figure(marks, rows, axis, narrow=narrow))
            dashed = [shape for shape in figure.layout.shapes if shape.type == "rect" and shape.line.dash]
            assert len(dashed) == 2 * number, "the bar, and the key"
            assert texts(figure).count("term only announced") == number


def test_a_term_that_is_only_announced_says_so_in_dates_label_sentence_and_claim(announced, axis):
    tables, begun = announced("held", "planned"), announced("held", "held")
    for rows, said in ((tables, True), (begun, False)):
        mark = chairmanship.marks(rows, axis).set_index("address").loc["b"]
        assert (", announced" in mark["dates"]) == said
        assert ("the term itself is only announced" in mark["label"]) == said
        assert (", announced" in chairmanship.alt(chairmanship.marks(rows, axis), rows, axis)) == said
        assert ("announced for the chair" in query.claim(rows, "b")) == said
        assert "announced" not in query.claim(rows, "a")


def test_the_headline_does_not_say_that_an_announced_term_began(announced, axis):
    both = Axis((2022, 2023), axis.coverage)
    said = "Our sources name a chairing state for each year of 2022 and 2023"
    assert chairmanship.headline(announced("held", "held"), both) == said
    assert chairmanship.headline(announced("held", "planned"), both) == (
        f"{said}, that of 2023 only as announced"
    )


def test_a_term_in_a_year_without_a_source_has_dashes_and_no_zeros(tables, axis):
    marks = chairmanship.marks(tables, axis)
    silent = marks.set_index("address").loc["chair-tjk-2021"]
    assert silent[["sessions", "documents", "statements"]].isna().all()
    assert query.UNCOVERED in silent["label"]
    twin = chairmanship.twin(tables, axis).set_index("Record")
    assert twin.loc["chair-tjk-2021", "Statements"] == query.UNCOVERED
    assert twin.loc["chair-tjk-2021", "Sessions"] == f"{query.UNCOVERED}; 1 announced"
    assert twin.loc["chair-kaz-2024", "Documents"] == query.NONE_REPORTED, "2024 has a source that names none"
    said = texts(read(chairmanship.figure(marks, tables, axis)))
    dashes = [text for text in said if text.startswith("–")]
    assert len(dashes) == 3
    assert [text for text in dashes if "1 announced" in text]


def test_the_key_explains_only_what_is_drawn(with_rows, axis):
    tables = with_rows(chairmanships=[term("t", "2023-01-01", "2023-12-31")], events=[])
    said = texts(read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis)))
    assert "term, stated to the day" in said
    assert not {"inferred", "start or end not stated", "known only to the year or month"} & set(said)


def test_the_key_explains_the_line_of_a_date_only_where_one_is_drawn(with_rows, axis):
    terms = [term("t", "2023-01-01", "2023-12-31")]
    for date, drawn in (("2023-05-16", False), ("2023-05", True)):
        held = {"id": "e", "kind": "session", "status": "held", "basis": "stated", "source": "s000"}
        tables = with_rows(chairmanships=terms, events=[held | dated(date)])
        said = texts(read(chairmanship.figure(chairmanship.marks(tables, axis), tables, axis)))
        assert ("span of its date" in said) == drawn, date

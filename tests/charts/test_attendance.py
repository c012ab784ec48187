"""Present, absent, not stated and no source are four different things."""

import pytest

import query
from charts import attendance
from charts.axis import Axis
from tests.charts.conftest import read, texts, traces


def by_kind(tables, axis):
    return attendance.marks(tables, axis).groupby("kind")[["shape", "fill"]].agg(set)


def said_in(figure) -> list[str]:
    return [text.replace("<br>", " ") for text in texts(figure)]


def place(event: str, party: str, status: str, **more) -> dict:
    silent = status == "not_stated"
    row = {
        "id": f"{event}.{party}" if silent else f"{event}-{party.lower()}",
        "event": event,
        "party": party,
        "status": status,
        "basis": "" if silent else "stated",
        "source": "" if silent else "s000",
        "year": 2023,
    }
    return row | more


def test_present_absent_and_not_stated_differ_in_shape_and_fill(tables, axis):
    kinds = by_kind(tables, axis)
    assert kinds.loc["present", "shape"] == {"square"}
    assert kinds.loc["absent", "shape"] == {"crossed square"}
    assert kinds.loc["not_stated", "shape"] == {"dot"}
    assert kinds.loc["not_stated", "fill"] == {"mute"}


def test_turning_silence_into_absence_changes_picture_table_and_sentence(tables, axis):
    rows = tables["attendance"]
    silent = rows.index[rows["status"] == "not_stated"][0]
    turned = dict(tables)
    turned["attendance"] = rows.copy()
    turned["attendance"].loc[silent, "status"] = "absent"
    views = [
        (
            str(read(attendance.figure(attendance.marks(t, axis), t, axis))),
            attendance.twin(t, axis).to_csv(),
            attendance.alt(attendance.marks(t, axis), t, axis),
        )
        for t in (tables, turned)
    ]
    assert all(before != after for before, after in zip(*views, strict=True))


def test_a_year_without_a_source_is_a_column_of_its_own(tables, axis):
    figure = read(attendance.figure(attendance.marks(tables, axis), tables, axis))
    assert "<b>2021</b>" in texts(figure)
    (hatch,) = traces(figure, query.UNCOVERED)
    assert not attendance.marks(tables, axis)["x"].between(hatch.x[0] - 0.5, hatch.x[0] + 0.5).any()


def test_a_year_with_a_source_but_no_session_is_not_hatched_and_says_so(tables, axis):
    assert 2024 not in axis.uncovered
    figure = read(attendance.figure(attendance.marks(tables, axis), tables, axis))
    (said,) = [text for text in said_in(figure) if text.startswith("no session")]
    assert said.startswith("no session reported as held")
    assert len(traces(figure, query.UNCOVERED)) == 1


def test_a_session_that_is_only_announced_is_said_beside_that_none_is_reported_as_held(tables, axis):
    announced = tables["events"]["kind"].isin(["session", "summit"]) & tables["events"]["status"].eq(
        "planned"
    )
    number = int((announced & tables["events"]["year"].eq(2024)).sum())
    assert number, "the data have one"
    for rows, said in (
        (tables, f"no session reported as held, {number} announced"),
        ({**tables, "events": tables["events"][~announced]}, "no session reported as held"),
    ):
        figure = read(attendance.figure(attendance.marks(rows, axis), rows, axis))
        assert said in said_in(figure)
        assert len(traces(figure, query.UNCOVERED)) == 1


def test_totals_stand_at_the_right_and_an_absence_is_bold(tables, axis):
    marks = attendance.marks(tables, axis)
    said = texts(read(attendance.figure(marks, tables, axis)))
    assert {"present", "absent", "not stated"} <= set(said)
    absences = int((marks["kind"] == "absent").sum())
    assert [text for text in said if text == f"<b>{absences}</b>"]


def test_parties_stand_in_the_order_of_the_states_then_the_secretary_general(tables, axis):
    rows = list(dict.fromkeys(attendance.marks(tables, axis)["row"]))
    assert rows == [*tables["states"]["name"], "Secretary General"]


def test_an_inferred_presence_is_outlined(with_rows, axis):
    tables = with_rows(
        attendance=[place("minsk-2023", "ARM", "present", basis="inferred", inferred="status")]
    )
    marks = attendance.marks(tables, axis)
    assert list(marks["fill"]) == ["open"]
    assert "present, inferred" in texts(read(attendance.figure(marks, tables, axis)))


def test_the_address_of_a_place_that_nobody_mentions_is_event_and_party(tables, axis):
    marks = attendance.marks(tables, axis)
    silent = marks[marks["kind"] == "not_stated"]
    assert (silent["address"] == silent["event"] + "." + silent["party"]).all()
    assert silent["label"].str.contains("no source says whether they came").all()


def test_silence_is_said_in_words_in_the_table(tables, axis):
    twin = attendance.twin(tables, axis)
    silent = twin[twin["Status"] == "not stated"]
    assert len(silent)
    assert set(silent["Person"]) == {"not stated"}
    assert set(silent["Sources"]) == {"none mentions it"}


def test_the_head_of_a_session_is_no_finer_than_its_source(tables, axis):
    said = texts(read(attendance.figure(attendance.marks(tables, axis), tables, axis)))
    assert {"no month", "16 May", "Nov"} <= set(said)
    assert not any(text.endswith(" Nov") for text in said)


def everybody(tables, event: str, **status) -> list[dict]:
    parties = [*tables["states"]["id"], "SG"]
    return [place(event, party, status.get(party, "present")) for party in parties]


def test_the_headline_names_the_only_party_reported_absent(with_rows, tables, axis):
    whole = with_rows(attendance=everybody(tables, "minsk-2023", ARM="absent"))
    headline = "Only Armenia is reported absent: at the only session for which a source mentions it"
    assert attendance.headline(whole, axis) == headline


@pytest.mark.parametrize("status", [{"ARM": "absent", "KAZ": "absent"}, {}, {"ARM": "not_stated"}])
def test_with_a_tie_or_no_absence_the_headline_is_neutral(with_rows, tables, axis, status):
    rows = with_rows(attendance=everybody(tables, "minsk-2023", **status))
    assert attendance.headline(rows, axis).startswith("Who is said to have come")


def test_with_parties_filtered_away_nobody_is_called_the_only_one(with_rows, axis):
    rows = with_rows(attendance=[place("minsk-2023", "ARM", "absent")])
    assert attendance.headline(rows, axis) == (
        "Armenia is reported absent at the only session for which a source mentions it"
    )


def test_a_session_for_which_nobody_mentions_the_party_is_none_that_it_came_to(with_rows, tables, axis):
    silent = [row | {"year": 2020} for row in everybody(tables, "session-2020", ARM="not_stated")]
    rows = with_rows(attendance=[*silent, *everybody(tables, "minsk-2023", ARM="absent")])
    assert attendance.headline(rows, axis) == (
        "Only Armenia is reported absent: at the only session for which a source mentions it"
    )


def test_a_session_outside_the_years_is_left_out_with_its_reason(tables, axis):
    only = Axis((2022,), axis.coverage)
    reasons = set(attendance.left_out(tables, only)["reason"])
    assert reasons == {"2020 is not among the years shown", "2023 is not among the years shown"}
    assert set(attendance.marks(tables, only)["event"]) == {"summit-2022-05", "session-2022-11"}


def test_a_filter_that_hides_every_seat_of_a_session_does_not_deny_the_session(tables, axis):
    absent = query.select(tables, query.View(status=("absent",)))
    figure = read(attendance.figure(attendance.marks(absent, axis), absent, axis))
    assert [text for text in texts(figure) if text.startswith("16 May")]
    only_2022 = Axis((2022,), axis.coverage)
    nobody = query.select(tables, query.View(years=(2022,), status=("absent",)))
    assert attendance.NO_SESSION not in attendance.alt(attendance.marks(nobody, only_2022), nobody, only_2022)


def test_a_year_with_a_source_and_no_session_says_so_in_chart_headline_and_alternative_text(tables, axis):
    year = Axis((2024,), axis.coverage)
    rows = query.select(tables, query.View(years=(2024,)))
    marks = attendance.marks(rows, year)
    said = [" ".join(texts(read(attendance.figure(marks, rows, year)))), attendance.headline(rows, year)]
    assert all(attendance.NO_SESSION in text for text in [*said, attendance.alt(marks, rows, year)])

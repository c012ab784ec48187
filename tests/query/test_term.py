import pytest

from query import (
    View,
    attendance_numbers,
    axis_years,
    by_term,
    of_term,
    resolve,
    select,
    term_years,
)

YEARS = {
    "chair-rus-2020": (2020,),  # its start is not stated
    "chair-tjk-2021": (2021,),
    "chair-arm-2022": (2022,),
    "chair-blr-2023": (2023,),
    "chair-kaz-2024": (2024,),  # its end is not stated
}


@pytest.mark.parametrize(("term", "years"), YEARS.items())
def test_a_term_has_the_years_that_it_touches(tables, term, years):
    assert term_years(tables, term, axis_years(tables)) == years


def test_an_open_term_reaches_to_the_end_of_the_axis(changed):
    tables = changed("chairmanships", "chair-blr-2023", end_latest="")
    assert term_years(tables, "chair-blr-2023", axis_years(tables)) == (2023, 2024)


def test_the_axis_may_be_longer_than_what_the_sources_that_are_left_cover(tables):
    left = select(tables, View(without=("s004",)))
    assert term_years(left, "chair-kaz-2024", axis_years(tables)) == (2024,)


def test_a_term_over_two_years_has_both_of_them(changed):
    tables = changed("chairmanships", "chair-arm-2022", end_latest="2023-11-01")
    axis = axis_years(tables)
    assert term_years(tables, "chair-arm-2022", axis) == (2022, 2023)


def test_an_unknown_term_has_no_years_and_nothing_belongs_to_it(tables):
    assert term_years(tables, "no-such-term", axis_years(tables)) == ()
    assert not any(of_term(tables, "no-such-term").values())


KEYS = {
    "events": ("events", "announced"),
    "documents": ("documents", "matters"),
    "document_counts": ("document_counts",),
    "threats": ("threats",),
}


@pytest.mark.parametrize(("term", "years"), YEARS.items())
def test_what_belongs_to_a_term_is_what_its_years_hold(tables, term, years):
    found = of_term(tables, term)
    for name, keys in KEYS.items():
        rows = tables[name]
        listed = {record for key in keys for record in found[key]}
        assert listed == set(rows.loc[rows["year"].isin(years), "id"])
        assert len(listed) == sum(len(found[key]) for key in keys), "each in one list"
    status = dict(zip(tables["events"]["id"], tables["events"]["status"], strict=True))
    for key, only in (("events", "held"), ("announced", "planned")):
        assert {status[event] for event in found[key]} <= {only}
    assert found["priorities"] == list(
        tables["priorities"].loc[tables["priorities"]["chairmanship"] == term, "id"]
    )


@pytest.mark.parametrize("without", [(), ("s000",), ("s001",), ("s004",)])
def test_a_record_falls_into_the_one_term_that_holds_all_of_its_date(tables, without):
    shown = select(tables, View(without=without))
    terms = shown["chairmanships"].to_dict("records")
    spans = {row["id"]: (row["earliest"], row["latest"]) for row in shown["events"].to_dict("records")}
    for row in shown["events"].to_dict("records"):
        earliest, latest = spans[row["id"]]
        holding = [
            term["id"]
            for term in terms
            if earliest
            and (term["start_earliest"] or term["end_latest"])  # one without any date holds nothing
            and (term["start_earliest"] or f"{term['end_latest'][:4]}-01-01") <= earliest
            and latest <= (term["end_latest"] or "9999")
        ]
        assert by_term(shown).get(row["id"]) == (holding[0] if len(holding) == 1 else None)
    for name in ("attendance", "document_counts", "threats"):
        for record, event in zip(shown[name]["id"], shown[name]["event"], strict=True):
            assert by_term(shown).get(record) == by_term(shown).get(event)


def test_what_falls_into_two_terms_belongs_to_neither(tables, changed):
    both = changed("chairmanships", "chair-arm-2022", end_latest="2023-12-31")
    assert by_term(tables)["minsk-2023"] == "chair-blr-2023"
    assert "minsk-2023" not in by_term(both)
    assert not any("minsk-2023" in of_term(both, term)["events"] for term in YEARS)


def test_a_filter_on_years_moves_nothing_into_another_term(tables):
    whole, shown = by_term(tables), by_term(select(tables, View(years=(2023,))))
    assert shown
    assert shown.items() <= whole.items()


def test_everything_that_belongs_to_a_term_is_an_address(tables):
    for term in YEARS:
        for addresses in of_term(tables, term).values():
            assert all(resolve(address, tables) for address in addresses)


def test_bars_of_a_term_hold_all_its_statements_most_stated_first(tables):
    threats = tables["threats"]
    for term in YEARS:
        found = of_term(tables, term)
        numbers = []
        for category, year in (bar.split(".") for bar in found["bars"]):
            numbers.append((threats["category"].eq(category) & threats["year"].eq(int(year))).sum())
        assert numbers == sorted(numbers, reverse=True)
        assert sum(numbers) == len(found["threats"])


def test_an_announced_event_belongs_to_its_term_also_when_the_axis_ends_before_it(tables):
    left = select(tables, View(without=("s004",)))
    assert "astana-2024" in of_term(left, "chair-kaz-2024")["announced"]


def test_attendance_of_a_session_counts_every_party_once(tables):
    assert attendance_numbers(tables, []) == []
    for event, rows in tables["attendance"].groupby("event"):
        (numbers,) = attendance_numbers(tables, [event])
        assert numbers["event"] == event
        for status in ("present", "absent", "not_stated"):
            assert numbers[status] == (rows["status"] == status).sum()

import pytest

from query import View, attendance_numbers, choices, of_term, resolve, select, term_of, term_years

YEARS = {
    "chair-rus-2020": (2020,),  # its start is not stated
    "chair-tjk-2021": (2021,),
    "chair-arm-2022": (2022,),
    "chair-blr-2023": (2023,),
    "chair-kaz-2024": (2024,),  # its end is not stated
}


@pytest.mark.parametrize(("term", "years"), YEARS.items())
def test_a_term_has_the_years_that_it_touches(tables, term, years):
    assert term_years(tables, term) == years
    assert term_of(tables, years) == term


def test_an_open_term_reaches_to_the_end_of_the_axis(changed):
    tables = changed("chairmanships", "chair-blr-2023", end_latest="")
    assert term_years(tables, "chair-blr-2023") == (2023, 2024)


def test_a_term_over_two_years_is_found_by_both_of_them(changed):
    tables = changed("chairmanships", "chair-arm-2022", end_latest="2023-11-01")
    assert term_years(tables, "chair-arm-2022") == (2022, 2023)
    assert term_of(tables, (2022, 2023)) == "chair-arm-2022"
    assert term_of(tables, (2022,)) == ""


@pytest.mark.parametrize("years", [(), (2020, 2021), (2020, 2022), (1999,)])
def test_years_of_no_term_have_none(tables, years):
    assert term_of(tables, years) == ""


def test_an_unknown_term_has_no_years_and_nothing_belongs_to_it(tables):
    assert term_years(tables, "no-such-term") == ()
    assert not any(of_term(tables, "no-such-term").values())


@pytest.mark.parametrize(("term", "years"), YEARS.items())
def test_what_belongs_to_a_term_is_what_its_years_hold(tables, term, years):
    found = of_term(tables, term)
    for name in ("events", "documents", "document_counts", "threats"):
        rows = tables[name]
        assert found[name] == list(rows.loc[rows["year"].isin(years), "id"])
    assert found["priorities"] == list(
        tables["priorities"].loc[tables["priorities"]["chairmanship"] == term, "id"]
    )


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
    assert "astana-2024" in of_term(left, "chair-kaz-2024")["events"]


def test_attendance_of_a_session_counts_every_party_once(tables):
    for event, rows in tables["attendance"].groupby("event"):
        (numbers,) = attendance_numbers(tables, [event])
        assert numbers["occasion"]
        for status in ("present", "absent", "not_stated"):
            assert numbers[status] == (rows["status"] == status).sum()


def test_attendance_of_no_session_is_no_row(tables):
    assert attendance_numbers(tables, []) == []


def test_the_years_of_each_term_can_be_chosen(tables):
    known = choices(tables)["years"]
    assert all(set(term_years(tables, term)) <= set(known) for term in tables["chairmanships"]["id"])

"""Statements: by category and year, and the same squares by speaker."""

from itertools import product

import pytest

from charts.axis import Axis
from charts.chart import chart
from charts.grid import CAPACITY
from query.vocabulary import EXPRESSED
from tests.charts.conftest import action, bars, cells, items, reasons, statements, threat, totals

BOTH = pytest.mark.parametrize("topic", ["threats", "speakers"])


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the chart of some statements."""
    return lambda rows, topic="threats", years=axis: chart(topic, with_rows(threats=rows), years)


def test_a_threat_is_filled_and_an_action_open_and_threats_come_first(of):
    drawn = of([action(1), threat(2)]).grid.items
    assert [(item.address, item.look) for item in drawn] == [("t2", "solid square"), ("t1", "open square")]


def test_rows_stand_by_total_then_by_name(of):
    categories = ("water_resources", "afghanistan", "biological", "biological")
    rows = [threat(number, category=category) for number, category in enumerate(categories)]
    names = [row.name for row in of(rows).grid.rows]
    assert names == ["Biological security", "Afghanistan", "Water and other resources"]
    rows = [threat(1, speaker="csto"), threat(2), threat(3), threat(4, speaker="source_text")]
    names = [row.name for row in of(rows, "speakers").grid.rows]
    assert names == ["Collective Security Council", "CSTO", "The source's own text"]


@BOTH
def test_a_statement_stands_in_its_year_and_row(of, topic):
    rows = [threat(1), threat(2, year=2020, category="afghanistan", speaker="csto")]
    keys = {"threats": ("terrorism_extremism", "afghanistan"), "speakers": ("csc", "csto")}[topic]
    assert cells(of(rows, topic).grid) == {"t1": (keys[0], 2023), "t2": (keys[1], 2020)}


# ---- from squares to bars ----


@BOTH
@pytest.mark.parametrize(("first", "most"), [(2020, CAPACITY), (2004, 8)], ids=["a few years", "many"])
def test_the_largest_cell_of_squares_is_still_squares_and_one_more_makes_every_cell_a_bar(
    of, axis, topic, first, most
):
    """Many years leave one square a line: a cell of forty would be as tall as a page."""
    years = Axis(tuple(range(first, 2025)), axis.coverage)
    for count, are_bars in ((most, False), (most + 1, True)):
        few = statements(100, 3, category="afghanistan", speaker="csto", year=2022)
        grid = of([*statements(0, count), *few], topic, years).grid
        assert grid.crowded == are_bars
        assert len(grid.items) == (2 if are_bars else count + 3)


def test_a_bar_has_the_address_of_its_cell_and_a_bar_of_one_that_of_its_record(of):
    drawn = items(of(bars()).grid)
    assert list(drawn) == [
        "terrorism_extremism.2023", "drug_trafficking.2022", "drug_trafficking.2024", "t303"
    ]  # fmt: skip
    said = drawn["terrorism_extremism.2023"].label
    assert said == "Terrorism and extremism, 2023: 200 statements\n150 threats and 50 actions"
    assert drawn["t303"].label.startswith("Afghanistan: stated as a threat\nMade up")


def test_a_bar_of_a_speaker_opens_the_first_of_its_statements_and_says_so(of):
    drawn = items(of(bars(), "speakers").grid)
    assert list(drawn) == ["t0", "t200", "t300", "t303"]
    opens = ["opens the first of them" in item.label for item in drawn.values()]
    assert opens == [True, True, True, False]


@BOTH
def test_text_and_table_hold_everything_that_bars_stand_for(of, topic):
    made = of(bars(), topic)
    assert len(list(made.grid.records)) == len(made.twin) == 304
    parts = {
        "threats": ("Bar chart of 304 statements", "154 threats and 150 actions", "200 in 2023"),
        "speakers": ("Bar chart of 304", "Collective Security Council 200", "CSTO 103", "own text 1"),
    }[topic]
    assert [part for part in parts if part not in made.alt] == []


# ---- what is left out, totals, key ----


@BOTH
def test_a_statement_that_stands_in_no_year_shown_is_left_out_with_its_reason(of, topic):
    grid = of([threat(1), threat(2, year=None), threat(3, year=1999)], topic).grid
    assert reasons(grid) == {"t2": "no date stated", "t3": "1999 is not among the years shown"}
    assert list(items(grid)) == ["t1"]


def test_numbers_stand_on_top_and_at_the_right(of):
    grid = of([threat(1), threat(2), threat(3, year=2020)]).grid
    assert [column.heads[-1] for column in grid.columns] == ["1", "–", "none", "2", "none"]
    assert totals(grid) == {"terrorism_extremism": ["3"]}
    assert grid.totals == ("3",)


@BOTH
def test_statements_without_a_year_are_counted_in_a_place_of_their_own(of, topic):
    other = threat(3, category="afghanistan", speaker="csto")
    grid = of([threat(1), threat(2, year=None), other], topic).grid
    assert list(totals(grid).values()) == [["1", "2"], ["", "1"]]
    assert grid.totals == ("no year\n1", "3")
    assert [row.said for row in grid.rows] == ["2, 1 without a year", "1"]


def test_the_key_names_both_ways_of_speaking_and_the_dot_only_where_one_is_drawn(of):
    key = dict(of([threat(1)]).grid.key)
    assert key == {"solid square": EXPRESSED["threat"], "open square": EXPRESSED["priority"]}
    made = of([threat(1), threat(2, basis="inferred", inferred="speaker")]).grid
    assert [item.inferred for item in made.items] == [False, True]
    assert dict(made.key)["solid square inferred"] == "speaker or wording inferred"


def test_the_label_says_who_how_often_and_what_is_inferred(of):
    row = threat(1, inferred="speaker", basis="inferred", mentions=2, role="the chair", source="s000~s001")
    label = of([row]).grid.items[0].label
    parts = (
        "Collective Security Council, the chair",
        "2 mentions in naisnews.com and sb.by",
        "inferred: speaker",
    )
    assert [part for part in parts if part not in label] == []


# ---- headlines ----

LEADS = "“Terrorism and extremism” is stated as a threat most often"
OTHER = {"category": "afghanistan"}
TWO = [threat(1), threat(2), threat(3, **OTHER)]


EACH = "2 threats, each of another category"
NAMED_FOR_ACTION = "“Terrorism and extremism” is named for action most often"


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        (TWO, f"{LEADS}: 2 of 3 threats"),
        ([*TWO, *(action(n, **OTHER) for n in range(10, 15))], f"{LEADS}: 2 of 3 threats"),
        ([*TWO, threat(4, year=None)], f"{LEADS}: 3 of 4 threats"),
        ([action(1), action(2), action(3, **OTHER)], f"{NAMED_FOR_ACTION}: 2 of 3 actions"),
        ([threat(1), threat(2, **OTHER)], EACH),
        ([threat(1), threat(2, **OTHER), action(3)], f"{EACH}, and 1 action"),
        ([action(1), action(2, **OTHER)], "2 actions, each of another category"),
    ],
    ids=["threats", "no action", "no year", "actions", "each another", "and an action", "another action"],
)
def test_the_headline_counts_threats_and_actions_only_where_there_is_none(of, rows, headline):
    assert of(rows).headline == headline


@pytest.mark.parametrize(
    ("shared", "who", "of_all"),
    [
        (2, "“Afghanistan” and “Terrorism and extremism”", 5),
        (3, "“Afghanistan”, “Terrorism and extremism” and “Biological security”", 7),
        (4, "Four categories", 9),
    ],
)
def test_up_to_three_that_share_the_lead_are_named_and_more_are_counted(of, shared, who, of_all):
    leading = ["afghanistan", "terrorism_extremism", "biological", "water_resources"][:shared]
    rows = [threat(10 * n + k, category=name) for (n, name), k in product(enumerate(leading), (1, 2))]
    rows.append(threat(99, category="drug_trafficking"))
    assert of(rows).headline == f"{who} are stated as a threat most often: 2 of {of_all} threats each"


def test_the_speakers_of_most_threats_are_named_and_actions_do_not_count(of):
    rows = [threat(1, speaker="csto"), threat(2, speaker="csto"), threat(3, speaker="source_text")]
    actions = statements(10, 5, actions=5)
    assert of([*rows, *actions], "speakers").headline == "CSTO states the most: 2 of 3 threats"
    alone = "All 5 actions in this view are from Collective Security Council"
    assert of(actions, "speakers").headline == alone


def test_the_alternative_text_counts_what_is_on_the_chart_and_what_is_not(of):
    alt = of([*TWO, threat(4, year=None)]).alt
    assert "4 statements in 2 categories, 4 threats: " in alt
    assert "3 in 2023" in alt
    assert "1 not on the chart." in alt

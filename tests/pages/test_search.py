"""A search finds the same on every page: what a page does not show it names, with a way to it."""

from urllib.parse import parse_qs, urlsplit

import pytest

import query
from query import vocabulary
from tests.pages.conftest import DATASET, links, markup, open_page, table_of


def ways(app) -> list[tuple[str, dict[str, list[str]]]]:
    """The links below the title that lead to what is found elsewhere: their words, what they carry."""
    found = [
        (link["words"], parse_qs(urlsplit(link["href"]).query)) for link in links(app) if "data-page" in link
    ]
    return [(words, carried) for words, carried in found if words[0].isdecimal()]


def test_who_only_attended_is_found_from_the_overview_and_the_way_keeps_the_search():
    app = open_page("overview", q="Pashinyan", years="2020")
    assert "“Pashinyan” is not found on this chart, but in:" in markup(app)
    assert ways(app) == [("1 place at a session (Attendance)", {"q": ["Pashinyan"], "years": ["2020"]})]
    assert "our sources" not in vocabulary.NOTHING
    assert "sources matches" not in markup(app), "an empty chart speaks of itself"
    there = open_page("attendance", q="Pashinyan", years="2020")
    assert "Nikol Pashinyan" in table_of("attendance", q="Pashinyan", years="2020")
    assert ways(there) == []


@pytest.mark.parametrize("name", [name for name, page in query.PAGES.items() if page.charts])
def test_every_page_leads_to_the_statements_events_and_priorities_that_it_does_not_show(name):
    statements = len(query.select(DATASET.tables, query.View(q="drug"))["threats"])
    words = [way for way, _ in ways(open_page(name, q="drug"))]
    assert any("event" in way and way.endswith("(Overview)") for way in words) == (name != "overview")
    assert (f"{statements} statements (Threats)" in words) == (name not in ("overview", "threats"))
    assert any("priorit" in way and way.endswith("(Chairmanship)") for way in words)


def test_the_way_to_a_priority_opens_it():
    app = open_page("overview", q="drug")
    assert "“drug” is also found in:" in markup(app)
    (opens,) = [carried["sel"] for way, carried in ways(app) if "priority" in way]
    there = markup(open_page("chairmanship", q="drug", sel=opens[0]))
    assert 'class="claim"' in there
    assert "drug" in there


@pytest.mark.parametrize("parameters", [{}, {"q": "no such word"}])
def test_where_nothing_is_found_elsewhere_nothing_is_said_of_it(parameters):
    app = open_page("overview", **parameters)
    assert ways(app) == []
    assert "found" not in markup(app).split('class="sentence"')[1].split("<h2")[0]

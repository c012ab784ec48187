import re
from itertools import product

from query import View, elsewhere, select
from query.records import RECORDS

WORDS = ["Pashinyan", "drug", "Armenia", "submitted"]


def numbers(words: str) -> int:
    return sum(map(int, re.findall(r"\d+", words)))


def test_every_row_that_a_search_finds_is_counted_once_with_those_that_are_shown(tables):
    for words, chosen in product(WORDS, ({}, {"years": (2022, 2023)}, {"without": ("s001",)})):
        view = View(q=words, **chosen)
        selected = select(tables, view)
        for shown in ((), ("events", "threats"), RECORDS):
            ids = {name: selected[name]["id"] for name in shown}
            others = [len(selected[name]) for name in RECORDS if name not in shown]
            found = [numbers(hits.words) for hits in elsewhere(tables, view, ids)]
            assert found == [number for number in others if number], (words, chosen)


def test_without_a_search_nothing_is_elsewhere(tables):
    assert elsewhere(tables, View(years=(2022,)), {}) == ()


def test_what_is_announced_and_what_is_only_proposed_stand_apart(tables):
    words = [hits.words for hits in elsewhere(tables, View(q="session"), {})]
    events = select(tables, View(q="session"))["events"]
    planned = int(events["status"].eq("planned").sum())
    assert f"{len(events) - planned} events and {planned} announced events" in words
    words = [hits.words for hits in elsewhere(tables, View(q="a"), {}) if hits.page == "documents"]
    assert re.fullmatch(r"\d+ documents and \d+ proposals and other matters", words[0])
    rows = select(tables, View(q="a"))["documents"]
    weak = rows["kind"].isin(["proposal", "appointment", "other"])
    weak |= rows["status"].isin(["proposed", "discussed", "proposed~discussed"])
    assert words[0].endswith(f" and {weak.sum()} proposals and other matters")


def test_the_first_hit_that_no_chart_draws_is_opened_by_its_link(tables):
    priorities = select(tables, View(q="a"))["priorities"]["id"].tolist()
    assert len(priorities) > 1
    for hits in elsewhere(tables, View(q="a"), {}):
        assert hits.opens == (priorities[0] if "priorit" in hits.words else "")

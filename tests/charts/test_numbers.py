"""One noun, one number: what sentence, headline and alternative text say, held against a count by hand."""

import re

import pytest

import query
from charts.axis import Axis
from query import View
from tests.charts.conftest import TOPICS

DOCUMENT = ("treaty", "charter", "declaration", "statement", "decision", "regulation")
AGREED = {"signed", "adopted", "approved", "decided", "in_force"}
VIEWS = [
    View(),
    View(years=(2020,)),
    View(years=(2021,)),
    View(years=(2022,)),
    View(years=(2021, 2023)),
    View(without=("s001",)),
    View(without=("s000", "s004")),
    View(expressed=("threat",)),
    View(expressed=("priority",), years=(2022, 2024)),
    View(q="drug"),
    View(q="Minsk", without=("s003",)),
    View(basis=("stated",)),
    View(basis=("inferred",)),
    View(status=("signed",)),
]
# what one and many are called
NOUNS = {
    "statement": "statements",
    "threat": "threats",
    "action": "actions",
    "event": "events",
    "announced event": "announced events",
    "session": "sessions",
    "announced session": "announced sessions",
    "document": "documents",
    "proposal or other matter": "proposals and other matters",
    "term": "terms",
}
SAYS = {  # topic -> the nouns that headline and alternative text count
    "overview": (
        {"statement", "document", "proposal or other matter", "event", "announced event", "term"},
        {"statement", "document", "proposal or other matter", "event", "announced event", "term"},
    ),
    "threats": (set(), {"statement", "threat", "action"}),
    "documents": (set(), {"document", "proposal or other matter"}),
    "chairmanship": (set(), {"term", "session", "announced session"}),
    "speakers": (set(), {"statement"}),
}


def by_hand(tables) -> dict[str, int]:
    """How many of each thing some tables hold, in a few plain lines."""
    events, papers, stated = (tables[name] for name in ("events", "documents", "threats"))
    held, planned = events["status"].eq("held"), events["status"].eq("planned")
    sessions = events["kind"].isin(["session", "summit"])
    named = sum(
        kind in DOCUMENT and bool(AGREED & set(status.split("~")))
        for kind, status in zip(papers["kind"], papers["status"], strict=True)
    )
    return {
        "statement": len(stated),
        "threat": int(stated["expressed_as"].eq("threat").sum()),
        "action": int(stated["expressed_as"].eq("priority").sum()),
        "event": int(held.sum()),
        "announced event": int(planned.sum()),
        "session": int((held & sessions).sum()),
        "announced session": int((planned & sessions).sum()),
        "document": named,
        "proposal or other matter": len(papers) - named,
        "term": len(tables["chairmanships"]),
    }


def told(text: str) -> dict[str, set[int]]:
    """Every number that stands with a noun: `9 statements`, `9 of 60 statements`, `none of 60 statements`."""
    found: dict[str, set[int]] = {}
    nothing = "none of " in text.casefold() and not re.search(
        r"\d of \d", text
    )  # `none of 5 terms and 4 sessions`
    for one, many in NOUNS.items():
        for number in re.findall(rf"\b(\d+|none)(?: of \d+)? (?:{many}|{one})\b(?! not on)", text):
            found.setdefault(one, set()).add(0 if nothing or number == "none" else int(number))
    return found


@pytest.fixture
def show(tables):
    """What a page makes of a view: its rows and its axis."""

    def cut(topic: str, view: View):
        shown = query.on_page(view, topic)
        supported = query.select(tables, View(without=view.without))
        return query.select(tables, shown), Axis(
            shown.years or query.axis_years(tables), query.coverage(supported)
        )

    return cut


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(query.dump(view).values()) or "all")
@pytest.mark.parametrize("topic", SAYS)
def test_sentence_headline_and_alternative_text_say_the_number_that_is_counted(tables, show, topic, view):
    shown, axis = show(topic, view)
    chart, expected = TOPICS[topic], by_hand(shown)
    headline, alt = SAYS[topic]
    texts = {"alt": (chart.alt(chart.marks(shown, axis), shown, axis), alt)}
    texts["headline"] = (chart.headline(shown, axis), headline)
    if topic != "speakers":  # whose page is that of threats
        texts["sentence"] = (query.sentence(tables, view, topic), set())
    for name, (text, nouns) in texts.items():
        numbers = told(text)
        for noun in nouns:
            assert expected[noun] == 0 or noun in numbers, (name, noun, text)
        for noun, said in numbers.items():
            if (name, noun) == ("headline", "document") and "documents" in text and topic == "documents":
                continue  # numbers that sources report
            if name == "sentence" or noun in nouns:
                assert said <= {expected[noun]}, (name, noun, expected[noun], text)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(query.dump(view).values()) or "all")
def test_the_numbers_of_a_headline_about_threats_are_those_of_its_threats(show, view):
    shown, axis = show("threats", view)
    expected = by_hand(shown)
    for topic in ("threats", "speakers"):
        text = TOPICS[topic].headline(shown, axis)
        of = re.search(r"(\d+) of (\d+)", text)
        if of:
            assert int(of[2]) == (expected["threat"] or expected["action"]), text
            continue
        assert {noun: {expected[noun]} for noun in told(text)} == told(text), text


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(query.dump(view).values()) or "all")
def test_places_at_sessions_are_the_same_in_sentence_and_alternative_text(tables, show, view):
    shown, axis = show("attendance", view)
    seats = shown["attendance"]
    counted = {
        status: int(seats["status"].eq(status).sum()) for status in ("present", "absent", "not_stated")
    }
    marks = TOPICS["attendance"].marks(shown, axis)
    alt = TOPICS["attendance"].alt(marks, shown, axis)
    if not len(seats):
        assert not re.search(r"\d+ (present|absent|not stated)", alt)
        return
    assert f"{counted['present']} present, {counted['absent']} absent" in alt
    assert f"{counted['not_stated']} not stated" in alt
    assert f" at {seats['event'].nunique()} session" in alt
    undrawn = len(seats) - len(marks)
    assert (f"{undrawn} of these places are not on the chart" in alt) == bool(undrawn)
    assert f"{len(seats)} of {len(tables['attendance'])} places" in query.sentence(tables, view, "attendance")

"""The page of a place: `evidence/ADDRESS`, which the panel shows and which stands for itself."""

import re
from html import unescape
from itertools import chain
from urllib.parse import quote, urlencode

import pytest
from starlette.requests import Request

import query
from query import PAGES, View
from tests import hostile
from tests.frozen import served
from ui import panel, state

PLACES = "minsk-2023 lukashenko-2023-arms-race chair-blr-2023 minsk-2023.ARM s001.19 afghanistan.2023".split()


@pytest.fixture
def ask(monkeypatch):
    """What an address below `evidence/` answers, with the frozen data."""
    monkeypatch.setattr(state, "served", lambda: state.Served((), served()))

    def answer(address: str, pairs=(), **values: str):
        scope = {"type": "http", "method": "GET", "scheme": "http", "root_path": ""}
        scope |= {"path": f"/evidence/{quote(address)}", "path_params": {"address": address}}
        scope |= {
            "query_string": urlencode([*values.items(), *pairs]).encode(),
            "headers": [(b"host", b"dashboard.example")],
        }
        return panel.answer(Request(scope))

    return answer


def test_each_kind_of_place_has_a_page_with_its_claim_and_a_way_into_the_dashboard(ask):
    for name in PLACES:
        answer = ask(name, page="threats", years="2023")
        assert answer.status_code == 200
        said = unescape(answer.body.decode())
        record = state.normal(View(sel=name), served()).sel  # of a party that has one
        assert query.claim(served().tables, name) in said
        assert f'href="http://dashboard.example/threats?years=2023&sel={record}' in said


def test_the_page_says_what_the_panel_of_the_dashboard_says(ask):
    view = View(sel="minsk-2023", years=(2023,))
    dataset = state.served().dataset
    at = "http://dashboard.example/threats"
    html = panel._html(dataset, "threats", view, at)
    assert f"<main>{html}</main>" in ask("minsk-2023", page="threats", years="2023", at=at).body.decode()


def test_two_addresses_of_one_record_say_the_same(ask):
    assert (
        ask("minsk-2023.RUS", page="attendance").body.decode()
        == ask("minsk-2023-rus", page="attendance").body.decode()
    )


@pytest.mark.parametrize(
    "at",
    [
        "http://other.example/threats",
        "//other.example",
        "javascript:alert(1)",
        "threats",
        "javascript://dashboard.example/%0aalert(1)",
        "ftp://dashboard.example/threats",
        "http://dashboard.example@other.example/threats",
        "http://[",
    ],
)
def test_no_link_of_a_page_leads_to_a_host_that_its_address_names(ask, at):
    links = re.findall(r'href="([^"]*)"', ask("minsk-2023-rus", page="attendance", at=at).body.decode())
    assert "http://dashboard.example/attendance" in "".join(links)
    ours = [
        unescape(link) for link in links if any(x in link for x in ("other.example", "javascript", "ftp"))
    ]
    assert all(link.startswith("evidence/") and "other.example" not in link for link in ours), ours


def test_what_is_no_address_is_not_found_and_what_is_misspelt_is_named(ask):
    for address in (*hostile.ALL[:40], "nobody", "..", "minsk-2023.XXX", "s001.9999"):
        if "/" not in address and address.strip():
            assert ask(address, page="threats").status_code in (400, 404), address
    for misspelt, said in (
        ({"page": "nothing"}, "“nothing” is not a page with evidence"),
        ({"page": "Threats"}, "“Threats” is not a page with evidence"),
        ({"page": ""}, "“” is not a page with evidence"),
        ({"page": "briefing"}, "“briefing” is not a page with evidence"),
        ({"part": "x"}, "“x” is not the number of a part"),
        ({"part": "9" * 5000}, "is not the number of a part"),
        ({"of": "s001"}, "“of” is not a part of a view"),
        ({"years": "1066"}, "“1066” is not known"),
        ({"years": "2022~"}, "“years” is empty in one place"),
    ):
        answer = ask("minsk-2023", **misspelt)
        assert (answer.status_code, said in answer.body.decode()) == (400, True), misspelt


def test_an_empty_parameter_and_one_with_two_values_are_refused(ask):
    for values, said in (
        ([("years", "")], "“years” is empty"),
        ([("sel", "minsk-2023-rus")], "“sel” is there more than once"),
        ([("q", "drug"), ("q", "arms")], "“q” is there more than once"),
    ):
        answer = ask("minsk-2023", page="threats", pairs=values)
        assert answer.status_code == 400
        assert said in answer.body.decode()


def test_a_long_list_comes_in_parts_that_hold_each_entry_once(ask, monkeypatch):
    monkeypatch.setattr("ui.evidence.LIST", 5)
    monkeypatch.setattr(panel, "_html", panel._html.__wrapped__)  # nothing is kept of such parts
    whole = query.records_of_event(served().tables, "minsk-2023")["threats"]
    parts = [ask("minsk-2023", page="threats", part=str(part)).body.decode() for part in range(1, 6)]
    ways = [re.findall(r'data-sel="([^"]+)"', text.partition("Statements:")[2]) for text in parts]
    assert [len(way) for way in ways] == [5, 5, 5, 5, 3]
    assert [*chain(*ways)] == list(whole)


def test_without_good_data_it_says_so(ask, monkeypatch):
    monkeypatch.setattr(state, "served", lambda: state.Served(()))
    assert ask("minsk-2023").status_code == 503


def test_every_page_with_evidence_gives_the_same_bytes_again(ask):
    for name, page in PAGES.items():
        if page.charts:
            first, again = (ask("minsk-2023", page=name).body for _ in range(2))
            assert first == again

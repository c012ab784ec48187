"""Files of one chart by their address: what the page shows, or plain words where there is none."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

import query
from charts import fonts
from loaders import export, load
from query import CHARTS, View
from tests.frozen import FROZEN
from ui import files, state

DATASET = load(FROZEN)
VIEWS = (View(), View(years=(2022, 2023)), View(basis=("stated",), without=("s001",)), View(q="border"))


def asked(name: str, query_string: str = ""):
    """The answer to a request for `files/NAME?QUERY`."""
    scope = {
        "type": "http", "method": "GET", "path": f"/files/{name}", "path_params": {"name": name},
        "query_string": query_string.encode(), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    return files.answer(Request(scope))


def written(view: View) -> str:
    return urlencode(query.dump(view), safe="~")


@pytest.mark.parametrize("chart", CHARTS)
def test_the_rows_are_those_that_the_page_shows(chart):
    for view in VIEWS:
        shown = state.page_of(CHARTS[chart].page, state.served().dataset, view)
        answer = asked(f"{chart}.csv", written(view))
        assert answer.status_code == 200
        assert answer.body == export.csv(shown.tables[CHARTS[chart].table]), view
        assert f'filename="csto-{chart}-{DATASET.hash}.csv"' in answer.headers["content-disposition"]


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS)
def test_every_link_of_a_card_gives_its_file(chart, monkeypatch):
    monkeypatch.setattr(fonts, "css", lambda text: "")  # a subset of a font takes longer than all the rest
    view = View(years=(2022,), sel="minsk-2023", tray=("threats",), present="")
    page = SimpleNamespace(view=view)
    links = [link["address"].removeprefix("files/") for link in files.links(page, chart)]
    assert [re.split("[.?]", link)[1] for link in links] == ["csv", "png", "svg"]
    for link in links:
        assert "sel=" not in link, "what is selected selects no rows"
        name, _, query_string = link.partition("?")
        answer = asked(name, query_string)
        assert answer.status_code == 200
        assert len(answer.body) > 100
        ending = name.rpartition(".")[2]
        assert answer.media_type == {"csv": "text/csv", "png": "image/png", "svg": "image/svg+xml"}[ending]


def test_where_nothing_is_shown_there_are_the_heads_of_the_columns_and_no_picture():
    nothing = View(years=(2021,), q="no such word")
    page = SimpleNamespace(view=nothing)
    links = files.links(page, "threats", pictured=False)
    assert [link["address"].partition("?")[0] for link in links] == ["files/threats.csv"]
    assert asked("threats.csv", written(nothing)).body.count(b"\n") == 1
    picture = asked("threats.png", written(nothing))
    assert picture.status_code == 404
    assert b"this view has no rows" in picture.body


@pytest.mark.parametrize(
    ("name", "query_string", "status", "said"),
    [
        ("threats.csv", "years=1822", 400, "“1822” is not known among years"),
        ("threats.csv", "colour=red", 400, "colour"),
        ("threats.csv", "&".join(f"a{n}=1" for n in range(60)), 400, "too many parameters"),
        ("threats.exe", "", 404, "csv, png, svg"),
        ("nothing.csv", "", 404, "overview, chairmanship"),
        ("..", "", 404, "There are the charts"),
        ("", "", 404, "There are the charts"),
    ],
)
def test_what_is_not_known_is_refused_in_words_and_never_left_out(name, query_string, status, said):
    answer = asked(name, query_string)
    assert answer.status_code == status
    assert said in answer.body.decode()
    assert answer.media_type == "text/plain"


def test_without_good_data_there_is_no_file(monkeypatch):
    monkeypatch.setattr(files.state, "served", lambda: state.Served(()))
    answer = asked("threats.csv")
    assert answer.status_code == 503


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_asked_for_an_answer_comes(name, query_string):
    assert asked(name, query_string).status_code in (200, 400, 404)


FILTERS = st.sampled_from(["years", "q", "sel", "basis", "without", "tray"])


@given(st.dictionaries(FILTERS, st.text(max_size=30)))
def test_whatever_filters_are_asked_for_rows_or_a_refusal_come(values):
    assert asked("threats.csv", urlencode(values)).status_code in (200, 400)

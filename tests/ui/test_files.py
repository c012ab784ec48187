"""Files of one chart by their address: what the page shows, or plain words where there is none."""

import csv
import html
import re
from dataclasses import replace
from io import StringIO
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import query
from charts import fonts
from loaders import export
from query import CHARTS, View
from tests.pages.conftest import DATASET, file_of, links, markup, open_page
from ui import files, state

VIEWS = (View(), View(years=(2022, 2023)), View(basis=("stated",), without=("s001",)), View(q="border"))
PAIR = ("2022", "2023")  # that is compared


def written(view: View) -> str:
    return urlencode(query.dump(view), safe="~")


def of(chart: str, view: View) -> View:
    """The view with two years that are compared, if the chart is of such."""
    return replace(view, compare=PAIR) if CHARTS[chart].of_pair else view


def lines(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode())))


@pytest.mark.parametrize("chart", CHARTS)
def test_the_rows_are_those_that_the_page_shows_and_words_follow_the_columns_of_the_export(chart):
    for view in (of(chart, view) for view in VIEWS):
        page = state.page_of(CHARTS[chart].page, state.served().dataset, view, "")
        answer = file_of(f"{chart}.csv", written(view))
        assert answer.status_code == 200
        shown, _ = page.shown(chart)
        wanted = lines(export.csv(shown[CHARTS[chart].table]))
        given = lines(answer.body)
        width = len(wanted[0])
        assert [line[:width] for line in given] == wanted, view
        assert {"source_url"} < set(given[0][width:])


def test_a_csv_has_names_beside_ids_the_shortest_quote_and_where_it_stands():
    head, *rows = lines(file_of("threats.csv", "years=2023").body)
    row = next(
        row for row in (dict(zip(head, row, strict=True)) for row in rows) if row["category"] == "arms_race"
    )
    words = {
        "speaker_name": "Aleksandr Lukashenko",
        "category_label": "Arms race",
        "event_title": "Session of the Collective Security Council",
        "event_place": "Minsk",
        "event_date_words": "November 2023, day not stated",
        "quote": "deliberate unwinding of the spiral of a new arms race",
        "quote_source": "s001",
        "quote_publisher": "sb.by",
        "quote_paragraph": "19",
        "source_url": "https://www.sb.by/en/csto-countries-strengthen-security-in-the-region.html",
    }
    assert {name: row[name] for name in words} == words
    head, *rows = lines(file_of("attendance.csv", "status=not_stated").body)
    silent = [dict(zip(head, row, strict=True)) for row in rows]
    assert {(row["quote"], row["quote_paragraph"], row["source_url"]) for row in silent} == {("", "", "")}
    assert "Armenia" in {row["party_name"] for row in silent}
    head, *rows = lines(file_of("threats.csv", "without=s001").body)
    assert all(dict(zip(head, row, strict=True))["quote_source"] != "s001" for row in rows)


@pytest.mark.parametrize(
    ("chart", "view", "name"),
    [
        ("threats", View(), "csto-threats"),
        ("sources", View(), "csto-sources"),
        (
            "threats",
            View(years=(2022, 2023), expressed=("threat",), speakers=("lukashenko",)),
            "csto-threats-2022-and-2023-threats-only-by-aleksandr-lukashenko",
        ),
        ("attendance", View(status=("absent",), expressed=("threat",)), "csto-attendance-reported-absent"),
        ("chairmanship", View(years=(2022,)), "csto-chairmanship"),
        ("documents", View(q="../“État”\r\n"), "csto-documents-containing-etat"),
        (
            "threats",
            View(without=("s001",), basis=("stated",)),
            "csto-threats-only-what-is-stated-without-sb-by",
        ),
    ],
)
def test_the_name_of_a_file_says_what_its_view_restricts(chart, view, name, monkeypatch):
    monkeypatch.setattr(files, "_picture", lambda *of: b"a picture")
    for ending in ("csv", "png", "svg"):
        said = file_of(f"{chart}.{ending}", written(view)).headers["content-disposition"]
        assert said == f'attachment; filename="{name}-{DATASET.hash}.{ending}"'


def test_a_long_name_of_a_file_is_cut_at_a_word_and_says_so():
    view = View(
        (2020, 2022, 2023), ("tokayev", "lukashenko"), ("terrorism_extremism", "emergencies"), ("threat",)
    )
    said = file_of("threats.csv", written(view)).headers["content-disposition"]
    name = re.search('filename="(.*)"', said)[1]
    assert 80 < len(name) <= 100
    assert name.endswith(f"-and-more-{DATASET.hash}.csv")
    assert name.startswith("csto-threats-2020-2022-and-2023-threats-only-by-")


def addresses(app, chart: str) -> list[str]:
    """The files that a card links to."""
    return [
        link["href"].removeprefix("files/")
        for link in links(app)
        if link["href"].startswith(f"files/{chart}.")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS)
def test_every_link_of_a_card_gives_its_file(chart, monkeypatch):
    monkeypatch.setattr(fonts, "css", lambda text: "")  # a subset of a font takes longer than all the rest
    view = query.dump(of(chart, View(years=(2022,), sel="minsk-2023", tray=("threats",))))
    app = open_page(CHARTS[chart].page.name, **view)
    there = addresses(app, chart)
    endings = [link.partition("?")[0].partition(".")[2] for link in there]
    assert endings == ["excel.csv", "csv", "png", "svg", "document.png"]
    for link in there:
        assert "sel=" not in link, "what is selected selects no rows"
        name, _, query_string = link.partition("?")
        answer = file_of(name, query_string)
        assert answer.status_code == 200
        assert len(answer.body) > 100
        ending = name.rpartition(".")[2]
        assert answer.media_type == {"csv": "text/csv", "png": "image/png", "svg": "image/svg+xml"}[ending]


def test_a_comparison_of_nothing_is_refused_and_the_answer_says_how_to_ask():
    answer = file_of("comparison.csv", "years=2022~2023")
    assert answer.status_code == 400
    assert b"?compare=2022~2023" in answer.body


def test_where_nothing_is_shown_there_are_the_heads_of_the_columns_and_no_picture():
    nothing = View(years=(2021,), q="no such word")
    app = open_page("threats", **query.dump(nothing))
    offered = [link.partition("?")[0] for link in addresses(app, "threats")]
    assert offered == ["threats.excel.csv", "threats.csv"]
    assert file_of("threats.csv", written(nothing)).body.count(b"\n") == 1
    picture = file_of("threats.png", written(nothing))
    assert picture.status_code == 404
    assert b"this view has no rows" in picture.body
    assert not [link for link in links(app) if "download" in link], (
        "a browser hides the words of such a refusal"
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_the_table_that_a_card_opens_has_a_row_for_each_that_it_names_also_where_nothing_is_left(chart):
    for view in (of(chart, View()), of(chart, View(years=(2021,), q="no such word"))):
        shown = markup(open_page(CHARTS[chart].page.name, **query.dump(view)))
        (address, number) = re.search(
            rf'id="twin_{chart}" data-src="files/([^"]*)"><summary>Table of what is shown: (\d+) row', shown
        ).groups()
        for columns in ("", "&columns=all"):
            name, _, query_string = f"{html.unescape(address)}{columns}".replace("html&", "html?").partition(
                "?"
            )
            answer = file_of(name, query_string)
            assert answer.status_code == 200
            table = answer.body.decode()
            assert f'aria-label="Table of the chart {chart}"' in table
            assert table.count("<tr><td>") == int(number)


def test_a_table_says_who_said_what_when_in_which_words_and_where_they_stand():
    table = html.unescape(file_of("threats.html", "years=2023").body.decode())
    (row,) = (row for row in table.split("<tr>") if 'data-sel="lukashenko-2023-arms-race"' in row)
    cells = [re.sub("<[^>]*>", "", cell) for cell in re.findall("<td>(.*?)</td>", row)]
    assert cells == [
        "Arms race: Says that a new arms race is being set in motion on purpose",
        "Aleksandr Lukashenko",
        "Session of the Collective Security Council, Minsk, November 2023, day not stated",
        "“deliberate unwinding of the spiral of a new arms race”",
        "sb.by, paragraph 19",
    ]
    silent = html.unescape(file_of("attendance.html", "status=not_stated").body.decode())
    assert silent.count("<td>no source says</td>") == 7


def test_a_long_table_comes_in_parts_and_none_of_its_rows_is_in_none(monkeypatch):
    monkeypatch.setattr(files, "ROWS", 25)
    first = file_of("threats.html", "basis=stated").body.decode()
    parts = [
        html.unescape(one) for one in re.findall('id="part_[^>]*href="files/(threats.html[^"]*)"', first)
    ]
    seen = re.findall('data-sel="(.*?)"', first)
    assert len(parts) == 2
    for part in parts:
        assert "basis=stated" in part
        rows = re.findall('data-sel="(.*?)"', file_of(*part.split("?")).body.decode())
        assert 0 < len(rows) <= 25
        seen += rows
    threats = DATASET.tables["threats"]
    assert sorted(seen) == sorted(threats.loc[threats["basis"].eq("stated"), "id"])


@pytest.mark.parametrize(
    ("name", "query_string", "status", "said"),
    [
        ("threats.csv", "years=1822", 400, "“1822” is not known among years"),
        ("threats.csv", "colour=red", 400, "colour"),
        ("threats.csv", "years=", 400, "“years” is empty"),
        ("threats.csv", "years", 400, "“years” is empty"),
        ("threats.csv", "years=2022&years=", 400, "“years” is empty"),
        ("threats.csv", "years=%202022", 400, "“2022” (with a blank in front)"),
        ("threats.csv", "q=drug&q=arms", 400, "“q” is there more than once"),
        ("threats.html", "columns=", 400, "are no columns"),
        ("threats.html", "part=1&part=2", 400, "“part” is there more than once"),
        ("threats.csv", "&".join(f"a{n}=1" for n in range(60)), 400, "too many parameters"),
        ("threats.csv", "years=2022~~2023", 400, "“years” is empty in one place"),
        ("threats.csv", "years=2022~", 400, "“years” is empty in one place"),
        ("threats.html", "part=x", 400, "“x” is not the number of a part"),
        ("threats.html", f"part={'9' * 5000}", 400, f"“{'9' * 40}…” is not the number"),
        ("threats.html", "part=+1", 400, "“1” (with a blank in front) is not the number"),
        ("threats.html", f"columns={'x' * 5000}", 400, f"“{'x' * 40}…” are no columns"),
        ("release.csv", "years=2022", 400, "of all data"),
        ("briefing.html", "tray=zzz~threats", 400, "Slide 1: “zzz” is not a chart"),
        ("threats.html", "columns=few", 400, "“few” are no columns"),
        ("threats.exe", "", 404, "csv, html, png, svg"),
        ("nothing.csv", "", 404, "overview, chairmanship"),
        ("..", "", 404, "There are the charts"),
        ("", "", 404, "There are the charts"),
    ],
)
def test_what_is_not_known_is_refused_in_words_and_never_left_out(name, query_string, status, said):
    answer = file_of(name, query_string)
    assert answer.status_code == status
    assert said in answer.body.decode()
    assert answer.media_type == "text/plain"


def test_the_list_of_files_names_what_it_does_not_know_and_shows_the_rest():
    answer = file_of("index.html", "years=2022~1822&colour=red&part=2")
    assert answer.status_code == 200
    said = html.unescape(answer.body.decode())
    assert "“1822” is not known among years" in said
    assert "colour" in said
    assert "“part” is not a part of a view" in said
    assert "files/threats.csv?years=2022" in said


def test_years_that_are_repeated_are_all_asked_for():
    apart, together = (file_of("threats.csv", f"years=2022{mark}2023").body for mark in ("&years=", "~"))
    assert apart == together


def test_without_good_data_there_is_no_file(monkeypatch):
    monkeypatch.setattr(files.state, "served", lambda: state.Served(()))
    answer = file_of("threats.csv")
    assert answer.status_code == 503


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_asked_for_an_answer_comes(name, query_string):
    assert file_of(name, query_string).status_code in (200, 400, 404)


FILTERS = st.sampled_from(["years", "q", "sel", "basis", "without", "tray"])


@given(st.dictionaries(FILTERS, st.text(max_size=30)))
def test_whatever_filters_are_asked_for_rows_or_a_refusal_come(values):
    assert file_of("threats.csv", urlencode(values)).status_code in (200, 400)


def test_a_csv_for_spreadsheets_has_the_cells_of_the_other_behind_the_mark_of_its_letters():
    plain, marked = (file_of(f"threats.{ending}", "").body for ending in ("csv", "excel.csv"))
    mark, text = marked[:3], marked[3:]
    assert mark == b"\xef\xbb\xbf"
    assert not plain.startswith(mark)
    assert lines(text) == lines(plain)
    assert b";" in text
    parts = lines(text.replace(b";", b",").replace(b"\t", b","))  # as LibreOffice ends cells, too
    assert {len(line) for line in parts} == {len(parts[0])}

"""Each page as a script: what it says and opens, and what it shows while the data file changes or breaks."""

import gc
import html
import json
import os
import re
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from itertools import cycle
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pandas as pd
import pytest

import query
from charts import theme
from exports import dump_item, standard
from exports.release import release
from loaders import dates
from query import PAGES
from tests.frozen import FROZEN
from tests.pages.conftest import (
    DATASET,
    Links,
    charts,
    drawings,
    file_of,
    fold_of,
    follow,
    links,
    list_of,
    markup,
    open_page,
    opened,
    sent,
)
from ui import card, filters, lists, state, tray

CHOICES = query.choices(DATASET.tables)
LAST = {name: str(values[-1]) for name, values in CHOICES.items() if name != "without"}
SELECTED = [
    "minsk-2023", "minsk-2023.ARM", "session-2022-11.ARM", "s001.41", "s001.19", "terrorism_extremism.2023",
    "chair-arm-2022",
]  # fmt: skip


# ---- what a page says ----


def test_every_page_asks_its_question_and_says_what_is_shown_of_which_data():
    for name, page in PAGES.items():
        app = opened(name)
        assert not app.exception, name
        shown = html.unescape(markup(app))
        assert re.findall("<h1>(.*)</h1>", shown) == [page.question]
        assert 'class="sentence"' in shown
        assert name == "briefing" or query.sentence(DATASET.tables, query.View(), name) in shown
        assert f"Version {DATASET.version} of {dates.words(DATASET.date)}, data {DATASET.hash}" in shown


def test_every_chart_of_a_page_is_drawn_in_its_own_colours_with_a_text_of_its_own():
    for name, page in PAGES.items():
        app = opened(name)
        texts = [chart["alt"] for chart in charts(app)]
        assert len(set(texts)) == len(texts) == sum(not chart.of_pair for chart in page.charts)
        assert all(len(text) > 20 for text in texts)
        assert [chart for chart in charts(app) if chart["wide"] == chart["narrow"]] == []
        for drawn in drawings(app):
            colours = set(re.findall(r"#\w{6}\b", json.dumps(drawn["figure"])))
            assert colours <= {*theme.INK.values()} - {theme.INK["accent"]}
            assert set(re.findall(r"var\(--(\w+)\)", drawn["under"])) <= {*theme.INK} - {"accent"}


@pytest.mark.parametrize(("name", "address"), [*zip(PAGES, cycle(SELECTED)), ("sources", SELECTED[2])])
def test_a_page_stands_with_every_filter_set_and_whatever_record_is_opened(name, address):
    app = open_page(name, sel=address, **LAST)
    assert not app.exception
    assert 'class="claim"' in markup(app) or name == "briefing"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("threats", "lukashenko-2023-arms-race"), ("threats", "terrorism_extremism.2023"),
        ("attendance", "minsk-2023.ARM"), ("chairmanship", "chair-blr-2023"), ("sources", "s001.41"),
    ],
)  # fmt: skip
def test_what_is_selected_is_framed_over_its_charts_which_stay_as_they_are(name, address):
    app, plain = open_page(name, sel=address), opened(name)
    (picked,), (nothing,) = ([panel["sel"] for panel in sent(one, "panel")] for one in (app, plain))
    assert query.resolve(picked, DATASET.tables) == query.resolve(address, DATASET.tables)
    assert nothing == ""
    assert drawings(app) == drawings(plain)
    framed = [picked in re.findall(r'[ "]([^ "]+)(?=[ "])', drawn["frames"]) for drawn in drawings(app)]
    assert sum(framed) >= 2, "in both layouts"


def test_what_is_opened_is_said_beside_what_was_asked_for_and_keeps_the_filters():
    app = open_page("threats", expressed="threat", sel="minsk-2023.ARM")
    (panel,) = sent(app, "panel")
    assert (panel["asked"], panel["sel"]) == (
        "minsk-2023.ARM",
        "minsk-2023-arm",
    )  # by `asked` the browser knows
    assert parse_qs(panel["around"])["expressed"] == ["threat"]
    assert 'class="claim"' in panel["html"]
    (clear,) = (link for link in links(app) if link["words"] == "Clear")
    assert clear["data-set"] == "sel="


def test_the_script_of_charts_comes_from_the_server_itself_and_draws_in_the_page():
    """What the manifest is for; as a text in the page it would run from `blob:`, which the policy forbids."""
    protos = [element.proto for element in opened("threats").get("bidi_component")]
    assert {proto.component_name for proto in protos} == {"cstodash.part", "cstodash.chart", "cstodash.panel"}
    for proto in protos:
        assert f"cstodash.{proto.js_source_path}" == f"{proto.component_name}.js"
        assert not proto.js_content
        assert not proto.isolate_styles, "look.css holds for what is drawn"


def test_the_overview_says_what_it_is_about_and_what_stands_out_and_leads_there():
    app = open_page("overview", years="2023")
    assert "<b>Collective Security Treaty Organization (CSTO)</b>" in markup(app)
    shown = Links()
    shown.feed(markup(app).split('id="findings"')[1].split("</ul>")[0])
    findings = shown.links
    assert [urlsplit(link["href"]).path for link in findings] == ["attendance", "documents", "threats"]
    for link in findings:
        assert urlsplit(link["href"]).query == "years=2023"
        there = sent(open_page(urlsplit(link["href"]).path, years="2023"), "chart")[0]["head"]
        label, _, finding = html.unescape(link["words"]).partition(" ")
        assert finding in html.unescape(there), label


def test_a_filter_of_attendance_makes_no_session_the_only_one_for_which_a_party_is_mentioned():
    for chosen in ({}, {"status": "absent"}, {"states": "ARM"}, {"basis": "stated"}):
        head = sent(open_page("attendance", **chosen), "chart")[0]["head"]
        assert "in 1 of 3 sessions for which a source mentions it" in head, chosen


def test_before_a_mark_is_chosen_the_panel_holds_what_is_worth_reading_first():
    def first(name: str, **parameters: str) -> str:
        return html.unescape(sent(open_page(name, **parameters), "panel")[0]["html"])

    absent = first("attendance")
    assert re.findall('data-sel="([^"]*)">Armenia is reported absent', absent) == ["minsk-2023-arm"]
    terms = first("chairmanship")
    assert 'Motto: <span class="quoted">Through solidarity' in terms
    assert terms.count("No source read names a motto") == 4
    leading = re.findall('data-sel="([^"]*)"', first("threats").split("Behind the headline")[1])
    threats = DATASET.tables["threats"].set_index("id")
    assert set(threats.loc[leading, "category"]) == {"regional_conflict", "world_order"}
    assert "Behind the headline" not in first("threats", years="2021")


def test_what_is_set_aside_or_set_on_another_page_is_said_below_the_sentence():
    def notices(name: str, **parameters: str) -> list[str]:
        shown = markup(open_page(name, **parameters))
        return re.findall('<div class="notice folds">(.*?)</div>\n', shown, re.DOTALL)

    without = notices("attendance", without="s001", expressed="threat")
    carried = query.resting_on(DATASET.tables, "s001")["left"]
    lost = carried.eq("nothing").sum()
    numbers = f"lose all support without it: {lost}<", f"keep another source: {len(carried) - lost}<"
    assert all(number in without[1] for number in numbers)
    assert "Set on another page, and kept for it: threats only (Threats)." in without[2]
    assert notices("threats", expressed="threat") == notices("overview", expressed="threat") == []
    assert "kept for it: signed (Documents)." in notices("attendance", status="signed")[0]
    source = markup(opened("sources")).split('id="source_s001"')[1]
    assert all(number in source for number in numbers)


def test_a_search_lists_what_it_finds_by_kind_with_the_words_in_which_it_is_found():
    (panel,) = sent(open_page("threats", q="drug"), "panel")
    found = html.unescape(panel["html"])
    titles = re.findall("<h3>(.*?)</h3>", found)
    assert titles == ["1 event with “drug”", "1 priority with “drug”", "18 statements with “drug”"]
    hits = re.findall('data-sel="([^"]*)">[^<]*</a> <span class="quoted">“(.*?)”', found)
    assert len(hits) == 20
    threats = DATASET.tables["threats"].set_index("id")
    named = {record for record, words in hits if "drug" not in words.lower()}
    assert all(threats.loc[record, "category"] == "drug_trafficking" for record in named)
    assert (
        "No record, quote or name here holds “zzz”."
        in sent(open_page("threats", q="zzz"), "panel")[0]["html"]
    )


# ---- filters, and the ways from one view to the next ----


@pytest.mark.parametrize(("many", "said"), [(filters.MANY, ""), (2, "and 3 more, on the page Sources")])
def test_a_menu_of_many_sources_names_the_first_and_says_where_the_others_are(monkeypatch, many, said):
    monkeypatch.setattr(filters, "MANY", many)
    app = open_page("briefing")
    named = [link for link in links(app) if link.get("data-set", "").startswith("without")]
    assert len(named) == min(many, 5)
    assert said in markup(app)


def test_the_ribbon_marks_the_term_of_the_years_and_counts_no_year_on_which_no_source_reports():
    choices = {link["id"]: link for link in links(open_page("threats", years="2022")) if link.get("id")}
    chosen = [name for name, link in choices.items() if link.get("aria-current") == "true"]
    assert chosen == ["term_chair-arm-2022", "years_2022"]
    years = [re.sub("’..", "", choices[f"years_{year}"]["words"]) for year in (2020, 2021, 2022)]
    assert years == ["2020 10 statements", "2021 no report", "2022 9 statements"]
    row = DATASET.tables["chairmanships"].to_dict("records")[1] | {"end_latest": "2022-12-31"}
    span = import_module("ui.ribbon")._said(DATASET.tables, row)["span"]
    assert span.startswith(f"{row['start_earliest'][:4]}–22")


def test_every_way_on_keeps_the_filters_those_of_other_pages_too():
    app = open_page("attendance", status="signed", years="2023")
    ways = [parse_qs(urlsplit(link["href"]).query) for link in links(app) if "data-page" in link]
    assert len(ways) == len(PAGES)
    assert all(way == {"status": ["signed"], "years": ["2023"]} for way in ways)
    (absent,) = (link for link in links(app) if link.get("id") == "status_absent")
    assert absent["data-set"] == "status%21=absent"
    follow(app, absent)
    assert set(app.query_params["status"].split("~")) == {"absent", "signed"}
    assert app.query_params["years"] == "2023"
    (absent,) = (link for link in links(app) if link.get("id") == "status_absent")
    assert absent["aria-current"] == "true"
    assert parse_qs(urlsplit(absent["href"]).query)["status"] == ["signed"]


def test_a_whole_cell_is_walked_from_its_place_there_and_back_and_keeps_to_the_filters():
    threats = DATASET.tables["threats"]
    cell = threats[threats["category"].eq("drug_trafficking") & threats["year"].eq(2023)]
    app = open_page("threats", sel="drug_trafficking.2023", expressed="threat")
    kept = cell["expressed_as"].eq("threat")
    assert f"<h3>Statements: {kept.sum()}</h3>" in markup(app)
    assert f"<h3>Outside the current filters: {(~kept).sum()}</h3>" in markup(app)
    walked = []
    for step in ("Next", "Next", "Previous"):
        follow(app, next(link for link in links(app) if link["words"] == step))
        walked.append(app.query_params["sel"])
        assert app.query_params["expressed"] == "threat"
    assert walked[0] == walked[2] != walked[1]
    assert walked[0] in set(cell.loc[kept, "id"])


def test_two_years_are_compared_under_the_names_of_both():
    drawn = drawings(open_page("threats", compare="2022~2023"))[0]["under"]
    assert "Only in 2022; not stated in our sources for 2023" in drawn
    assert "Only in 2023; not stated in our sources for 2022" in drawn


def test_two_years_or_speakers_that_are_chosen_lead_to_their_comparison_in_one_link():
    for chosen, words in (
        ({"years": "2022~2023"}, "Compare 2022 with 2023"),
        ({"speakers": "tokayev~lukashenko"}, "Compare Aleksandr Lukashenko with Kassym-Jomart Tokayev"),
    ):
        app = open_page("threats", **chosen)
        (way,) = [link for link in links(app) if link["words"] == words]
        assert [chart["alt"].split()[0] for chart in charts(follow(app, way))] == [
            "Comparison",
            "Unit",
            "Unit",
        ]
    assert "Compare 2022 with" not in markup(open_page("threats", years="2022"))


# ---- what opens ----


def test_the_lines_of_a_list_are_sent_when_it_is_opened_and_lead_to_their_evidence():
    for name, fold, opens in (
        ("sources", "lost_s001", "session-2022-11"),
        ("sources", "kept_s001", "minsk-2023"),
        ("sources", "differences", "s000.7"),
        ("sources", "gaps_2", "session-2022-11.ARM"),
        ("overview", "measured_0", "operation-proxy"),
        ("attendance", "now_lost_s001", "session-2022-11"),
    ):
        app = open_page(name, without="s001") if name == "attendance" else opened(name)
        assert f'data-sel="{opens}"' not in " ".join(one["html"] for one in sent(app, "part"))
        shown = fold_of(app, fold)
        assert f'data-sel="{opens}"' in shown, fold
        for address in re.findall('data-sel="([^"]*)"', shown):
            assert query.resolve(address, DATASET.tables), address


def test_a_fold_says_how_many_lines_it_opens_and_a_long_list_comes_in_parts(monkeypatch):
    numbers = re.findall(
        r'id="((?:lost|kept|gaps|measured)_\w+)"[^>]*><summary>.*?: (\d+)<', markup(opened("sources"))
    )
    assert len(numbers) > 8
    for fold, number in numbers:
        assert fold_of(opened("sources"), fold).count("<li>") == int(number), fold
    whole = re.findall("<li>.*?</li>", fold_of(opened("sources"), "lost_s001"))
    monkeypatch.setattr(lists, "LINES", 10)
    first = fold_of(opened("sources"), "lost_s001")
    seen = re.findall("<li>.*?</li>", first)
    for address in re.findall('id="part_[^>]*href="lists/(lost[^"]*)"', first):
        seen += re.findall("<li>.*?</li>", list_of(*html.unescape(address).split("?")).body.decode())
    assert len(whole) > 20
    assert seen == whole


def test_long_tables_and_many_documents_come_in_parts_too(monkeypatch):
    monkeypatch.setattr(lists, "ROWS", 2)
    monkeypatch.setattr(lists, "DOCUMENTS", 2)
    shown = markup(open_page("sources"))
    assert re.findall('id="source_(.*?)"', shown) == ["s000", "s001"]
    (last,) = (link for link in re.findall('href="lists/(documents[^"]*part=3[^"]*)"', shown))
    third = list_of(*html.unescape(last).split("?")).body.decode()
    assert re.findall('id="source_(.*?)"', third) == ["s004"]
    years = [
        year
        for part in (1, 2, 3)
        for year in re.findall(
            r"<td>(20\d\d)</td><td>", list_of("table", f"of=By+year&part={part}&page=sources").body.decode()
        )
    ]
    assert years == ["2020", "2021", "2022", "2023", "2024"]


@pytest.mark.parametrize(
    ("name", "query_string", "status"),
    [
        ("gaps", "of=nothing", 404), ("lost", "of=s999", 404), ("measured", "of=x", 404),
        ("table", "of=x", 404), ("nothing", "", 404), ("gaps", "part=x", 400),
        ("lost", "of=s001&years=1066", 400), ("lost", "of=s001&part=99", 200),
    ],
)  # fmt: skip
def test_a_list_that_there_is_not_is_refused_in_words(name, query_string, status):
    answer = list_of(name, query_string)
    assert answer.status_code == status
    assert status == 200 or answer.media_type == "text/plain"


def test_the_switch_of_a_document_sets_it_aside_and_takes_it_back():
    app = open_page("sources", sel="minsk-2023")
    for without, words in (("s001", "Show everything without sb.by"), (None, "Show everything with sb.by")):
        (switch,) = (link for link in links(app) if link.get("id") == "aside_s001")
        assert switch["words"] == words
        follow(app, switch)
        asked = {name: app.query_params[name] for name in app.query_params}
        assert asked.get("without") == without
        assert app.query_params["sel"] == "minsk-2023"


def test_the_panel_says_what_is_stated_and_found_how_often_and_whether_a_term_has_a_motto():
    held = markup(open_page("chairmanship", sel="chair-blr-2023"))
    assert '<p class="motto">Motto: <span class="quoted">' in held
    assert "quoted words found in this paragraph" in held
    without_one = markup(open_page("overview", sel="chair-blr-2023", without="s001"))
    assert '<th scope="row">Status</th><td>held</td>' in without_one
    announced = markup(open_page("chairmanship", sel="chair-arm-2022"))
    assert "No source read names a motto of this term." in announced
    evidence = DATASET.tables["evidence"]
    for record, number in (("astana-2024", 1), ("operation-proxy", 2)):
        assert evidence.loc[evidence["record"] == record, "quote"].nunique() == number + 1
        place = "place" if number == 1 else "places"
        assert f">Also read: {number} more {place}<" in markup(open_page("overview", sel=record))


# ---- the file changes, breaks, vanishes ----


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy of the frozen file, which is the one that is served, by a server that has just started."""
    copy = tmp_path / "curated.yaml"
    copy.write_bytes(FROZEN.read_bytes())
    monkeypatch.setenv("CSTO_DATA", str(copy))
    monkeypatch.setattr(state, "_served", state.Served(()))
    return copy


STATUS_OF_BELARUS = re.compile(r"      - {source: s000, paragraph: 25, .*, proves: \[status\]}\n")


def test_the_panel_claims_no_status_that_only_a_source_set_aside_states_nor_words_that_were_not_checked(file):
    text, changes = STATUS_OF_BELARUS.subn("", file.read_text("utf-8"))
    assert changes == 1
    file.write_text(text, "utf-8")
    panel = markup(open_page("overview", sel="chair-blr-2023", without="s001"))
    assert '<th scope="row">Status</th><td>not stated</td>' in panel
    assert "quoted words not checked here" in panel
    assert "quoted words found in this paragraph" not in panel


def test_a_save_shows_on_the_next_run_also_one_that_keeps_size_and_time_of_the_file(file):
    app = open_page("overview")
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("version: 2.0.0", "version: 9.9.9"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Version 9.9.9" in markup(app.run())


def test_new_fingerprints_show_on_the_next_run(file):
    file.with_name("fingerprints.json").write_bytes(FROZEN.with_name("fingerprints.json").read_bytes())
    began = time.perf_counter()
    served = state.served()
    assert 0 < served.load_seconds <= time.perf_counter() - began + 0.001  # it is rounded
    assert not served.dataset.unconfirmed
    file.with_name("fingerprints.json").unlink()
    assert state.served().dataset.unconfirmed


def damages(file) -> Iterator[str]:
    """Break the file in one way after another; each time, what is then said."""
    good = file.read_text("utf-8")
    at = good.index("kind: session", good.index("id: minsk-2023"))
    file.write_text(good[:at] + "kind: sesion" + good[at + len("kind: session") :], "utf-8")
    line = good.count("\n", 0, at) + 1
    yield f"curated.yaml:{line}: events[minsk-2023].kind: must be one of"
    file.write_text(good[: len(good) // 2], "utf-8")
    line = good.count("\n", 0, len(good) // 2) + 1
    yield f"curated.yaml:{line}: must end with the line"
    file.unlink()
    yield "curated.yaml:1: must be a file that can be read"
    file.write_bytes(b"\xff\xfe" + good.encode())
    yield "curated.yaml:1: must be UTF-8"


def test_a_dataset_that_is_not_served_any_more_is_kept_by_nobody(file):
    """By no cache, whoever adds it: nothing refers to old tables, nor are there more cuts of tables."""
    good, old, numbers = file.read_bytes(), [], []
    for save in range(3):
        file.write_bytes(b"# save %d\n" % save + good)
        page = page_asked_for(all_kinds=save == 0)
        number = sum(isinstance(one, pd.DataFrame | query.Selection) for one in gc.get_objects())
        file.write_bytes(b"# between\n" + good)
        dataset = state.served().dataset
        assert page.dataset != dataset
        for chart in page.charts:  # a run that began before goes on with what was served then
            card.twin(page, chart.name)
        old += map(weakref.ref, (page.dataset.tables, page.tables, *page.dataset.tables.values()))
        numbers.append(number)
        del page, dataset
    gc.collect()
    assert [one() for one in old if one() is not None] == []
    assert numbers[1] == numbers[2]


def page_asked_for(*, all_kinds: bool) -> state.Page:
    """A page and a file of the dataset that is served, or each kind of them."""
    dataset = state.served().dataset
    open_page("threats", sel="minsk-2023")
    assert file_of("threats.html", "years=2022").status_code == 200
    if all_kinds:
        items = tuple(standard(dataset.tables))[:1]
        open_page("briefing", tray=dump_item(items[0]))
        for made_by in ("deck", "brief"):
            tray.briefing_file(made_by, dataset, items, "")
        for name in ("threats.csv", "threats.svg", "threats.png", "index.html", "release.csv"):
            assert file_of(name).status_code == 200
        assert list_of("documents", "page=sources").status_code == 200
    return state.page_of(PAGES["threats"], dataset, query.View(years=(2022,)), "")


def test_a_save_that_breaks_the_file_keeps_the_last_good_data_under_a_banner(file, subtests):
    app, good = open_page("overview"), file.read_text("utf-8")
    shown = charts(app)
    for said in damages(file):
        app.run()
        banner = html.unescape(markup(app))
        with subtests.test(said):
            assert not app.exception
            assert f"{datetime.now():%-d %B %Y} and is not in order" in banner
            assert said in banner
            assert str(file.parent) not in banner
            assert charts(app) == shown
    file.write_text(good, "utf-8")
    assert "is not in order" not in markup(app.run())


def test_a_bad_file_at_the_start_is_a_page_with_its_problems(file):
    file.write_text("dataset: []\n", "utf-8")
    app = open_page("overview")
    assert not app.exception
    assert "The dataset cannot be shown" in markup(app)
    assert "curated.yaml:" in markup(app)
    assert str(file.parent) not in markup(app)


def test_a_file_that_is_being_written_is_never_shown_as_a_smaller_dataset(file):
    versions = [file.read_bytes(), file.read_bytes().replace(b"version: 2.0.0", b"version: 2.0.1")]
    whole = {sha256(version).hexdigest()[:8] for version in versions}
    assert state.served().dataset.hash in whole
    done = threading.Event()

    def edit() -> None:
        for turn in range(24):
            with file.open("wb", buffering=0) as saved:
                for start in range(0, len(versions[turn % 2]), 4096):
                    saved.write(versions[turn % 2][start : start + 4096])
        done.set()

    editor = threading.Thread(target=edit)
    editor.start()
    seen = set()
    while not done.is_set():
        seen.add(state.served().dataset.hash)
    editor.join()
    assert seen <= whole
    assert (state.served().dataset.hash, state.served().problems) == (sha256(versions[1]).hexdigest()[:8], ())


# ---- the dataset to take along, and how far it can be trusted ----


UNITS = """\
source,paragraph,field,first,second,settled
s000,1,use,cited,cited,cited
s000,2,use,cited,skipped,cited
s000,2,threats[x].speaker,putin,tokayev,tokayev
"""


def test_the_sources_page_says_how_far_the_codings_agree(monkeypatch, tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    monkeypatch.setattr(lists, "UNITS", tmp_path / "units.csv")
    monkeypatch.setattr(lists, "codings", lists.codings.__wrapped__)
    app = open_page("sources")
    shown = markup(app)
    assert "How far it can be trusted" in shown
    assert "Two codings agree in 1 of 3 units" in shown
    assert query.CODERS in shown
    assert "Where they differ, and what was settled: 2" in shown
    assert "<td>Use of the paragraph</td><td>2</td><td>1</td><td>1</td>" in shown
    differing = fold_of(app, "differences")
    assert "naisnews.com, paragraph 2: use of the paragraph" in differing
    assert "first coding: cited; second: read and not coded; settled: cited" in differing
    assert "first coding: Vladimir Putin; second: Kassym-Jomart Tokayev" in differing


def test_the_sources_page_offers_the_data_release():
    offered = [link["href"] for link in links(opened("sources")) if link["href"].startswith("files/release.")]
    assert offered == ["files/release.zip", "files/release.sqlite", "files/release.csv"]


@pytest.mark.slow
def test_the_files_of_the_release_are_those_that_the_command_writes():
    answers = {ending: file_of(f"release.{ending}") for ending in ("zip", "sqlite", "csv")}
    for ending, answer in answers.items():
        name = f"csto-{DATASET.version}-{DATASET.hash}.{ending}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    with ZipFile(BytesIO(answers["zip"].body)) as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    served = replace(DATASET, tables=query.Selection(DATASET.tables))
    assert files == {name.rpartition("/")[2]: content for name, content in release(served).items()}
    assert files["csto.sqlite"] == answers["sqlite"].body
    assert files["statements.csv"] == answers["csv"].body
    assert {"datapackage.json", "CHECKSUMS.sha256"} <= files.keys()

"""Each page as a script: under every filter and address, on good data and on broken files."""

import html
import json
import os
import re
import threading
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

import query
from charts import theme
from exports.release import release
from loaders import ROOT, load
from tests.frozen import FROZEN
from ui import filters, state
from ui.page import CHARTS, PAGES, prepare

DATASET = load(FROZEN)
CHOICES = query.choices(DATASET.tables)
LAST = [(name, str(values[-1])) for name, values in CHOICES.items()]
SELECTED = [
    "minsk-2023",
    "minsk-2023.ARM",
    "session-2022-11.ARM",
    "s001.41",
    "s001.19",
    "terrorism_extremism.2023",
]

FRAME = re.compile(
    r'<span style="left:calc\([-\d.]+px \+ [\d.]+\*\(100% - \d+px\)\);'
    r"width:calc\([\d.]+px \+ [\d.]+\*\(100% - \d+px\)\);top:[\d.]+px;height:[\d.]+px;border-width:2.0px\""
)


def open_page(name: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for parameter, value in parameters.items():
        app.query_params[parameter] = value
    app.run()
    if name != "overview":
        app.switch_page(PAGES[name][0])
        for parameter, value in parameters.items():
            app.query_params[parameter] = value
        app.run()
    return app


def markup(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def picks(app: AppTest) -> list[str]:
    """What stands over each chart to frame what is selected."""
    return [element.proto.body for element in app.get("html") if 'class="picks"' in element.proto.body]


def figures(app: AppTest) -> list[str]:
    return [json.dumps(json.loads(chart.proto.spec)["data"]) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_its_question_and_says_what_is_shown(name):
    app = open_page(name)
    assert not app.exception
    assert [title.value for title in app.title] == [PAGES[name][2]]
    assert 'class="sentence"' in markup(app)


@pytest.mark.parametrize(("many", "sent"), [(filters.MANY, True), (1, False)])
def test_a_menu_of_many_sources_waits_until_it_is_opened(monkeypatch, many, sent):
    monkeypatch.setattr(filters, "MANY", many)
    app = open_page("threats")
    assert ("Without these sources" in [group.proto.label for group in app.get("button_group")]) == sent
    assert [popover.proto.popover.label for popover in app.get("popover")][-1].startswith("Search")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_under_each_filter(name):
    app = open_page(name)
    for parameter, value in LAST:
        app.query_params.clear()
        app.query_params[parameter] = value
        app.run()
        assert not app.exception, (parameter, value)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("address", SELECTED)
def test_any_address_opens_on_any_page(name, address):
    app = open_page(name, sel=address)
    assert not app.exception
    if name != "briefing":
        assert 'class="claim"' in markup(app)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("threats", "lukashenko-2023-arms-race"),
        ("threats", "terrorism_extremism.2023"),
        ("attendance", "minsk-2023.ARM"),
        ("chairmanship", "chair-blr-2023"),
        ("sources", "s001.41"),
    ],
)
def test_what_is_selected_is_framed_over_its_charts_which_stay_as_they_are(name, address):
    app, plain = open_page(name, sel=address), open_page(name)
    assert figures(app) == figures(plain)
    assert not any(theme.INK["accent"] in drawn for drawn in figures(app))
    assert "<span" not in "".join(picks(plain))
    framed = [shown for shown in picks(app) if "<span" in shown]
    assert len(framed) >= 2, "in both layouts"
    assert all(len(FRAME.findall(shown)) == shown.count("<span") for shown in framed)


def test_every_chart_has_an_alt_text_of_its_own():
    for name in PAGES:
        app = open_page(name)
        texts = [chart.proto.alt for chart in app.get("plotly_chart")]
        assert all(len(text) > 20 for text in texts)
        assert len(set(texts)) == len(texts) // 2  # each chart in two layouts, one of them hidden


def test_a_year_without_a_document_is_said_in_words_on_the_threats_page():
    app = open_page("threats", years="2021")
    assert f"2021: {query.UNCOVERED}." in markup(app)


# ---- the file changes, breaks, vanishes ----


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy of the frozen file, which is the one that is served, by a server that has just started."""
    copy = tmp_path / "curated.yaml"
    copy.write_bytes(FROZEN.read_bytes())
    monkeypatch.setenv("CSTO_DATA", str(copy))
    monkeypatch.setattr(state, "_served", state.Served(()))
    return copy


def home() -> AppTest:
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()


STATUS_OF_BELARUS = re.compile(r"      - {source: s000, paragraph: 25, .*, proves: \[status\]}\n")


@pytest.mark.parametrize(("confirmed", "status"), [(True, "held"), (False, "not stated")])
def test_a_term_whose_status_only_a_source_set_aside_states_is_not_said_to_be_held(file, confirmed, status):
    text, changes = STATUS_OF_BELARUS.subn("", file.read_text("utf-8"))
    assert changes == 1
    if not confirmed:
        file.write_text(text, "utf-8")
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params.update({"sel": "chair-blr-2023", "without": "s001"})
    panel = markup(app.run())
    assert f'<th scope="row">Status</th><td>{status}</td>' in panel


def test_a_save_shows_on_the_next_run(file):
    app = home()
    file.write_text(file.read_text("utf-8").replace("version: 2.0.0", "version: 9.9.9"), "utf-8")
    assert "Version 9.9.9" in markup(app.run())


def test_a_save_that_keeps_size_and_time_of_the_file_shows_too(file):
    app = home()
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("version: 2.0.0", "version: 9.9.9"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Version 9.9.9" in markup(app.run())


def test_new_fingerprints_show_on_the_next_run(file):
    file.with_name("fingerprints.json").write_bytes(FROZEN.with_name("fingerprints.json").read_bytes())
    assert not state.served().dataset.unconfirmed
    file.with_name("fingerprints.json").unlink()
    assert state.served().dataset.unconfirmed


DAMAGES = {
    "kind": "curated.yaml:{line}: events[minsk-2023].kind: must be one of",
    "half": "curated.yaml:{line}: must end with the line",
    "gone": "curated.yaml:1: must be a file that can be read",
    "binary": "curated.yaml:1: must be UTF-8",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_save_that_breaks_the_file_keeps_the_last_good_data_under_a_banner(file, damage):
    app = home()
    good = file.read_text("utf-8")
    shown = [chart.proto.spec for chart in app.get("plotly_chart")]
    line = 1
    if damage == "gone":
        file.unlink()
    elif damage == "binary":
        file.write_bytes(b"\xff\xfe" + good.encode())
    elif damage == "half":
        file.write_text(good[: len(good) // 2], "utf-8")
        line = file.read_text("utf-8").count("\n") + 1
    else:
        at = good.index("kind: session", good.index("id: minsk-2023"))
        file.write_text(good[:at] + "kind: sesion" + good[at + len("kind: session") :], "utf-8")
        line = good.count("\n", 0, at) + 1
    app.run()
    assert not app.exception
    banner = html.unescape(markup(app))
    assert f"{datetime.now():%-d %B %Y} and is not in order" in banner
    assert DAMAGES[damage].format(line=line) in banner
    assert str(file.parent) not in banner
    assert [chart.proto.spec for chart in app.get("plotly_chart")] == shown
    file.write_text(good, "utf-8")
    assert "is not in order" not in markup(app.run())


def test_a_bad_file_at_the_start_is_a_page_with_its_problems(file):
    file.write_text("dataset: []\n", "utf-8")
    app = home()
    assert not app.exception
    assert "The dataset cannot be shown" in markup(app)
    assert "curated.yaml:" in markup(app)
    assert str(file.parent) not in markup(app)


def test_a_file_that_is_being_written_is_never_shown_as_a_smaller_dataset(file):
    versions = [file.read_bytes(), file.read_bytes().replace(b"version: 2.0.0", b"version: 2.0.1")]
    whole = {sha256(version).hexdigest()[:8] for version in versions}
    assert state.served().dataset.hash in whole

    def save(version: bytes) -> None:
        with file.open("wb", buffering=0) as saved:
            for start in range(0, len(version), 4096):
                saved.write(version[start : start + 4096])

    done = threading.Event()

    def edit() -> None:
        for turn in range(200):
            save(versions[turn % 2])
        done.set()

    editor = threading.Thread(target=edit)
    editor.start()
    seen = set()
    while not done.is_set():
        seen.add(state.served().dataset.hash)
    editor.join()
    assert seen <= whole
    assert (state.served().dataset.hash, state.served().problems) == (sha256(versions[1]).hexdigest()[:8], ())


def test_a_whole_cell_is_walked_from_its_place_and_keeps_to_the_filters():
    threats = DATASET.tables["threats"]
    cell = threats[threats["category"].eq("drug_trafficking") & threats["year"].eq(2023)]
    app = open_page("threats", sel="drug_trafficking.2023")
    app.button(key="step_Next").click().run()
    assert app.query_params["sel"] in set(cell["id"])
    filtered = open_page("threats", sel="drug_trafficking.2023", expressed="threat")
    kept = cell["expressed_as"].eq("threat").sum()
    assert f"<h3>Statements: {kept}</h3>" in markup(filtered)
    assert f"<h3>Outside the current filters: {len(cell) - kept}</h3>" in markup(filtered)


@pytest.mark.parametrize(
    ("name", "fold", "words"),
    [
        ("threats", "twin_threats", "<td>lukashenko-2023-arms-race</td>"),
        ("sources", "preview_s001", "<h3>Lose their support"),
        ("sources", "differences", '<th scope="col">Settled</th>'),
    ],
)
def test_the_rows_of_a_list_are_sent_when_it_is_opened(name, fold, words):
    app = open_page(name)
    assert words not in markup(app)
    app.session_state[fold] = True
    assert words in markup(app.run())


@pytest.mark.parametrize("restricted", [{"years": "2021"}, {"q": "no such word"}])
@pytest.mark.parametrize("name", [name for name, charts in CHARTS.items() if charts])
def test_the_table_of_a_chart_opens_whatever_is_left_to_show(name, restricted):
    app = open_page(name, **restricted)
    for chart in CHARTS[name]:
        app.session_state[f"twin_{chart}"] = True
    app.run()
    assert not app.exception
    tables = [f'aria-label="Table of the chart {chart}"' for chart in CHARTS[name]]
    assert [table for table in tables if table not in markup(app)] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_the_first_visitor_of_a_page_sees_was_drawn_at_the_start(name):
    prepare(state.served().dataset)
    drawn = import_module("ui.card")._figure.cache_info().misses
    open_page(name)
    assert import_module("ui.card")._figure.cache_info().misses == drawn


# ---- the dataset to take along, and how far it can be trusted ----


UNITS = """\
source,paragraph,field,first,second,settled
s000,1,use,cited,cited,cited
s000,2,use,cited,skipped,cited
s000,2,threats[x].speaker,putin,tokayev,tokayev
"""


def test_the_sources_page_offers_the_data_release_and_says_how_far_the_codings_agree(monkeypatch, tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    module = import_module("ui.release")
    monkeypatch.setattr(module, "UNITS", tmp_path / "units.csv")
    monkeypatch.setattr(module, "_agreement", module._agreement.__wrapped__)
    app = open_page("sources")
    offered = [button.proto.id for button in app.get("download_button")]
    assert [any(one.endswith(f"release_{kind}") for one in offered) for kind in ("zip", "sqlite", "csv")] == [
        True
    ] * 3
    app.session_state["differences"] = True
    shown = markup(app.run())
    assert "How far it can be trusted" in shown
    assert "Two codings agree in 1 of 3 units" in shown
    assert query.CODERS in shown
    assert "Where they differ, and what was settled: 2" in [fold.label for fold in app.expander]
    assert all(f"<td>{field}</td>" in shown for field in ("use", "threats[x].speaker"))


def test_the_files_of_the_release_are_those_that_the_command_writes():
    made, served = import_module("ui.release"), replace(DATASET, tables=query.Remembering(DATASET.tables))
    with ZipFile(BytesIO(made._file(served, ""))) as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert files == {name.rpartition("/")[2]: content for name, content in release(DATASET).items()}
    assert files["csto.sqlite"] == made._file(served, "csto.sqlite")
    assert "datapackage.json" in files
    assert "CHECKSUMS.sha256" in files


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_version_date_and_hash_of_its_data(name):
    assert f"Version {DATASET.version}, {DATASET.date}, data {DATASET.hash}" in markup(open_page(name))

"""Each page as a script: under every filter and address, on the real data and on broken files."""

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import query
from charts import theme
from loaders import ROOT, load
from ui.page import PAGES

REAL = ROOT / "data" / "curated.yaml"
DATASET = load(REAL)
CHOICES = query.choices(DATASET.tables)
SINGLE = [(name, str(value)) for name, values in CHOICES.items() for value in values]
SELECTED = [
    "minsk-2023",
    "minsk-2023.ARM",
    "session-2022-11.ARM",
    "s001.41",
    "s001.19",
    "terrorism_extremism.2023",
]


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


def figures(app: AppTest) -> list[str]:
    return [json.dumps(json.loads(chart.proto.spec)["data"]) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_its_question_and_says_what_is_shown(name):
    app = open_page(name)
    assert not app.exception
    assert [title.value for title in app.title] == [PAGES[name][2]]
    assert 'class="sentence"' in markup(app)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_under_every_single_filter_value(name):
    app = open_page(name)
    for parameter, value in SINGLE:
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


def test_the_selected_mark_is_the_only_one_in_the_accent():
    app = open_page("threats", sel="lukashenko-2023-arms-race")
    plain = open_page("threats")
    assert any(theme.INK["accent"] in drawn for drawn in figures(app))
    assert not any(theme.INK["accent"] in drawn for drawn in figures(plain))


def test_every_chart_has_an_alt_text_of_its_own():
    for name in PAGES:
        app = open_page(name)
        texts = [chart.proto.alt for chart in app.get("plotly_chart")]
        assert all(len(text) > 20 for text in texts)
        assert len(set(texts)) == len(texts) // 2  # each chart in two layouts, one of them hidden


def test_a_year_without_a_document_is_said_in_words_on_the_threats_page():
    app = open_page("threats", years="2021")
    assert "2021: no document covers this year." in markup(app)


# ---- the file changes, breaks, vanishes ----


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy of the real file, which is the one that is served."""
    copy = tmp_path / "curated.yaml"
    copy.write_bytes(REAL.read_bytes())
    monkeypatch.setenv("CSTO_DATA", str(copy))
    return copy


def test_a_save_shows_on_the_next_run(file):
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    file.write_text(file.read_text("utf-8").replace("version: 1.0.0", "version: 9.9.9"), "utf-8")
    assert "Version 9.9.9" in markup(app.run())


@pytest.mark.parametrize("damage", ["kind: sesion", "half", "gone"])
def test_a_save_that_breaks_the_file_keeps_the_last_good_data_under_a_banner(file, damage):
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    good = file.read_text("utf-8")
    shown = [chart.proto.spec for chart in app.get("plotly_chart")]
    if damage == "gone":
        file.unlink()
    elif damage == "half":
        file.write_text(good[: len(good) // 2], "utf-8")
    else:
        file.write_text(good.replace("kind: session", damage, 1), "utf-8")
    app.run()
    assert not app.exception
    assert "is not in order" in markup(app)
    assert str(file.parent) not in markup(app)
    assert [chart.proto.spec for chart in app.get("plotly_chart")] == shown
    file.write_text(good, "utf-8")
    assert "is not in order" not in markup(app.run())


def test_a_bad_file_at_the_start_is_a_page_with_its_problems(file, monkeypatch):
    other = file.with_name("broken.yaml")
    other.write_text("dataset: []\n", "utf-8")
    monkeypatch.setenv("CSTO_DATA", str(other))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert not app.exception
    assert "The dataset cannot be shown" in markup(app)
    assert "broken.yaml:" in markup(app)
    assert str(file.parent) not in markup(app)
    st.cache_resource.clear()


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

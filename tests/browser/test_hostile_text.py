"""In a real browser: data made of words that programs misread, and addresses that somebody made up."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from exports import Item, standard
from exports.brief import brief
from loaders import load
from query.view import LONGEST_SHOWN, PARAMETERS
from tests import hostile
from tests.browser.conftest import ADDRESSES, chart_of, start_server
from tests.browser.test_small_screens import OVERFLOW

# the pages that differ in their parts -> what is selected: a term, a statement, a paragraph, a bar
SELECTED = {
    "chairmanship": "chair-blr-2023",
    "threats": "lukashenko-2023-arms-race",
    "sources": "s001.41",
    "briefing": "terrorism_extremism.2023",
}
MORE = {"threats": "&compare=2022~2023", "briefing": "&tray=threats~documents"}
# addresses of links, and what only words of the data could have put there
FOUND = """() => ({
    pwned: window.pwned,
    schemes: [...document.querySelectorAll("a[href]")]
        .map(link => new URL(link.getAttribute("href"), document.baseURI).protocol),
    autolinks: [...document.querySelectorAll("[data-testid=stMarkdownContainer] a")].map(a => a.outerHTML),
    katex: document.querySelectorAll(".katex").length,
    images: [...document.querySelectorAll("img, iframe, object, embed")].map(image => image.outerHTML),
    handlers: [...document.querySelectorAll("*")]
        .filter(part => part.getAttributeNames().some(name => name.startsWith("on")))
        .map(part => part.outerHTML),
    icons: [...document.querySelectorAll("[role=img][aria-label$=' icon']")].map(icon => icon.outerHTML),
    chartLinks: document.querySelectorAll(".js-plotly-plot a").length,
})"""
UNFOLD = "document.querySelectorAll('details:not([open], .menu) > summary').forEach(part => part.click())"
# what is folded away comes when it is opened, by its address
FILLED = """() => [...document.querySelectorAll("details[data-src]")]
    .every(part => part.querySelector("table, li"))"""
HOVER = """plot => {
    const trace = plot._fullData.find(trace => trace.type === "bar" && trace.hovertext?.length);
    Plotly.Fx.hover(plot, [{curveNumber: trace.index, pointNumber: 0}]);
    return trace.hovertext[0];
}"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "curated.yaml"
    path.write_text(hostile.data_file(0), encoding="utf-8")
    return path, load(path)


@pytest.fixture(scope="module")
def server_url(dataset, tabs, tmp_path_factory):
    """In place of the address of the server that all other tests share."""
    server = start_server(tmp_path_factory.mktemp("server"), CSTO_DATA=str(dataset[0]))
    yield server.address
    for context, address in list(tabs):
        if address == server.address:
            tabs.pop((context, address)).page.close()
    server.stop()


@pytest.fixture
def tab(dashboard):
    """The dashboard, in a window where no dialog may open."""
    dialogs = []

    def note(dialog):
        dialogs.append(dialog.message)
        dialog.dismiss()

    dashboard.page.on("dialog", note)
    yield dashboard
    dashboard.page.remove_listener("dialog", note)
    assert dialogs == []


def nothing_came_of(page) -> None:
    """No word of the data runs, links, draws or becomes a sign."""
    found = page.evaluate(FOUND)
    assert found.pop("pwned", None) is None
    assert set(found.pop("schemes")) <= {"http:", "https:", "mailto:"}
    assert not {name: held for name, held in found.items() if held}


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown(locator) -> str:
    """All text inside, without the spaces that a layout makes of line breaks."""
    return flat("".join(locator.all_text_contents()))


@pytest.mark.parametrize("name", SELECTED)
def test_a_page_shows_the_words_as_written_and_nothing_comes_of_them(tab, dataset, subtests, name):
    page = tab.open(f"{ADDRESSES[name]}?sel={SELECTED[name]}{MORE.get(name, '')}")
    page.evaluate(UNFOLD)
    page.wait_for_function(FILLED)
    tab.settle()
    about, tables = dataset[1], dataset[1].tables
    with subtests.test(msg="what every page shows"):
        nothing_came_of(page)
        read = shown(page.locator("body"))
        assert flat(about.title) in read
        assert flat(about.licence) in read
        terms = tables["states"].set_index("id")["name"][tables["chairmanships"]["state"]]
        if name not in ("sources", "briefing"):  # whose pages have no ribbon
            assert all(flat(term) in shown(page.locator("#terms")) for term in terms)
    with subtests.test(msg="no long word makes the page scroll sideways"):
        assert max(page.evaluate(OVERFLOW)) <= 0
    if name == "chairmanship":
        motto = tables["chairmanships"].set_index("id").loc[SELECTED[name], "motto"]
        assert flat(motto) in shown(page.locator(".panel .motto"))
    if name == "threats":
        row = tables["threats"].set_index("id").loc[SELECTED[name]]
        panel = shown(page.locator(".panel"))
        assert all(flat(row[field]) in panel for field in ("summary", "role", "region", "note"))
        assert flat(row["summary"]) in shown(page.locator("#twin_threats"))
        page.locator("#menu_categories summary").click()
        options = page.locator("#menu_categories > div")
        expect(options).to_be_visible()
        for label in tables["categories"]["label"]:
            assert flat(label)[1:] in shown(options)  # its first letter is made large
        nothing_came_of(page)
        page.keyboard.press("Escape")
    if name != "briefing":
        with subtests.test(msg="a mark that is pointed at"):
            plot = chart_of(page, name)
            said = plot.evaluate(HOVER)
            expect(plot.locator(".hoverlayer text.nums").first).to_be_visible()
            assert flat(unescape(said.replace("<br>", ""))) in shown(plot.locator(".hoverlayer text.nums"))
            nothing_came_of(page)


def test_an_offline_page_in_a_browser_runs_nothing_and_asks_nobody(new_context, dataset, tmp_path):
    about = dataset[1]
    path = tmp_path / "briefing.html"
    path.write_bytes(brief(about, (*standard(about.tables), Item("sources"))))
    page = new_context().new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = page.evaluate(FOUND)
    assert found["pwned"] is None
    assert set(found["schemes"]) <= {"http:", "https:", "file:"}
    assert found["handlers"] == found["images"] == []
    assert page.locator("h1").inner_text() == " ".join(about.title.split())


# ---- addresses ----

PAYLOAD = '<img src=x onerror=window.pwned=1> :streamlit: $x$ http://other.example -> "'
ODD = {
    "NUL": "speakers=%00",
    "half of a letter": "speakers=%ff%fe",
    "5,000 names": "&".join(f"x{number}=" for number in range(5000)),
    "a value of 50 kB": f"speakers={'y' * 50_000}",
    "repeated names": "years=2022&years=2023&years=nonsense",
    "reserved names": "__proto__=x&constructor=x&prototype[a]=x&sel=__proto__",
}


def test_an_odd_address_leaves_the_page_standing(tab, subtests):
    values = "&".join(f"{parameter}={quote(PAYLOAD)}" for parameter in PARAMETERS if parameter != "present")
    for name, asked in (ODD | {"payloads in every parameter": values}).items():
        with subtests.test(msg=name):
            page = tab.open(f"/threats?{asked}")
            expect(page.locator("h1")).to_be_visible()
            nothing_came_of(page)
    expect(page.locator(".notice").first).to_contain_text(f"“{PAYLOAD[:LONGEST_SHOWN]}…”")

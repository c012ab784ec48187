"""What assistive technology is given: names, headings, text for pictures, tables, and what changed."""

import re
from html import unescape
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from query import PAGES
from tests.browser.conftest import ADDRESSES, chart_of, table_rows

CHARTS = {page.address: [chart.name for chart in page.charts if not chart.of_pair] for page in PAGES.values()}
PLOTTED = """plot => plot._fullData.flatMap(trace => (trace.customdata || []).map(
    (address, place) => [address, (trace.hovertext || [])[place] || ""]))"""

TEXTS = "figures => figures.map(figure => figure.ariaLabel)"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unescape(text.replace("<br>", " ")))


@pytest.mark.parametrize("path", ADDRESSES.values())
def test_who_hears_a_page_gets_its_outline_and_all_that_its_pictures_show(dashboard, subtests, path):
    page = dashboard.open(path)
    with subtests.test(msg="headings are an outline that begins with one title"):
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].filter(part => part.checkVisibility())"
            ".map(part => +part.tagName[1])"
        )
        assert levels[0] == levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        expect(page.get_by_role("navigation", name="Pages")).to_have_count(1)
        expect(page.locator("[aria-current=page]")).to_have_count(1)
    for name in CHARTS[path]:
        with subtests.test(msg=f"the table holds all that the picture and its hover hold: {name}"):
            check_table(dashboard, name)
    with subtests.test(msg="every chart has a text of its own that follows the rows shown"):
        texts = page.locator("[role=figure]:visible").evaluate_all(TEXTS)
        assert len(set(texts)) == len(texts) == len(CHARTS[path])
        assert all(len(words(text)) > 8 and text.endswith(".") for text in texts)
        if path in ("/", "/threats", "/documents", "/attendance"):
            dashboard.open(f"{path}?years=2022")
            assert not set(page.locator("[role=figure]:visible").evaluate_all(TEXTS)) & set(texts)


def check_table(dashboard, name: str) -> None:
    plotted = chart_of(dashboard.page, name).evaluate(PLOTTED)
    table_rows(dashboard, name)
    more = dashboard.page.locator(f"#columns_{name}")
    if more.count():
        more.click()
        expect(dashboard.page.locator(f"#twin_{name} th").last).to_have_text("Record")
    heads, rows = dashboard.page.locator(f"#twin_{name} table").evaluate(
        """table => [[...table.tHead.querySelectorAll("th")].map(head => head.scope),
            [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))]"""
    )
    assert set(heads) == {"col"}
    said = {row[-1]: words(" ".join(row).lower()) for row in rows}
    assert {address for address, _ in plotted} <= set(said)
    for address, hover in plotted:
        assert set(words(hover.lower())) <= set(said[address]), (address, hover)


def test_what_changes_is_said_in_one_region_that_stays(dashboard):
    page = dashboard.open("/threats")
    voice = page.locator(".voice[role=status]")
    expect(voice).to_have_count(1)
    page.evaluate("window.stays = document.querySelector('.voice')")
    with dashboard.rerun():
        page.locator("#terms").get_by_role("link", name="Armenia").click()
    expect(voice).to_contain_text("2022: 9 of 60 statements")
    with dashboard.rerun():
        page.get_by_role("link", name="Next", exact=True).click()
    expect(voice).to_contain_text(page.locator(".claim").inner_text())
    with dashboard.rerun():
        page.locator("#add_threats").click()
    expect(voice).to_contain_text("In the briefing")
    assert page.evaluate("window.stays === document.querySelector('.voice')")


def test_controls_of_two_charts_are_told_apart_by_ear(dashboard):
    page = dashboard.open("/threats")
    for chart in ("threats", "speakers"):
        add = re.compile(f"^Add to briefing ?, the chart {chart}$")
        expect(page.get_by_role("link", name=add)).to_have_count(1)
        expect(page.locator("summary", has_text=f"Download, the chart {chart}")).to_have_count(1)

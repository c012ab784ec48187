"""Narrow windows, wide letters, no motion: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import SELECTED
from tests.browser.test_dashboard import ADDRESSES

WIDTHS = [320, 390]
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; 
    word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
OVERFLOW = """() => [document.scrollingElement, document.querySelector(".stMain")]
    .map(part => part.scrollWidth - part.clientWidth)"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(dashboard, edition, width):
    dashboard.page.set_viewport_size({"width": width, "height": 844})
    for address in (*ADDRESSES.values(), *SELECTED.values()):
        page = dashboard.open(address)
        assert max(page.evaluate(OVERFLOW)) <= 0, address


@pytest.mark.phone
@pytest.mark.parametrize("path", ["/", "/attendance", "/threats", "/sources"])
def test_the_chart_stands_before_the_evidence_and_that_before_further_cards(dashboard, path):
    page = dashboard.open(path)
    top = {
        key: page.locator(f"[class*=st-key-{key}]").first.bounding_box()["y"]
        for key in ("filters", "card_", "evidence")
    }
    assert top["filters"] < top["card_"] < top["evidence"]
    further = page.locator("[class*=st-key-card_speakers], .st-key-source_s000")
    if further.count():
        assert top["evidence"] < further.first.bounding_box()["y"]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_filter_lies_inside_the_window(dashboard, width):
    dashboard.page.set_viewport_size({"width": width, "height": 844})
    page = dashboard.open("/threats")
    for key in ("popover_speakers", "popover_categories"):
        page.locator(f".st-key-{key} button").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        box = dialog.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.phone
def test_a_tap_into_a_cell_opens_its_statement_or_the_list_of_them(dashboard):
    page = dashboard.open("/threats")
    plot = page.locator(".st-key-chart_threats_narrow .js-plotly-plot")
    targets = plot.evaluate(
        """plot => plot._fullData.filter(trace => trace.name === "targets").flatMap(trace =>
            trace.customdata.map((address, place) => [address, trace.width[place] * plot._fullLayout.xaxis._m,
                Math.abs(trace.y[place] * plot._fullLayout.yaxis._m)]))"""
    )
    assert all(width >= 24 and height >= 24 for _, width, height in targets)
    assert any("." in address for address, *_ in targets)


@pytest.mark.parametrize("address", SELECTED.values())
def test_wide_spacing_of_letters_and_lines_cuts_no_text(dashboard, address):
    page = dashboard.open(address)
    page.add_style_tag(content=SPACED)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
                "h1, .finding, .sentence, .subtitle, .claim, blockquote, .fields td")]
            .filter(part => part.checkVisibility() && getComputedStyle(part).overflow !== "visible"
                && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1))
            .map(part => part.innerText)"""
    )
    assert cut == []
    assert max(page.evaluate(OVERFLOW)) <= 0


def test_with_reduced_motion_nothing_moves(new_dashboard):
    page = new_dashboard(reduced_motion="reduce").open("/threats?sel=tokayev-2022-afghanistan")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(part => {
            const style = getComputedStyle(part);
            const longest = list => Math.max(...list.split(",").map(text => parseFloat(text) *
                (text.trim().endsWith("ms") ? .001 : 1)));
            return longest(style.transitionDuration) > .01 || (style.animationName !== "none"
                && longest(style.animationDuration) > .01);
        }).map(part => part.className.baseVal ?? part.className).slice(0, 5)"""
    )
    assert moving == []

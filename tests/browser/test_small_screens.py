"""Narrow windows, wide letters, no motion: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ADDRESSES, chart_of, query_of
from tests.browser.test_accessibility import SELECTED

WIDTHS = [320, 390]
SCROLLED = "() => document.querySelector('.stMain').scrollTop"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; 
    word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
OVERFLOW = """() => [document.scrollingElement, document.querySelector(".stMain")]
    .map(part => part.scrollWidth - part.clientWidth)"""


@pytest.mark.phone
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(dashboard, width):
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


@pytest.mark.phone
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


# address, and place and size on the screen, of all that takes a tap
TARGETS = """plot => {
    const {xaxis, yaxis} = plot._fullLayout, edge = plot.getBoundingClientRect();
    return plot._fullData.filter(trace => trace.name === "targets").flatMap(trace =>
        trace.customdata.map((address, place) => [
            address,
            edge.x + xaxis._offset + xaxis.c2p(trace.base[place] + trace.x[place] / 2),
            edge.y + yaxis._offset + yaxis.c2p(trace.y[place]),
            Math.abs(trace.x[place] * xaxis._m), Math.abs(trace.width[place] * yaxis._m)]));
}"""
TOUCH = {"has_touch": True, "is_mobile": True}


@pytest.mark.phone
@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_tap_into_a_cell_opens_its_statement_or_the_list_of_them(new_dashboard, tables, width):
    dashboard = new_dashboard(**TOUCH)
    dashboard.page.set_viewport_size({"width": width, "height": 844})
    page = dashboard.open("/threats")
    plot = chart_of(page, "threats", "narrow")
    plot.scroll_into_view_if_needed()
    targets = plot.evaluate(TARGETS)
    assert min(min(across, down) for *_, across, down in targets) >= 24
    record = next(target for target in targets if target[0] in set(tables["threats"]["id"]))
    cell = next(target for target in targets if "." in target[0])
    for address, x, y, *_ in (record, cell):
        with dashboard.rerun():
            page.touchscreen.tap(x, y)
        assert query_of(page)["sel"] == address


@pytest.mark.phone
def test_a_finger_on_a_chart_scrolls_the_page(new_dashboard):
    page = new_dashboard(**TOUCH).open("/threats")
    page.locator(".st-key-chart_threats_narrow .js-plotly-plot").scroll_into_view_if_needed()
    before = page.evaluate(SCROLLED)
    finger = page.context.new_cdp_session(page)
    for kind, heights in (("touchStart", [600]), ("touchMove", range(580, 300, -20)), ("touchEnd", [None])):
        for y in heights:
            points = [{"x": 195, "y": y}] if y else []
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function(f"({SCROLLED})() > {before} + 200")


@pytest.mark.parametrize("address", SELECTED.values())
def test_wide_spacing_of_letters_and_lines_cuts_no_text(dashboard, address):
    page = dashboard.open(address)
    style = page.add_style_tag(content=SPACED)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
                "h1, .finding, .sentence, .subtitle, .claim, blockquote, .fields td")]
            .filter(part => part.checkVisibility() && getComputedStyle(part).overflow !== "visible"
                && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1))
            .map(part => part.innerText)"""
    )
    sideways = max(page.evaluate(OVERFLOW))
    style.evaluate("style => style.remove()")
    assert cut == []
    assert sideways <= 0


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

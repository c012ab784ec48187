"""Narrow windows, wide letters, no motion: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SELECTED, chart_of, query_of, table_rows

WIDTHS = [320, 390]
SCROLLED = "() => document.querySelector('.stMain').scrollTop"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; 
    word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
OVERFLOW = """() => [document.scrollingElement, document.querySelector(".stMain")]
    .map(part => part.scrollWidth - part.clientWidth)"""


@pytest.mark.phone
def test_no_page_scrolls_sideways(dashboard, subtests):
    for address in SELECTED.values():
        page = dashboard.open(address)
        for width in WIDTHS:
            with subtests.test(msg=f"{address} at {width} px"):
                page.set_viewport_size({"width": width, "height": 844})
                page.wait_for_function(f"() => Math.max(...({OVERFLOW})()) <= 0")


@pytest.mark.phone
def test_an_open_table_scrolls_by_itself_and_not_with_the_page(dashboard):
    page = dashboard.open("/threats")
    table_rows(dashboard, "threats")
    assert page.locator(".twin").evaluate("twin => twin.scrollWidth > twin.clientWidth")
    assert max(page.evaluate(OVERFLOW)) <= 0


@pytest.mark.phone
def test_the_chart_stands_before_the_evidence_and_that_before_further_cards(dashboard, subtests):
    for path in ("/attendance", "/threats", "/sources"):
        with subtests.test(msg=path):
            page = dashboard.open(path)
            top = {
                part: page.locator(part).first.bounding_box()["y"]
                for part in ("#filters", "[class*=st-key-card_]", ".st-key-evidence")
            }
            assert list(top.values()) == sorted(top.values())
            further = page.locator("[class*=st-key-card_speakers], #source_s000")
            if path != "/attendance":
                assert top[".st-key-evidence"] < further.first.bounding_box()["y"]


@pytest.mark.phone
def test_an_open_filter_lies_inside_the_window(dashboard, subtests):
    page = dashboard.open("/threats")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for name in ("speakers", "categories", "support"):
            with subtests.test(msg=f"{name} at {width} px"):
                page.locator(f"#menu_{name} summary").click()
                choices = page.locator(f"#menu_{name} > div")
                expect(choices).to_be_visible()
                box = choices.bounding_box()
                assert 0 <= box["x"] <= box["x"] + box["width"] <= width
                page.keyboard.press("Escape")
                expect(choices).to_be_hidden()


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
FITS = """width => {
    const plot = document.querySelector(".js-plotly-plot");
    return Math.abs(plot._fullLayout.width - plot.parentElement.clientWidth) <= 1 && innerWidth === width;
}"""
SCROLL = "height => { document.querySelector('.stMain').scrollTop += height - innerHeight / 2 }"


@pytest.mark.phone
def swipe(page, start: int, end: int) -> None:
    """A finger that is drawn down or up the middle of a phone."""
    finger, step = page.context.new_cdp_session(page), 20 if end > start else -20
    moves = ("touchStart", [start]), ("touchMove", range(start + step, end, step)), ("touchEnd", [None])
    for kind, heights in moves:
        for y in heights:
            points = [{"x": 195, "y": y}] if y else []
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_the_first_tap_opens_a_statement_or_the_list_of_a_cell_and_a_swipe_scrolls_the_page(
    new_dashboard, tables, subtests
):
    dashboard = new_dashboard(has_touch=True, is_mobile=True)
    for width in WIDTHS:
        dashboard.page.set_viewport_size({"width": width, "height": 844})
        page = dashboard.open("/threats")
        plot = chart_of(page, "threats")
        page.wait_for_function(FITS, arg=width)
        targets = plot.evaluate(TARGETS)
        assert min(min(across, down) for *_, across, down in targets) >= 24
        records = set(tables["threats"]["id"])
        record = next(address for address, *_ in targets if address in records)
        cell = next(address for address, *_ in targets if "." in address)
        for wanted in (record, cell):
            with subtests.test(msg=f"{wanted} at {width} px"):
                down = next(y for address, _, y, *_ in plot.evaluate(TARGETS) if address == wanted)
                page.evaluate(SCROLL, down)
                x, y = next((x, y) for address, x, y, *_ in plot.evaluate(TARGETS) if address == wanted)
                with dashboard.rerun():
                    page.touchscreen.tap(x, y)
                assert query_of(page)["sel"] == wanted
    with subtests.test(msg="a swipe down on the sheet closes it"):
        top = int(page.locator(".st-key-evidence").bounding_box()["y"]) + 20
        swipe(page, top, top + 200)
        expect(page.locator(".panel.empty")).to_have_count(1)
        dashboard.settle()
        assert "sel" not in query_of(page)
    with subtests.test(msg="a swipe that begins on a chart"):
        plot.evaluate("plot => plot.scrollIntoView()")
        before = page.evaluate(SCROLLED)
        swipe(page, 600, 300)
        page.wait_for_function(f"({SCROLLED})() > {before} + 200")


@pytest.mark.parametrize("name", ["overview", "threats", "sources", "briefing"])
def test_wide_spacing_of_letters_and_lines_cuts_no_text(dashboard, name):
    page = dashboard.open(SELECTED[name])
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

"""From a chart to slides: the tray, its files, and present mode, in a real browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect


def test_present_mode_is_walked_with_the_arrow_keys_and_left_with_escape(dashboard):
    page = dashboard.open("/briefing?tray=attendance~threats&present=1")
    expect(page.locator(".masthead")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Only Armenia is reported absent")
    expect(page.locator(".st-key-presented .source")).to_be_in_viewport()
    with dashboard.rerun():
        page.keyboard.press("ArrowRight")
    assert parse_qs(urlsplit(page.url).query)["present"] == ["2"]
    expect(page.locator(".st-key-presented .source")).to_contain_text("odkb-csto.org")
    with dashboard.rerun():
        page.keyboard.press("ArrowLeft")
    with dashboard.rerun():
        page.keyboard.press("Escape")
    assert "present" not in parse_qs(urlsplit(page.url).query)
    expect(page.locator(".masthead")).to_have_count(1)


SLIDES = ("", "chairmanship", "attendance", "documents", "threats", "sources")
WHOLE = """() => {
    const main = document.querySelector(".stMain");
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    const room = box(".st-key-presented > .st-key-chart_presented");
    const chart = box(".js-plotly-plot .main-svg");
    const foot = Math.min(box(".st-key-walk").top, box(".st-key-presented .source").top);
    return main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth
        && chart.bottom <= foot + 1 && Math.abs(chart.right - room.right) <= 1;
}"""


def see_whole(page: Page, width: int, height: int) -> None:
    """Give the window a size, and wait until the slide fits it: nothing to scroll, no room left aside."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(WHOLE)


def test_a_slide_is_seen_whole_in_any_window(dashboard, subtests):
    for name in SLIDES:
        with subtests.test(msg=name or "overview"):
            page = dashboard.open(f"/{name}?present=1")
            for size in ((1366, 768), (900, 640), (1920, 1080)):
                see_whole(page, *size)


def test_a_slide_with_few_rows_is_not_made_smaller_than_it_has_to_be(dashboard):
    page = dashboard.open("/attendance?present=1&states=ARM")
    see_whole(page, 1366, 768)
    drawn, shown = page.locator(".js-plotly-plot").evaluate(
        "chart => [chart.layout.height, chart.getBoundingClientRect().height]"
    )
    assert shown == pytest.approx(drawn, abs=1)


def test_a_mark_of_a_slide_says_what_it_is_where_it_stands(dashboard, subtests):
    page = dashboard.open("/attendance?present=1")
    said = page.locator(".hoverlayer text.nums")
    marks = page.locator(".js-plotly-plot .bars path")
    for size in ((1366, 768), (1920, 1080)):
        see_whole(page, *size)
        for party, place in (("Armenia", 0), ("Secretary General", -1)):
            with subtests.test(msg=f"{party} at {size}"):
                box = marks.nth(place).bounding_box()
                page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
                expect(said).to_contain_text(party)


def test_a_view_without_rows_is_refused_by_name(dashboard):
    page = dashboard.open("/briefing?tray=threats%3Fyears%3D2021~attendance")
    expect(page.get_by_role("alert").first).to_contain_text("threats?years=2021")

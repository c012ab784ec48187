"""From a chart to slides: the tray, its files, and present mode, in a real browser."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation


def tray_of(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("tray", [""])[0].split("~")


def downloaded(page: Page, button) -> bytes:
    with page.expect_download() as started:
        button.click()
    return started.value.path().read_bytes()


def test_a_filtered_chart_becomes_a_slide_with_exactly_its_rows(dashboard, tables):
    page = dashboard.open("/threats?years=2022&expressed=priority")
    with dashboard.rerun():
        page.locator(".st-key-add_threats button").click()
    with dashboard.rerun():
        page.locator(".st-key-nav").get_by_role("link", name="Briefing").click()
    deck = Presentation(BytesIO(downloaded(page, page.get_by_role("button", name="Slides (PPTX)"))))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    threats = tables["threats"]
    rows = threats[(threats["year"] == 2022) & (threats["expressed_as"] == "priority")]
    labels = tables["categories"].set_index("id")["label"]
    expected = rows["category"].map(labels)
    plot = charts[0].plots[0]
    total = dict.fromkeys(plot.categories, 0)
    for series in plot.series:
        for category, value in zip(plot.categories, series.values, strict=True):
            total[category] += int(value or 0)
    assert {name: number for name, number in total.items() if number} == expected.value_counts().to_dict()


def test_the_standard_briefing_is_one_click_and_its_slides_can_be_moved_renamed_and_removed(dashboard):
    page = dashboard.open("/briefing")
    with dashboard.rerun():
        page.get_by_role("button", name="Standard briefing").click()
    assert tray_of(page) == ["overview", "chairmanship", "attendance", "documents", "threats"]
    with dashboard.rerun():
        page.get_by_role("button", name="Down slide 1").press("Enter")
    assert tray_of(page)[:2] == ["chairmanship", "overview"]
    with dashboard.rerun():
        page.get_by_role("button", name="Up slide 5").press("Enter")
    assert tray_of(page)[3:] == ["threats", "documents"]
    with dashboard.rerun():
        page.get_by_role("button", name="Remove slide 2").press("Enter")
    assert tray_of(page) == ["chairmanship", "attendance", "threats", "documents"]
    headline = page.get_by_label("Slide 1 of 4: headline")
    headline.fill("Who chaired")
    with dashboard.rerun():
        headline.press("Enter")
    assert tray_of(page)[0] == "chairmanship?headline=Who+chaired"


def test_the_files_of_a_briefing_can_be_downloaded(dashboard):
    page = dashboard.open("/briefing?tray=attendance")
    html = downloaded(page, page.get_by_role("button", name="Offline page (HTML)")).decode()
    assert "<script" not in html
    assert "127.0.0.1" not in html
    assert downloaded(page, page.get_by_role("button", name="Data and pictures (ZIP)")).startswith(b"PK")


def test_a_chart_alone_can_be_downloaded_as_picture_and_rows(dashboard):
    page = dashboard.open("/attendance")
    page.locator(".st-key-card_attendance .folds summary", has_text="Download").click()
    assert downloaded(page, page.get_by_role("link", name="PNG")).startswith(b"\x89PNG")
    svg = downloaded(page, page.get_by_role("link", name="SVG")).decode()
    assert "Source" in svg
    assert "sb.by" in svg
    assert downloaded(page, page.get_by_role("link", name="CSV")).startswith(b"id,event,party,status")


def test_present_mode_is_walked_with_the_arrow_keys_and_left_with_escape(dashboard):
    page = dashboard.open("/briefing?tray=attendance~threats&present=1")
    expect(page.locator(".st-key-masthead")).to_have_count(0)
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
    expect(page.locator(".st-key-masthead")).to_have_count(1)


SLIDES = ("", "chairmanship", "attendance", "documents", "threats", "sources")
WHOLE = """() => {
    const main = document.querySelector(".stMain");
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    const room = box(".st-key-presented > :has(> .st-key-wide_presented)");
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
    page = dashboard.open("/threats?present=1&categories=afghanistan")
    see_whole(page, 1366, 768)
    drawn, shown = page.locator(".js-plotly-plot").evaluate(
        "chart => [chart.layout.height, chart.getBoundingClientRect().height]"
    )
    assert shown == pytest.approx(drawn, abs=1)


def test_a_mark_of_a_slide_says_what_it_is_where_it_stands(dashboard, subtests):
    page = dashboard.open("/attendance?present=1")
    said = page.locator(".hoverlayer text.nums")
    marks = page.locator(".js-plotly-plot .bars path")  # the first is the hatch of a year
    for size in ((1366, 768), (1920, 1080)):
        see_whole(page, *size)
        for party, place in (("Armenia", 1), ("Secretary General", -1)):
            with subtests.test(msg=f"{party} at {size}"):
                box = marks.nth(place).bounding_box()
                page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
                expect(said).to_contain_text(party)


def test_a_view_without_rows_is_refused_by_name(dashboard):
    page = dashboard.open("/briefing?tray=threats%3Fyears%3D2021~attendance")
    expect(page.get_by_role("alert").first).to_contain_text("threats?years=2021")

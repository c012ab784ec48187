"""Time as it is drawn in the browser: spans, open ends, what is inferred, what no source covers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import chart_of


@pytest.mark.parametrize("path", ["/", "/chairmanship", "/attendance", "/documents", "/threats"])
def test_a_year_without_a_document_is_hatched_and_says_exactly_that(dashboard, edition, path):
    page = dashboard.open(path)
    chart = chart_of(page, path.strip("/") or "overview")
    hatch = chart.locator(".bars pattern path, .plot pattern path, defs pattern path").first
    line = hatch.evaluate(
        "part => { const style = getComputedStyle(part); return [style.stroke, style.fill].join(' ') }"
    )
    paper, mute = page.evaluate(
        """() => ["--paper", "--mute"].map(name => {
            const probe = document.createElement("i"); probe.style.color = `var(${name})`;
            document.querySelector(".stApp").append(probe);
            const colour = getComputedStyle(probe).color; probe.remove(); return colour; })"""
    )
    assert mute in line
    assert mute != paper
    said = chart.evaluate(
        """plot => [...plot.querySelectorAll("g.annotation text")].map(text =>
            text.querySelector("tspan") ? [...text.children].map(line => line.textContent).join(" ")
                : text.textContent)"""
    )
    assert "no source reports an event held in this year" in [" ".join(text.split()) for text in said]


def test_announced_and_held_sessions_are_drawn_differently(dashboard, tables, edition):
    page = dashboard.open("/chairmanship")
    dashes = chart_of(page, "chairmanship").evaluate(
        "plot => [...plot.querySelectorAll('.shapelayer path')].filter(part => {"
        "const dash = getComputedStyle(part).strokeDasharray; return dash && dash !== 'none' }).length"
    )
    events = tables["events"]
    announced = events[events["status"].eq("planned") & events["kind"].isin(["session", "summit"])]
    terms = tables["chairmanships"]["status"].eq("planned").sum()
    assert dashes == len(announced) + terms + 2  # and the key of both


def test_an_inferred_bar_is_an_outline_and_an_open_end_fades(dashboard, edition):
    page = dashboard.open("/chairmanship")
    shapes = chart_of(page, "chairmanship").evaluate(
        """plot => [...plot.querySelectorAll('.shapelayer path')].map(part => {
            const style = getComputedStyle(part);
            return [style.fill, style.stroke, parseFloat(style.strokeWidth), parseFloat(style.opacity)]; })"""
    )
    ink, paper = page.evaluate(
        """() => ["--ink", "--paper"].map(name => {
            const probe = document.createElement("i"); probe.style.color = `var(${name})`;
            document.querySelector(".stApp").append(probe);
            const colour = getComputedStyle(probe).color; probe.remove(); return colour; })"""
    )
    assert [shape for shape in shapes if shape[0] == paper and shape[1] == ink and shape[2] >= 1.5]
    faint = sorted({round(shape[3], 2) for shape in shapes if shape[0] == ink and shape[3] < 1})
    assert len(faint) >= 5


@pytest.mark.parametrize("path", ["/", "/briefing"])
def test_the_page_shows_nothing_of_streamlit_around_it(dashboard, path):
    page = dashboard.open(path)
    expect(page.get_by_role("button", name="Deploy")).to_have_count(0)
    expect(page.locator("#MainMenu, [data-testid=stMainMenu]")).to_have_count(0)

"""Time as it is drawn in the browser: spans, open ends, what is inferred, what no source covers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import chart_of
from tests.browser.test_accessibility import WORN

INKS = """names => names.map(name => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.querySelector(".stApp").append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
})"""
HATCH = "plot => getComputedStyle(plot.parentElement.querySelector('.hatch')).backgroundImage"
NOTES = "plot => [...plot.parentElement.querySelectorAll('.under p')].map(text => text.innerText)"
SHAPES = """plot => [...plot.closest("[class*=st-key-card_]").querySelectorAll(
    ".shapelayer path, :is(.under, .keys) :is(path, rect)",
)].map(part => {
    const {fill, stroke, strokeWidth, opacity, strokeDasharray} = getComputedStyle(part);
    return [fill, stroke, parseFloat(strokeWidth), parseFloat(opacity), strokeDasharray];
})"""


def editions(page):
    """The page in its light and then in its dark edition."""
    for edition in ("light", "dark"):
        page.emulate_media(color_scheme=edition)
        page.wait_for_function(WORN, arg=edition)
        yield edition


@pytest.mark.parametrize("path", ["/", "/threats"])
def test_a_year_without_a_document_is_hatched_and_says_exactly_that(dashboard, subtests, path):
    page = dashboard.open(path)
    chart = chart_of(page, path.strip("/") or "overview")
    for edition in editions(page):
        with subtests.test(msg=edition):
            paper, mute = page.evaluate(INKS, ["paper", "mute"])
            assert mute in chart.evaluate(HATCH)
            assert mute != paper
    said = [" ".join(text.split()) for text in chart.evaluate(NOTES)]
    assert "no source reports an event held in this year" in said


def test_what_is_announced_is_dashed_what_is_inferred_an_outline_and_an_open_end_fades(
    dashboard, tables, subtests
):
    page = dashboard.open("/chairmanship")
    chart = chart_of(page, "chairmanship")
    events = tables["events"]
    announced = events[events["status"].eq("planned") & events["kind"].isin(["session", "summit"])]
    terms = tables["chairmanships"]["status"].eq("planned").sum()
    for edition in editions(page):
        with subtests.test(msg=edition):
            ink, paper = page.evaluate(INKS, ["ink", "paper"])
            shapes = chart.evaluate(SHAPES)
            dashes = [dash for *_, dash in shapes if dash not in ("", "none")]
            assert len(dashes) == len(announced) + terms + 2  # and the key of both
            assert [fill for fill, line, width, *_ in shapes if (fill, line) == (paper, ink) and width >= 1.5]
            faint = {round(opacity, 2) for fill, _, _, opacity, _ in shapes if fill == ink and opacity < 1}
            assert len(faint) >= 5


def test_the_page_shows_nothing_of_streamlit_around_it(dashboard):
    page = dashboard.open("/")
    expect(page.get_by_role("button", name="Deploy")).to_have_count(0)
    expect(page.locator("#MainMenu, [data-testid=stMainMenu]")).to_have_count(0)

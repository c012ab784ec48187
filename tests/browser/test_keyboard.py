"""Every page without a mouse: from filter to evidence to export, the focus always seen and never lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import SELECTED
from tests.browser.test_dashboard import panel, query_of

MOST_STOPS = 150
FOCUSED = """() => {
    const part = document.activeElement, style = getComputedStyle(part), box = part.getBoundingClientRect();
    return {
        name: part.tagName + " " + (part.innerText || part.getAttribute("aria-label") || "").slice(0, 40),
        body: part === document.body,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        colour: style.outlineColor,
        accent: getComputedStyle(document.querySelector(".stApp")).getPropertyValue("--accent"),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        last: !!part.closest(".st-key-footer"),
    };
}"""


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip()


def press(dashboard, key: str) -> None:
    with dashboard.rerun():
        dashboard.page.keyboard.press(key)


@pytest.mark.parametrize("address", SELECTED.values())
def test_every_stop_of_tab_is_seen_and_the_way_through_a_page_ends(dashboard, edition, address):
    page = dashboard.open(address)
    first, stops = None, []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["body"]:
            break
        assert stop["ring"], stop["name"]
        assert stop["inside"], stop["name"]
        first = first or stop["name"]
        stops.append(stop["name"])
        if len(stops) > 1 and stop["name"] == first:
            break
    assert len(stops) > 15
    assert len(stops) < MOST_STOPS, "the way does not end: a trap"


def test_from_filter_to_evidence_to_export_on_the_threats_page(dashboard, edition):
    page = dashboard.open("/threats")
    page.get_by_role("radio", name="Belarus").focus()
    press(dashboard, "Enter")
    assert query_of(page)["years"] == "2023"
    assert "Belarus" in focused(page)
    # a filter in a popover: Enter opens it, Enter chooses, Escape leads back to its button
    opener = page.locator(".st-key-popover_speakers button").first
    opener.focus()
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="Aleksandr Lukashenko")
    expect(choice).to_be_visible()
    choice.focus()
    press(dashboard, "Enter")
    assert query_of(page)["speakers"] == "lukashenko"
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    # evidence: the focus stays on Next while what it shows changes
    following = page.get_by_role("button", name="Next", exact=True)
    following.focus()
    seen = []
    for _ in range(3):
        press(dashboard, "Enter")
        expect(following).to_be_focused()
        seen.append(page.locator(".claim").inner_text())
    assert len(set(seen)) == 3
    # export
    page.locator(".st-key-files_threats button").first.focus()
    page.keyboard.press("Enter")
    csv = page.get_by_role("button", name=re.compile("^CSV"))
    csv.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    page.keyboard.press("Escape")
    # into the briefing: the button that was pressed is gone, the focus is not
    page.locator(".st-key-add_threats button").focus()
    press(dashboard, "Enter")
    expect(page.locator(".st-key-add_threats button")).to_be_disabled()
    page.wait_for_function("document.activeElement !== document.body")


@pytest.mark.parametrize("path", ["/chairmanship", "/attendance"])
def test_next_reaches_every_mark_and_leads_around(dashboard, path):
    page = dashboard.open(path)
    number = int(re.search(r"\d+", page.locator(".step").inner_text())[0])
    page.get_by_role("button", name="Next", exact=True).focus()
    reached = []
    for _ in range(number):
        press(dashboard, "Enter")
        reached.append(query_of(page)["sel"])
    assert len(set(reached)) == number
    press(dashboard, "Enter")
    assert query_of(page)["sel"] == reached[0]


def test_clear_leaves_the_focus_in_the_evidence(dashboard):
    page = dashboard.open("/attendance?sel=session-2022-11.ARM")
    page.get_by_role("button", name="Clear").focus()
    press(dashboard, "Enter")
    expect(panel(page)).to_have_count(0)
    page.wait_for_function("document.activeElement.closest('.st-key-evidence') !== null")


def test_a_paragraph_and_the_table_below_a_chart_are_reached_by_keyboard(dashboard):
    page = dashboard.open("/sources")
    page.get_by_role("button", name="Next", exact=True).focus()
    press(dashboard, "Enter")
    assert query_of(page)["sel"] == "s000.1"
    summary = page.locator(".st-key-twin_sources summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-twin_sources table")).to_be_visible()
    expect(summary).to_be_focused()


def test_slides_are_chosen_moved_and_presented_by_keyboard(dashboard):
    page = dashboard.open("/briefing")
    page.get_by_role("button", name="Standard briefing").focus()
    press(dashboard, "Enter")
    first, second = query_of(page)["tray"].split("~")[:2]
    page.get_by_role("button", name="Down slide 1").focus()
    press(dashboard, "Enter")
    assert query_of(page)["tray"].split("~")[:2] == [second, first]
    page.get_by_role("button", name="Present", exact=True).focus()
    press(dashboard, "Enter")
    press(dashboard, "ArrowRight")
    assert query_of(page)["present"] == "2"
    press(dashboard, "Escape")
    assert "present" not in query_of(page)
    page.wait_for_function("document.activeElement !== document.body")


@pytest.mark.parametrize("path", ["/", "/threats", "/sources"])
def test_a_link_leads_past_masthead_ribbon_and_filters_to_the_chart(dashboard, path):
    page = dashboard.open(path)
    page.get_by_role("link", name="Skip to the chart").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('h2.finding')")

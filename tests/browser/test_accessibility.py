"""Every page is judged by axe-core, with and without a selection, and its colours in both editions."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ui.page import PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
# Streamlit sets the scheme of the page a moment after the browser has changed it
WORN = "edition => getComputedStyle(document.querySelector('.stApp')).colorScheme === edition"
SELECTED = {
    "overview": "/?sel=minsk-2023",
    "chairmanship": "/chairmanship?sel=chair-blr-2023",
    "attendance": "/attendance?sel=session-2022-11.ARM",
    "documents": "/documents?sel=statement-2022",
    "threats": "/threats?sel=tokayev-2022-afghanistan",
    "sources": "/sources?sel=s001.4",
    "briefing": "/briefing?tray=threats%3Fyears%3D2023~attendance",
}
PRESENTED = ["/threats?present=1&years=2022", "/briefing?present=2"]
ADDRESSES = ["/", "/threats", *SELECTED.values(), *PRESENTED]


def violations(page) -> list[tuple]:
    """What axe finds in the page: by all rules, and by those of contrast in the dark edition too."""
    rules = [({"type": "tag", "values": TAGS}, "light"), ({"type": "rule", "values": CONTRAST}, "dark")]
    found = []
    for chosen, edition in rules:
        page.emulate_media(color_scheme=edition)
        page.wait_for_function(WORN, arg=edition)
        found += Axe().run(page, options={"runOnly": chosen}).response["violations"]
    page.emulate_media(color_scheme="light")
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found]


def test_every_page_is_among_those_judged():
    assert list(SELECTED) == list(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_no_violation(dashboard, address):
    assert violations(dashboard.open(address)) == []


def test_axe_finds_no_violation_in_what_opens(dashboard):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan&years=1999")  # which gives a notice
    for key in ("popover_speakers", "popover_support"):
        page.locator(f".st-key-{key} button").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page) == [], key
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("document.querySelectorAll('.stHtml details').forEach(part => part.open = true)")
    page.locator(".st-key-twin_threats summary").click()
    expect(page.locator(".st-key-twin_threats table")).to_be_visible()
    assert violations(page) == []


@pytest.mark.phone
def test_axe_finds_no_violation_on_the_narrowest_phone(dashboard):
    dashboard.page.set_viewport_size({"width": 320, "height": 844})
    for name in ("overview", "threats", "briefing"):
        address = SELECTED[name]
        assert violations(dashboard.open(address)) == [], address

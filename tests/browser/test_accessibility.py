"""Every page is judged by axe-core, in both editions, with and without a selection."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ui.page import PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
ADDRESSES = [*(address.split("?")[0] for address in SELECTED.values()), *SELECTED.values(), *PRESENTED]


def violations(page) -> list[tuple]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found]


def test_every_page_is_among_those_judged():
    assert list(SELECTED) == list(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_no_violation(dashboard, edition, address):
    assert violations(dashboard.open(address)) == []


def test_axe_finds_no_violation_in_what_opens(dashboard, edition):
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


def test_axe_finds_no_violation_on_the_narrowest_phone(dashboard, edition):
    dashboard.page.set_viewport_size({"width": 320, "height": 844})
    for address in SELECTED.values():
        assert violations(dashboard.open(address)) == [], address

"""Every page is judged by axe-core, with and without a selection, and its colours in both editions."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from query import PAGES
from tests.browser.conftest import SELECTED

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
# Streamlit sets the scheme of the page a moment after the browser has changed it
WORN = "edition => getComputedStyle(document.querySelector('.stApp')).colorScheme === edition"
PRESENTED = ["/threats?present=1&years=2022", "/briefing?present=2"]
ADDRESSES = ["/", *SELECTED.values(), *PRESENTED]


# Words of charts are judged by tests/charts/test_contrast.py; axe cannot tell what is behind them.
CHARTS = [[".main-svg"]]


def violations(page, *parts: str, dark: bool = True, **options: object) -> list[tuple]:
    """What axe finds in the page or parts of it: by all rules, in the dark edition by those of contrast."""
    judged = {"exclude": CHARTS} | ({"include": [[part] for part in parts]} if parts else {})
    rules = [({"type": "tag", "values": TAGS}, "light")]
    if dark:
        rules.append(({"type": "rule", "values": CONTRAST}, "dark"))
    found = []
    for chosen, edition in rules:
        page.emulate_media(color_scheme=edition)
        page.wait_for_function(WORN, arg=edition)
        how = {"runOnly": chosen, "resultTypes": ["violations"], **options}
        found += Axe().run(page, context=judged, options=how).response["violations"]
    page.emulate_media(color_scheme="light")
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found]


def test_every_page_is_among_those_judged():
    assert list(SELECTED) == list(PAGES)


def test_axe_finds_no_violation(dashboard, subtests):
    for address in ADDRESSES:
        with subtests.test(msg=address):
            assert violations(dashboard.open(address)) == []


def test_axe_finds_no_violation_in_what_opens(dashboard, subtests):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan&years=1999")
    with subtests.test(msg="the notice of a year that is not known"):
        assert violations(page, ".notice") == []
    for name in ("menu_speakers", "menu_support"):
        with subtests.test(msg=name):
            page.locator(f"#{name} summary").click()
            expect(page.locator(f"#{name} > div")).to_be_visible()
            assert violations(page, f"#{name}") == []
            page.keyboard.press("Escape")
            expect(page.locator(f"#{name} > div")).to_be_hidden()
    with subtests.test(msg="what is folded, and the table"):
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => part.open = true)")
        expect(page.locator("#twin_threats table")).to_be_visible()
        assert violations(page, ".st-key-card_threats", ".panel") == []


@pytest.mark.phone
def test_axe_finds_no_violation_on_the_narrowest_phone(dashboard, subtests):
    """By the rules about size, place and names; the colours are the same as in a wide window."""
    dashboard.page.set_viewport_size({"width": 320, "height": 844})
    for name in ("overview", "threats", "briefing"):
        with subtests.test(msg=name):
            page = dashboard.open(SELECTED[name])
            assert violations(page, dark=False, rules={"color-contrast": {"enabled": False}}) == []

"""The offline page in a browser: it asks nobody, axe finds nothing, keys lead from marks to evidence."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from exports import Item, standard
from exports.brief import brief
from loaders import load
from query import View
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import CONTRAST
from tests.frozen import FROZEN


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    dataset = load(FROZEN)
    more = (Item("speakers"), Item("threats", View(years=(2022,))), Item("sources"))
    items = (*standard(dataset.tables), *more)
    path = tmp_path_factory.mktemp("offline") / "briefing.html"
    path.write_bytes(brief(dataset, items))
    return path.as_uri()


def test_axe_finds_nothing_in_either_edition(new_context, tmp_path):
    """In a briefing of two views: it takes a minute for one of eight, which is made of the same parts."""
    items = (Item("chairmanship"), Item("threats", View(years=(2022,))))
    path = tmp_path / "briefing.html"
    path.write_bytes(brief(load(FROZEN), items))
    page = new_context().new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    contrast = {"runOnly": {"type": "rule", "values": CONTRAST}, "resultTypes": ["violations"]}
    found += Axe().run(page, options=contrast).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found] == []


def test_a_mark_opens_its_evidence_by_key_and_by_click_and_nothing_is_wider_than_the_window(
    new_context, address, subtests
):
    page = new_context().new_page()
    page.goto(address)
    with subtests.test(msg="its fonts are inside and in use"):
        page.evaluate("document.fonts.ready")
        fonts = page.evaluate("[...document.fonts].map(font => font.status)")
        assert fonts == ["loaded"] * 4
    with subtests.test(msg="Tab reaches a mark, Enter opens its evidence"):
        page.locator("svg a").first.focus()
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.getAttribute('href')")
        assert page.evaluate("document.activeElement.closest('svg') !== null")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == target
        assert page.locator(f"[id='{target[1:]}']").evaluate("part => part.matches(':target')")
    with subtests.test(msg="so does a click in the middle of a mark"):
        mark = page.locator("svg a").nth(20)
        mark.scroll_into_view_if_needed()
        mark.click()
        assert page.evaluate("location.hash") == mark.get_attribute("href")
    for size in (DESKTOP, PHONE):
        with subtests.test(msg=f"nothing is wider than {size['width']} px"):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    with subtests.test(msg="one view is one sheet of paper"):
        page.emulate_media(media="print")
        inner = (210 - 22) / 25.4 * 96
        page.set_viewport_size({"width": round((297 - 28) / 25.4 * 96), "height": round(inner)})
        heights = page.locator("section.page[id^=view]").evaluate_all(
            "all => all.map(one => one.offsetHeight)"
        )
        assert max(heights) <= inner, heights

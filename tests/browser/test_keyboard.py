"""Every page without a mouse: from filter to evidence to export, the focus always seen and never lost."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from docs.documents import contrast
from tests.browser.conftest import ADDRESSES, SELECTED, chart_of, panel, query_of

MOST_STOPS = 150
# What has the focus: its ring, the same without focus, the paper behind it, and whether it can be seen.
STOP = """async () => {
    const part = document.activeElement;
    if (part === document.body) return null;
    await Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)));
    const box = part.getBoundingClientRect();
    const outline = () => {
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(part);
        const width = parseFloat(outlineWidth);
        return outlineStyle === "none" ? "none" : `${outlineStyle} ${width} ${outlineColor}`;
    };
    let paper = "rgba(0, 0, 0, 0)";
    for (let at = part.parentElement; at && paper.endsWith(", 0)"); at = at.parentElement)
        paper = getComputedStyle(at).backgroundColor;
    const within = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
    const seen = document.elementFromPoint(
        within(box.left, box.right, innerWidth), within(box.top, box.bottom, innerHeight));
    const ring = outline();
    part.blur();
    const plain = outline();
    part.focus();
    return {
        name: `${part.tagName} ${(part.innerText || part.ariaLabel || "").slice(0, 40)}`,
        ring, plain, paper,
        seen: !!seen && (part.contains(seen) || seen.contains(part)),
    };
}"""


def check_seen(stop: dict) -> None:
    """A ring of 2 px and more that appears with the focus, 3:1 against what is behind it, nothing on top."""
    assert stop["ring"] != "none", stop
    assert stop["ring"] != stop["plain"], stop
    _, width, colour = stop["ring"].split(" ", 2)
    assert float(width) >= 2, stop
    assert contrast(colour, stop["paper"], "normal") >= 3, stop
    assert stop["seen"], stop


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(MOST_STOPS):
        if target.evaluate("part => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def press(dashboard, key: str) -> None:
    with dashboard.rerun():
        dashboard.page.keyboard.press(key)


def button(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} button").first


def menu(page: Page, name: str) -> Locator:
    """What opens a menu of choices."""
    return page.locator(f"#menu_{name} summary")


@pytest.mark.fresh
@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        (SELECTED["sources"], "light"),
        (SELECTED["briefing"], "light"),
        ("/threats?sel=tokayev-2022-afghanistan&compare=2022~2023", "dark"),
        ("/threats?present=1", "light"),
    ],
)
def test_every_stop_of_tab_is_seen_and_the_way_through_a_page_ends(dashboard, address, scheme):
    dashboard.page.emulate_media(color_scheme=scheme)
    page = dashboard.open(address)
    names = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        check_seen(stop)
        names.append(stop["name"])
    assert len(names) < MOST_STOPS, "the way does not end: a trap"
    assert len(names) >= (3 if "present" in address else 15)


@pytest.mark.dark
def test_every_stop_in_an_open_menu_is_seen_and_it_closes_by_escape_and_where_the_focus_leaves(dashboard):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan")
    for name in ("speakers", "support"):
        opened = page.locator(f"#menu_{name}")
        stops = opened.locator("div").locator("a, input:visible")
        menu(page, name).focus()
        page.keyboard.press("Enter")
        expect(stops.first).to_be_visible()
        for number in range(stops.count()):
            page.keyboard.press("Tab")
            expect(stops.nth(number)).to_be_focused()
            check_seen(page.evaluate(STOP))
        page.keyboard.press("Escape")
        expect(opened).not_to_have_attribute("open", "")
        expect(menu(page, name)).to_be_focused()
        page.keyboard.press("Enter")
        expect(stops.first).to_be_visible()
        stops.last.focus()
        page.keyboard.press("Tab")
        expect(opened).not_to_have_attribute("open", "")


def test_every_stop_in_what_is_folded_is_seen(dashboard):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan&years=2022")
    for fold in page.locator(".st-key-card_threats .folds details, .panel details").all():
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(fold).to_have_attribute("open", "")
        check_seen(page.evaluate(STOP))
        if fold.get_attribute("data-src"):
            expect(fold.get_by_role("table")).to_be_visible()
        inside = fold.locator("a, pre, button, [role=region]")
        for number in range(inside.count()):
            page.keyboard.press("Tab")
            expect(inside.nth(number)).to_be_focused()
            check_seen(page.evaluate(STOP))


def test_from_filter_to_evidence_to_export_on_the_threats_page(dashboard, tables):
    page = dashboard.open("/threats")
    term = page.locator("#terms").get_by_role("link", name="Belarus")
    tab_to(page, term)
    press(dashboard, "Enter")
    assert query_of(page) == {"years": "2023"}
    expect(term).to_be_focused()
    # a filter in a menu: Enter opens it, Tab leads into it, Enter chooses, Escape leads back to its label
    tab_to(page, menu(page, "speakers"))
    page.keyboard.press("Enter")
    choice = page.locator("#filters").get_by_role("link", name="Aleksandr Lukashenko")
    tab_to(page, choice)
    press(dashboard, "Enter")
    assert query_of(page)["speakers"] == "lukashenko"
    expect(choice).to_be_focused()
    expect(choice).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(menu(page, "speakers")).to_be_focused()
    # that of the claims in another one
    tab_to(page, menu(page, "support"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    press(dashboard, "Enter")
    assert query_of(page)["basis"] == "stated"
    expect(page.get_by_role("link", name="Only what is stated")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu(page, "support")).to_be_focused()
    # export: the rows as a file
    tab_to(page, page.locator(".st-key-card_threats .folds summary", has_text="Download"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="CSV for spreadsheets")).to_be_focused()
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    rows = started.value.path().read_text(encoding="utf-8").splitlines()
    threats = tables["threats"]
    shown = (
        threats["speaker"].eq("lukashenko") & threats["year"].eq(2023) & threats["basis"].eq("stated")
    ).sum()
    assert len(rows) == 1 + shown
    # evidence: the focus stays on Next while what it shows changes
    tab_to(page, page.locator("#step_next"))
    seen = []
    for _ in range(3):
        press(dashboard, "Enter")
        expect(page.locator("#step_next")).to_be_focused()
        seen.append(page.locator(".claim").inner_text())
    assert len(set(seen)) == 3


def test_the_focus_stays_on_a_link_that_turns_into_its_opposite(dashboard):
    page = dashboard.open("/threats?years=2022")
    add = page.locator("#add_threats")
    tab_to(page, add)
    press(dashboard, "Enter")
    assert query_of(page)["tray"] == "threats?years=2022"
    expect(add).to_contain_text("In the briefing")
    expect(add).to_be_focused()
    press(dashboard, "Enter")
    assert "tray" not in query_of(page)
    expect(add).to_be_focused()


def test_where_the_pressed_link_is_taken_away_the_focus_goes_to_what_stands_nearest(dashboard):
    page = dashboard.open("/attendance?years=2022&sel=session-2022-11.ARM")
    tab_to(page, page.locator("a.clear"))
    press(dashboard, "Enter")
    expect(panel(page)).to_have_count(0)
    expect(page.locator("#step_next")).to_be_focused()
    page.locator("#show_all").focus()
    press(dashboard, "Enter")
    assert query_of(page) == {}
    expect(page.locator("#filters :focus")).to_have_count(1)


def test_a_record_opened_from_a_list_has_the_focus_on_its_claim(dashboard):
    page = dashboard.open("/chairmanship?sel=chair-blr-2023")
    before = page.locator(".claim").inner_text()
    page.locator(".ways a[data-sel='minsk-2023']").first.focus()
    press(dashboard, "Enter")
    expect(page.locator(".claim")).not_to_have_text(before)
    expect(page.locator(".claim")).to_be_focused()


def test_on_another_page_the_focus_is_on_its_title(dashboard):
    page = dashboard.open("/threats")
    tab_to(page, page.locator("#nav").get_by_role("link", name="Sources"))
    press(dashboard, "Enter")
    expect(page.get_by_role("heading", level=1, name="What does all this rest on?")).to_be_focused()


MARKS = "plot => [...new Set(plot.data.flatMap(trace => trace.customdata || []))]"


def test_next_counts_every_mark_and_every_record_left_out(dashboard, subtests):
    for name in ("overview", "documents", "threats"):
        with subtests.test(msg=name):
            page = dashboard.open(ADDRESSES[name])
            marks = len(chart_of(page, name).evaluate(MARKS))
            left_out = page.locator(f"#left_out_{name} summary")
            others = int(re.search(r"\d+", left_out.inner_text())[0]) if left_out.count() else 0
            expect(page.locator(".step")).to_contain_text(f"{marks + others} to read")


def test_next_reaches_every_mark_and_leads_around(dashboard):
    page = dashboard.open("/chairmanship")
    marks = chart_of(page, "chairmanship").evaluate(MARKS)
    tab_to(page, page.locator("#step_next"))
    reached = []
    for _ in marks:
        press(dashboard, "Enter")
        reached.append(query_of(page)["sel"])
    assert sorted(reached) == sorted(marks)
    press(dashboard, "Enter")
    assert query_of(page)["sel"] == reached[0]
    expect(page.locator("#step_next")).to_be_focused()


def test_a_paragraph_and_the_table_below_a_chart_are_reached_by_keyboard(dashboard):
    page = dashboard.open("/sources")
    summary = page.locator("#twin_sources summary")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Table of the chart sources")
    expect(table).to_be_visible()
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    expect(table).to_be_focused()  # so that the arrow keys scroll it
    tab_to(page, page.locator("#step_next"))
    press(dashboard, "Enter")
    assert query_of(page)["sel"] == "s000.1"
    expect(panel(page)).to_contain_text("Read and not coded.")


def test_two_years_are_compared_by_keyboard(dashboard):
    page = dashboard.open("/threats")
    tab_to(page, page.locator("#menu_compare summary"))
    page.keyboard.press("Enter")
    for side, year in zip(page.locator("#compare select").all(), ("2022", "2023"), strict=True):
        page.keyboard.press("Tab")
        expect(side).to_be_focused()
        page.keyboard.type(year)
    page.keyboard.press("Tab")
    press(dashboard, "Enter")
    assert query_of(page)["compare"] == "2022~2023"
    expect(page.locator(".st-key-card_comparison h2")).to_contain_text("both 2022 and 2023")


def test_the_link_is_copied_by_keyboard(dashboard):
    page = dashboard.open("/threats?years=2022")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab_to(page, page.locator("#link_threats"))
    page.keyboard.press("Enter")
    expect(page.locator(".voice")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query)["years"] == ["2022"]


def test_slides_are_chosen_moved_removed_renamed_and_presented_by_keyboard(dashboard):
    page = dashboard.open("/briefing")

    def tray() -> list[str]:
        return query_of(page)["tray"].split("~")

    tab_to(page, button(page, "standard"))
    press(dashboard, "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    first, second = tray()[:2]
    tab_to(page, button(page, "Down_0"))
    press(dashboard, "Enter")
    assert tray()[:2] == [second, first]
    expect(button(page, "Down_0")).to_be_focused()
    moved = tray()
    button(page, "Up_4").focus()
    press(dashboard, "Enter")
    assert tray() == [*moved[:3], moved[4], moved[3]]
    page.get_by_role("button", name="Remove slide 5").focus()
    press(dashboard, "Enter")
    assert tray() == [*moved[:3], moved[4]]
    headline = page.get_by_label("Slide 2 of 4: headline")
    tab_to(page, headline)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("In other words")
    press(dashboard, "Enter")
    assert tray()[1] == f"{first}?headline=In other words"
    expect(headline).to_be_focused()
    button(page, "present").focus()
    press(dashboard, "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press(dashboard, "ArrowRight")
    assert query_of(page)["present"] == "2"
    expect(page.get_by_role("heading", level=1)).to_have_text("In other words")
    expect(page.get_by_role("heading", level=1)).to_be_focused()  # or what follows depends on who is sooner
    press(dashboard, "Escape")
    assert "present" not in query_of(page)
    expect(button(page, "present")).to_be_focused()


def test_a_link_leads_past_masthead_ribbon_and_filters(dashboard, subtests):
    for path, link, place in (
        ("/threats?years=2022", "Skip to the chart", ".st-key-card_threats .finding"),
        ("/", "Skip to the evidence", ".step"),
        ("/briefing?tray=threats", "Skip to the slides", ".sentence"),
    ):
        with subtests.test(msg=link):
            page = dashboard.open(path)
            asked = query_of(page)
            tab_to(page, page.get_by_role("link", name=link))
            page.keyboard.press("Enter")
            expect(page.locator(place)).to_be_focused()
            expect(page.locator(place)).to_be_in_viewport()
            assert query_of(page) == asked

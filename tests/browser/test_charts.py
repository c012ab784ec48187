"""A chart on the page: the layout that fits, the frame around what is selected, and no drawing in vain."""

import pytest
from playwright.sync_api import Page, expect

from charts import theme
from tests.browser.conftest import ADDRESSES, PHONE, PLACE, chart_of, click_mark, query_of, table_rows

KEEP = "() => { window.drawn = [...document.querySelectorAll('.js-plotly-plot')] }"
KEPT = "() => window.drawn.length > 0 && window.drawn.every(plot => plot.isConnected)"
# plotly says of a chart whenever it has drawn it
DRAWINGS = """() => {
    window.drawings = [];
    for (const plot of document.querySelectorAll(".js-plotly-plot"))
        plot.on("plotly_afterplot", () => window.drawings.push(plot));
}"""
# a drawing that would still come has come: the browser had nothing to do, and a frame was painted
RESTED = """() => new Promise(resolve =>
    requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(() => resolve(true)))))"""
# How far apart the middles of the frame and of the nearest sign are, in px. The frame has to lie in a target
# of that address; on a phone, where a target is a whole cell, it need not.
APART = """([chart, address, cells]) => {
    const plot = document.querySelector(`.st-key-card_${chart} .js-plotly-plot`);
    const middle = (part) => {
        const {x, y, width, height} = part.getBoundingClientRect();
        return [x + width / 2, y + height / 2];
    };
    const [x, y] = middle(plot.parentElement.querySelector(".frame.picked"));
    const {xaxis, yaxis} = plot._fullLayout, edge = plot.getBoundingClientRect();
    const across = xaxis.p2c(x - edge.x - xaxis._offset), down = yaxis.p2c(y - edge.y - yaxis._offset);
    const within = plot._fullData.some(trace => (trace.customdata || []).some((carried, place) =>
        carried === address && Math.abs(trace.y[place] - down) <= trace.width[place] / 2
        && trace.base[place] <= across && across <= trace.base[place] + trace.x[place]));
    const signs = [...plot.querySelectorAll(".scatterlayer .points path, .shapelayer path")];
    const near = signs.map(middle).map(([a, b]) => Math.hypot(a - x, b - y));
    return within || cells ? Math.min(...near) : Infinity;
}"""


# the colours of all words and marks of the charts and of what is said about a mark below the pointer
WORN = """() => [...new Set([
    ...[...document.querySelectorAll(".under span")].map(part => getComputedStyle(part).color),
    ...[...document.querySelectorAll(".hovertext :is(text, path)")].map(part => getComputedStyle(part).fill),
    ...[...document.querySelectorAll(".scatter .points path")].map(part => getComputedStyle(part))
        .flatMap(({fill, stroke}) => [fill, stroke]).filter(colour => colour !== "none")])]"""


def words(page: Page) -> list[str]:
    """What stands around the marks of the charts."""
    return page.locator(".under p").all_inner_texts()


def test_the_frame_stands_around_the_selected_mark(dashboard, viewport, tables, subtests):
    selected = [
        ("threats", "lukashenko-2023-arms-race"),
        ("speakers", "lukashenko-2023-arms-race"),
        ("attendance", "minsk-2023-rus"),
        ("documents", tables["documents"]["id"].iloc[0]),
        ("sources", "s001.41"),
        ("overview", "minsk-2023"),
        ("chairmanship", "minsk-2023"),
    ]
    for chart, address in selected:
        with subtests.test(msg=chart):
            page = dashboard.open(f"{ADDRESSES.get(chart, '/threats')}?sel={address}")
            chart_of(page, chart)
            page.wait_for_function(
                f"known => ({APART})(known) < 1.5", arg=[chart, address, viewport is PHONE]
            )


@pytest.mark.fresh
def test_a_chart_that_changes_is_drawn_once_also_below_the_screen(dashboard):
    page = dashboard.open("/threats")
    expect(page.locator(".js-plotly-plot").last.locator(".main-svg").first).to_be_attached()
    page.wait_for_function(RESTED)  # the second chart is drawn when the browser is idle
    page.evaluate(DRAWINGS)
    with dashboard.rerun():
        page.locator("#filter_expressed").get_by_role("link", name="Actions").click()
    page.wait_for_function("() => window.drawings.length >= 2")
    assert page.locator(".js-plotly-plot").last.bounding_box()["y"] > page.viewport_size["height"]
    page.wait_for_function(RESTED)
    drawn = page.evaluate(
        "() => window.drawings.map(layer => layer.closest('[class*=st-key-card_]').className)"
    )
    assert len(drawn) == len(set(drawn)) == 2


def test_a_switch_of_edition_recolours_a_chart_and_its_hover_at_once(dashboard):
    page = dashboard.open("/threats")
    chart_of(page, "threats").evaluate(
        """plot => Plotly.Fx.hover(plot,
            [{curveNumber: plot.data.findIndex(trace => trace.hovertext), pointNumber: 0}])"""
    )
    expect(page.locator(".hovertext")).to_be_visible()
    for edition, colours in (("light", theme.INK), ("dark", theme.NIGHT), ("light", theme.INK)):
        page.emulate_media(color_scheme=edition)
        known = theme.drawn(colours)  # Streamlit sets the scheme of the page a moment later
        page.wait_for_function(
            f"known => ({WORN})().every(colour => known.includes(colour))", arg=list(known)
        )
        assert {"ink", "soft", "paper"} <= {known[colour] for colour in page.evaluate(WORN)}


AROUND = (".title", "#filters", "#ribbon", ".st-key-card_threats .folds")


def test_a_mark_that_is_opened_leaves_what_stands_around_charts_and_evidence_alone(dashboard, tables):
    page = dashboard.open("/threats?years=2023")
    rows = table_rows(dashboard, "threats")
    around = [page.locator(part).inner_text() for part in AROUND]
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    expect(page.locator(".claim")).to_contain_text("arms race")
    assert [page.locator(part).inner_text() for part in AROUND] == around
    expect(page.locator("#twin_threats tbody tr")).to_have_count(len(rows))  # what was opened stays so
    # and what is chosen there leaves the mark open
    with dashboard.rerun():
        page.locator("#filter_expressed").get_by_role("link", name="Actions").click()
    assert query_of(page) == {"years": "2023", "expressed": "priority", "sel": "lukashenko-2023-arms-race"}
    threats = tables["threats"]
    actions = (threats["year"].eq(2023) & threats["expressed_as"].eq("priority")).sum()
    expect(page.locator("#twin_threats tbody tr")).to_have_count(int(actions))  # an open table follows


def test_what_is_chosen_beside_a_chart_draws_none_anew_and_reaches_the_links_of_the_navigation(dashboard):
    page = dashboard.open("/threats")
    page.evaluate(KEEP)
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert page.evaluate(KEPT)
    with dashboard.rerun():
        page.get_by_role("link", name="Add to briefing").first.click()
    assert page.evaluate(KEPT)
    with dashboard.rerun():
        page.locator("#nav").get_by_role("link", name="Briefing").click()
    assert query_of(page) == {"tray": "threats"}


def test_a_mark_that_was_clicked_opens_again_after_another_was_opened(dashboard):
    page = dashboard.open("/threats")
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    with dashboard.rerun():
        page.get_by_role("link", name="Next", exact=True).click()
    assert query_of(page)["sel"] != "lukashenko-2023-arms-race"
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race"
    page.mouse.click(*chart_of(page, "threats").evaluate(PLACE, "lukashenko-2023-arms-race"))
    dashboard.settle()
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race", "a second click does not take it back"


def test_the_layout_that_fits_the_window_is_drawn(dashboard, viewport):
    page = dashboard.open("/threats")
    chart_of(page, "threats")
    # the head of the names of rows, which stand above their marks on a phone
    assert ("all categories" in words(page)) == (viewport is not PHONE)


def test_a_window_that_becomes_narrow_gets_the_other_layout_and_asks_nobody_for_it(dashboard):
    page = dashboard.open("/threats?years=2023&sel=lukashenko-2023-arms-race")
    chart_of(page, "threats")
    assert "all categories" in words(page)
    dashboard.sent.clear()
    page.set_viewport_size(PHONE)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')].every(plot => plot.layout.width < 390)"
    )
    assert "all categories" not in words(page)
    assert dashboard.sent == []
    assert query_of(page) == {"years": "2023", "sel": "lukashenko-2023-arms-race"}


ARMS_RACE, CONFLICT = "lukashenko-2023-arms-race", "lukashenko-2023-regional-conflict"
NARROW = {"width": 1180, "height": 760}
# notes whether a click would reach a panel, in the frame in which that has come over a place
COVERED = """([x, y]) => {
    const look = () => {
        const panel = document.querySelector(".panel:not(.empty)");
        const {left, right, top, bottom} = panel?.getBoundingClientRect() ?? {};
        if (!(left < x && x < right && top < y && y < bottom)) return requestAnimationFrame(look);
        const click = new MouseEvent("click", {bubbles: true, cancelable: true, clientX: x, clientY: y});
        window.follows = document.elementFromPoint(x, y).dispatchEvent(click);
    };
    look();
}"""
HELD, STRAY = 500, 12  # ms of a finger, px of a pointer, as in ui/parts/chart.js
LATENCY = 240  # ms that an answer takes on a slow network
SLOW = """const quick = fetch;
window.fetch = async (...asked) => (await new Promise((done) => setTimeout(done, %d)), quick(...asked))"""


def test_a_mark_opens_at_a_double_click_and_not_at_a_right_one(dashboard, tables):
    page = dashboard.open("/threats?years=2023")
    click_mark(dashboard, ARMS_RACE, "threats", clicks=2)
    assert query_of(page)["sel"] == ARMS_RACE
    x, y = chart_of(page, "threats").evaluate(PLACE, CONFLICT)
    page.mouse.click(x, y, button="right")
    dashboard.settle()
    assert query_of(page)["sel"] == ARMS_RACE


@pytest.mark.fresh
@pytest.mark.parametrize("gap", [100, 2 * LATENCY])
def test_one_step_back_undoes_a_double_click_on_a_slow_network(dashboard, gap):
    page = dashboard.page
    page.add_init_script(SLOW % LATENCY)
    dashboard.open("/threats?years=2023")
    x, y = chart_of(page, "threats").evaluate(PLACE, ARMS_RACE)
    page.mouse.move(x, y)
    with dashboard.rerun():
        page.mouse.click(x, y)
        page.wait_for_timeout(gap)  # a hand's
        page.mouse.click(x, y)
    expect(page.locator(".claim")).to_contain_text("arms race")
    page.wait_for_timeout(2 * LATENCY)  # until what the second click asked for has come too
    with dashboard.rerun():
        page.go_back()
    assert "sel" not in query_of(page)


def touch(page: Page, x: float, y: float, milliseconds: float = 0) -> None:
    """Put a finger on the page, and take it away after a time."""
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_timeout(milliseconds)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_press_that_is_drawn_and_a_finger_that_is_held_open_nothing(dashboard):
    page = dashboard.open("/threats?years=2023")
    x, y = chart_of(page, "threats").evaluate(PLACE, ARMS_RACE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * STRAY, y, steps=3)
    page.mouse.up()
    touch(page, x, y, HELD + 100)
    x, y = chart_of(page, "threats").evaluate(PLACE, CONFLICT)
    with dashboard.rerun():
        touch(page, x, y)
    assert query_of(page)["sel"] == CONFLICT
    with dashboard.rerun():
        page.go_back()
    assert "sel" not in query_of(page)


def test_a_second_click_on_a_mark_over_which_a_sheet_has_come_follows_no_link_of_that(dashboard):
    page = dashboard.open("/threats?years=2023")
    page.set_viewport_size(NARROW)
    x, y = chart_of(page, "threats").evaluate(PLACE.replace("/ 2;", "* 0.9;"), ARMS_RACE)
    with page.expect_response("**/evidence/**"):  # asked for by a mark that is pointed at
        page.mouse.move(x, y)
    page.evaluate(COVERED, [x, y])
    with dashboard.rerun():
        page.mouse.click(x, y)
    assert page.evaluate("() => window.follows") is False
    page.wait_for_function("([x, y]) => document.elementFromPoint(x, y).closest('.panel')", arg=[x, y])


def test_the_second_click_of_two_does_not_take_back_what_the_first_one_chose(dashboard):
    for path, choice, name, value in (
        ("/chairmanship", "#term_chair-blr-2023", "sel", "chair-blr-2023"),
        ("/threats", "#years_2022", "years", "2022"),
    ):
        page = dashboard.open(path)
        with dashboard.rerun():
            page.locator(choice).click()
        x, y = page.locator(choice).evaluate(
            "link => { const {x, y} = link.getBoundingClientRect(); return [x + 9, y + 9]; }"
        )
        page.mouse.move(x, y)
        page.mouse.down(click_count=2)
        page.mouse.up(click_count=2)
        dashboard.settle()
        assert query_of(page) == {name: value}
        with dashboard.rerun():
            page.go_back()
        assert query_of(page) == {}


def test_with_shift_a_click_opens_the_mark_under_it(dashboard):
    page = dashboard.open("/threats?years=2023")
    click_mark(dashboard, ARMS_RACE, "threats")
    page.keyboard.down("Shift")
    click_mark(dashboard, CONFLICT, "threats")
    page.keyboard.up("Shift")
    assert query_of(page)["sel"] == CONFLICT


@pytest.mark.phone
def test_a_long_press_opens_the_menu_of_the_browser_and_nothing_else(dashboard):
    page = dashboard.open("/threats?years=2023")
    x, y = chart_of(page, "threats").evaluate(PLACE, ARMS_RACE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("document.body.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true}))")
    page.mouse.up()
    dashboard.settle()
    assert "sel" not in query_of(page)
    click_mark(dashboard, ARMS_RACE, "threats")
    assert query_of(page)["sel"] == ARMS_RACE


# ---- what is opened stands before Streamlit has answered ----

SAID = """() => {
    window.said = [];
    new MutationObserver(() => {
        const claim = document.querySelector(".claim")?.textContent;
        if (claim !== window.said.at(-1)) window.said.push(claim);
    }).observe(document.querySelector(".st-key-evidence"), {subtree: true, childList: true});
}"""


def test_of_two_quick_clicks_the_last_stays_and_the_first_never_comes_back(dashboard):
    page = dashboard.open("/threats?years=2023")
    first, last = (
        chart_of(page, "threats").evaluate(PLACE, address)
        for address in ("lukashenko-2023-arms-race", "lukashenko-2023-regional-conflict")
    )
    page.evaluate(SAID)
    with dashboard.rerun():
        page.mouse.click(*first)
        page.mouse.click(*last)
    page.wait_for_function("location.search.includes('lukashenko-2023-regional-conflict')")
    dashboard.settle()
    said = page.evaluate("window.said")
    assert said[-1].startswith("Aleksandr Lukashenko: Says that regional")
    assert said.count(said[-1]) == 1


def test_what_is_opened_is_shown_while_the_server_is_busy_with_a_run(dashboard):
    page = dashboard.open("/threats?years=2023")
    chart = chart_of(page, "threats")
    x, y = chart.evaluate(PLACE, "lukashenko-2023-arms-race")
    with page.expect_response(lambda answer: "/evidence/" in answer.url) as answer, dashboard.rerun():
        page.mouse.click(x, y)
        expect(page.locator(".claim")).to_be_visible()
        shown = page.locator(".panel").inner_html()
    assert answer.value.ok
    assert page.locator(".panel").inner_html() == shown, "Streamlit sends the same"


def test_the_address_of_a_mark_is_a_page_that_works_without_script(new_context, server_url):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server_url}/evidence/lukashenko-2023-arms-race?page=threats&years=2023")
    expect(page.locator("blockquote").first).to_contain_text("deliberate unwinding of the spiral")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".step")).to_contain_text("of 23")
    page.get_by_role("link", name="Everything about this occasion").click()
    expect(page.locator(".claim")).to_contain_text("Minsk, November 2023")
    link = page.get_by_role("link", name="Open in the dashboard").get_attribute("href")
    assert link.startswith(f"{server_url}/threats?years=2023&sel=minsk-2023")


SHIFTS = """new PerformanceObserver(list => {
    window.shifted = list.getEntries().reduce((sum, one) => sum + one.value, window.shifted ?? 0);
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.fresh
@pytest.mark.usefixtures("viewport")
def test_what_stands_there_on_a_first_visit_hardly_moves_while_the_rest_comes(dashboard):
    dashboard.page.add_init_script(SHIFTS)
    page = dashboard.open("/threats")
    chart_of(page, "threats")
    assert (
        page.locator(".stMainBlockContainer").evaluate("one => getComputedStyle(one).visibility") == "visible"
    )
    assert page.evaluate("window.shifted ?? 0") < 0.1

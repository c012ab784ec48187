"""A chart on the page: the layout that fits, the frame around what is selected, and no drawing in vain."""

import pytest
from playwright.sync_api import Page, expect

from charts import theme
from tests.browser.conftest import ADDRESSES, PHONE, chart_of, click_mark, query_of

KEEP = "() => { window.drawn = [...document.querySelectorAll('.js-plotly-plot')] }"
KEPT = "() => window.drawn.length > 0 && window.drawn.every(plot => plot.isConnected)"
# plotly makes all shapes of a chart anew whenever it draws it: the first of them, once for each drawing
DRAWINGS = """() => {
    window.drawings = [];
    new MutationObserver(changes => {
        for (const {addedNodes, target} of changes)
            for (const part of addedNodes)
                if (part.matches?.("path[data-index='0']")) window.drawings.push(target);
    }).observe(document.body, {subtree: true, childList: true});
}"""
# a drawing that would still come has come: the browser had nothing to do, and a frame was painted
RESTED = """() => new Promise(resolve =>
    requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(() => resolve(true)))))"""
# How far apart the middles of the frame and of the target with that address are, in px; on a phone, where a
# target is a whole cell, of the frame and the sign that it stands around.
APART = """([chart, address, cells]) => {
    const plot = document.querySelector(`[class*=st-key-chart_${chart}_] .js-plotly-plot`);
    const frame = plot.closest("[class*=st-key-card_]").querySelector(".picks span").getBoundingClientRect();
    const {xaxis, yaxis} = plot._fullLayout, edge = plot.getBoundingClientRect();
    const signs = plot._fullData.filter(trace => cells && trace.type === "scatter")
        .flatMap(trace => trace.x.map((x, place) => [x, trace.y[place]]));
    const targets = plot._fullData.flatMap(trace => (trace.customdata || []).map((carried, place) =>
        carried === address && [trace.base[place] + trace.x[place] / 2, trace.y[place]])).filter(Boolean);
    return Math.min(...[...signs, ...targets].map(([x, y]) => Math.hypot(
        frame.x + frame.width / 2 - edge.x - xaxis._offset - xaxis.c2p(x),
        frame.y + frame.height / 2 - edge.y - yaxis._offset - yaxis.c2p(y))));
}"""


# the colours of all words of the charts and of what is said about a mark below the pointer
WORN = """() => [...new Set([...document.querySelectorAll(".js-plotly-plot :is(text, .hovertext path)")]
    .map(part => getComputedStyle(part).fill))]"""


def charts(page: Page, layout: str):
    return page.locator(f"[class*=st-key-{layout}_] .js-plotly-plot")


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
    layout = "narrow" if viewport is PHONE else "wide"
    for chart, address in selected:
        with subtests.test(msg=chart):
            page = dashboard.open(f"{ADDRESSES.get(chart, '/threats')}?sel={address}")
            chart_of(page, chart, layout)
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
        page.get_by_role("button", name="Actions").or_(page.get_by_role("radio", name="Actions")).click()
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


def test_a_mark_that_is_opened_leaves_what_stands_around_charts_and_evidence_alone(dashboard):
    page = dashboard.open("/threats?years=2023")
    assert "page_link" in dashboard.sent
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    expect(page.locator(".claim")).to_contain_text("arms race")
    assert dashboard.sent
    assert "page_link" not in dashboard.sent
    # what was drawn around knows nothing of the mark; what is chosen there leaves it open all the same
    with dashboard.rerun():
        page.get_by_role("button", name="Actions").or_(page.get_by_role("radio", name="Actions")).click()
    assert query_of(page) == {"years": "2023", "expressed": "priority", "sel": "lukashenko-2023-arms-race"}


def test_what_is_chosen_beside_a_chart_draws_none_anew_and_reaches_the_links_of_the_navigation(dashboard):
    page = dashboard.open("/threats")
    page.evaluate(KEEP)
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert page.evaluate(KEPT)
    with dashboard.rerun():
        page.get_by_role("button", name="Add to briefing").first.click()
    assert page.evaluate(KEPT)
    with dashboard.rerun():
        page.locator(".st-key-nav").get_by_role("link", name="Briefing").click()
    assert query_of(page) == {"tray": "threats"}


def test_a_mark_that_was_clicked_opens_again_after_another_was_opened(dashboard):
    page = dashboard.open("/threats")
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    with dashboard.rerun():
        page.get_by_role("button", name="Next", exact=True).click()
    assert query_of(page)["sel"] != "lukashenko-2023-arms-race"
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race"
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race", "a second click does not take it back"


def test_only_the_layout_that_fits_the_window_is_sent(dashboard, viewport):
    page = dashboard.open("/threats")
    fits, other = ("narrow", "wide") if viewport is PHONE else ("wide", "narrow")
    expect(charts(page, fits)).to_have_count(2)
    expect(charts(page, other)).to_have_count(0)


@pytest.mark.fresh  # a tab that has had both layouts gets them again
def test_a_window_that_becomes_narrow_gets_the_other_layout_with_the_same_view(dashboard):
    page = dashboard.open("/threats?years=2023")
    with dashboard.rerun():
        page.set_viewport_size(PHONE)
    expect(charts(page, "narrow").filter(visible=True)).to_have_count(2)
    expect(charts(page, "wide").filter(visible=True)).to_have_count(0)
    assert query_of(page) == {"years": "2023"}


def test_a_browser_that_keeps_no_cookie_gets_both_layouts_and_shows_the_one_that_fits(new_dashboard):
    dashboard = new_dashboard()
    forgets = "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})"
    dashboard.page.add_init_script(forgets)
    page = dashboard.open("/threats")
    expect(charts(page, "wide").filter(visible=True)).to_have_count(2)
    expect(charts(page, "narrow")).to_have_count(2)
    expect(charts(page, "narrow").filter(visible=True)).to_have_count(0)

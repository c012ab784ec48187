"""Colours that the system forces, and letters as large as the reader has set them in the browser."""

import pytest

from tests.browser.conftest import LETTERS, Dashboard, chart_of, query_of

VIEW = "/threats?years=2022~2023&expressed=threat"
# the ground and the ink of a part, as the browser paints them
PAINTED = """part => {
    const {backgroundColor, backgroundImage, color} = getComputedStyle(part);
    return [backgroundColor, color, backgroundImage];
}"""
SYSTEM = """name => {
    const one = document.body.appendChild(document.createElement("i"));
    one.style.cssText = `forced-color-adjust: none; color: ${name}`;
    const {color} = getComputedStyle(one);
    one.remove();
    return color;
}"""
USUAL, LARGE = 16, 32  # px of a letter, and in a browser set to twice as large


@pytest.fixture
def forced(new_dashboard) -> Dashboard:
    return new_dashboard(forced_colors="active")


def test_with_forced_colours_what_is_chosen_is_seen_to_be(forced):
    page = forced.open(VIEW)
    highlight = page.evaluate(SYSTEM, "Highlight"), page.evaluate(SYSTEM, "HighlightText")
    for name in ("#years_2022", "#years_2023", "#expressed_threat"):
        assert tuple(page.locator(name).evaluate(PAINTED)[:2]) == highlight, name
        inside = page.locator(f"{name} small").first.evaluate(PAINTED)
        assert (inside[0], inside[1]) == ("rgba(0, 0, 0, 0)", highlight[1]), name
    for name in ("#years_2024", "#expressed_priority"):
        assert page.locator(name).evaluate(PAINTED)[0] != highlight[0], name


def test_with_forced_colours_hatches_rules_and_marks_stand_out_from_the_ground(forced):
    page = forced.open("/threats?sel=tokayev-2022-afghanistan")
    chart_of(page, "threats")
    canvas, words = page.evaluate(SYSTEM, "Canvas"), page.evaluate(SYSTEM, "CanvasText")
    mute, highlight = page.evaluate(SYSTEM, "GrayText"), page.evaluate(SYSTEM, "Highlight")
    for hatch in ("#years_2021", ".st-key-card_threats .hatch >> nth=0"):
        assert mute in page.locator(hatch).evaluate(PAINTED)[2]
    rules = page.locator(".st-key-card_threats .under > i:not(.hatch)")
    assert set(rules.evaluate_all(f"all => all.map({PAINTED}).map(one => one[0])")) <= {words, mute}
    marks = page.locator(".st-key-card_threats .points path")
    strokes = "all => all.map(one => getComputedStyle(one)).flatMap(one => [one.stroke, one.fill])"
    assert words in marks.evaluate_all(strokes)
    frame = page.locator(".st-key-card_threats .frame.picked").first
    assert frame.evaluate("one => getComputedStyle(one).borderTopColor") == highlight
    assert len({canvas, words, highlight}) == 3


def large(new_dashboard, width: int) -> Dashboard:
    dashboard = new_dashboard()
    dashboard.page.set_viewport_size({"width": width, "height": 900})
    session = dashboard.page.context.new_cdp_session(dashboard.page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE, "fixed": 26}})
    return dashboard


SIZES = """() => [...document.querySelectorAll("h1, .sentence, #nav a, .choice, .source, .panel p")]
    .filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize))"""
WIDTH = "() => [document.querySelector('.stMain').scrollWidth, innerWidth]"


def test_letters_twice_as_large_make_text_and_charts_twice_as_large(new_dashboard):
    usual = new_dashboard()
    usual.page.set_viewport_size({"width": 820, "height": 900})
    drawn = [chart_of(usual.open("/threats"), "threats").evaluate(LETTERS), min(usual.page.evaluate(SIZES))]
    both = large(new_dashboard, 1440)
    page = both.open("/threats")
    plot = chart_of(page, "threats")
    letters = plot.evaluate(LETTERS)
    assert [letters, min(page.evaluate(SIZES))] == pytest.approx([2 * one for one in drawn], rel=0.01)
    wide, window = page.evaluate(WIDTH)
    assert wide <= window
    mark = plot.locator(".points path").first  # still under the pointer
    with both.rerun():
        mark.click(force=True)
    assert "sel" in query_of(page)
    slide = chart_of(both.open("/threats?present=1"), "presented")
    assert slide.evaluate(LETTERS) == pytest.approx(letters, rel=0.01)


def test_on_a_phone_a_chart_is_enlarged_as_far_as_there_is_room(new_dashboard):
    dashboard = large(new_dashboard, 390)
    page = dashboard.open("/threats")
    chart = chart_of(page, "threats")
    box = chart.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 391
    assert chart.evaluate(LETTERS) >= USUAL * 0.75

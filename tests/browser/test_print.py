"""A page on paper, as the browser prints it: the whole chart, the evidence in full, nothing to click."""

import pytest

from charts.theme import INK
from tests.browser.conftest import ADDRESSES, LETTERS, PHONE, SELECTED, Dashboard, chart_of

# px of a sheet within margins of 12 mm, upright and across
A4, LETTER = (703, 1032), (725, 965)
SHEETS = [A4, A4[::-1], LETTER, LETTER[::-1]]
# what of a chart, and of the words around its marks, is cut off by its sheet or by anything around it
CUT = """() => [...document.querySelectorAll(".plate")].flatMap(plate => {
    const {left, right, top, bottom} = plate.getBoundingClientRect();
    const cut = ["svg.main-svg", ".under p", ".frame.picked"].flatMap(one => [...plate.querySelectorAll(one)])
        .map(one => [one.textContent.slice(0, 30), one.getBoundingClientRect()])
        .filter(([, box]) => box.left < left - 4 || box.right > right + 4 || box.bottom > bottom + 4)
        .map(([words, box]) => [words, Math.round(box.right - right), Math.round(box.bottom - bottom)]);
    const fits = left >= 0 && right <= innerWidth + 1 && bottom - top <= innerHeight;
    if (!fits) cut.push(["plate", left, right, bottom - top]);
    return cut;
})"""
# how far the frame of what is selected is from its mark, in px, of each chart that has both
OFF = """address => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
    const {xaxis, yaxis, width} = plot._fullLayout;
    const edge = plot.getBoundingClientRect(), scale = edge.width / width;
    const frame = plot.closest(".chart").querySelector(".frame.picked")?.getBoundingClientRect();
    return plot._fullData.flatMap(trace => {
        const at = (trace.customdata || []).indexOf(address);
        if (at < 0 || !frame || trace.type !== "bar") return [];
        const flat = trace.orientation === "h", base = trace.base ? trace.base[at] : 0;
        const long = base + (flat ? trace.x[at] : trace.y[at]) / 2;
        const [right, down] = flat ? [long, trace.y[at]] : [trace.x[at], long];
        const x = edge.x + scale * (xaxis._offset + xaxis.c2p(right));
        const y = edge.y + scale * (yaxis._offset + yaxis.c2p(down));
        return [Math.hypot(x - (frame.left + frame.right) / 2, y - (frame.top + frame.bottom) / 2)];
    });
})"""
STOPS = "button, input, select, textarea, #nav a, #filters, #ribbon, .skip a, a[data-set], .pages a"
CONTROLS = """stops => [...document.querySelectorAll(stops)]
    .filter(one => one.checkVisibility({visibilityProperty: true})).map(one => one.outerHTML.slice(0, 80))"""
FOLDED = """() => [...document.querySelectorAll(".panel details:not([data-src]), .foot > details")]
    .filter(fold => fold.checkVisibility() && !fold.lastElementChild.checkVisibility())
    .map(fold => fold.innerText)"""
# headings and heads of charts that could stand at the foot of a sheet, away from what they are about
ORPHANS = """() => [...document.querySelectorAll("h1, h2, h3, .head, .keys, .plate")]
    .filter(one => one.checkVisibility() && getComputedStyle(one).breakAfter !== "avoid")
    .map(one => one.outerHTML.slice(0, 80))"""
# selectors of a style sheet that the browser does not know: it drops their whole rule
UNKNOWN = """async address => {
    const text = (await (await fetch(address)).text()).replace(/\\/\\*[^]*?\\*\\//g, "");
    return [...text.matchAll(/([^{};]+)[{]/g)].map(([, selector]) => selector.trim())
        .filter(selector => !/^(@|from|to|\\d)/.test(selector))
        .filter(selector => { try { document.querySelector(selector); } catch { return true; } });
}"""
LEGIBLE = 8  # px, 6 points, of a chart's smallest words on a sheet that is upright
COLOURS = """() => {
    const colour = (part, name) => getComputedStyle(part)[name];
    const words = [...document.querySelectorAll("h1, h2, .chart p span, .panel p, .quotes blockquote")];
    return {
        grounds: ["html", "body", ".stApp", ".stMain"]
            .map(one => colour(document.querySelector(one), "backgroundColor")),
        words: [...new Set(words.filter(one => one.checkVisibility()).map(one => colour(one, "color")))],
        marks: [...new Set([...document.querySelectorAll(".points path")].map(one => colour(one, "stroke")))],
    };
}"""


def printed(dashboard: Dashboard, path: str, sheet: tuple[int, int]) -> None:
    """The page as it stands on a sheet: drawn for a window, then put on paper."""
    page = dashboard.open(path)
    for plot in page.locator(".st-key-presented, [class*=st-key-card_]").all():
        plot.locator(".main-svg").first.wait_for(state="attached")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": sheet[0], "height": sheet[1]})


@pytest.fixture(autouse=True)
def screen(dashboard):
    yield
    dashboard.page.emulate_media(media="screen")


def rgb(name: str) -> str:
    return f"rgb{tuple(bytes.fromhex(INK[name][1:]))}"


def test_every_page_is_printed():
    assert SELECTED.keys() == ADDRESSES.keys()


@pytest.mark.dark
@pytest.mark.fresh
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_whole_chart_and_all_evidence_stand_on_white_paper(dashboard, sheet, subtests):
    page = dashboard.page
    slides = {"one slide": "/threats?present=1&sel=tokayev-2022-afghanistan"}
    for name, path in (SELECTED | slides).items():
        with subtests.test(msg=name):
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 1440, "height": 900})
            printed(dashboard, path, sheet)
            assert page.evaluate(CUT) == []
            assert page.evaluate(CONTROLS, STOPS) == []
            assert page.evaluate(FOLDED) == []
            assert page.evaluate(ORPHANS) == []
            colours = page.evaluate(COLOURS)
            assert set(colours["grounds"]) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
            assert set(colours["words"]) <= {rgb("ink"), rgb("soft")}
            assert set(colours["marks"]) <= {rgb("ink"), rgb("mute"), rgb("paper"), "none"}
            evidence = page.locator(".st-key-evidence")
            if evidence.count():
                assert evidence.evaluate("one => one.scrollHeight - one.clientHeight") <= 1
                assert evidence.evaluate("one => getComputedStyle(one).position") == "static"
            if name == "briefing":
                fields = page.get_by_label("headline")
                headlines = fields.evaluate_all("all => all.map(field => field.value)")
                assert len(headlines) == 2
                assert page.locator(".finding").all_inner_texts() == headlines
            if name == "threats":
                (*off,) = page.evaluate(OFF, "tokayev-2022-afghanistan")
                assert off
                assert max(off) < 2


def test_after_printing_the_page_is_as_it_was(dashboard):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan")
    plot = chart_of(page, "threats")
    before = plot.evaluate("plot => [plot.offsetWidth, plot.offsetHeight, plot.innerHTML.length]")
    page.pdf(format="A4", landscape=True)
    assert plot.evaluate("plot => [plot.offsetWidth, plot.offsetHeight, plot.innerHTML.length]") == before


@pytest.mark.phone
@pytest.mark.fresh
def test_a_phone_prints_the_chart_of_a_wide_window(dashboard):
    page = dashboard.open("/threats?sel=tokayev-2022-afghanistan")
    chart_of(page, "threats")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4[0], "height": A4[1]})
    assert page.evaluate(CUT) == []
    (*off,) = page.evaluate(OFF, "tokayev-2022-afghanistan")
    assert max(off) < 2
    assert chart_of(page, "threats").evaluate(LETTERS) >= LEGIBLE
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("innerWidth >= document.querySelector('.main-svg').getBoundingClientRect().right")


def test_every_rule_of_the_style_sheet_is_one_that_the_browser_takes(dashboard):
    assert dashboard.page.evaluate(UNKNOWN, "look.css") == []

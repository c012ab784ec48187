import re
from collections import Counter
from io import BytesIO
from itertools import combinations
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Inches

from charts import attendance, scene, theme
from exports import Item, gaps, native, powerpoint, read_items, svg
from exports.deck import AGAIN, OPEN, deck, left_out_words
from exports.powerpoint import HEIGHT, WIDTH
from exports.template import FILE, PROMPTS, template
from loaders import fingerprints, quotes
from query import CHARTS, CODED_BY, UNCOVERED, View, vocabulary
from query.words import capital, quotation
from tests.exports.conftest import changed, item_of, unpacked
from tests.frozen import FROZEN

QUOTED = re.compile(r"“(.+?)” \(.+?, (s\d{3}), paragraph (\d+): ")


def words(slide) -> str:
    parts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def runs(slide) -> list:
    """The runs of every text box."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    return [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]


def parts(slide) -> list:
    """The native charts and tables of a slide."""
    return [shape for shape in slide.shapes if shape.has_chart or shape.has_table]


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def described(shape) -> str:
    return shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""


def named(slide, name: str):
    return next(shape for shape in slide.shapes if shape.name == name)


def bars_of(chart) -> dict[tuple[str, str], float]:
    """(series, category) -> value, without what is empty."""
    plot = chart.plots[0]
    return {
        (series.name, category): value
        for series in plot.series
        for category, value in zip(plot.categories, series.values, strict=True)
        if value is not None
    }


def workbook(chart) -> str:
    """Every text in the workbook behind a chart."""
    return unpacked(chart.part.chart_workbook.xlsx_part.blob)["xl/sharedStrings.xml"].decode()


@pytest.fixture(scope="module")
def views(file, made) -> list:
    """The slide of each view, in order."""
    return list(file.slides)[1 : len(made) + 1]


@pytest.fixture
def view_of(views, made):
    def find(topic: str):
        return next(
            (page, slide) for page, slide in zip(views, made, strict=True) if slide.item.topic == topic
        )

    return find


# ---- what every slide has ----


def test_a_deck_has_a_cover_a_slide_for_each_view_and_one_on_what_is_not_known(file, made):
    layouts = [slide.slide_layout.name for slide in file.slides]
    assert layouts == ["Cover", *["View"] * len(made), "Closing"]
    assert [slide.shapes.title.text_frame.text for slide in file.slides][1:-1] == [s.headline for s in made]


def test_the_cover_asks_for_a_name_and_a_date_and_names_nobody(file, dataset):
    cover = file.slides[0]
    boxes = {shape.name: shape for shape in cover.placeholders}
    assert boxes.pop("Title 1").text_frame.text == dataset.title
    assert [(name, shape.text_frame.text) for name, shape in boxes.items()] == [
        (name, "") for name in PROMPTS
    ]
    asked = {shape.placeholder_format.idx: shape for shape in cover.slide_layout.placeholders}
    for shape in boxes.values():
        words = asked[shape.placeholder_format.idx].text_frame.text
        assert words.startswith("Click to add "), "what PowerPoint shows while nothing is typed"
        assert shape.height >= Inches(0.3)


def test_the_cover_of_a_long_briefing_says_how_many_more_views_there_are(dataset):
    items = [Item("attendance", headline=f"Slide {number}") for number in range(30)]
    cover = Presentation(BytesIO(deck(dataset, items))).slides[0]
    shown = len(named(cover, "Table: contents").table.rows) - 1
    assert named(cover, "More").text_frame.text == f"{30 - shown} more"
    inside(cover)


def test_no_line_of_percent_signs_stands_on_a_slide(dataset):
    items = [Item("threats", View(years=(2022,)), "Слова об угрозах"), Item("attendance")]
    for base in ("https://example.org/csto", "", "http://localhost:8501"):
        pages = Presentation(BytesIO(deck(dataset, items, base))).slides
        text = "\n".join(words(page) + notes(page) for page in pages)
        assert re.findall(r"%[0-9A-F]{2}|\?tray=", text) == []
        targets = {run.text: run.hyperlink.address for page in pages for run in runs(page)}
        for link in (OPEN, AGAIN):
            assert (link in targets) == base.startswith("https"), base
        if base.startswith("https"):
            assert _tray(targets[AGAIN])[0].startswith("threats?")


def test_the_deck_is_wide_and_every_slide_has_a_title(file):
    assert file.slide_width / file.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert all(slide.shapes.title.text_frame.text for slide in file.slides)


def test_every_view_has_a_native_chart_or_table_with_alt_text(file, views):
    for slide in views:
        assert parts(slide)
    for slide in file.slides:
        for shape in parts(slide):
            assert described(shape), shape.name


def test_every_view_says_its_headline_subtitle_filters_coverage_and_sources(views, made):
    for page, slide in zip(views, made, strict=True):
        text = words(page)
        begins = slide.subtitle.partition(". ")[0]
        told = "Table: statements" in [shape.name for shape in page.shapes]
        for expected in (slide.headline, "" if told else begins, slide.sentence, f"2021 {UNCOVERED}"):
            assert expected in text
        assert " square" not in text, "a native chart has no squares"
        for source in slide.sources:
            assert source.publisher in text


def test_the_notes_hold_every_record_with_quotes_that_the_fingerprints_confirm(dataset, views, made):
    known = fingerprints.read(FROZEN.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    files = dict(zip(dataset.tables["sources"]["id"], dataset.tables["sources"]["file"], strict=True))
    for page, slide in zip(views, made, strict=True):
        text = notes(page)
        found = QUOTED.findall(text)
        cited = [quote for record in slide.records for quote in record.quotes]
        expected = {(quotation(one.text)[1:-1], one.source, str(one.paragraph)) for one in cited}
        assert set(found) == expected
        assert found
        for record in slide.records:
            assert f"[{record.id}]" in text
        for quote, source, paragraph in set(found):
            paragraphs = known[files[source]]["paragraphs"][int(paragraph) - 1].split()
            assert quotes.occurrences(quotes.fingerprint(quotes.words(quote)), paragraphs) == 1


def test_a_slide_says_how_many_records_stand_in_its_notes_alone(made):
    slide = next(slide for slide in made if len(slide.left_out))
    two, four = (SimpleNamespace(tables=slide.tables, left_out=slide.left_out[:1] * n) for n in (2, 4))
    assert left_out_words(four).endswith("; and 2 more, in the notes.")
    assert "more, in the notes" not in left_out_words(two)


def test_links_lead_to_the_sources_and_back_to_the_view(file, views, made, dataset):
    addresses = set(dataset.tables["sources"]["url"])
    for page, slide in zip(views, made, strict=True):
        targets = {run.hyperlink.address: run.text for run in runs(page) if run.hyperlink.address}
        assert {source.url for source in slide.sources} <= set(targets) | {"sources": addresses}.keys()
        back = next(address for address, text in targets.items() if text == OPEN)
        assert read_items(_tray(back)[:1], dataset.tables) == ((slide.item,), ())


def _tray(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query)["tray"][0].split("~")


def test_the_last_slide_says_how_much_is_not_known_and_what_it_rests_on(file, dataset, items):
    last = list(file.slides)[-1]
    text, said = words(last), notes(last)
    known = gaps.gaps(dict(dataset.tables))  # worked out anew, and not what the deck remembers
    for gap in known:
        assert capital(gap.kind) in text
        assert f"{gap.kind}: {gap.what}" in said
    table = named(last, "Table: what we do not know").table
    numbers = {row.cells[0].text: row.cells[1].text for row in list(table.rows)[1:]}
    silent = dataset.tables["attendance"]["status"].eq("not_stated").sum()
    assert numbers["Place at a session on which no source speaks"] == str(silent)
    assert numbers["Year in which no source reports an event held"] == "1"
    assert sum(map(int, numbers.values())) == sum(gap.number for gap in known)
    assert CODED_BY in text
    assert f"data {dataset.hash}" in text
    assert dataset.version in text
    for source in dataset.tables["sources"].to_dict("records"):
        assert source["publisher"] in text
        assert source["url"] in said
    address = next(run.hyperlink.address for run in runs(last) if run.text == AGAIN)
    assert read_items(_tray(address), dataset.tables) == (tuple(items), ())


def test_of_many_sources_the_closing_slide_names_some_and_says_how_many_more(dataset):
    rows = dataset.tables["sources"]
    more = rows.assign(id=[f"s1{number:02d}" for number in range(len(rows))])
    many = changed(dataset, sources=pd.concat([rows, more, more.assign(id=more["id"].str.replace("1", "2"))]))
    last = list(Presentation(BytesIO(deck(many, (Item("attendance"),)))).slides)[-1]
    shown = len(named(last, "Table: sources").table.rows) - 1
    assert named(last, "More").text_frame.text == f"{3 * len(rows) - shown} more in the notes"
    assert "s204" in notes(last)
    inside(last)


def test_every_colour_of_a_slide_is_one_of_the_theme_and_those_are_our_inks(deck_bytes):
    files = unpacked(deck_bytes).items()
    xml = [content.decode() for name, content in files if name.endswith((".xml", ".rels"))]
    slides = "".join(text for text in xml if "<p:sld " in text or "<c:chartSpace" in text)
    assert not re.findall(r'srgbClr val="([0-9A-Fa-f]{6})"', slides), "of a theme that is changed, all change"
    theme_of_slides = next(text for text in xml if 'name="Office Theme"' in text and "Georgia" in text)
    colours = re.search("<a:clrScheme.*?</a:clrScheme>", theme_of_slides, re.DOTALL)[0]
    assert set(re.findall(r'srgbClr val="(\w+)"', colours)) == {ink.lstrip("#") for ink in theme.INK.values()}


def test_the_template_is_what_its_script_makes():
    assert FILE.read_bytes() == template()


def inside(slide):
    """Nothing stands outside a slide or over its foot, and no two boxes of words overlap."""
    boxes = []
    for shape in slide.shapes:
        assert shape.left >= 0, shape.name
        assert shape.left + shape.width <= Inches(WIDTH) + 9, shape.name
        assert shape.top + shape.height <= Inches(HEIGHT), shape.name
        typed = shape.is_placeholder or (shape.has_text_frame and shape.text_frame.text)
        if shape.name != "Why it is hatched" and (typed or shape.has_table or shape.has_chart):
            boxes.append(shape)
    for one, other in combinations(boxes, 2):
        apart = (
            one.left + one.width <= other.left + 9
            or other.left + other.width <= one.left + 9
            or one.top + one.height <= other.top + 9
            or other.top + other.height <= one.top + 9
        )
        assert apart, (one.name, other.name)


def test_nothing_stands_outside_its_slide_or_over_something_else(file, subtests):
    for number, slide in enumerate(file.slides, 1):
        with subtests.test(slide=number):
            inside(slide)


# ---- the rows in the charts ----


@pytest.mark.parametrize("topic", ["threats", "speakers"])
def test_a_chart_of_statements_holds_exactly_the_rows_of_its_view(view_of, dataset, topic):
    page, slide = view_of(topic)
    rows = slide.rows["threats"]
    column, table, name = {
        "threats": ("category", "categories", "label"),
        "speakers": ("speaker", "people", "name"),
    }[topic]
    names = dict(zip(dataset.tables[table]["id"], dataset.tables[table][name], strict=True))
    named_rows = rows.assign(
        series=[vocabulary.EXPRESSED[word].capitalize() for word in rows["expressed_as"]],
        name=[names.get(key, "") for key in rows[column]],
        year=rows["year"].astype("str"),
    )
    bars, columns = [bars_of(shape.chart) for shape in page.shapes if shape.has_chart]
    assert columns == Counter(named_rows[["series", "year"]].itertuples(index=False, name=None))
    assert sum(bars.values()) == len(rows)
    bars = {key: count for key, count in bars.items() if key[1] in names.values()}
    of_names = named_rows[named_rows["name"] != ""]  # others, such as a body, are called otherwise
    assert bars == Counter(of_names[["series", "name"]].itertuples(index=False, name=None))


def test_a_year_that_a_view_leaves_out_says_so_under_its_column(dataset):
    items = (Item("threats", View(years=(2023, 2024))), Item("attendance"))
    file = Presentation(BytesIO(deck(dataset, items)))
    chart = named(file.slides[1], "Chart: statements by year").chart
    heads = list(chart.plots[0].categories)
    assert heads[0] == "2020\nleft out"
    assert {year for _, year in bars_of(chart)} == {"2023", "2024"}


def test_a_few_statements_are_told_in_their_words(views, made):
    slide = made[-1]
    about = {row["Record"]: row for row in slide.twin.to_dict("records")}
    lines = [[cell.text for cell in row.cells] for row in named(views[-1], "Table: statements").table.rows][
        1:
    ]
    assert len(lines) == len(slide.records) == 7
    records = {record.id: record for record in slide.records}
    for (category, summary, quoted, source), (name, row) in zip(lines, about.items(), strict=True):
        assert category == f"{row['Category']}\naction named"
        quote = records[name].quotes[0]
        assert (summary, quoted) == (row["Summary"], f"“{quote.text}”")
        assert source.startswith(f"{row['Speaker']}, 2022\n")
        assert source.endswith(f", paragraph {quote.paragraph}")


TWELVE = ("threats", "speakers", "documents")


@pytest.mark.parametrize("topic", TWELVE)
def test_twelve_records_in_their_words_are_one_slide_with_a_mark_for_what_is_inferred(dataset, topic):
    table = CHARTS[topic].table
    rows = dataset.tables[table]
    doubted = rows["inferred"] != ""
    kept = pd.concat([rows[doubted], rows[~doubted]]).iloc[:12]
    few = changed(dataset, **{table: kept}, document_counts=dataset.tables["document_counts"].iloc[:0])
    page = Presentation(BytesIO(deck(few, (item_of(topic),)))).slides[1]
    (part,) = parts(page)
    lines = [[cell.text for cell in row.cells] for row in part.table.rows][1:]
    assert len(lines) == 12
    assert sum("†" in " ".join(line) for line in lines) == doubted[kept.index].sum() > 0
    assert "† Inferred; the reason stands in the notes." in named(page, "Remarks").text_frame.text
    assert sum("“" in cell for line in lines for cell in line) >= 12
    inside(page)


def test_the_documents_of_one_session_are_told_by_name_beside_the_number_reported(dataset):
    page = Presentation(BytesIO(deck(dataset, (Item("documents", View(years=(2023,))),)))).slides[1]
    lines = [[cell.text for cell in row.cells] for row in named(page, "Table: documents").table.rows][1:]
    rows = dataset.tables["documents"]
    assert sorted(line[0] for line in lines) == sorted(rows.loc[rows["year"] == 2023, "title"])
    assert named(page, "Numbers").text_frame.text.startswith(
        "Reported in numbers: 15 (“submitted for signing”, sb.by)."
    )


def test_what_has_no_room_on_a_slide_is_counted_there_and_stands_in_its_notes(dataset, monkeypatch):
    monkeypatch.setattr(native, "MOST_BARS", 5)
    monkeypatch.setattr(native, "MOST_COLUMNS", 3)
    monkeypatch.setattr("exports.body.TOLD", ((24, 0.1),))
    items = (Item("threats"), Item("attendance"), Item("threats", View(years=(2022,))))
    bars, seats, told = list(Presentation(BytesIO(deck(dataset, items))).slides)[1:-1]
    begins = "Not on this slide, but in its notes: "
    categories = dataset.tables["threats"]["category"].nunique()
    assert named(bars, "More").text_frame.text == f"{begins}{categories - 5} more bars."
    assert named(seats, "More").text_frame.text == f"{begins}3 earlier columns."
    shown = len(named(told, "Table: statements").table.rows) - 1
    rows = dataset.tables["threats"]
    ids = rows.loc[rows["year"] == 2022, "id"]
    assert named(told, "More").text_frame.text == f"{begins}{len(ids) - shown} more lines."
    assert all(f"[{name}]" in notes(told) for name in ids)
    for page in (bars, seats, told):
        inside(page)


def test_the_workbook_behind_a_chart_holds_the_records_of_the_view(views, made, dataset):
    everything = set(dataset.tables["threats"]["id"])
    charts = [
        (shape.chart, slide)
        for page, slide in zip(views, made, strict=True)
        for shape in page.shapes
        if shape.has_chart
    ]
    assert charts
    for chart, slide in charts:
        text = workbook(chart)
        assert {name for name in everything if f">{name}<" in text} == set(slide.rows["threats"]["id"])


def test_a_term_is_a_row_with_its_bar_over_the_years(view_of):
    page, slide = view_of("chairmanship")
    frame = named(page, "Table: terms of chairmanship")
    head, *rows = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert [row[0] for row in rows] == ["Russia", "Tajikistan", "Armenia", "Belarus", "Kazakhstan"]
    assert [text for text in head if text.isdigit()] == ["2020", "2021", "2022", "2023", "2024"]
    assert [row[-1] for row in rows] == ["10", "–", "9", "23", "18"]
    assert rows[1][-3] == "–\n1 announced"
    assert "sources" not in rows[0][1]
    assert rows[1][1].endswith("‡")
    lines = sorted(shape.left for shape in page.shapes if shape.name == "Year")
    bars = [shape for shape in page.shapes if shape.name == "Term"]
    assert [described(bar).split("\n")[0] for bar in bars] == [
        item.label.split("\n")[0] for row in slide.chart.grid.rows for item in [row.spans[0].item]
    ]
    parts = [[(part.left, part.left + part.width) for part in bar.shapes] for bar in bars]
    assert parts[0][0][1] == pytest.approx(lines[0], abs=9), "what is not stated fades into the first year"
    for place, year in zip(parts[1:4], lines[1:], strict=False):
        assert place[0][0] == pytest.approx(year, abs=9), "a year that is known as such begins with it"
    assert parts[4][0][0] == pytest.approx(lines[4], abs=9)
    assert parts[4][-1][1] > lines[5], "an end that is not stated fades beyond the last year"
    assert described(named(page, "Hatch")) == UNCOVERED
    hatch = named(page, "Hatch")
    assert (hatch.left, hatch.left + hatch.width) == pytest.approx((lines[1], lines[2]), abs=9)


def test_every_session_has_a_sign_under_the_bar_of_its_term(view_of):
    page, slide = view_of("chairmanship")
    signs = [described(shape) for shape in page.shapes if shape.name == "Session"]
    assert signs == [span.item.label for row in slide.chart.grid.rows for span in row.spans[1:]]
    key = [shape.text_frame.text for shape in page.shapes if shape.name == "Key" and shape.has_text_frame]
    assert {text for text in key if text} == {*(said for _, said in slide.chart.grid.key), "‡"}


LOOKS = [
    f"{fill} {shape}" for fill in (*theme.PAINTS, "mute") for shape in theme.CORNERS if fill != "crossed"
]


def drawn_on_a_slide(draw) -> tuple:
    """Fill, stroke, px of the stroke and of its dashes, and px across and down of what `draw` adds."""
    page, _ = powerpoint.page(powerpoint.presentation("", "", "2024-01-01"), "View", "")
    form = draw(page.shapes)._element.spPr
    colours = [
        [colour.get("val") for colour in part.xpath("./a:solidFill/a:schemeClr")]
        for part in (form, *form.xpath("./a:ln"))
    ]
    width = int(*form.xpath("./a:ln/@w") or [0]) / 9525
    dashes = [int(part) * width / 1e5 for part in form.xpath(".//a:ds/@d | .//a:ds/@sp")]
    return (
        *colours,
        width,
        dashes,
        [int(*form.xpath(f"./a:xfrm/a:ext/@{side}")) / 9525 for side in ("cx", "cy")],
    )


@pytest.mark.parametrize("look", [*LOOKS, "crossed square"])
def test_a_sign_on_a_slide_is_that_of_the_charts(look):
    sign = scene.sign(look, 14)
    places = {"ink": ["tx1"], "paper": ["bg1"], "mute": ["accent2"], "": []}
    fill, stroke, width, dashes, size = drawn_on_a_slide(
        lambda shapes: powerpoint.sign(shapes, look, 14 / 96, 1, 1, "")
    )
    assert (fill, stroke) == (places[sign.fill], places[sign.stroke])
    assert width == pytest.approx(sign.width, abs=0.01)
    assert dashes == pytest.approx(theme.DASHES if sign.dashed else [], abs=0.01)
    corners = sign.corners or [(-sign.half, -sign.half), (sign.half, sign.half)]
    assert size == pytest.approx([max(side) - min(side) for side in zip(*corners, strict=True)], abs=0.01)


def test_statements_of_a_year_beyond_the_axis_are_named_below_the_bars_and_stand_in_none(dataset):
    rows = dataset.tables["threats"]
    slip = rows.assign(year=rows["year"].mask(rows["year"].eq(2023), 2203))
    slide = Presentation(BytesIO(deck(changed(dataset, threats=slip), [Item("threats", View())]))).slides[1]
    assert "Not on the chart: " in words(slide)
    assert "2203 is not among the years shown" in words(slide)
    (bars,) = (shape for shape in parts(slide) if shape.name == "Chart: statements by category")
    counted = sum(number or 0 for series in bars.chart.plots[0].series for number in series.values)
    assert counted == rows["year"].ne(2023).sum()


def test_what_a_fill_is_painted_with_is_said_once_for_slides_and_pictures(monkeypatch):
    monkeypatch.setitem(theme.PAINTS, "dashed", theme.Paint("wash", "accent"))
    box = scene.bar((0, 0), (1, 0), 10, 30, "dashed")
    picture = scene.Scene(height=40, shapes=[scene.Mark((0.5, 0), 20, "dashed star", 14), box])
    assert (
        re.findall('fill="(#.+?)" stroke="(#.+?)"', svg.drawing(picture, 845).content)
        == [(theme.INK["wash"], theme.INK["accent"])] * 2
    )
    for draw in (
        lambda shapes: powerpoint.sign(shapes, "dashed star", 0.15, 1, 1, ""),
        lambda shapes: powerpoint.bar(shapes, "dashed", powerpoint.Area(1, 1, 1, 0.2), ""),
    ):
        assert drawn_on_a_slide(draw)[:2] == (["bg2"], ["accent5"])


def test_terms_that_a_slide_has_no_room_for_are_without_bars_and_counted(dataset, monkeypatch):
    monkeypatch.setattr("exports.timeline.TALL", (1.2,))
    page = Presentation(BytesIO(deck(dataset, (Item("chairmanship"),)))).slides[1]
    states = [row.cells[0].text for row in named(page, "Table: terms of chairmanship").table.rows][1:]
    bars = [described(shape) for shape in page.shapes if shape.name == "Term"]
    assert states == ["Russia", "Tajikistan"]
    for state, bar in zip(states, bars, strict=True):
        assert bar.startswith(f"Chairmanship of {state}")
    assert named(page, "More").text_frame.text.endswith("; 3 more lines.")


def test_the_sessions_of_the_terms_stand_by_their_title_in_the_notes(view_of):
    page, slide = view_of("chairmanship")
    assert "every session and summit by its title" in named(page, "More").text_frame.text
    for title in slide.rows["events"]["title"]:
        assert title in notes(page)


def test_attendance_is_a_table_in_words(view_of):
    page, slide = view_of("attendance")
    table = named(page, "Table: attendance").table
    text = [[cell.text for cell in row.cells] for row in table.rows]
    flat = [cell for row in text for cell in row]
    counts = Counter(slide.rows["attendance"]["status"])
    inferred = sum(cell == "■ present, inferred" for cell in flat)
    assert inferred == sum(slide.rows["attendance"]["basis"] == "inferred") > 0
    assert sum("■ present" in cell for cell in flat) == counts["present"]
    assert sum("× absent" in cell for cell in flat) == counts["absent"]
    assert sum("·  not stated" in cell for cell in flat) == counts["not_stated"]
    assert [" ".join(cell.split()) for cell in flat].count(UNCOVERED) == 1
    assert f"{attendance.NO_SESSION}, 1 announced" in flat
    assert "no source says whether they came" in words(page)


@pytest.mark.parametrize("topic", CHARTS)
def test_a_sign_in_words_is_explained_on_the_slide_on_which_it_stands(view_of, topic):
    page, _ = view_of(topic)
    tables = [part.table for part in parts(page) if part.has_table]
    told = "".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    remarks = next((shape.text_frame.text for shape in page.shapes if shape.name == "Remarks"), "")
    assert [sign in told for sign in "†‡"] == [sign in remarks for sign in "†‡"]


def test_a_chart_of_what_no_slide_has_a_way_for_is_told_by_its_grid(dataset, monkeypatch):
    monkeypatch.setattr(native, "WAYS", {})
    file = Presentation(BytesIO(deck(dataset, [item_of(topic) for topic in CHARTS])))
    told = {topic: words(page) for topic, page in zip(CHARTS, list(file.slides)[1:-1], strict=True)}
    assert "1 place at a session" in told["attendance"]
    assert re.search(r"\d threats?(, \d actions?)?\n", told["threats"])
    assert "25 paragraphs" in told["sources"]


def test_the_documents_named_stand_beside_the_numbers_reported(view_of):
    page, slide = view_of("documents")
    table = [
        [cell.text for cell in row.cells] for row in named(page, "Table: documents by status").table.rows
    ]
    years = [head.split("\n")[0] for head in table[0]]
    rows = {row[0]: dict(zip(years[1:], row[1:], strict=True)) for row in table[1:]}
    assert rows["Reported in numbers"]["2020"] == "15\n“approved and adopted”\n(pm.kz)"
    assert rows["Reported in numbers"]["2023"] == "15\n“submitted for signing”\n(sb.by)"
    assert (rows["Documents named"]["2020"], rows["Documents named"]["2023"]) == ("2", "5")
    assert rows["Signed"]["2021"] == UNCOVERED
    assert rows["Signed"]["2024"] == "no document reported"
    flat = "\n".join(cell for name, row in rows.items() if name[0] != "R" for cell in row.values())
    counted = re.findall(r"(\d+) (?:document|other matter)s?$", flat, re.MULTILINE)
    assert sum(map(int, counted)) == len(slide.rows["documents"])
    assert "by its title in the notes" in named(page, "Numbers").text_frame.text
    for title in slide.rows["documents"]["title"]:
        assert title in notes(page)


def test_the_overview_counts_every_document_and_statement(view_of):
    page, slide = view_of("overview")
    table = named(page, "Table: overview").table
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows}
    numbers = [int(number) for cell in rows["Statements"] for number in re.findall(r"\d+", cell)]
    assert sum(numbers) == len(slide.rows["threats"])
    early = rows["Chairs"][1]  # one cell beside all rows
    told = "\n".join((early, *rows["Documents"], *rows["Other matters"]))
    found = re.findall(r"^(\d+) (?:document|other matter)", told, re.MULTILINE)
    assert sum(map(int, found)) == len(slide.rows["documents"])
    assert "1992  Signing of the Collective Security Treaty" in early
    said = " ".join(" ".join(cell for row in rows.values() for cell in row).split())
    assert UNCOVERED in said


# ---- dates, bytes, words ----


def test_the_file_is_dated_by_its_data(file, dataset, deck_bytes):
    assert file.core_properties.created.date().isoformat() == dataset.date
    with ZipFile(BytesIO(deck_bytes)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_long_headline_is_printed_in_full(dataset):
    headline = " ".join(["A headline of many words"] * 8)
    file = Presentation(BytesIO(deck(dataset, (Item("threats", View(), headline),))))
    title = file.slides[1].shapes.title
    assert title.text_frame.text == headline
    assert title.top + title.height <= Inches(2)


def test_a_comparison_of_years_and_one_of_speakers_has_a_line_for_each_category(dataset):
    for pair in (("2022", "2023"), ("tokayev", "lukashenko")):
        page = Presentation(BytesIO(deck(dataset, [Item("comparison", View(compare=pair))]))).slides[1]
        rows = [[cell.text for cell in row.cells] for row in named(page, "Table: comparison").table.rows]
        threats = dataset.tables["threats"]
        own = threats[threats["year"].astype("str").isin(pair) | threats["speaker"].isin(pair)]
        labels = dataset.tables["categories"].set_index("id")["label"]
        told = {row[0] for row in rows}
        assert {capital(label) for label in labels[own["category"].unique()]} <= told
        assert {"Stated in both", "Stated by both"} & told

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import query
from exports import Item, Refused, dump_item, link, link_remark, read_items, slides, standard
from exports.briefing import LONGEST_HEADLINE, WHOLE, all_sources, read_item, years_of
from query import View, parse
from tests.exports.conftest import changed
from tests.headlines import SCRIPTS, headlines

# ---- entries of the tray ----


def test_each_entry_that_is_not_known_is_named_by_its_place(dataset):
    items, notices = read_items(("zz\u00adz", "threats?years=2022&q=", "sources"), dataset.tables)
    assert [item.topic for item in items] == ["threats", "sources"]
    first, second = notices
    assert first.startswith("Slide 1: “zzz” (with a sign that cannot be seen) is not a chart: those are ")
    assert second == "Slide 2: “q” is empty and was left out."


@pytest.mark.parametrize(
    "item",
    [
        Item("threats"),
        Item("threats", View(years=(2020, 2022), expressed=("threat",), q="a & b = c ? d ~ e")),
        Item("documents", View(status=("signed", "proposed"), basis=("stated",))),
        Item("attendance", WHOLE, "50 % ~ “Who” came? & <b>more</b> #1+1"),
        Item("speakers", View(years=(2024,)), "Кто сказал"),
    ],
    ids=lambda item: item.topic,
)
def test_an_item_comes_back_from_its_text(dataset, item):
    text = dump_item(item)
    assert "~" not in text
    assert read_item(text, dataset.tables)[0] == item


def test_what_was_selected_or_opened_does_not_go_into_a_briefing(dataset):
    view = View(years=(2022,), sel="chair-arm-2022", data=dataset.hash, tray=("threats",), present="2")
    text = dump_item(Item("threats", view))
    assert text == "threats?years=2022"
    assert read_item("threats?years=2022&sel=chair-arm-2022", dataset.tables)[0] == Item(
        "threats", View(years=(2022,))
    )


@pytest.mark.parametrize("text", ["", "?", "nothing?years=2022", "Threats", "threats?" + "a=b&" * 100])
def test_what_describes_no_item_is_none(dataset, text):
    assert read_item(text, dataset.tables)[0] is None


@given(text=st.text() | st.builds("threats?{}".format, st.text()))
def test_no_text_makes_reading_an_item_fail(dataset, text):
    item = read_item(text, dataset.tables)[0]
    assert item is None or read_item(dump_item(item), dataset.tables)[0] == item


def test_a_value_that_is_dropped_from_an_item_is_named(dataset):
    item, notices = read_item("threats?years=1999~2022&colour=red", dataset.tables)
    assert item == Item("threats", View(years=(2022,)))
    assert "1999" in "".join(notices)
    assert "colour" in "".join(notices)


def test_a_headline_is_one_line_of_limited_length(dataset):
    item = read_item("threats?headline=a%0Ab%00c%C2%ADd" + "x" * 500, dataset.tables)[0]
    assert item.headline.startswith("a b cdx")
    assert len(item.headline) == LONGEST_HEADLINE


def test_the_standard_briefing_leaves_out_what_has_no_rows(dataset):
    assert [item.topic for item in standard(dataset.tables)] == [
        "overview", "chairmanship", "attendance", "documents", "threats"
    ]  # fmt: skip
    empty = changed(dataset, threats=dataset.tables["threats"].iloc[:0])
    assert "threats" not in [item.topic for item in standard(empty.tables)]


# ---- the link ----


def test_the_link_restores_the_briefing(dataset, items):
    address = link(dataset, items, "https://example.org/csto/")
    assert address.startswith("https://example.org/csto/briefing?tray=")
    tray = parse_qs(urlsplit(address).query)["tray"][0].split("~")
    assert read_items(tray, dataset.tables) == (tuple(items), ())


@pytest.mark.parametrize(
    "base",
    [
        "", "http://localhost:8501", "http://127.0.0.1:8501", "http://[::1]/", "http://0.0.0.0", "http://a.localhost",
        "javascript:alert(1)", "example.org", "http://[", "http://LOCALHOST",
    ],
)  # fmt: skip
def test_a_base_that_others_cannot_reach_leaves_the_query_alone(dataset, base):
    assert link(dataset, standard(dataset.tables), base).startswith("?tray=overview~")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_link_of_thirty_slides_with_long_headlines_is_one_that_mail_and_powerpoint_take(dataset, script):
    items = [Item("threats", View(years=(2022,)), headline) for headline in headlines(script)]
    address = link(dataset, items, "https://dashboard.example.org/tools/csto")
    assert 1000 < len(address) <= 2000
    opened = _items(address, dataset)
    kept = sum(bool(item.headline) for item in opened)
    assert kept >= 5
    assert opened == items[:kept] + [replace(item, headline="") for item in items[kept:]]
    remark = link_remark(dataset, items, "https://dashboard.example.org/tools/csto")
    assert f"your own headlines from slide {kept + 1} on" in remark


def test_a_link_that_leaves_out_one_headline_names_its_slide(dataset):
    long = [Item("threats", WHOLE, headline) for headline in headlines("Cyrillic")]
    number = next(n for n in range(30) if link_remark(dataset, long[:n], "https://example.org"))
    remark = link_remark(dataset, [*long[:number], *[Item("threats")] * 3], "https://example.org")
    assert f"your own headline of slide {number}:" in remark


def _items(address, dataset):
    view, notices = parse({"tray": parse_qs(urlsplit(address).query)["tray"][0]}, dataset.tables)
    assert notices == ()
    return list(read_items(view.tray, dataset.tables)[0])


def test_a_headline_in_any_script_is_encoded_once(dataset):
    item = Item("threats", WHOLE, "Кто сказал")
    address = link(dataset, [item], "https://example.org")
    assert "%25" not in address
    assert len(address) < len("https://example.org/briefing?tray=threats?headline=&data=01234567") + 6 * 10
    assert link_remark(dataset, [item], "https://example.org") == ""
    old = "threats?headline=%D0%9A%D1%82%D0%BE+%D1%81%D0%BA%D0%B0%D0%B7%D0%B0%D0%BB"
    assert read_item(old, dataset.tables)[0] == item, "links of versions before"


def test_what_no_link_can_hold_is_refused_in_words(dataset):
    many = [Item("threats", View(q=text[:100])) for text in headlines("Chinese")]
    assert link(dataset, many, "https://example.org") == ""
    assert "There is no link to all slides" in link_remark(dataset, many, "https://example.org")


# ---- slides ----


def test_all_slides_of_a_briefing_have_one_time_axis_with_its_gaps(dataset):
    items = (Item("threats", View(years=(2020,))), Item("documents", View(years=(2022,))))
    assert years_of(dataset.tables, items) == (2020, 2021, 2022)
    assert {slide.axis.years for slide in slides(dataset, items)} == {(2020, 2021, 2022)}


def test_the_records_behind_a_slide_are_the_rows_of_its_view(dataset, made):
    for slide in made:
        if slide.item.topic == "sources":
            continue
        rows = {name for table in slide.rows.values() for name in table["id"]}
        assert {record.id for record in slide.records} == rows, slide.item
    selected = query.select(dataset.tables, made[-1].item.view)
    assert [record.id for record in made[-1].records if "." not in record.id]
    assert {record.id for record in made[-1].records} == set(selected["threats"]["id"])


def test_every_record_has_its_quotes_or_says_why_not(dataset, made):
    evidence = dataset.tables["evidence"]
    for record in {record.id: record for slide in made[:5] for record in slide.records}.values():
        if "." in record.id:
            assert record.silence
            continue
        rows = evidence[evidence["record"] == record.id]
        places = rows.assign(against=rows["relation"] == "contradicts")
        columns = ["source", "paragraph", "quote", "against"]
        assert [(q.source, q.paragraph, q.text, q.against) for q in record.quotes] == list(
            dict.fromkeys(places[columns].itertuples(index=False, name=None))
        )


def test_an_overview_of_some_years_shows_no_chair_of_others(dataset):
    overview, _ = slides(dataset, (Item("overview", View(years=(2022,))), Item("threats")))
    assert list(overview.tables["chairmanships"]["id"]) == ["chair-arm-2022"]
    assert not overview.left_out


def test_sources_that_a_view_sets_aside_are_not_behind_its_slide(dataset):
    (slide,) = slides(dataset, (Item("threats", View(without=("s004",))),))
    assert "s004" not in [source.id for source in slide.sources]
    assert all(quote.source != "s004" for record in slide.records for quote in record.quotes)


def test_an_address_that_no_browser_should_open_is_no_link(dataset):
    rows = dataset.tables["sources"].assign(url="javascript:alert(1)")
    assert {source.address for source in all_sources({"sources": rows})} == {""}
    assert all(source.address == source.url for source in all_sources(dataset.tables))


# ---- what is refused ----


def test_a_view_without_rows_is_refused_by_name_and_by_its_place_among_several(dataset):
    empty = Item("threats", View(years=(2021,)), "Anything")
    refusal = rf"threats\?years=2021: this view has no rows.*{query.UNCOVERED}"
    with pytest.raises(Refused, match=f"^Slide 2: {refusal}"):
        slides(dataset, (Item("overview"), empty))
    with pytest.raises(Refused, match=f"^{refusal}"):
        slides(dataset, (empty,))


def test_a_record_without_evidence_is_refused_by_name(dataset):
    evidence = dataset.tables["evidence"]
    bare = changed(dataset, evidence=evidence[evidence["record"] != "chair-arm-2022"])
    with pytest.raises(Refused, match="chair-arm-2022"):
        slides(bare, (Item("chairmanship"),))


def test_an_empty_briefing_is_refused(dataset):
    with pytest.raises(Refused):
        slides(dataset, ())

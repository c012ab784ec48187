"""The dashboard as a person uses it, on the real data: clicks, keyboard, links, Back, and nonsense."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

import query
from tests.browser.conftest import click_mark, panel, query_of, table_rows

# ---- 1: the chairmanship timeline ----


def test_a_click_on_the_bar_of_2023_opens_that_term(dashboard):
    page = dashboard.open("/chairmanship")
    click_mark(dashboard, "chair-blr-2023", "chairmanship")
    assert query_of(page)["sel"] == "chair-blr-2023"
    words = panel(page).inner_text()
    for expected in (
        "Belarus in the chair, 2023: Aleksandr Lukashenko",
        "Through solidarity and co-operation towards peace and security",
        "Priorities: 2",
        "Session of the Collective Security Council, Minsk, November 2023, day not stated",
        "6 present, 1 absent, 0 not stated",
        "15 documents “submitted for signing”",
        "Documents: 5",
        "Proposals and other matters: 4",
        "Drug trafficking in 2023: 3 statements",
    ):
        assert expected in words, expected


def test_previous_and_next_walk_through_all_terms_by_keyboard(dashboard, tables):
    page = dashboard.open("/chairmanship")
    terms = list(tables["chairmanships"]["id"])
    for term in terms:
        with dashboard.rerun():
            page.get_by_role("link", name="Next", exact=True).press("Enter")
        assert query_of(page)["sel"] == term
    for term in reversed(terms[:-1]):
        with dashboard.rerun():
            page.get_by_role("link", name="Previous", exact=True).press("Enter")
        assert query_of(page)["sel"] == term


def test_a_block_of_the_ribbon_sets_the_years_to_its_term_and_clears_them_again(dashboard):
    page = dashboard.open("/threats")
    with dashboard.rerun():
        page.locator("#terms").get_by_role("link", name="Belarus").click()
    assert query_of(page) == {"years": "2023"}
    with dashboard.rerun():
        page.locator("#terms").get_by_role("link", name="Belarus").click()
    assert query_of(page) == {}


# ---- 2: threats by year ----


def test_threats_of_2022_are_exactly_the_statements_of_2022(dashboard, tables):
    page = dashboard.open("/threats")
    with dashboard.rerun():
        page.locator("#ruler a", has_text="2022").click()
    assert query_of(page) == {"years": "2022"}
    threats = tables["threats"]
    assert sorted(table_rows(dashboard, "threats")) == sorted(threats.loc[threats["year"] == 2022, "id"])


def test_of_two_quick_choices_both_count(dashboard):
    page = dashboard.open("/threats")
    with dashboard.rerun():
        page.evaluate("[2023, 2022].forEach(year => document.getElementById(`years_${year}`).click())")
    assert set(query_of(page)["years"].split("~")) == {"2022", "2023"}
    expect(page.locator("#ruler [aria-current]")).to_have_count(2)


def test_a_menu_stays_open_for_a_further_choice_and_closes_at_a_press_beside_it(dashboard):
    page = dashboard.open("/threats")
    choices = page.locator("#menu_speakers > div")
    page.locator("#menu_speakers summary").click()
    for number in (1, 2):
        with dashboard.rerun():
            choices.locator("a:not([aria-current])").first.click()
        expect(choices).to_be_visible()
        expect(choices.locator("[aria-current]")).to_have_count(number)
        expect(page.locator("#menu_speakers summary")).to_contain_text(f"{number} of")
    page.get_by_role("heading", level=1).click()
    expect(choices).to_be_hidden()


# ---- 3: a square opens its evidence ----


def test_a_click_on_a_square_opens_quote_paragraph_source_and_date_in_words(dashboard):
    page = dashboard.open("/threats")
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race"
    words = panel(page).inner_text()
    assert "“deliberate unwinding of the spiral of a new arms race”" in words
    assert "sb.by, paragraph 19" in words
    assert "Aleksandr Lukashenko" in words
    assert "November 2023, day not stated" in words


def test_a_head_of_the_table_sorts_its_rows_and_a_row_opens_its_evidence_which_escape_closes(dashboard):
    page = dashboard.open("/threats?years=2023")
    rows = table_rows(dashboard, "threats")
    head = page.locator("#twin_threats th").nth(1)
    column = page.locator("#twin_threats td:nth-child(2)")
    for way, reverse in (("ascending", False), ("descending", True)):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        speakers = column.all_inner_texts()
        assert speakers == sorted(speakers, reverse=reverse)
    assert sorted(table_rows(dashboard, "threats")) == sorted(rows)
    with dashboard.rerun():
        page.locator("#twin_threats [data-sel=lukashenko-2023-arms-race]").click()
    assert query_of(page)["sel"] == "lukashenko-2023-arms-race"
    expect(panel(page)).to_contain_text("deliberate unwinding")
    with dashboard.rerun():
        page.keyboard.press("Escape")
    assert query_of(page) == {"years": "2023"}
    expect(panel(page)).to_have_count(0)


def test_the_evidence_stays_in_view_however_far_the_charts_are_scrolled(dashboard):
    page = dashboard.open("/threats")
    page.locator(".st-key-card_speakers").evaluate("one => one.scrollIntoView()")
    expect(page.locator("#evidence")).to_be_in_viewport()


# ---- 4: attendance ----


def test_armenia_is_absent_in_minsk_and_was_present_by_its_prime_minister(dashboard, subtests):
    page = dashboard.open("/attendance")
    for record, claim, person in (
        ("minsk-2023-arm", "Armenia is reported absent", "not stated"),
        ("session-2020-arm", "Armenia is reported present", "Nikol Pashinyan"),
        ("summit-2022-05-arm", "Armenia is reported present", "not stated"),
    ):
        with subtests.test(msg=record):
            click_mark(dashboard, record, "attendance")
            assert query_of(page)["sel"] == record
            words = panel(page).inner_text()
            assert claim in words
            assert person in words
            assert ("Prime Minister of Armenia" in words) == ("reported present" in claim)


def test_a_party_that_nobody_mentions_is_neither_present_nor_absent(dashboard):
    page = dashboard.open("/attendance")
    click_mark(dashboard, "session-2022-11.ARM", "attendance")
    words = panel(page).inner_text()
    assert "No source says whether Armenia took part" in words
    assert "silence, not absence" in words
    assert "“" not in words


# ---- 5: the address bar holds the whole view ----


def test_back_undoes_a_click(dashboard):
    page = dashboard.open("/threats?years=2023")
    click_mark(dashboard, "lukashenko-2023-arms-race", "threats")
    with dashboard.rerun():
        page.go_back()
    assert query_of(page) == {"years": "2023"}
    expect(panel(page)).to_have_count(0)


def test_the_navigation_carries_the_filters_to_the_next_page(dashboard):
    page = dashboard.open("/threats?years=2022")
    with dashboard.rerun():
        page.locator("#nav").get_by_role("link", name="Documents").click()
    assert urlsplit(page.url).path == "/documents"
    assert query_of(page) == {"years": "2022"}


LIT = '[aria-current="true"]'  # a choice of a filter or of the ribbon that is set


def copied_link(page) -> str:
    return page.locator("#link_threats").get_attribute("data-copies")


def test_an_address_and_a_copied_link_show_the_same_view_in_another_browser(
    dashboard, new_dashboard, subtests
):
    page = dashboard.open("/threats?years=2022~2023&expressed=threat")
    click_mark(dashboard, "tokayev-2022-afghanistan", "threats")
    link = copied_link(page)
    other = new_dashboard()
    parts = (".sentence", "#filters", ".st-key-evidence", "#ribbon")
    with subtests.test(msg="the address of the window"):
        elsewhere = other.open(page.url.removeprefix(other.address))
        assert [elsewhere.locator(p).inner_text() for p in parts] == [
            page.locator(p).inner_text() for p in parts
        ]
        assert table_rows(other, "threats") == table_rows(dashboard, "threats")
    with subtests.test(msg="the copied link holds what was chosen and the dataset, and nothing else"):
        asked = {name: value for name, value in parse_qs(urlsplit(link).query).items()}
        assert len(asked.pop("data")[0]) == 8
        chosen = {"years": ["2022~2023"], "expressed": ["threat"], "sel": ["tokayev-2022-afghanistan"]}
        assert asked == chosen
        other.open("/briefing")
        other.open(link.removeprefix(other.address))
        assert [elsewhere.locator(p).inner_text() for p in parts] == [
            page.locator(p).inner_text() for p in parts
        ]
        assert elsewhere.locator(".notice").count() == 0
    with subtests.test(msg="that of an unfiltered page lights no filter"):
        link = copied_link(dashboard.open("/threats"))
        assert set(parse_qs(urlsplit(link).query)) == {"data"}
        other.open(link.removeprefix(other.address))
        assert elsewhere.locator(LIT).count() == 0
        assert elsewhere.locator("#filters").get_by_text("Show all").count() == 0


def test_nonsense_in_the_address_gives_a_notice_and_the_page(dashboard, subtests):
    for nonsense in (
        "?years=1066~dog",
        "?sel=no-such-record",
        "?categories=%00%ff~%F0%9F%92%A5",
        "?colour=red&years=2022~2022",
        "?sel=<script>alert(1)</script>&q=" + "x" * 5000,
        "?data=00000000",
    ):
        with subtests.test(msg=nonsense[:40]):
            page = dashboard.open("/threats" + nonsense)
            assert page.locator(".notice").count()
            expect(page.get_by_role("heading", level=1)).to_have_text(query.PAGES["threats"].question)


# ---- trust: where a claim comes from, and what would change without a source ----


def test_the_panel_shows_every_mention_the_source_its_caveats_and_a_link_to_the_words(dashboard, tables):
    page = dashboard.open("/threats?sel=lukashenko-2023-world-order")
    evidence = tables["evidence"]
    stated = evidence[
        evidence["record"].eq("lukashenko-2023-world-order") & evidence["field"].eq("expressed_as")
    ]
    assert len(stated) > 1
    words = panel(page).inner_text()
    assert all(f"“{quote}”" in words for quote in stated["quote"])
    assert "quoted words found in this paragraph" in words
    first = panel(page).get_by_role("link", name="sb.by, paragraph 15").first
    assert "#:~:text=witnessing%20the%20collapse" in first.get_attribute("href")
    panel(page).locator("summary", has_text="The document behind it").click()
    expect(panel(page)).to_contain_text("Printed date: 28 November 2023")
    expect(panel(page)).to_contain_text("it prints no day for the session")


def test_a_citation_a_link_and_a_report_can_be_copied(dashboard):
    page = dashboard.open("/threats?sel=lukashenko-2023-arms-race")
    footnote = panel(page).locator(".footnote").inner_text()
    for part in (
        "Aleksandr Lukashenko, Session",
        "November 2023, day not stated",
        "sb.by, para. 19, https://www",
    ):
        assert part in footnote
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy_footnote").click()
    expect(page.locator("#copy_footnote")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == footnote
    panel(page).locator("summary", has_text="BibTeX").click()
    expect(page.locator("pre", has_text="@misc{csto-lukashenko-2023-arms-race")).to_be_visible()
    panel(page).locator("summary", has_text="Report a problem").click()
    report = page.locator("pre", has_text="Record: lukashenko-2023-arms-race")
    expect(report).to_be_visible()
    expect(panel(page).get_by_role("link", name="Write a mail")).to_be_visible()
    text = report.inner_text()
    assert "“deliberate unwinding of the spiral of a new arms race”" in text
    assert "sel=lukashenko-2023-arms-race" in text


def test_a_disagreement_shows_both_quotes(dashboard):
    page = dashboard.open("/chairmanship?sel=chair-tjk-2021")
    assert "Not all quoted words agree on: start" in panel(page).inner_text()
    panel(page).locator("summary", has_text="Also read").click()
    for quote in ("upcoming presidency", "Tajikistan took over the presidency"):
        expect(panel(page)).to_contain_text(quote)


def test_setting_a_source_aside_redraws_everything_under_a_visible_line(dashboard, tables):
    page = dashboard.open("/sources")
    with dashboard.rerun():
        page.get_by_role("link", name="Show everything without sb.by").click()
    assert query_of(page) == {"without": "s001"}
    expect(page.locator("#head .notice").first).to_contain_text("nothing that rests on sb.by alone")
    page.locator("#now_lost_s001 summary").click()
    with dashboard.rerun():
        page.locator("#now_lost_s001").get_by_role("link", name="Armenia is reported absent").click()
    expect(panel(page)).to_contain_text("Without sb.by, no source supports what was selected.")
    with dashboard.rerun():
        page.locator("#nav").get_by_role("link", name="Attendance").click()
    expect(page.locator("#head .notice").first).to_contain_text("nothing that rests on sb.by alone")
    rows = table_rows(dashboard, "attendance")
    assert "minsk-2023-arm" not in rows
    assert "minsk-2023.ARM" in rows


def test_a_search_finds_words_of_quotes_and_names(dashboard):
    page = dashboard.open("/threats")
    page.locator("#menu_support summary").click()
    page.get_by_label("Search summaries, quotes and names").fill("synthetic drugs")
    with dashboard.rerun():
        page.keyboard.press("Enter")
    assert query_of(page) == {"q": "synthetic drugs"}
    page.keyboard.press("Escape")
    assert set(table_rows(dashboard, "threats")) == {"tokayev-2023-drug-trafficking"}


def test_two_years_are_compared_and_each_item_opens_its_evidence(dashboard):
    page = dashboard.open("/threats?compare=2022~2023")
    card = page.locator(".st-key-card_comparison")
    expect(card).to_contain_text("Only in 2022; not stated in our sources for 2023")
    click_mark(dashboard, "csc-2022-history-nazism", "comparison")
    assert query_of(page) == {"compare": "2022~2023", "sel": "csc-2022-history-nazism"}
    expect(panel(page)).to_contain_text("Collective Security Council")
    with dashboard.rerun():
        page.locator("#end_compare").click()
    expect(card).to_have_count(0)


def test_every_paragraph_opens_its_facts_or_the_reason_for_leaving_it_out(dashboard):
    page = dashboard.open("/sources")
    click_mark(dashboard, "s001.19", "sources")
    expect(panel(page)).to_contain_text("Facts from this paragraph")
    click_mark(dashboard, "s001.41", "sources")
    expect(panel(page)).to_contain_text("Read and not coded. Bilateral meeting.")


def test_where_the_texts_are_at_hand_the_paragraph_stands_with_its_quoted_words_marked(
    dashboard, fresh_server, tmp_path, tables
):
    file = tables["sources"].set_index("id").loc["s001", "file"]
    quote = "deliberate unwinding of the spiral of a new arms race"
    lines = [f"Line {number}." for number in range(1, 19)] + [f"He saw a {quote}.", "The next line."]
    (tmp_path / file).write_text("\n\n".join(lines), encoding="utf-8")
    page = dashboard.open("/sources?sel=s001.19", fresh_server(CSTO_ORIGINALS=str(tmp_path)))
    expect(panel(page).locator("mark")).to_have_text([quote])
    expect(panel(page)).to_contain_text("Line 18.")
    expect(panel(page)).to_contain_text("The next line.")


def test_the_sample_and_the_gaps_stand_on_the_sources_page(dashboard, tables):
    page = dashboard.open("/sources")
    expect(page.locator("#sample")).to_contain_text("independent of the organisation")
    silent = tables["attendance"]["status"].eq("not_stated").sum()
    fold = page.locator("#gaps details", has_text=f"Place at a session on which no source speaks: {silent}")
    fold.locator("summary").click()
    line = fold.get_by_role("link", name="No source says whether Armenia took part")
    with dashboard.rerun():
        line.press("Enter")
    assert query_of(page)["sel"] == "session-2022-11.ARM"
    expect(line).to_be_focused()


def test_a_list_below_a_chart_stays_open_where_it_was_while_its_lines_are_read(dashboard):
    page = dashboard.open("/sources")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/lists/" in request.url else None)
    page.locator("#lost_s001 summary").click()
    lines = page.locator("#lost_s001 li a")
    expect(lines.first).to_be_visible()
    for place in (3, 5):
        with dashboard.rerun():
            lines.nth(place).click()
        expect(lines.nth(place)).to_be_focused()
    assert len(asked) == 1


def test_an_occasion_shows_all_that_belongs_to_it(dashboard):
    page = dashboard.open("/threats?sel=lukashenko-2023-arms-race")
    with dashboard.rerun():
        page.get_by_role("link", name="Everything about this occasion").click()
    assert query_of(page)["sel"] == "minsk-2023"
    words = panel(page).inner_text()
    for expected in ("reported: 1", "Documents: 5", "matters: 4", "Attendance stated: 7", "Statements: 23"):
        assert expected in words, expected


def test_a_choice_beside_repeated_years_keeps_all_of_them(dashboard):
    page = dashboard.open("/threats?years=2022&years=2023")
    page.evaluate("history.replaceState({}, '', '/threats?years=2022&years=2023&q=drug')")  # a moment ago
    with dashboard.rerun():
        page.locator("#years_2024").click()
    assert query_of(page)["years"] == "2022~2023~2024"

from urllib.parse import unquote

from query import CLAIM, places, resolve
from query.citation import bibtex, citation, footnote, mail, passage, report
from query.words import quotation

DATASET = {"title": "What five documents say", "version": "1.0.0", "date": "2025-01-02", "hash": "0123abcd"}
LINK = "https://example.org/threats?sel=x"


def test_a_citation_holds_claim_quotes_dataset_and_link_of_any_record(tables, addresses):
    quotes = tables["evidence"].groupby("record")["quote"].agg(list)
    for record in addresses["record"]:
        text = citation(tables, resolve(record, tables), DATASET, LINK)
        assert all(quotation(quote) in text for quote in quotes[record])
        assert text.endswith(f"version 1.0.0, data 0123abcd. {LINK}")
        assert "\n" not in text


def test_a_citation_says_of_each_source_whether_it_prints_a_date(tables):
    printed = tables["sources"].set_index("id")["printed_date"]
    for row in tables["evidence"].itertuples():
        text = citation(tables, resolve(row.record, tables), DATASET, LINK)
        said = "printed date" if printed[row.source] else "no printed date"
        assert f", {said}" in text.partition(quotation(row.quote))[2].partition("paragraph")[0]


def test_words_to_the_contrary_are_not_cited_as_support(tables):
    against = tables["evidence"][tables["evidence"]["relation"] == "contradicts"]
    assert len(against)
    for row in against.itertuples():
        for write in (citation, bibtex, report):
            text = write(tables, resolve(row.record, tables), DATASET, LINK)
            assert f"to the contrary: “{row.quote}”" in text


def test_a_footnote_cites_a_place_that_carries_the_claim(tables, addresses):
    """An announcement that was quoted first does not show that the session was held."""
    sources = tables["sources"].set_index("id")
    for record in addresses["record"]:
        address = resolve(record, tables)
        claim = CLAIM.get(address.table, ())
        of_claim = [place for place in places(tables, record) if set(claim) & set(place["proves"].split("~"))]
        cited = {
            f"{sources['publisher'][place['source']]}, para. {place['paragraph']}," for place in of_claim
        }
        text = footnote(tables, address, DATASET)
        assert not cited or any(place in text for place in cited), record
    announcing = tables["evidence"]["record"].eq("minsk-2023") & tables["evidence"]["source"].eq("s000")
    evidence = tables["evidence"][~(announcing & tables["evidence"]["field"].eq("status"))]
    text = footnote({**tables, "evidence": evidence}, resolve("minsk-2023", tables), DATASET)
    assert "sb.by, para. 3," in text


def test_signs_that_tex_reads_are_escaped(changed):
    tables = changed("documents", "budget-2023", title="100% & more_of #1 {x} ~ ^ \\")
    entry = bibtex(tables, resolve("budget-2023", tables), DATASET, LINK)
    title = r"100\% \& more\_of \#1 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}: discussed"
    assert f"title = {{{title}}}" in entry


def test_a_dash_does_not_end_the_quoted_words_of_an_address():
    assert passage("https://example.org/a", "cross-border crime, 5%") == (
        "https://example.org/a#:~:text=cross%2Dborder%20crime%2C%205%25"
    )


def test_a_report_says_what_is_coded_now_and_nothing_that_is_not_coded(tables):
    text = report(tables, resolve("minsk-2023-arm", tables), DATASET, LINK)
    (coded,) = [line for line in text.splitlines() if line.startswith("Coded now: ")]
    named = [field.partition(": ")[0] for field in coded.removeprefix("Coded now: ").split("; ")]
    assert named == ["Party", "Session", "Status", "Sources", "Basis", "Note"]
    assert "Party: Armenia; " in coded
    assert "Status: absent; " in coded
    assert text.endswith("What is wrong, and where it stands: ")


def test_a_text_fragment_stands_behind_a_fragment_that_is_there():
    assert passage("https://example.org/a", "some words") == "https://example.org/a#:~:text=some%20words"
    assert passage("https://example.org/a#part", "x") == "https://example.org/a#part:~:text=x"


def test_a_mail_about_any_record_is_one_that_mail_programs_take(tables, addresses):
    to_record = "https://dashboard.example.org/tools/csto/threats?sel=a-record-with-a-long-name&data=0123abcd"
    for link in (LINK, LINK + "&years=2020~2021~2022" * 50):
        for record in addresses["record"]:
            address = resolve(record, tables)
            made = mail(tables, address, DATASET, link, to_record)
            assert len(made) < 2000
            words = unquote(made)
            assert f"Record: {record}" in words
            assert words.endswith("What is wrong, and where it stands: ")
            missing = [
                line for line in report(tables, address, DATASET, to_record).split("\n") if line not in words
            ]
            assert not missing or link in words or "Left out, for mail takes no more: the quotations" in words


def test_a_mail_leaves_out_the_quotations_and_says_so_when_they_are_too_long(tables):
    rows = tables["evidence"]
    long = rows.assign(quote=rows["quote"].where(rows["record"] != "budget-2023", "слово " * 300))
    tables = {**tables, "evidence": long}
    made = unquote(mail(tables, resolve("budget-2023", tables), DATASET, LINK, LINK))
    assert "слово" not in made
    assert "Left out, for mail takes no more: the quotations" in made
    assert f"Link: {LINK}" in made

from query import resolve
from query.citation import bibtex, citation, passage, report

DATASET = {"title": "What five documents say", "version": "1.0.0", "date": "2025-01-02", "hash": "0123abcd"}
LINK = "https://example.org/threats?sel=x"


def test_a_citation_holds_claim_quotes_dataset_and_link_of_any_record(tables, addresses):
    quotes = tables["evidence"].groupby("record")["quote"].agg(list)
    for record in addresses["record"]:
        text = citation(tables, resolve(record, tables), DATASET, LINK)
        assert all(f"“{quote}”" in text for quote in quotes[record])
        assert text.endswith(f"version 1.0.0, data 0123abcd. {LINK}")
        assert "\n" not in text


def test_a_citation_says_of_each_source_whether_it_prints_a_date(tables):
    printed = tables["sources"].set_index("id")["printed_date"]
    for row in tables["evidence"].itertuples():
        text = citation(tables, resolve(row.record, tables), DATASET, LINK)
        said = "printed date" if printed[row.source] else "no printed date"
        assert f", {said}" in text.partition(f"“{row.quote}”")[2].partition("paragraph")[0]


def test_words_to_the_contrary_are_not_cited_as_support(tables):
    against = tables["evidence"][tables["evidence"]["relation"] == "contradicts"]
    assert len(against)
    for row in against.itertuples():
        for write in (citation, bibtex, report):
            text = write(tables, resolve(row.record, tables), DATASET, LINK)
            assert f"to the contrary: “{row.quote}”" in text


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

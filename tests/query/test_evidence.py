import pandas as pd

from query import evidence, facts_of_paragraph, records_of_event
from query.records import RECORDS


def test_every_record_rests_on_quoted_words_and_each_place_stands_once(tables):
    for name in RECORDS:
        for record in tables[name]["id"]:
            rows = evidence(tables, record)
            assert rows.empty == ("." in record), record
            assert not rows.duplicated(["source", "paragraph", "quote", "relation"]).any()


def test_a_place_names_all_fields_that_its_words_prove(tables):
    proved = {}
    for row in tables["evidence"].itertuples():
        place = (row.record, row.source, row.paragraph, row.quote, row.relation)
        proved.setdefault(place, []).extend([row.field] if row.field else [])
    for record in tables["evidence"]["record"].unique():
        for item in evidence(tables, record).itertuples():
            place = (record, item.source, item.paragraph, item.quote, item.relation)
            assert item.proves == "~".join(proved.pop(place))
    assert not proved


def test_a_further_mention_proves_no_field_and_is_still_a_place(tables):
    rows = tables["evidence"].copy()
    first = rows[rows["record"] == "budget-2023"].iloc[[0]].assign(quote="said once more", field="")
    places = evidence({"evidence": pd.concat([rows, first])}, "budget-2023")
    assert places.loc[places["quote"] == "said once more", "proves"].tolist() == [""]


def test_what_nobody_recorded_has_no_evidence(tables):
    rows = evidence(tables, "no-such-record")
    assert rows.empty
    assert list(rows.columns) == ["source", "paragraph", "quote", "relation", "proves"]


def test_facts_of_a_paragraph_are_the_records_that_cite_it(tables):
    cited = set(tables["evidence"][["source", "paragraph", "record"]].itertuples(index=False, name=None))
    for row in tables["paragraphs"].itertuples():
        facts = facts_of_paragraph(tables, row.source, row.paragraph)
        assert bool(facts) == (row.use == "cited")
        assert cited.issuperset((row.source, row.paragraph, record) for record in facts)


def test_records_of_an_event_are_those_that_name_it_without_silent_parties(tables):
    found = records_of_event(tables, "session-2022-11")
    assert set(found) == {"attendance", "documents", "document_counts", "threats"}
    for name in found:
        rows = tables[name]
        assert [*found[name]] == [
            record for record in rows.loc[rows["event"] == "session-2022-11", "id"] if "." not in record
        ]

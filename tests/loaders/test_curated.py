"""The dataset itself, by the rules of docs/CODEBOOK.md that `check` and `verify` do not know."""

import pytest

from loaders import ROOT, load
from loaders.checks import check


@pytest.fixture(scope="module")
def tables():
    return load(ROOT / "data" / "curated.yaml").tables


@pytest.fixture(scope="module")
def supporting(tables):
    """The sources that support a field of a record: (record, field) -> their ids."""
    rows = tables["evidence"].query("relation == 'supports'")
    return rows.groupby(["record", "field"])["source"].agg(set).to_dict()


def test_a_source_that_states_a_threat_also_shows_who_states_it(tables, supporting):
    lacking = [
        record
        for record in tables["threats"]["id"]
        if not supporting[record, "expressed_as"] <= supporting[record, "speaker"]
    ]
    assert lacking == [], "without the other sources nobody would be said to state it"


def test_a_note_or_reason_that_names_a_publisher_rests_on_its_source(tables, supporting):
    said = [
        (row["id"], "note", row["note"])
        for name, rows in tables.items()
        if "note" in rows
        for row in rows.to_dict("records")
    ]
    said += tables["inferences"][["record", "field", "reason"]].itertuples(index=False, name=None)
    publishers = dict(zip(tables["sources"]["publisher"], tables["sources"]["id"], strict=True))
    named = {
        (record, field, publisher)
        for record, field, text in said
        for publisher, source in publishers.items()
        if publisher in text and source not in supporting.get((record, field), ())
    }
    assert named == set()


def test_a_term_known_only_by_its_year_says_so(tables):
    """It has the year on both sides by a convention, which is no statement of a source."""
    whole = tables["chairmanships"].query("start == end and start.str.len() == 4")
    inferred = set(zip(tables["inferences"]["record"], tables["inferences"]["field"], strict=True))
    assert {(term, side) for term in whole["id"] for side in ("start", "end")} <= inferred


def test_no_two_categories_share_a_decoy():
    categories = check(ROOT / "data" / "curated.yaml", "curated.yaml")["categories"]
    decoys = [each.decoy for each in categories if each.decoy]  # a new category may lack one
    assert len({(each.source, each.paragraph, each.quote) for each in decoys}) == len(decoys)

"""What is left without some sources or claims, by examples; test_set_aside holds all of it to an oracle."""

import pytest

from loaders.records import CLAIMS, SECTIONS
from query import CLAIM, View, select
from query.records import RECORDS

# ---- a source set aside ----


def test_what_a_record_claims_is_what_the_schema_says():
    assert set(CLAIM) == set(CLAIMS)
    for section in set(CLAIMS) - {"priorities"}:  # no evidence names a priority's summary
        assert CLAIM[section] == SECTIONS[section].claim


def test_words_that_contradict_do_not_support_a_claim(tables):
    evidence = tables["evidence"].copy()
    record = "minsk-2023-blr"
    theirs = evidence["record"].eq(record) & evidence["source"].eq("s000")
    assert theirs.any()
    evidence.loc[theirs, "relation"] = "contradicts"
    left = select({**tables, "evidence": evidence}, View(without=("s001",)))["attendance"]
    assert record not in set(left["id"])


def test_a_contradiction_goes_with_its_source(tables):
    contradicted = tables["attendance"][tables["attendance"]["contradicted"] != ""]
    assert len(contradicted)
    evidence = tables["evidence"]
    against = evidence[evidence["record"].isin(contradicted["id"]) & evidence["relation"].eq("contradicts")]
    assert set(against["source"]) == {"s003"}
    elsewhere = evidence.copy()
    elsewhere.loc[against.index, "source"] = "s001"
    left = select({**tables, "evidence": elsewhere}, View(without=("s001",)))["attendance"].set_index("id")
    assert (left.loc[contradicted["id"], "contradicted"] == "").all()


def test_a_party_at_an_event_that_expects_nobody_leaves_no_place_behind(tables, changed):
    lone = changed("attendance", "minsk-2023-arm", event="conference-2024")
    left = select(lone, View(without=("s001",)))
    assert "conference-2024" in set(left["events"]["id"])
    assert not left["attendance"]["event"].eq("conference-2024").any()


def test_a_priority_goes_with_its_term(tables):
    evidence = tables["evidence"]
    homeless = {**tables, "evidence": evidence[evidence["record"] != "chair-kaz-2024"]}
    left = select(homeless, View(without=("s002",)))["priorities"]
    assert set(left["chairmanship"]) == {"chair-blr-2023"}
    assert list(left.index) == list(range(len(left)))


def test_a_reason_goes_with_the_field_that_it_is_about(tables):
    evidence = tables["evidence"].copy()
    theirs = evidence["record"].eq("chair-tjk-2021")
    evidence.loc[theirs, "source"] = "s000"
    evidence.loc[theirs & evidence["field"].eq("end"), "source"] = "s001"

    def reasons(*without: str) -> set[str]:
        rows = select({**tables, "evidence": evidence}, View(without=without))["inferences"]
        return set(rows.loc[rows["record"].eq("chair-tjk-2021"), "field"])

    assert reasons("s001") == reasons() - {"end"} != reasons()


# ---- basis ----


@pytest.mark.parametrize("basis", ["stated", "inferred"])
def test_basis_leaves_the_claims_of_that_basis(tables, basis):
    left = select(tables, View(basis=(basis,)))
    for name in set(RECORDS) - {"attendance"}:
        assert list(left[name]["id"]) == list(tables[name].loc[tables[name]["basis"] == basis, "id"])


def test_an_inferred_presence_falls_silent_where_only_what_is_stated_counts(changed):
    tables = changed("attendance", "minsk-2023-kgz", basis="inferred")
    left = select(tables, View(basis=("stated",)))["attendance"]
    assert len(left) == len(tables["attendance"])
    cell = left[left["event"].eq("minsk-2023") & left["party"].eq("KGZ")].iloc[0]
    assert (cell["id"], cell["status"], cell["person"]) == ("minsk-2023.KGZ", "not_stated", "")


def test_a_stated_presence_is_never_shown_as_silence(changed):
    tables = changed("attendance", "minsk-2023-kgz", basis="inferred")
    left = select(tables, View(basis=("inferred",)))["attendance"]
    silent = tables["attendance"].loc[tables["attendance"]["status"] == "not_stated", "id"]
    inferred = tables["attendance"].loc[tables["attendance"]["basis"] == "inferred", "id"]
    assert set(left["id"]) == {*inferred, *silent}

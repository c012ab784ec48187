"""What the sample is and what it lacks, counted again from the rows."""

import re

import query


def terms(tables) -> list[str]:
    found = query.gaps(tables)
    return list(found.loc[found["kind"].str.contains("of a term"), "what"])


def test_threats_and_actions_of_a_speaker_stand_apart_and_add_up(tables):
    rows = query.by_speaker(tables)
    assert list(rows.columns) == ["Speaker", "Statements", "Threats", "Actions", "Mentions", "Sources"]
    assert not {"0"} & {*rows["Threats"], *rows["Actions"]}, "silence is no zero"
    numbers = rows[["Threats", "Actions"]].replace("none", "0").astype(int)
    assert numbers.sum(axis=1).equals(rows["Statements"])
    for word, column in (("threat", "Threats"), ("priority", "Actions")):
        assert numbers[column].sum() == (tables["threats"]["expressed_as"] == word).sum()
    assert rows["Mentions"].sum() == tables["threats"]["mentions"].sum()
    assert len(rows) == tables["threats"]["speaker"].nunique()


def test_every_side_of_a_term_that_no_source_states_is_a_gap(tables):
    found = terms(tables)
    for term in tables["chairmanships"].to_dict("records"):
        state = query.name_of(tables, term["state"])
        for side in ("start", "end"):
            inferred = side in term["inferred"].split("~")
            said = [what for what in found if re.fullmatch(f"{state}: {side} .*not stated", what)]
            assert len(said) == (inferred or not term[side])
            assert not said or said[0].endswith("inferred, not stated") == inferred

"""The strips of paragraphs."""

from charts import sources
from tests.charts.conftest import read, texts


def test_cited_and_not_coded_differ_in_fill(tables, axis):
    marks = sources.marks(tables, axis)
    fills = marks.groupby("kind")["fill"].agg(set)
    assert fills["cited"] == {"solid"}
    assert fills["skipped"] == {"open"}


def test_the_address_of_a_paragraph_is_source_and_number(tables, axis):
    marks = sources.marks(tables, axis)
    assert (marks["address"] == marks["source"] + "." + marks["paragraph"].astype(str)).all()


def test_paragraphs_stand_in_order_source_by_source(tables, axis):
    marks = sources.marks(tables, axis)
    assert list(dict.fromkeys(marks["source"])) == list(tables["sources"]["id"])
    for _, held in marks.groupby("source"):
        assert held["paragraph"].tolist() == list(range(1, len(held) + 1))


def test_a_paragraph_that_is_not_coded_says_why(tables, axis):
    marks = sources.marks(tables, axis).set_index("address")
    skipped = tables["paragraphs"][tables["paragraphs"]["use"] == "skipped"].iloc[0]
    label = marks.loc[f"{skipped['source']}.{skipped['paragraph']}", "label"]
    assert skipped["reason"] in label


def test_the_number_of_paragraphs_and_their_use_stand_beside_the_strip(tables, axis):
    paragraphs = tables["paragraphs"]
    first = paragraphs[paragraphs["source"] == paragraphs["source"].iloc[0]]
    cited = int((first["use"] == "cited").sum())
    for narrow in (False, True):
        said = " ".join(texts(read(sources.figure(sources.marks(tables, axis), tables, axis, narrow=narrow))))
        assert f"{len(first)} paragraphs" in said
        assert f"{cited} cited, {len(first) - cited} not coded" in said


def test_a_source_that_is_set_aside_leaves_no_strip(tables, axis):
    rest = {**tables, "sources": tables["sources"].iloc[1:]}
    marks = sources.marks(rest, axis)
    assert tables["sources"]["id"].iloc[0] not in set(marks["source"])
    assert set(sources.left_out(rest, axis)["reason"]) == {"its source is set aside"}


def test_a_line_of_paragraphs_is_numbered_by_the_first_of_them(whole):
    notes = read(whole("sources")).layout.annotations
    numbers = {int(note.text) for note in notes if note.x == 0 and note.text.isdigit()}
    assert numbers == set(range(1, max(numbers) + 1, sources.PER_LINE)) > {1}

"""Each noun is one thing with one number."""

from loaders.records import DocumentStatus
from query import View, nouns, number, rows_of, select
from query.nouns import ANNOUNCED_EVENT, ANNOUNCED_SESSION, DOCUMENT, EVENT, MATTER, SESSION

VIEWS = [
    View(), View(years=(2022,)), View(years=(2021, 2023)), View(without=("s001",)),
    View(without=("s000", "s003")), View(expressed=("threat",)), View(q="drug"), View(basis=("stated",)),
    View(status=("signed",)),
]  # fmt: skip


def ids(tables, noun) -> list[str]:
    return [row["id"] for row in rows_of(tables, noun)]


def test_a_row_of_documents_is_either_a_document_or_another_matter(tables):
    for view in VIEWS:
        shown = select(tables, view)
        papers, matters = ids(shown, DOCUMENT), ids(shown, MATTER)
        assert set(papers).isdisjoint(matters)
        assert sorted([*papers, *matters]) == sorted(shown["documents"]["id"])


def test_what_is_held_and_what_is_announced_are_never_counted_together(tables):
    for view in VIEWS:
        shown = select(tables, view)
        held, announced = ids(shown, EVENT), ids(shown, ANNOUNCED_EVENT)
        assert set(held).isdisjoint(announced)
        assert sorted([*held, *announced]) == sorted(shown["events"]["id"])
        assert set(ids(shown, SESSION)) <= set(held)
        assert set(ids(shown, ANNOUNCED_SESSION)) <= set(announced)
        kinds = shown["events"].set_index("id")["kind"]
        sessions = [*ids(shown, SESSION), *ids(shown, ANNOUNCED_SESSION)]
        assert sorted(sessions) == sorted(kinds.index[kinds.isin(["session", "summit"])])


def test_a_statement_is_either_a_threat_or_an_action(tables):
    for view in VIEWS:
        shown = select(tables, view)
        by_hand = shown["threats"]["expressed_as"]
        assert number(shown, nouns.THREAT) == by_hand.eq("threat").sum()
        assert number(shown, nouns.ACTION) == by_hand.eq("priority").sum()
        assert number(shown, nouns.STATEMENT) == len(by_hand)


KINDS = ("treaty", "charter", "declaration", "statement", "decision", "regulation")


IS_ONE = [
    *((kind, "signed", True) for kind in KINDS),
    *((kind, "proposed", False) for kind in KINDS),
    *((kind, "signed", False) for kind in ("proposal", "appointment", "other", "")),
    *(("decision", status, True) for status in ("adopted", "approved", "decided", "in_force")),
    *(("decision", status, False) for status in ("discussed", "proposed~discussed", "")),
    ("decision", "discussed~approved", True),
]


def test_a_document_is_agreed_and_of_a_kind_that_is_a_text():
    for kind, status, is_one in IS_ONE:
        row = {"kind": kind, "status": status}
        assert (DOCUMENT.holds(row), MATTER.holds(row)) == (is_one, not is_one), row


def test_every_status_of_a_document_either_agrees_it_or_leaves_it_open():
    assert set(nouns.AGREED) < set(DocumentStatus.__args__)
    assert set(DocumentStatus.__args__) - set(nouns.AGREED) == {"proposed", "discussed"}


def test_one_is_singular_and_more_are_plural():
    assert MATTER.counted(1) == "1 proposal or other matter"
    assert MATTER.counted(2) == "2 proposals and other matters"
    assert ANNOUNCED_SESSION.counted(2) == "2 announced sessions"


def test_an_undated_row_is_counted(tables):
    undated = tables["threats"].assign(
        year=tables["threats"]["year"].mask(tables["threats"]["year"].eq(2023))
    )
    assert number({**tables, "threats": undated}, nouns.STATEMENT) == len(undated)

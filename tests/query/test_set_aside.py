"""Sources set aside, held against a dataset that was made without them.

The oracle goes the other way round: it takes the evidence out of the checked records, lets fall what nothing
supports any more, and builds all tables anew. What a view without these sources shows must be the same.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise

import pandas as pd
import pytest

from loaders.checks import check_bytes
from loaders.records import CLAIMS, SECTIONS, Claim
from loaders.tables import tables as build
from loaders.validation import Records
from query import CLAIM, View, coverage, select
from tests.frozen import FROZEN

RECORDS = check_bytes(FROZEN.read_bytes(), FROZEN.name)
SOURCES = tuple(source.id for source in RECORDS["sources"])
# one by one, two that stand next to each other, as two reports on one session do, and all
SETS = [*combinations(SOURCES, 1), *pairwise(SOURCES), SOURCES]


def supported(evidence: Iterable) -> set[str]:
    """The fields that some words support; a further mention supports the record alone."""
    return {name for item in evidence if item.relation == "supports" for name in item.proves or ("",)}


def others(claim: Claim, section: str, without: tuple[str, ...]) -> Claim | None:
    """A record as the other sources leave it, or None where they do not support its claim."""
    evidence = tuple(item for item in claim.evidence if item.source not in without)
    left, lost = supported(evidence), supported(claim.evidence) - supported(evidence) - {""}
    if not left or not set(CLAIM[section]) <= left:
        return None
    empty = {name: () if isinstance(getattr(claim, name), tuple) else None for name in lost}
    if "order" in lost:
        empty["order"] = pd.NA
    inferred = {name: reason for name, reason in claim.inferred.items() if name not in lost}
    return claim.model_copy(update={**empty, "inferred": inferred, "evidence": evidence})


def as_if_unread(records: Records, without: tuple[str, ...]) -> Records:
    """The records as if nobody had read these sources."""
    kept = {name: dict(items) for name, items in records.sections.items()}
    kept["sources"] = {n: item for n, item in kept["sources"].items() if item.id not in without}
    for section in CLAIMS:
        left = {n: others(item, section, without) for n, item in kept[section].items()}
        kept[section] = {n: item for n, item in left.items() if item is not None}
    events, terms = ({item.id for item in kept[name].values()} for name in ("events", "chairmanships"))
    kept["attendance"] = {n: item for n, item in kept["attendance"].items() if item.event in events}
    kept["priorities"] = {n: item for n, item in kept["priorities"].items() if item.chairmanship in terms}
    for section in ("documents", "document_counts", "threats"):
        kept[section] = {
            n: item if item.event in events else item.model_copy(update={"event": None})
            for n, item in kept[section].items()
        }
    return replace(records, sections=kept)


@pytest.mark.parametrize("without", SETS, ids="-".join)
def test_a_view_without_some_sources_shows_the_dataset_of_the_others_with_the_reasons_left(tables, without):
    expected = build(as_if_unread(RECORDS, without))
    shown = select(tables, View(without=without))
    for section in (*SECTIONS, "inferences"):
        columns = [name for name in expected[section] if name in shown[section]]
        assert {"id"} <= set(columns) or section in ("dataset", "inferences")
        pd.testing.assert_frame_equal(shown[section][columns], expected[section][columns], obj=section)
    filtered = select(tables, View(without=without, years=(2022,), q="drug"))
    assert coverage(filtered) == coverage(expected)


def test_with_no_source_set_aside_the_oracle_is_the_dataset(tables):
    for section, rows in build(as_if_unread(RECORDS, ())).items():
        pd.testing.assert_frame_equal(rows, tables[section], obj=section)

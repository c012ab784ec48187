"""The categories of the dataset: each has a definition, an example, and a decoy that is not coded so."""

import pytest

from loaders import ROOT, fingerprints, quotes
from loaders.checks import check
from loaders.citations import verify

DATA = ROOT / "data"
RECORDS = check(DATA / "curated.yaml", "curated.yaml")
KNOWN = fingerprints.read(DATA / fingerprints.FILE_NAME, fingerprints.FILE_NAME)
PARAGRAPHS = {
    source.id: [paragraph.split() for paragraph in KNOWN[source.file]["paragraphs"]]
    for source in RECORDS["sources"]
}
CATEGORIES = [pytest.param(category, id=category.id) for category in RECORDS["categories"]]


def stating(category) -> list[tuple[str, str, int, str]]:
    """Record, source, paragraph and quote of everything that states a threat of a category."""
    return [
        (threat.id, evidence.source, evidence.paragraph, evidence.quote)
        for threat in RECORDS["threats"]
        if threat.category == category.id
        for evidence in threat.evidence
        if not evidence.proves or "expressed_as" in evidence.proves
    ]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_has_a_definition_and_an_example_of_its_own(category):
    assert category.definition
    assert category.example in {record for record, *_ in stating(category)}


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_decoy_of_a_category_stands_in_its_paragraph_once(category):
    sought = quotes.fingerprint(quotes.words(category.decoy.quote))
    found = PARAGRAPHS[category.decoy.source][category.decoy.paragraph - 1]
    assert quotes.occurrences(sought, found) == 1


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_threat_of_a_category_rests_on_its_decoy(category):
    decoy = set(quotes.fingerprint(quotes.words(category.decoy.quote)))
    same = [
        (record, quote)
        for record, source, paragraph, quote in stating(category)
        if (source, paragraph) == (category.decoy.source, category.decoy.paragraph)
        and decoy & set(quotes.fingerprint(quotes.words(quote)))
    ]
    assert same == []


def test_no_two_categories_have_the_same_decoy():
    decoys = [(each.decoy.source, each.decoy.paragraph, each.decoy.quote) for each in RECORDS["categories"]]
    assert len(set(decoys)) == len(decoys)


def test_a_decoy_that_does_not_stand_in_its_paragraph_is_found_by_verify(changed, originals):
    category = "includes: Floods., excludes: Crime.}"
    decoy = "decoy: {source: alpha, paragraph: 4, quote: every bay of ours, why: No flood.}}"
    records = changed((category, f"{category[:-1]}, {decoy}"))
    (problem,) = verify(records, originals, {}).problems
    assert (problem.record, problem.field) == ("categories[emergencies]", "decoy.quote")
    assert verify(records, originals, {}).verified == 19, "decoys are no evidence, and are not counted"

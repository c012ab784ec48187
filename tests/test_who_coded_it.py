"""Who coded the records, and that no person has checked them, is said wherever the data are offered.

Of the files to take along, their own tests say so.
"""

import html
import re

import pytest
import yaml

from docs.documents import agreement_rows, dataset, read
from exports.release import release
from loaders import ROOT
from loaders.rules_within import UNPROVEN
from query import CODED_BY
from tests.pages.test_pages import markup, open_page


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_it_says_what_the_codebook_says():
    twice = sorted({row["source"] for row in agreement_rows()})
    assert f"{twice[0]} to {twice[-1]} were coded twice" in CODED_BY
    assert CODED_BY in plain(read("README.md"))
    codebook = plain(read("docs/CODEBOOK.md"))
    assert "independent runs of the same large language model. No human coded any of it." in codebook
    assert "settled with the same model, by the rules" in codebook
    assert "A check by people is still missing." in codebook
    assert "independent runs of the same large language model" in CODED_BY
    assert "No person coded these records or has checked them." in CODED_BY


@pytest.mark.parametrize("name", ["overview", "sources"])
def test_the_page_says_it_before_any_number_of_how_far_it_can_be_trusted(name):
    after = plain(markup(open_page(name)).split("How far it can be trusted")[1])
    assert after.startswith(CODED_BY)


def test_no_document_calls_the_data_curated_by_hand():
    for name in ("README.md", "CITATION.cff", "CHANGELOG.md", "docs/CODEBOOK.md"):
        assert not re.search("hand-(curated|coded)", read(name))


def test_the_citation_and_the_changelog_name_the_fields_that_no_quote_proves():
    abstract = " ".join(yaml.safe_load(read("CITATION.cff"))["abstract"].split())
    for text in (abstract, read("CHANGELOG.md")):
        lists = re.findall(r"each coded field but ([a-z, ]+?) (?:has|rests)", text, re.I)
        named = [set(re.split(", | and ", words)) for words in lists]
        assert named == [UNPROVEN - {"id", "summary", "note"}] * max(len(named), 1), "those are our words"


def test_places_that_the_program_filled_in_are_said_to_be_filled_in():
    files = release(dataset())
    seats = dataset().tables["attendance"]
    silent = int((seats["status"] == "not_stated").sum())
    readme = " ".join(files["README.md"].decode().split())
    assert f"{silent} of {len(seats)} are no records" in readme
    assert "the program filled them in as `not_stated`" in readme
    for name, text in (
        ("README.md", readme),
        ("datapackage.json", files["datapackage.json"].decode()),
        ("codebook", read("docs/CODEBOOK.md")),
        ("schema", (ROOT / "data" / "curated.schema.json").read_text("utf-8")),
    ):
        assert "Silence is not recorded" not in text, name
        assert "the program fills in others as `not_stated`" in text, name

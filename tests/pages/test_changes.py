"""What changed since the version before: on the Sources page, and in what an old link says."""

import html
import re
from collections.abc import Iterator

import pytest

from loaders import history
from loaders.history import Changes, Correction, New, Retirement, Version
from tests.frozen import FROZEN
from tests.pages.conftest import DATASET, fold_of, follow, list_of, markup, open_page, opened
from ui import state

BEFORE = "0123abcd"
CHANGES = Changes(
    Version("1.9.0", "2026-11-27", BEFORE),
    Version(DATASET.version, DATASET.date, DATASET.hash),
    new=(New("threats", "tokayev-2020-biological"), New("people", "tokayev")),
    corrected=(
        Correction("sources", "s001", "caveats", "", "It <b>reports</b> one side."),
        Correction("events", "minsk-2023", "place", "Astana", "Minsk"),
        Correction("attendance", "minsk-2023-arm", "evidence", "s001.2 “a b c” (proves party)", ""),
        Correction("threats", "lukashenko-2023-arms-race", "speaker", "putin", "lukashenko"),
        Correction("threats", "lukashenko-2023-arms-race", "inferred.speaker", "It is so.", ""),
    ),
    retired=(Retirement("threats", "old-one", "Entered twice.", "lukashenko-2023-arms-race"),),
)


@pytest.fixture
def changed(tmp_path, monkeypatch) -> Iterator[None]:
    """The frozen file, with what changed kept beside it."""
    for name in ("curated.yaml", "fingerprints.json"):
        (tmp_path / name).write_bytes(FROZEN.with_name(name).read_bytes())
    (tmp_path / history.FILE_NAME).write_text(history.as_text(CHANGES), "utf-8")
    monkeypatch.setenv("CSTO_DATA", str(tmp_path / "curated.yaml"))
    yield
    monkeypatch.undo()
    state.served()


def text(shown: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", shown)).split())


def notices(app) -> list[str]:
    return [text(one) for one in re.findall('<p class="notice".*?</p>', markup(app), re.S)]


def test_the_sources_page_says_nothing_of_changes_that_are_not_kept():
    assert 'id="changes"' not in markup(opened("sources"))
    assert list_of("changed", "of=New+records&page=sources").status_code == 404


def test_the_sources_page_lists_what_is_new_corrected_and_taken_back(changed):
    app = open_page("sources")
    assert "What changed since version 1.9.0" in markup(app)
    assert "Version 1.9.0 of 27 November 2026 was data 0123abcd." in text(markup(app))
    numbers = re.findall(r'id="changed_\d"[^>]*><summary>(.*?)</summary>', markup(app))
    assert numbers == ["New records: 2", "Corrected records: 4", "Records taken back: 1"]
    new, corrected, gone = (fold_of(app, f"changed_{number}") for number in range(3))
    assert "Kassym-Jomart Tokayev (person)" in text(new)
    assert "sb.by (source) Caveats, new: It <b>reports</b> one side." in text(corrected)
    assert "Place, before: Astana; now: Minsk" in text(corrected)
    assert "Speaker, before: Vladimir Putin; now: Aleksandr Lukashenko" in text(corrected)
    assert "Inferred: speaker, gone: It is so." in text(corrected)
    assert "old-one, of the table threats Entered twice." in text(gone)
    assert 'data-sel="lukashenko-2023-arms-race"' in gone


def test_a_corrected_record_opens_from_its_line(changed):
    app = open_page("sources")
    (address,) = re.findall(r'href="[^"]*" data-sel="(minsk-2023)"', fold_of(app, "changed_1"))
    assert not follow(app, {"href": "", "data-sel": address}).exception
    assert app.query_params["sel"] == "minsk-2023"


def test_a_link_of_the_version_before_says_what_changed_in_what_it_shows(changed):
    lead = f"This link was made with dataset {BEFORE}; shown is dataset {DATASET.hash}. Of what it shows, "
    end = "The page Sources lists all changes."
    threats = open_page("threats", data=BEFORE, sel="lukashenko-2023-arms-race")
    assert notices(threats) == [
        f"{lead}1 record is new and 1 record was corrected. Since then 1 record was taken back. "
        f"The record that it opens was corrected: speaker and inferred: speaker. {end}"
    ]
    year = open_page("threats", data=BEFORE, years="2022")
    assert notices(year) == [
        f"{lead}no record is new and no record was corrected. Since then 1 record was taken back. {end}"
    ]
    attendance = open_page("attendance", data=BEFORE)
    assert notices(attendance) == [
        f"{lead}no record is new and 1 record was corrected (1 of them only in what is quoted). {end}"
    ]
    assert notices(open_page("sources", data=BEFORE)) == [
        f"{lead}no record is new and 1 record was corrected. {end}"
    ]


def test_a_link_of_any_other_version_says_that_its_changes_are_not_known(changed):
    assert notices(open_page("threats", data="99999999")) == [
        f"This link was made with dataset 99999999; shown is dataset {DATASET.hash}. "
        "What changed between them is not kept here."
    ]
    assert notices(open_page("threats", data=DATASET.hash)) == []

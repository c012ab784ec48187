"""What a curator does to data/curated.yaml needs no Python: each kind of change stands in the whole product.

All are made in one copy of the file, relative to what stands there, with texts that are invented here; where
there is nothing to make one of them from any more (no announced session, no uncovered year), in a copy of the
frozen file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from pptx import Presentation

import query
from charts import fonts
from exports import standard
from exports.deck import deck
from exports.release import release
from loaders import ROOT, Dataset, dates, fingerprints, load
from loaders.__main__ import main
from loaders.new_source import next_id
from loaders.reading import read
from loaders.records import CLAIMS
from query.nouns import ANNOUNCED_SESSION, EVENT, SESSION
from tests.frozen import FROZEN
from tests.pages.conftest import drawings, markup, open_page

LIVE = ROOT / "data" / "curated.yaml"

MOTTO = "Вместе к безопасности"

Tables = Mapping[str, pd.DataFrame]


class Missing(Exception):
    """Nothing stands in the file that this change could be made to."""


class Seen(NamedTuple):
    """Where a reader looks for a change: a page, what its address selects, and what stands there then."""

    page: str
    selected: dict[str, str]
    said: str  # in the text of the page
    drawn: str = ""  # in one of its charts
    gone: str = ""  # in none of its charts any more


@dataclass
class Desk:
    """A copy of a data file and of its fingerprints in a folder, beside the folder of the new texts."""

    original: Path
    folder: Path
    seen: list[Seen] = field(default_factory=list)  # what the changes that were made show
    added: list[tuple[str, str]] = field(default_factory=list)  # section and id of each new record

    def __post_init__(self):
        self.file, self.texts = self.folder / "curated.yaml", self.folder / "texts"
        self.texts.mkdir()
        self.text = self.original.read_text("utf-8")
        self.before = load(self.original)
        known = self.original.with_name(fingerprints.FILE_NAME)
        self.folder.joinpath(known.name).write_bytes(known.read_bytes())

    def add(self, section: str, name: str, *evidence: tuple[str | int, ...], **fields) -> None:
        """Write a record at the end of its section: its fields, and lines of `quoted`."""
        self.added.append((section, name))
        lines = [f"  - id: {name}", *(f"    {field}: {value}" for field, value in fields.items())]
        lines += ["    evidence:"] * bool(evidence) + [quoted(*one) for one in evidence]
        start = re.search(rf"^{section}:.*\n", self.text, re.M).end()
        end = start + re.search(r"^[a-z_]+:", self.text[start:], re.M).start()
        record = "\n".join(lines)
        self.text = f"{self.text[:end].rstrip()}\n\n{record}\n\n{self.text[end:]}"

    def change(self, record: str, *changes: tuple[str, str]) -> None:
        """Replace patterns in a record; each must be there."""
        start = re.search(rf"^  - id: {record}\n", self.text, re.M).start()
        end = start + re.search(r"^(?=  - id: |[a-z_]+:)", self.text[start + 1 :], re.M).start() + 1
        changed = self.text[start:end]
        for pattern, new in changes:
            changed, times = re.subn(pattern, new, changed, flags=re.M)
            assert times, f"{record} has no {pattern}"
        self.text = self.text[:start] + changed + self.text[end:]

    def prove(self, record: str, *evidence) -> None:
        """Add a quote at the end of a record."""
        self.change(record, (r"\n+\Z", f"\n{quoted(*evidence)}\n\n"))

    def source(self, *paragraphs: str, unused: str = "") -> str:
        """Save a text and add its source; returns its id. The first paragraph is its heading.

        With a reason, the last paragraph is `unused` too.
        """
        name = next_id(read(self.text.encode(), self.file.name).tree)
        (self.texts / f"{name}.txt").write_text("\n\n".join(paragraphs), "utf-8")
        skipped = {1: "Heading."} | ({len(paragraphs): unused} if unused else {})
        self.add(
            "sources", name, file=f"{name}.txt", title=paragraphs[0], publisher=f"{name}.example",
            kind="news_report", language="en",
            skipped=[{"paragraph": number, "reason": reason} for number, reason in skipped.items()],
        )  # fmt: skip
        return name


def quoted(source: str, paragraph: int, quote: str, proves: str, more: str = "") -> str:
    return f'      - {{source: {source}, paragraph: {paragraph}, quote: "{quote}", proves: [{proves}]{more}}}'


# ---- the changes ----


def announced_session_held(desk: Desk, tables: Tables) -> None:
    """A further document reports as held a session that was only announced, who came and who did not.

    One party is named by a paragraph of its own, and one sentence says otherwise of it.
    """
    sessions = [row for row in query.rows_of(tables, ANNOUNCED_SESSION) if not pd.isna(row["year"])]
    if not sessions:
        raise Missing
    session, (state, other) = sessions[-1]["id"], tables["states"].to_dict("records")[:2]
    held, taken_part = "The session that was announced has been held", "Its side took part in it"
    unseen, stayed_away = f"Nobody saw {state['name']} there", f"{other['name']} sent no delegation"
    paragraphs = [f"{held}.", state["name"], f"{taken_part}.", f"{unseen}.", f"{stayed_away}."]
    source = desk.source("Leaders met", *paragraphs)
    desk.change(session, ("status: planned", "status: held"), *reported("kind"))
    desk.prove(session, source, 2, held, "status")
    desk.add(
        "attendance", "invented-attendance", (source, 3, state["name"], "party", ", whole: true"),
        (source, 4, taken_part, "status"), (source, 5, unseen, "status", ", relation: contradicts"),
        event=session, party=state["id"], status="present",
    )  # fmt: skip
    desk.add(
        "attendance", "invented-absence", (source, 6, stayed_away, "party, status"),
        event=session, party=other["id"], status="absent",
    )  # fmt: skip
    said = '<th scope="row">Status</th><td>held</td>'
    desk.seen.append(Seen("attendance", {"sel": session}, said, "invented-attendance"))
    said = "Not all quoted words agree on: status"
    desk.seen.append(Seen("attendance", {"sel": "invented-attendance"}, said, "invented-attendance"))
    desk.seen.append(Seen("attendance", {"sel": "invented-absence"}, stayed_away, "invented-absence"))


def term_handed_over(desk: Desk, tables: Tables) -> None:
    """A further document reports that a term began which was only announced, with its motto in Cyrillic."""
    announced = tables["chairmanships"].query("status == 'planned'").sort_values("start_latest")
    if announced.empty:
        raise Missing
    term = announced.to_dict("records")[-1]
    chairs = f"{query.name_of(tables, term['state'])} has taken over the chair"
    source = desk.source("The chair", f"{chairs}.", f"Its motto is «{MOTTO}».")
    motto = "" if term["motto"] else f"    motto: {MOTTO}\n"
    desk.change(term["id"], ("^    status: planned", f"{motto}    status: held"), *reported("state"))
    desk.prove(term["id"], source, 2, chairs, "state, status")
    against = ", relation: contradicts" if term["motto"] else ""
    desk.prove(term["id"], source, 3, MOTTO, "motto", f", language: ru{against}")
    desk.seen.append(Seen("chairmanship", {"sel": term["id"]}, MOTTO, term["id"]))


def reported(still: str) -> tuple[tuple, ...]:
    """What changes in an announced record beside its new evidence.

    Words that only announced it prove what else they proved, or at least the field `still`.
    """

    def announcing(proves: re.Match) -> str:
        fields = [name for name in proves[1].split(", ") if name not in ("status", "note")]
        return f"proves: [{', '.join(fields) or still}]"

    return (r"^(    note: .*\n)?(    evidence:\n)", r"\2"), (r"proves: \[(.*?)\]", announcing)


def uncovered_year_reported(desk: Desk, tables: Tables) -> None:
    """A further document reports an event held in a year that no source covers."""
    years = [year for year in query.axis_years(tables) if year not in query.years_covered(tables)]
    if not years:
        raise Missing
    held = f"A conference on invented matters was held in {years[0]}"
    source = desk.source("A look back", f"{held}.")
    title, evidence = "Conference on invented matters", (source, 2, held, "kind, title, date, status")
    desk.add(
        "events", "invented-conference", evidence,
        kind="conference", title=title, date=f'"{years[0]}"', status="held",
    )  # fmt: skip
    selected = {"years": str(years[0]), "sel": "invented-conference"}
    desk.seen.append(Seen("overview", selected, title, "invented-conference", 'class="hatch"'))


def category_added(desk: Desk, tables: Tables) -> None:
    """A further document has a statement that needs a category of its own."""
    event = [row for row in query.rows_of(tables, SESSION) if not pd.isna(row["year"])][-1]["id"]
    person = tables["people"].to_dict("records")[0]
    danger = f"{person['name']} called sea monsters a grave danger"
    decoy = "The harbour has a statue of a sea monster"
    source = desk.source("Danger at sea", f"{danger}.", f"{decoy}.", unused="A statue.")
    desk.add(
        "categories", "sea_monsters", label="Sea monsters", includes="Monsters in the sea.",
        excludes="Monsters on land.", definition="Danger from monsters in the sea.",
        example="invented-sea-monsters",
        decoy=f'{{source: {source}, paragraph: 3, quote: "{decoy}", why: It is a statue.}}',
    )  # fmt: skip
    desk.add(
        "threats", "invented-sea-monsters", (source, 2, danger, "speaker, expressed_as"), event=event,
        speaker=person["id"], category="sea_monsters", expressed_as="threat",
        summary="Calls sea monsters a danger",
    )  # fmt: skip
    desk.seen.append(Seen("threats", {"sel": "invented-sea-monsters"}, danger, "Sea monsters"))


def term_announced(desk: Desk, tables: Tables) -> None:
    """A further document, of the next year, announces a term, and so the end of the one before it.

    It reports an event of that year too: the axis of years ends with the last one that a source covers.
    """
    last = tables["chairmanships"].sort_values("start_latest").to_dict("records")[-1]
    year = dates.parse(last["end"] or last["start"]).latest.year + 1
    state = tables["states"].to_dict("records")[0]
    announced = f"{state['name']} will take over the chair in {year}"
    source = desk.source("The next chair", f"{announced}.")
    if not last["end"]:
        desk.change(last["id"], ("(    start: .*\n)", rf'\1    end: "{year - 1}"\n'))
        if last["id"] not in set(tables["inferences"]["record"]):
            desk.change(last["id"], ("^    evidence:\n", "    inferred:\n    evidence:\n"))
        reason = "      end: The next term begins in the year after.\n"
        desk.change(last["id"], ("^    inferred:\n", f"    inferred:\n{reason}"))
        desk.prove(last["id"], source, 2, announced, "end")
    evidence = (source, 2, announced, "state, start, status")
    fields = {"state": state["id"], "start": f'"{year}"', "status": "planned"}
    desk.add("chairmanships", "invented-term", evidence, **fields)
    said = "announced; no source read reports that it began"
    desk.seen.append(Seen("chairmanship", {"sel": "invented-term"}, said, "invented-term"))


def field_corrected(desk: Desk, tables: Tables) -> None:
    """An old record turns out to be known less exactly: of its date no day, or no month."""
    exact = [row for row in query.rows_of(tables, EVENT) if row["precision"] in ("day", "month")]
    if not exact:
        raise Missing
    event, date = exact[-1]["id"], exact[-1]["date"]
    less = date.rpartition("-")[0]
    desk.change(event, (f'date: "{date}"', f'date: "{less}"'))
    desk.seen.append(Seen("documents", {"sel": event}, f"<td>{dates.words(less)}</td>"))


def later_version(desk: Desk, tables: Tables) -> None:
    """The version is raised."""
    version, year = int(desk.before.version.split(".")[0]) + 1, int(desk.before.date[:4]) + 1
    head = f'  version: {version}.0.0\n  date: "{year}-01-02"\n'
    desk.text, times = re.subn('  version: .*\n  date: ".*"\n', head, desk.text)
    assert times == 1
    desk.seen.append(Seen("briefing", {}, f"Version {version}.0.0 of 2 January {year}"))


CHANGES: tuple[Callable[[Desk, Tables], None], ...] = (
    announced_session_held, uncovered_year_reported, category_added, term_handed_over, term_announced,
    field_corrected, later_version,
)  # fmt: skip


def changed(original: Path, folder: Path) -> Desk:
    """The changes made to a copy, and the fingerprints of the new texts written as the curator is told to."""
    desk = Desk(original, folder)
    for change in CHANGES:
        change(desk, desk.before.tables)
    desk.file.write_text(desk.text, "utf-8")
    assert main(["fingerprint", "--originals", str(desk.texts), str(desk.file)]) == 0
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    try:
        return changed(LIVE, tmp_path_factory.mktemp("live"))
    except Missing:
        return changed(FROZEN, tmp_path_factory.mktemp("frozen"))


@pytest.fixture(scope="module")
def dataset(desk) -> Dataset:
    made = load(desk.file)
    return replace(made, tables=query.Selection(made.tables))


def test_the_file_passes_check_and_every_quote_verifies(desk, capsys):
    code = main(["verify", str(desk.file)])
    last = capsys.readouterr().out.splitlines()[-1]
    assert code == 0
    assert re.fullmatch(r"verified (\d+) of \1", last)


def test_the_tables_hold_what_was_added_and_all_that_was_there(desk, dataset):
    assert not dataset.unconfirmed
    assert dataset.hash != desk.before.hash
    for section in dict.fromkeys(["sources", "events", "threats", *(section for section, _ in desk.added)]):
        added = {record for name, record in desk.added if name == section}
        before = set(desk.before.tables[section]["id"]) - filled_in(desk.before.tables, section)
        assert set(dataset.tables[section]["id"]) - filled_in(dataset.tables, section) == before | added


def filled_in(tables: Tables, section: str) -> set[str]:
    """The places at sessions that the program fills in."""
    rows = tables[section]
    return set(rows.loc[rows["status"] == "not_stated", "id"]) if section == "attendance" else set()


@pytest.mark.slow
def test_every_page_shows_its_change_where_a_reader_looks_for_it(desk, dataset, monkeypatch, subtests):
    monkeypatch.setenv("CSTO_DATA", str(desk.file))
    assert {place.page for place in desk.seen} | {"sources"} == set(query.PAGES)
    for place in (*desk.seen, Seen("sources", {}, f"data {dataset.hash}")):
        with subtests.test(place.page):
            app = open_page(place.page, **place.selected)
            assert not app.exception
            assert f"<h1>{query.PAGES[place.page].question}</h1>" in markup(app)
            assert place.said in markup(app)
            assert not re.findall(r'href="(?:#:~[^"]*)?"', markup(app)), "the new texts have no address"
            drawn = "".join(f"{one['under']}{one['figure']}" for one in drawings(app))
            assert place.drawn in drawn
            assert not place.gone or place.gone not in drawn


@pytest.mark.slow
def test_a_briefing_and_the_release_are_made(desk, dataset, monkeypatch):
    monkeypatch.setattr(fonts, "css", lambda text: "")  # a subset of a font takes longer than all the rest
    items = standard(dataset.tables)[:2]
    assert len(Presentation(BytesIO(deck(dataset, items))).slides) > len(items)
    files = release(dataset)
    assert f"{dataset.version}" in files["datapackage.json"].decode()
    claims = {record for section, record in desk.added if section in CLAIMS}
    assert [record for record in claims if record not in files["statements.csv"].decode()] == []


def test_an_announced_term_has_a_block_in_the_ribbon_over_its_own_years(desk, dataset, monkeypatch):
    monkeypatch.setenv("CSTO_DATA", str(desk.file))
    shown, axis = markup(open_page("threats")), query.axis_years(dataset.tables)
    block = re.compile(r'id="term_([^"]+)"[^>]*style="left:([\d.]+)%;width:([\d.]+)%"')
    places = {term: (float(left), float(width)) for term, left, width in block.findall(shown)}
    assert places.keys() == set(dataset.tables["chairmanships"]["id"])
    assert all(left + width <= 100.01 for left, width in places.values())
    (term,) = dataset.tables["chairmanships"].query("id == 'invented-term'").to_dict("records")
    place = axis.index(int(term["start_earliest"][:4])) / len(axis) * 100
    assert places["invented-term"][0] == pytest.approx(place, abs=0.01)

"""What the reader reads, against counts of the exported files: see README.md beside this file."""

import re
from collections.abc import Iterator

import pytest

from tests.frozen import FROZEN
from tests.net import expected, media
from tests.net.checks import CHECKS, Surface
from tests.net.claims import Finder
from tests.net.faults import FAULTS
from tests.net.media import Piece
from tests.net.press import MEDIA, Press
from tests.net.views import NAMES, Case, cases

SHOWN = 8  # findings of one line of the table; more are counted
# chart -> the file whose rows its CSV holds, and the noun of its main number
ROWS = {
    "overview": "events",
    "chairmanship": "chairmanships",
    "attendance": "attendance",
    "documents": "documents",
    "threats": "threats",
    "speakers": "threats",
}
MAIN = {"overview": "statement", "threats": "statement", "speakers": "statement", "documents": "document"}
FIELDS = set(
    "kind date title place format chair status state start end person motto party role signatories speaker "
    "category expressed_as summary region note year".split()
)
DENIAL = re.compile("nothing in our sources matches|no source is cited here", re.IGNORECASE)
# present mode shows the figures of the pages at another size: where figures say most
PRESENTED = (
    "no filter",
    "one year",
    "a year no source covers",
    "without a source that others confirm",
    "a tray",
)

# views that differ from others in one value: files, whose slides the others make too, leave them out
ON_PAGES = ("two years", "one category", "a document status", "one row")


@pytest.fixture(scope="session")
def known(tables: expected.Tables) -> dict[str, Case]:
    return cases(tables)


@pytest.fixture(scope="session")
def surfaces(press: Press, tables: expected.Tables, finder: Finder, known: dict[str, Case]):
    """Medium and view -> what a reader gets, made once for all checks."""
    made, selections = {}, {}

    def surface(medium: str, view: str) -> Surface:
        if (medium, view) not in made:
            case = known[view]
            if medium != "page" and not case.tray:
                case = press.filled(case)
            pieces = press.pieces(medium, case) if case.items else []
            made[medium, view] = Surface(medium, case.items, pieces, tables, finder, selections)
        return made[medium, view]

    return surface


@pytest.mark.parametrize(
    ("medium", "view"),
    [
        pytest.param(medium, view, id=f"{medium}-{view}")
        for medium in MEDIA
        for view in NAMES
        if (view in PRESENTED if medium == "present" else medium == "page" or view not in ON_PAGES)
    ],
)
def test_what_a_surface_says_is_what_the_exported_files_bear(surfaces, subtests, medium, view):
    """One subtest a check; each fails with its findings, the medium and the place first."""
    surface = surfaces(medium, view)
    for name, check in CHECKS.items():
        with subtests.test(msg=name):
            findings = list(dict.fromkeys(check(surface)))
            assert not findings, "\n".join([f"{len(findings)} on {medium}:", *findings[:SHOWN]])
    if medium != "present" and view != "no row":
        with subtests.test(msg="the number that the view is about is read"):
            unread = list(unread_numbers(surface))
            assert not unread, "\n".join(unread)


def unread_numbers(surface: Surface) -> Iterator[str]:
    """The main number of each chart, where the net has not read it on the surface: what it might miss."""
    for number, item in enumerate(surface.items):
        if item.chart not in MAIN:
            continue
        wanted = len(expected.counted(surface.cut(item.params, item.chart), MAIN[item.chart], {}))
        read = {c.number for c in surface.claims if c.piece.item == number and c.noun == MAIN[item.chart]}
        if wanted and wanted not in read:
            yield f"{item}: {MAIN[item.chart]} {wanted}; read were {sorted(read)}"


# ---- the files of rows ----


def without_silence(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if "." not in row["id"]]


@pytest.mark.parametrize("view", [view for view in NAMES if view != "a tray"])
def test_a_csv_holds_the_rows_of_its_view_with_the_fields_that_its_sources_support(
    press, tables, known, view
):
    findings = []
    for item in known[view].items:
        name = ROWS.get(item.chart)
        if not name:
            continue
        params = {
            key: values
            for key, values in item.params.items()
            if not (key == "years" and name == "chairmanships")
        }
        wanted = expected.rows(tables, params)[name]
        given = {row["id"]: row for row in media.lines_of(press.file(item, "csv"))}
        if set(given) != set(wanted["id"]):
            findings.append(f"{item}: rows {sorted(set(given) ^ set(wanted['id']))} are in one of the two")
        for row in wanted.to_dict("records"):
            for column in FIELDS & set(row) & set(given.get(row["id"], {})):
                if given[row["id"]][column] != row[column]:
                    stands = given[row["id"]][column]
                    findings.append(f"{row['id']}.{column} is {stands!r}, supported is {row[column]!r}")
    assert not findings, "\n".join(findings[:SHOWN])


# ---- what a view has to say ----


@pytest.mark.parametrize("view", ["a search", "a search for who only came"])
def test_a_search_on_overview_does_not_deny_what_other_pages_find(press, tables, known, view):
    case = known[view]
    cut = expected.rows(tables, case.items[0].params)
    hits = {name: len(without_silence(cut[name].to_dict("records"))) for name in expected.CLAIMS}
    assert any(hits.values())
    denied = [
        str(p) for p in press.pieces("page", case) if p.place.startswith("/ ") and DENIAL.search(p.text)
    ]
    assert not denied, f"{hits} match; {denied}"


# ---- the net itself ----


def test_years_and_sources_counted_anew_are_those_of_the_exported_files(tables):
    anew = {name: table.copy() for name, table in tables.items()}
    expected.dated(anew)
    for name in ("events", "attendance", "documents", "document_counts", "threats"):
        assert anew[name]["year"].tolist() == tables[name]["year"].tolist()


@pytest.mark.parametrize(
    ("text", "chart", "found"),
    [
        ("2022 and 2023, threats only: 12 of 40 statements, from 3 of 5 sources.", "threats",
         [("statement", 12, 40), ("source", 3, 5)]),
        ("5 documents and 2 proposals and other matters", "documents",
         [("document", 5, None), ("proposal", 2, None)]),
        ("4 held, 2 announced; 4 sessions and summits", "chairmanship",
         [("announced", 2, None), ("session", 4, None)]),
        ("Lukashenko, 2023: five threats, one category each", "threats", [("threat", 5, None)]),
        ("none of 17 events and 61 statements", "overview", [("event", 0, 17), ("statement", 0, 61)]),
        ("2020\n10", "threats", [("statement", 10, None)]),
        ("Session, 16 May 2022, paragraph 7, s001.30, version 1.0.0", "overview", []),
        ("Minsk, November 2023: “15 documents”", "documents", []),
    ],
)  # fmt: skip
def test_claims_are_found_by_nouns_years_and_names(finder, text, chart, found):
    claims = finder.find(Piece("here", text), chart)
    assert [(claim.noun, claim.number, claim.of) for claim in claims] == found


@pytest.mark.parametrize("name", FAULTS)
def test_the_net_turns_red_when_a_fault_is_put_back(name, press, tables, finder, tmp_path):
    fault = FAULTS[name]
    items = fault.items(tables)

    def findings(maker: Press, shown, words) -> set[str]:
        pieces = maker.pieces(fault.medium, Case(str(shown), tuple(shown), tray=True))
        surface = Surface(fault.medium, items, [words(piece) for piece in pieces], tables, finder)
        return set(CHECKS[fault.check](surface))

    sound = findings(press, items, lambda piece: piece)
    maker = press
    if fault.records:
        text = FROZEN.read_text(encoding="utf-8")
        maker = Press(fault.dataset(text, tables, tmp_path), press.dashboard, press.paper)
    spoilt = findings(maker, fault.view(items), fault.words)
    # where the product has this fault of itself, putting it back changes nothing
    assert spoilt - sound or sound, "the net does not see it"

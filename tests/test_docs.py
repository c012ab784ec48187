"""README.md and docs/ say what is true; what of them is made is in `docs/documents.py`."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

import query
from docs import documents
from docs.documents import CONSOLE, DOCUMENTS, FILE, GENERATED, SLIP, Desk, contrast, dataset, read, renewed
from docs.screens import FOLDER, PICTURES
from exports.release import TABLES as RELEASED
from loaders import ROOT
from loaders.__main__ import main
from loaders.records import Category
from loaders.tables import DERIVED
from query.view import PARAMETERS

RENEW = "write it again with `python -m docs.documents`"
FENCED = re.compile(r"^```.*?^```", re.S | re.M)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
COUNTED = "records quotes paragraphs statements documents sources events categories sessions units texts"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tables_numbers_and_shown_outputs_are_current(name, tmp_path):
    assert read(name) == renewed(read(name), Desk(tmp_path)), RENEW


def test_every_table_that_can_be_made_stands_in_a_document():
    named = [block[1] for name in DOCUMENTS for block in GENERATED.findall(read(name))]
    assert sorted(named) == sorted(documents.MADE)


def test_a_category_without_an_example_and_a_decoy_has_its_line(monkeypatch):
    bare = Category(id="sea_monsters", label="Sea monsters", includes="In the sea.", excludes="On land.")
    monkeypatch.setattr(documents, "check", lambda *_: {"categories": [bare]})
    assert "| `sea_monsters` | none yet | none yet |  |" in documents.decoys()


def test_a_stale_part_and_a_stale_output_of_a_command_are_found(tmp_path):
    generated = "<!-- generated: unproven -->\nold\n<!-- end -->"
    shown = "```console\n$ python -m loaders check\n12 records\n```"
    desk = Desk(tmp_path)
    assert [text for text in (generated, shown) if renewed(text, desk) == text] == []


def test_every_slip_that_is_shown_is_found():
    shown = [(new, output) for _, new, _, _, _, output, _ in SLIP.findall(read("docs/CURATING.md"))]
    assert len(shown) > 10
    good = r"\S+: \d+ records, no problems\n|verified (\d+) of \1\n"
    assert [new for new, output in shown if re.fullmatch(good, output)] == []


def test_every_command_of_the_loaders_is_shown_with_a_good_end():
    blocks = [block[1] for name in DOCUMENTS for block in CONSOLE.findall(read(name))]
    shown = re.findall(r"^\$ python -m loaders ([\w-]+).*\n((?:[^$].*\n)*)", "".join(blocks), re.M)
    commands = {"check", "verify", "export", "fingerprint", "find", "new-source", "renumber-source"}
    assert {command for command, _ in shown} == commands
    good = r"\S+: \d+ (records, no problems|tables?|documents?)|verified (\d+) of \2|[1-9]\d* places?"
    good += r"|\S+: (\S+) is (?!\3)\S+ in [1-9]\d* places"
    ends = [output.splitlines()[-1] for command, output in shown if command != "new-source"]
    assert [end for end in ends if not re.fullmatch(good, end)] == []


def test_every_command_of_the_loaders_is_named(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z-]+)", capsys.readouterr().out, re.M)
    assert len(commands) > 5
    text = "".join(map(read, DOCUMENTS))
    assert [command for command in commands if f"python -m loaders {command}" not in text] == []


# ---- what is written by hand ----


def prose(name: str) -> str:
    """A document without the parts that are made and without blocks of code."""
    return FENCED.sub("", GENERATED.sub("", read(name)))


def section(name: str, heading: str) -> str:
    """What stands under a heading, down to the next one that is not below it."""
    level = heading.split()[0]
    return re.search(rf"^{heading}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)", read(name), re.M | re.S)[1]


def first_column(name: str, heading: str) -> list[str]:
    """The code words that begin the lines of the tables under a heading."""
    return re.findall(r"^\| `(\S+)` \|", section(name, heading), re.M)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_number_of_the_data_is_written_by_hand(name):
    assert re.findall(rf"\b\d+ (?:{'|'.join(COUNTED.split())})\b", re.sub("“.*?”", "", prose(name))) == []


def test_the_readme_explains_every_url_parameter():
    assert first_column("README.md", "## Addresses") == list(PARAMETERS)


def test_the_readme_names_every_folder_of_code():
    folders = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("[!.]*/**/*.py")}
    named = {path.rstrip("/") for path in first_column("README.md", "## Where things are")}
    assert named == folders | {"dashboard.py", "data", "docs"}


def test_the_codebook_explains_every_derived_column():
    explained = re.findall(r"`(\w+)`", section("docs/CODEBOOK.md", "## Derived columns"))
    assert {column for columns in DERIVED.values() for column in columns} - set(explained) == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_and_headings_that_exist(name):
    for link in (link for link in LINK.findall(read(name)) if "://" not in link):
        path, _, heading = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
            assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_that_are_named_exist(name):
    named = re.findall(r"`((?:\w[\w.-]*/)*[\w-]+\.(?:py|yaml|json|csv|md|txt|toml|css|js))`", prose(name))
    practice = {path.rpartition("/")[2] for path, _ in FILE.findall(read("docs/CURATING.md"))}
    written = {f"{table}.csv" for table in (*dataset().tables, *RELEASED)}
    assert [path for path in named if path not in practice | written and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS[1:])
def test_make_targets_that_are_named_exist(name):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    assert set(re.findall(r"`make ([a-z]+)`", read(name))) <= targets


# ---- pictures ----


def test_every_picture_is_one_that_make_pictures_takes_is_small_and_is_shown_once_with_words_for_it():
    taken = sorted(FOLDER / f"{name}.png" for name in PICTURES)
    shown = [
        ((ROOT / name).parent / path, words)
        for name in DOCUMENTS
        for words, path in PICTURE.findall(read(name))
    ]
    assert sorted(FOLDER.iterdir()) == taken == sorted(path for path, _ in shown)
    assert [path.name for path, words in shown if len(words.split()) < 10] == []
    assert [path.name for path in taken if path.stat().st_size > 120_000] == []


def test_every_page_has_its_picture():
    assert {name.partition("_")[0] for name in PICTURES} == set(query.PAGES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_taken_of_its_page_and_of_a_view_that_exists(name):
    address = urlsplit(PICTURES[name].address)
    assert (address.path.strip("/") or "overview") == name.partition("_")[0]
    _, notices = query.parse(dict(parse_qsl(address.query)), dataset().tables)
    assert notices == ()


# ---- the accessibility statement ----


def test_every_contrast_that_the_statement_shows_is_enough():
    rows = documents.contrast_rows()
    assert [(edition, what) for edition, what, needed, found in rows if min(found) < needed] == []


def test_contrasts_are_computed_as_wcag_defines_them():
    assert contrast("#000000", "#ffffff", "normal") == pytest.approx(21)
    grey = [contrast("#808080", "#ffffff", sight) for sight in ("deuteranopia", "normal")]
    assert grey[0] == pytest.approx(grey[1], abs=0.01), "grey is grey to every eye"
    assert contrast("#ff0000", "#000000", "protanopia") < contrast("#ff0000", "#000000", "normal") - 1


def test_issues_of_others_are_named_by_the_number_that_they_lead_to():
    named = re.findall(r"\[([^\]]+)\]\(https://github\.com/\S+/(\d+)\)", read("docs/ACCESSIBILITY.md"))
    assert len(named) > 10
    assert [words for words, number in named if not re.search(rf"#{number}\b", words)] == []


# ---- the two codings ----


def test_both_runs_judged_every_paragraph_of_the_sources_that_the_codebook_names():
    judged = [documents.place(row) for row in documents.agreement_rows() if row["field"] == "use"]
    twice = sorted({row["source"] for row in documents.agreement_rows()})
    assert judged == [documents.place(row) for row in documents.rows("paragraphs") if row["source"] in twice]
    assert f"`{twice[0]}` to `{twice[-1]}` were coded twice" in read("docs/CODEBOOK.md")


def test_the_codebook_says_how_every_difference_was_settled():
    said = re.findall(r"`(s\d+\.\d+)`", section("docs/CODEBOOK.md", "### How they were settled"))
    assert set(said) == {documents.place(row) for row in documents.differing()}

"""The parts of README.md and docs/ that are made: tables, numbers, and what commands print; and the schema.

A part that is made stands between `<!-- generated: NAME -->` and `<!-- end -->`, in a block of shell lines
(```console) with the output of each, or under a line of CURATING.md that says what is written in place of
what. `tests/test_docs.py` compares them. After a change of the data or the schema, write them again with

    python -m docs.documents
"""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from importlib import metadata, resources
from io import BytesIO, TextIOWrapper
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
from coloraide import Color

import query
from charts import theme
from charts.axis import Axis
from charts.chart import chart, subtitle
from loaders import ROOT, Dataset, dates, load, schema
from loaders.__main__ import main
from loaders.checks import check
from loaders.doubts import RULES
from loaders.records import (
    CLAIMS,
    OPTIONAL_SECTIONS,
    OTHER_WORDS,
    REFERS_TO,
    SECTIONS,
    Claim,
    Decoy,
    Evidence,
    Skipped,
    field_names,
)
from loaders.rules_within import UNPROVEN
from loaders.tables import DERIVED
from query.agreement import CODED_BY, CODERS
from query.agreement import agreement as measured
from query.agreement import differences as differing_units
from query.topics import FILTERS
from query.view import PARAMETERS as NAMES
from tests.browser.test_accessibility import ADDRESSES, TAGS

DOCUMENTS = ("README.md", "docs/CODEBOOK.md", "docs/CURATING.md", "docs/ACCESSIBILITY.md")

GENERATED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.S)
CONSOLE = re.compile(r"(```console\n)(.*?)(```)", re.S)
SLIP = re.compile(
    r"(^`([^`\n]+)` (in place of|on a line above) `([^`\n]+)`"
    r"(?:, then `([^`\n]+)`)?:\n\n```text\n)(.*?)(```)",
    re.S | re.M,
)
FILE = re.compile(r"<!-- file: (\S+) -->\n```[a-z]*\n(.*?)```", re.S)

# The record that the README follows from the file to the screen.
FOLLOWED = "lukashenko-2023-arms-race"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def dataset() -> Dataset:
    return load(ROOT / "data" / "curated.yaml")


def rows(name: str) -> list[dict]:
    """The rows of a table of the dataset."""
    return dataset().tables[name].to_dict("records")


def table(heads: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    cells = [list(heads), ["---"] * len(list(heads)), *lines]
    return "".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in cells
    )


def code(words: Iterable[str], joint: str = ", ") -> str:
    return joint.join(f"`{word}`" for word in words)


# ---- what the codebook's tables say ----


def fields() -> str:
    """For each section what a record is, its fields, and the columns that its table has besides them."""
    parts = []
    for section, record_type in (SECTIONS | OPTIONAL_SECTIONS).items():
        own = [
            name
            for name in field_names(record_type)
            if section not in CLAIMS or name not in Claim.model_fields
        ]
        parts.append(f"### `{section}`\n\n{record_type.__doc__}\n\n{field_table(record_type, own)}")
        if section in CLAIMS:
            parts.append(f"The claim, which decides the basis: {code(record_type.claim)}.\n")
        if section in DERIVED:
            parts.append(f"Added in the table: {code(DERIVED[section])}.\n")
    shared = "### Fields of every record from `events` down\n\n" + field_table(Claim, Claim.model_fields)
    for name, record_type in (("evidence", Evidence), ("skipped", Skipped), ("decoy", Decoy)):
        inner = field_table(record_type, record_type.model_fields)
        shared += f"\n### One item of `{name}`\n\n{record_type.__doc__}\n\n{inner}"
    return "\n".join([*parts, shared])


def field_table(record_type: type, names: Iterable[str]) -> str:
    made = record_type.model_json_schema()
    return table(
        ("field", "needed", "value", "meaning", "for example", "not"),
        (
            (
                f"`{name}`",
                "yes" if name in made.get("required", []) else "no",
                value(name, made["properties"][name]),
                record_type.model_fields[name].description,
                *(f"`{schema.in_words(example)}`" for example in examples(record_type, name)),
            )
            for name in names
        ),
    )


def examples(record_type: type, name: str) -> tuple[object, object]:
    """A value that may stand in a field, and one that is refused."""
    field = record_type.model_fields[name]
    return field.examples[0], field.json_schema_extra["examples_bad"][0]


def value(name: str, form: dict) -> str:
    """In words, what may stand in a field."""
    options = [option for option in form.get("anyOf", []) if option != {"type": "null"}]
    if options:
        return value(name, options[0])
    if form.get("type") == "array":
        return f"list of {value(name, form['items'])}".replace("list of id from", "list of ids from")
    if name in REFERS_TO:
        return " or ".join(
            [f"id from {code(REFERS_TO[name], ' or ')}", *(f"`{word}`" for word in OTHER_WORDS.get(name, ()))]
        )
    if "const" in form:
        return f"`{schema.in_words(str(form['const']).lower())}`"
    if "enum" in form:
        return code(form["enum"])
    if form.get("pattern") == f"^{dates.FORMS.pattern}$":
        return "date"
    return {"integer": "whole number", "object": "map from field to sentence", "string": "text"}.get(
        form.get("type"), "items, see below"
    )


def unproven() -> str:
    return f"Fields that need no proof: {code(sorted(UNPROVEN))}.\n"


def categories() -> str:
    return table(
        ("category", "id", "definition", "includes", "excludes"),
        (
            (row["label"], f"`{row['id']}`", row["definition"], row["includes"], row["excludes"])
            for row in rows("categories")
        ),
    )


def decoys() -> str:
    """For each category words that are coded so, and words that only look like it."""
    lines = []
    proven = {row["record"]: row for row in reversed(rows("evidence")) if row["field"] == "expressed_as"}
    for category in check(ROOT / "data" / "curated.yaml", "data/curated.yaml")["categories"]:
        shown, decoy = proven.get(category.example), category.decoy
        lines.append(
            (
                f"`{category.id}`",
                f"“{shown['quote']}” (`{place(shown)}`, `{category.example}`)" if shown else "none yet",
                f"“{decoy.quote}” (`{decoy.source}.{decoy.paragraph}`)" if decoy else "none yet",
                decoy.why if decoy else "",
            )
        )
    return table(("category", "coded so", "decoy: not coded so", "why not"), lines)


def asked() -> str:
    """What `check` asks: the rules of the warnings, each with what it is about."""
    return table(
        ("rule", "asks about"), ((f"`{rule.__name__}`", rule.__doc__.split("\n")[0]) for rule in RULES)
    )


def agreement_rows() -> list[dict]:
    with (ROOT / "docs" / "agreement.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def differing() -> list[dict]:
    return differing_units(units()).to_dict("records")


def place(row: dict) -> str:
    return f"{row['source']}.{row['paragraph']}"


def units() -> pd.DataFrame:
    """What the two codings entered, as `query.agreement` takes it."""
    return pd.DataFrame(agreement_rows())


def agreement() -> str:
    found = measured(units()).to_dict("records")
    lines = [
        (
            f"`{row['field']}`",
            row["n"],
            row["agree"],
            row["differ"],
            row["remark"] if pd.isna(row["alpha"]) else f"{row['alpha']:.2f}",
        )
        for row in found
    ]
    sums = (sum(row[name] for row in found) for name in ("n", "agree", "differ"))
    lines.append(("**all**", *(f"**{total}**" for total in sums), ""))
    return f"{CODERS}\n\n" + table(
        ("field", "units (n)", "agree", "differ", "Krippendorff's alpha (nominal)"), lines
    )


def differences() -> str:
    """One line for each record of one paragraph in which the two runs differ."""
    grouped: dict[tuple[str, str], list[dict]] = {}
    for row in differing():
        grouped.setdefault((place(row), row["record"] or "paragraph"), []).append(row)

    def joined(found: list[dict], run: str) -> str:
        return ", ".join(dict.fromkeys(row[run].replace("~", " and ") for row in found))

    return table(
        ("where", "record", "field", "first run", "second run", "settled"),
        (
            (
                f"`{where}`",
                f"`{item}`",
                ", ".join(row["field"].rpartition(".")[2] for row in found),
                *(joined(found, run) for run in ("first", "second", "settled")),
            )
            for (where, item), found in grouped.items()
        ),
    )


# ---- what the README's tables say ----


def quality() -> str:
    """The measures of the Sources page; then how often each speaker and each source is quoted."""

    def shown(rows: pd.DataFrame, *names: str) -> str:
        return table([name.lower() for name in names], rows[list(names)].to_numpy().tolist())

    tables = dataset().tables
    measures = query.quality(tables, dataset().unconfirmed).rename(columns=str.capitalize)
    return "\n".join(
        (
            shown(measures, "Measure", "Value"),
            shown(query.by_speaker(tables), *query.by_speaker(tables).columns),
            shown(query.by_source(tables), "Source", "Records", "Quoted places"),
        )
    )


def coding() -> str:
    """Who coded the records, and what nobody has checked."""
    return f"{CODED_BY}\n"


def sources() -> str:
    """What was read, and how much of it is coded."""
    used = Counter((row["source"], row["use"]) for row in rows("paragraphs"))
    lines = [
        (
            f"`{row['id']}`",
            f"[{row['publisher']}]({row['url']})" if row["url"] else row["publisher"],
            query.words.field_names(row["kind"]),
            query.covered_years(dataset().tables, row["id"]).removeprefix("reports events of "),
            used[row["id"], "cited"] + used[row["id"], "skipped"],
            used[row["id"], "cited"],
            used[row["id"], "skipped"],
        )
        for row in rows("sources")
    ]
    totals = [sum(line[column] for line in lines) for column in (4, 5, 6)]
    lines.append(("", "all", "", "", *totals))
    heads = ("source", "publisher", "kind", "years covered", "paragraphs", "cited", "read, not coded")
    return table(heads, lines)


def pages() -> str:
    """The pages by address, the question that each answers, and what it draws."""
    return table(
        ("page", "address", "question", "picture"),
        (
            (
                page.label,
                f"`{page.address}`",
                page.question,
                subtitle(page.name) if page.nouns else "The slides.",
            )
            for page in query.PAGES.values()
        ),
    )


# what a parameter of the URL restricts or selects, if it is none of the filters, which say it themselves
PARAMETERS = {
    "basis": "`stated`, `inferred`",
    "without": "sources to set aside; what only they support goes",
    "compare": "two years or two speakers to set side by side on the Threats page, such as `2022~2023`",
    "q": "words to find in the records, their quotes and people; a page names what it finds elsewhere",
    "sel": "what is selected: a record id, `EVENT.PARTY`, `SOURCE.PARAGRAPH` or `CATEGORY.YEAR`",
    "data": "the hash of the dataset that a link was made with",
    "tray": "the slides of a briefing, each a chart's name and its own parameters; from 1,000 characters on "
    "they are packed: `packed.`, and the base64url of their [brotli](https://www.rfc-editor.org/rfc/rfc7932)",
    "present": "the number of the slide that fills the screen",
}


def parameters() -> str:
    """The parameters of the URL."""
    about = {name: one.about for name, one in FILTERS.items()} | PARAMETERS
    return table(("parameter", "restricts or selects"), ((f"`{name}`", about[name]) for name in NAMES))


def journey() -> str:
    """The followed record in the hands of each layer."""
    found = dataset().tables
    row = query.row_of(found, query.resolve(FOLLOWED, found))
    params = {"years": str(row["year"]), "categories": row["category"], "sel": FOLLOWED}
    view, notices = query.parse(params, found)
    assert not notices
    axis = Axis(query.axis_years(found), query.coverage(found))
    rows = chart("threats", found, axis).grid.rows
    name, item = next((row.name, item) for row in rows for item in row.items if item.address == FOLLOWED)
    first = query.evidence(found, FOLLOWED).to_dict("records")[0]
    columns = ", ".join(f"`{name}` {row[name]}" for name in ("year", "basis", "source", "mentions"))
    speaker, publisher = query.name_of(found, row["speaker"]), query.name_of(found, first["source"])
    steps = {
        "`loaders`": f"a row of the table `threats`, with {columns} added",
        "`query`": f"one of the rows that `/threats?{urlencode(params)}` selects, with the sentence "
        f"“{query.sentence(found, view, 'threats')}”",
        "`charts`": f"a mark that holds the address `{item.address}`: "
        f"a {item.look} in row “{name}”, column {item.where}",
        "`ui`": f"the evidence panel: “{first['quote']}”; {speaker}, {row['role']}; "
        f"{query.occasion(found, row['event'])}; "
        f"{publisher}, paragraph {first['paragraph']} (`{first['source']}.{first['paragraph']}`)",
    }
    return table(("layer", "what it makes of the record"), steps.items())


def record() -> str:
    """The followed record as it stands in the file."""
    text = read("data/curated.yaml")
    return f"```yaml\n{re.search(rf'^  - id: {FOLLOWED}$.*?(?=^$)', text, re.S | re.M)[0]}```\n"


# ---- what the accessibility statement's tables say ----


def judged() -> str:
    """With what, by which rules and where axe-core judges the pages."""
    engine = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    return table(
        ("what", "which"),
        {
            "engine": f"axe-core {re.search(r'axe v([0-9.]+)', engine)[1]}, "
            f"from axe-playwright-python {metadata.version('axe-playwright-python')}",
            "rules": f"all with the tags {code(TAGS)}",
            "editions": "light by all rules, dark by those of contrast, each at every address",
            "addresses": code(ADDRESSES),
            "built with": f"Streamlit {metadata.version('streamlit')}, plotly {metadata.version('plotly')}",
        }.items(),
    )


# sight -> the filter of coloraide that shows what it sees, by Machado, Oliveira and Fernandes (2009)
SIGHT = {"normal": "", "protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}

# colour of charts/theme.py -> what is drawn in it, on which grounds, and the contrast that WCAG asks for
DRAWN = {
    "ink": ("text, marks, lines", ("paper", "wash"), 4.5),
    "soft": ("lighter text", ("paper", "wash"), 4.5),
    "accent": ("what is selected", ("paper", "wash"), 4.5),
    "mute": ("dots and hatches, no text", ("paper",), 3.0),
}


def contrast(colour: str, ground: str, sight: str) -> float:
    """The contrast of two colours (`#rrggbb`) as WCAG defines it, after what an eye makes of them."""
    seen = [Color(code) for code in (colour, ground)]
    if SIGHT[sight]:
        seen = [one.filter(SIGHT[sight], method="machado").clip("srgb") for one in seen]
    return seen[0].contrast(seen[1], method="wcag21")


def contrast_rows() -> list[tuple[str, str, float, list[float]]]:
    """Edition, what is drawn, the contrast it needs, and its lowest one on its grounds by sight."""
    return [
        (
            edition,
            what,
            needed,
            [min(contrast(colours[name], colours[on], sight) for on in grounds) for sight in SIGHT],
        )
        for edition, colours in (("light", theme.INK), ("dark", theme.NIGHT))
        for name, (what, grounds, needed) in DRAWN.items()
    ]


def contrasts() -> str:
    return table(
        ("edition", "what is drawn", "needs", *SIGHT),
        (
            (edition, what, f"{needed:.1f}", *(f"{value:.1f}" for value in found))
            for edition, what, needed, found in contrast_rows()
        ),
    )


MADE = {
    made.__name__: made
    for made in (
        fields,
        unproven,
        categories,
        decoys,
        asked,
        agreement,
        differences,
        coding,
        quality,
        sources,
        pages,
        parameters,
        journey,
        record,
        judged,
        contrasts,
    )
}


# ---- what commands print ----


class Desk:
    """An empty project folder, and beside it the practice files that CURATING.md has its reader make."""

    def __init__(self, folder: Path):
        self.project = folder / "project"
        self.project.mkdir()
        self.files = dict(FILE.findall(read("docs/CURATING.md")))  # path -> text
        for name, text in self.files.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")

    def output(self, command: str) -> str:
        """What a shell line prints."""
        program, *arguments = shlex.split(command)
        if program == "cp":
            shutil.copy(*(self.project / name for name in arguments))
            return ""
        assert program == "python"
        if arguments[:2] == ["-m", "loaders"]:
            return self.loaders(*arguments[2:])
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.project,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    def loaders(self, *arguments: str) -> str:
        """What `python -m loaders` prints, on both its streams, as a terminal shows it."""
        printed = TextIOWrapper(BytesIO(), encoding="utf-8")
        with chdir(self.project), redirect_stdout(printed), redirect_stderr(printed):
            main(arguments)
        printed.seek(0)
        return printed.read()

    def broken(self, new: str, how: str, old: str, command: str = "") -> str:
        """What `check` prints, or else `verify`, for the first practice dataset with `old`, after one slip;
        or what a command of the loaders prints, which takes the dataset as its last word.

        A text is replaced where it stands first, or gets a line above it, both within their section.
        """
        data = next((name for name, text in self.files.items() if name.endswith(".yaml") and old in text), "")
        assert data, f"no practice dataset holds {old!r}"
        path = self.project / data
        if how == "on a line above":
            indent = re.search(rf"^( *){re.escape(old)}", self.files[data], re.M)[1]
            new = f"{new}\n{indent}{old}"
        path.write_text(self.files[data].replace(old, new, 1), encoding="utf-8", newline="\n")
        printed = self.loaders(*shlex.split(command), data) if command else self.loaders("check", data)
        if not command and printed.endswith("no problems\n") and "warning" not in printed:
            texts = next(os.path.dirname(name) for name in self.files if name.endswith(".txt"))
            printed = self.loaders("verify", "--originals", texts, data)
        path.write_text(self.files[data], encoding="utf-8", newline="\n")
        return printed


def renewed(text: str, desk: Desk) -> str:
    """A document with every part that is made, made again."""

    def session(block: re.Match) -> str:
        commands = re.findall(r"^\$ (.+)$", block[2], re.M)
        return block[1] + "".join(f"$ {line}\n{desk.output(line)}" for line in commands) + block[3]

    text = GENERATED.sub(lambda block: f"{block[1]}\n{MADE[block[2]]()}\n{block[3]}", text)
    text = CONSOLE.sub(session, text)
    return SLIP.sub(lambda block: block[1] + desk.broken(*block.group(2, 3, 4, 5)) + block[7], text)


def renew() -> None:
    """Write the documents and the schema again where something that is made has changed."""
    path = ROOT / "data" / schema.FILE_NAME
    if not path.is_file() or path.read_text(encoding="utf-8") != schema.as_text():
        path.write_text(schema.as_text(), encoding="utf-8", newline="\n")
        print(f"data/{schema.FILE_NAME}: written again")
    for name in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            text = renewed(read(name), Desk(Path(folder)))
        if text != read(name):
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}: written again")


if __name__ == "__main__":
    renew()

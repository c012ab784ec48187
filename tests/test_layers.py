"""What each layer may import, and what may stand where.

Each rule is a function from a syntax tree to findings; the tests after it show code that it refuses.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from charts import theme
from query import TOPICS
from tests.frozen import FROZEN, served

ROOT = Path(__file__).parents[1]

BELOW_UI = {"loaders", "query", "charts", "exports"}

# layer -> the packages it may import, besides itself and the standard library
PACKAGES = {
    "loaders": {"yaml", "pydantic", "pandas"},
    # brotli: the slides of a long briefing in an address
    "query": {"pandas", "brotli", "loaders"},
    # fontTools and the fonts: how wide words are
    "charts": {"pandas", "query", "fontTools", "font_source_sans_pro", "font_source_serif_pro"},
    # resvg_py: SVG as pixels; jinja2: HTML from templates, of the pages too
    "exports": {"pandas", "loaders", "query", "charts", "pptx", "docx", "xlsxwriter", "resvg_py", "jinja2"},
    # starlette: the server that Streamlit's own hook takes middleware and routes for
    # google: protobuf, in which Streamlit's browser and server talk
    # brotli: what a browser loads first, packed
    # plotly: where its package has the script that draws in the browser
    "ui": {"streamlit", "starlette", "brotli", "google", "pandas", "plotly", "yaml", "pydantic", "pptx"}
    | BELOW_UI,
}
ALLOWED = {layer: packages | sys.stdlib_module_names for layer, packages in PACKAGES.items()}
ALLOWED |= {"pages": {"ui"}, "dashboard.py": {"streamlit", "ui"}}

# A figure is the same for the same rows: it reads no file and no clock, and contacts nobody.
# But for the fonts: words are as wide as their letters, which two packages have as files.
READS_FONTS = "fonts.py"
IMPURE_MODULES = {
    "glob", "http", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "tempfile",
    "threading", "time", "urllib",
}  # fmt: skip
IMPURE_CALLS = set("open input print today now utcnow read_csv read_text write_html write_image".split())

TABLE_METHODS = {
    "agg", "aggregate", "apply", "assign", "concat", "drop", "drop_duplicates", "explode", "fillna",
    "groupby", "iloc", "isin", "itertuples", "iterrows", "loc", "melt", "merge", "nunique", "pivot",
    "pivot_table", "reset_index", "set_index", "sort_values", "to_datetime", "unique", "value_counts",
}  # fmt: skip

COLOUR = re.compile(
    r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgba?|hsla?|oklch)\(\s*\d", re.I
)
CLEAR = re.compile(r"rgba\(0,\s*0,\s*0,\s*0\)")  # no colour at all

Finding = tuple[int, str]  # line, what is wrong
Rule = Callable[[ast.AST], Iterator[Finding]]


def files_of(layer: str, *suffixes: str) -> list[Path]:
    """The layer's files that end in one of the suffixes, `.py` if none is named."""
    path = ROOT / layer
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (suffixes or (".py",)))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def findings(rule: Rule, files: list[Path]) -> list[str]:
    return [f"{file.relative_to(ROOT)}:{line}: {text}" for file in files for line, text in rule(parsed(file))]


def code_files() -> list[Path]:
    return [file for layer in ALLOWED for file in files_of(layer)]


# ---- imports ----


def imported(tree: ast.AST) -> Iterator[Finding]:
    """Each import, also those inside functions: the line and the name of the top-level package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.split(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, (node.module or "").split(".")[0]


def imports_against(layer: str) -> Rule:
    def rule(tree: ast.AST) -> Iterator[Finding]:
        for line, package in imported(tree):
            if package != layer and package not in ALLOWED[layer]:
                yield line, f"{layer} may not import {package}"

    return rule


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_layer_imports_only_what_lies_below_it(layer):
    assert findings(imports_against(layer), files_of(layer)) == []


def test_nothing_imports_plotly_of_which_the_browser_alone_makes_use():
    """A figure is a plain dict. To import plotly would take the server a tenth of a second at its start."""
    importing = {
        file.relative_to(ROOT).as_posix()
        for file in code_files()
        for _, package in imported(parsed(file))
        if package == "plotly"
    }
    assert importing == set()


def test_every_folder_of_code_is_a_layer():
    folders = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("[!.]*/**/*.py")}
    assert folders - {"tests", "bench", "deploy", "docs"} <= set(ALLOWED)


# ---- figures are pure ----


def impure(tree: ast.AST) -> Iterator[Finding]:
    for line, package in imported(tree):
        if package in IMPURE_MODULES:
            yield line, f"imports {package}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in IMPURE_CALLS:
                yield node.lineno, f"calls {name}"


def test_charts_know_no_files_and_no_clock():
    files = [file for file in files_of("charts") if file.name != READS_FONTS]
    assert findings(impure, files) == []


# ---- pages are straight script ----


def logic(tree: ast.AST) -> Iterator[Finding]:
    """What a page may not contain: definitions, arithmetic, work on tables, a look-up by a variable."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                yield node.lineno, f"defines a {type(node).__name__}"
            case ast.BinOp() | ast.AugAssign():
                yield node.lineno, "calculates"
            case ast.Subscript(slice=index) if not isinstance(index, ast.Constant):
                yield node.lineno, f"looks up [{ast.unparse(index)}]"
            case ast.Attribute(attr=name) if name in TABLE_METHODS:
                yield node.lineno, f"works on a table: .{name}"


def test_pages_are_straight_script():
    assert findings(logic, files_of("pages") + files_of("dashboard.py")) == []


# ---- caches ----


def unbounded(tree: ast.AST) -> Iterator[Finding]:
    """Caches that grow with what is asked. One inside a function goes with it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.args.args:
            for one in map(ast.unparse, node.decorator_list):
                if one.rpartition(".")[2] in ("cache", "lru_cache") or "maxsize=None" in one:
                    yield node.lineno, f"{node.name} keeps an answer for each value that it is ever asked for"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("cache_data", "cache_resource"):
            yield node.lineno, f"{node.attr} keeps what a dataset that is gone was asked for: query.kept"


def test_every_cache_is_bounded_and_those_of_a_dataset_go_with_it():
    assert findings(unbounded, code_files()) == []


@pytest.mark.parametrize(
    "code",
    ["@cache\ndef f(a): 1", "@lru_cache\ndef f(a): 1", "@functools.lru_cache(maxsize=None)\ndef f(a): 1",
     "@st.cache_data\ndef f(): 1"],
)  # fmt: skip
def test_a_cache_without_a_bound_is_found(code):
    assert len(list(unbounded(ast.parse(code)))) == 1


# ---- colours ----


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text in the code that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def colours(tree: ast.AST) -> Iterator[Finding]:
    for text in texts(tree):
        for found in COLOUR.findall(CLEAR.sub("", text.value)):
            yield text.lineno, f"names the colour {found}"


def test_every_colour_stands_in_the_theme():
    files = [file for file in code_files() if file != ROOT / "charts" / "theme.py"]
    assert findings(colours, files) == []


def test_no_style_sheet_names_a_colour():
    sheets = [
        file for layer in ALLOWED for file in files_of(layer, ".css", ".html", ".svg") if file.suffix != ".py"
    ]
    assert [
        str(file) for file in sheets if COLOUR.search(CLEAR.sub("", file.read_text(encoding="utf-8")))
    ] == []


def test_streamlit_is_given_the_colours_of_the_theme():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    names = {
        edition: {option: [name for name, colour in palette.items() if colour == settings[edition][option]]
                  for option in settings[edition]}
        for edition, palette in {"light": theme.INK, "dark": theme.NIGHT}.items()
    }  # fmt: skip
    assert all(names["light"].values()), "each is a colour of the theme"
    assert names["light"] == names["dark"], "an option has the same role in both editions"


# ---- Windows ----

UNIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
UNIX_NAMES = {
    "SIGKILL", "SIGHUP", "SIGALRM", "alarm", "fork", "geteuid", "getuid", "killpg", "mkfifo", "setsid",
    "uname",
}  # fmt: skip
UNIX_WORDS = re.compile(r"^/(tmp|dev|proc|etc|usr|var)/|(?<!%)%-[a-zA-Z]")


def of_one_system(tree: ast.AST) -> Iterator[Finding]:
    """What Windows does not know, and text whose letters or line ends are those of the system."""
    for line, package in imported(tree):
        if package in UNIX_MODULES:
            yield line, f"imports {package}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in UNIX_NAMES:
            yield node.lineno, f"uses {node.attr}"
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, f"leaves {what} to the system") for what in left_to_the_system(node))
    for text in texts(tree):
        if UNIX_WORDS.search(text.value):
            yield text.lineno, f"writes {text.value!r}"


def left_to_the_system(call: ast.Call) -> Iterator[str]:
    """What a call that reads or writes text does not say: its encoding, its line ends."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    said = {keyword.arg for keyword in call.keywords}
    words = {value.value for value in call.args if isinstance(value, ast.Constant)}
    is_text = {
        "open": not any("b" in str(word) for word in words),
        "read_text": True,
        "run": "text" in said,
        "write_text": True,
    }
    if is_text.get(name) and "encoding" not in said and not words & {"utf-8", "utf-8-sig"}:
        yield "the encoding"
    if {"write_text": "newline", "to_csv": "lineterminator"}.get(name, "") not in {"", *said}:
        yield "the line ends"


def test_the_code_runs_on_windows_and_on_unix_and_writes_the_same_bytes_there():
    """No machine with Windows runs the tests."""
    pictures = ROOT / "docs" / "screens.py"  # opens nothing but images
    files = [file for file in code_files() + files_of("docs") if file != pictures]
    assert len(files) > 50
    assert findings(of_one_system, files) == []


# ---- the data's words stay in the data ----


def data(path: Path) -> dict:
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)


def words_of(data: dict) -> Rule:
    """Return a rule against ids and names of the data: who adds one changes data/curated.yaml alone."""
    sections = ("states", "people", "categories", "sources", "events", "chairmanships")
    ids = {record["id"] for section in sections for record in data[section]}
    # `other` is also a kind of document, and the one category that a rule has to name
    alone = ids - {"other"}
    named = [record for section in ("states", "people") for record in data[section]]
    anywhere = {record["name"] for record in named} | {state["id"] for state in data["states"]}
    anywhere |= {category["id"] for category in data["categories"] if "_" in category["id"]}
    inside = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(anywhere)))})(?!\w)")

    def rule(tree: ast.AST) -> Iterator[Finding]:
        for text in texts(tree):
            if text.value in alone or inside.search(text.value):
                yield text.lineno, f"names what belongs to the data: {text.value!r}"

    return rule


def test_the_words_of_the_data_do_not_stand_in_the_code():
    assert findings(words_of(data(ROOT / "data" / "curated.yaml")), code_files()) == []


# ---- the data grow without a test ----

# What the files that grow are read for. All other tests read tests/frozen or an invented dataset.
OF_THE_DATA = {
    "tests/loaders/test_command_line.py",  # they are what `check` reads where no file is named
    "tests/loaders/test_curated.py",  # they keep rules of the codebook that `check` does not know
    "tests/loaders/test_schema.py",  # an editor finds no fault in them
    "tests/test_curators_changes.py",  # they are changed, in a copy
    "tests/test_deploy.py",  # they are delivered
    "tests/test_every_mark.py",  # each of their marks has evidence
    "tests/test_layers.py",  # their words do not stand in the code
    "tests/test_release_notes.py",
}


def growing(tree: ast.AST) -> Iterator[Finding]:
    """Paths of the data file and of its fingerprints, as one text or joined with `/`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and re.search(r"'data' / '(curated\.yaml|finger)", ast.unparse(node)):
            yield node.lineno, "names a file that grows"
    for text in texts(tree):
        if re.search(r"\bdata/(curated\.yaml|fingerprints\.json)", text.value):
            yield text.lineno, "names a file that grows"


def test_only_tests_of_the_data_themselves_read_the_file_that_curators_change():
    named = {finding.partition(":")[0] for finding in findings(growing, files_of("tests"))}
    assert named == OF_THE_DATA, "tests of what the code does read tests/frozen"


# ---- only the registry knows topics by name ----

NO_TABLE = set(TOPICS) - set(served().tables)  # such as `overview`: names that can mean nothing but a topic
BY_NAME = {"query/topics.py"}


def knows_topics(tree: ast.AST) -> Iterator[Finding]:
    """Dictionaries and choices by the name of a topic; a name that is also a table's may mean the table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if keys & NO_TABLE and len(keys & set(TOPICS)) > 1:
                yield node.lineno, f"is keyed by topics: {sorted(keys & set(TOPICS))}"
        elif isinstance(node, ast.Compare):
            sides = (side for side in (node.left, *node.comparators) if isinstance(side, ast.Constant))
            yield from ((node.lineno, f"asks for {side.value}") for side in sides if side.value in NO_TABLE)


def test_only_the_registry_knows_topics_by_name():
    files = [file for file in code_files() if file.relative_to(ROOT).as_posix() not in BY_NAME]
    assert findings(knows_topics, files) == []


# ---- what the rules find ----

EXAMPLES = [  # rule, code that it refuses, and code that it lets pass
    (imports_against("loaders"), ["import query", "import streamlit as st"], ["import pandas"]),
    (imports_against("query"), ["from charts import theme"], ["from loaders import load"]),
    (
        imports_against("charts"),
        ["def figure():\n    from streamlit import text", "import plotly"],
        ["import query"],
    ),
    (imports_against("exports"), ["import ui.frame"], ["import pptx"]),
    (imports_against("ui"), ["import pages.threats"], ["import streamlit as st"]),
    (imports_against("pages"), ["import pandas as pd", "from loaders import load"], ["import ui.page"]),
    (imports_against("dashboard.py"), ["from query import View"], ["import streamlit as st"]),
    (
        impure,
        ["import time", "from pathlib import Path", "open('x')", "date.today()", "f.write_html()"],
        ["from datetime import date"],
    ),
    (
        logic,
        [
            "def draw(): pass", "class Page: pass", "key = lambda row: row", "rest = total - shown",
            "count += 1", "table[table.year == 2022]", "labels[st.selectbox('Year', years)]",
            "table.groupby('year')", "table.iloc[0]",
        ],
        ["page('threats', threats)"],
    ),
    (
        colours,
        ["ink = '#1A1A1A'", "x = 'border: 1px solid #ccc'", "f'{x} #1a1a1a80'", "x = 'rgb(26, 26, 26)'"],
        ["x = 'rgba(0,0,0,0)'", "x = '&#8230;'", "x = 'paragraph #12'", "'The ink is #1A1A1A.'"],
    ),
    (
        of_one_system,
        [
            "import fcntl", "os.killpg(1, 9)", "x = '/tmp/x'", "f'{day:%-d %B}'", "day.strftime('%-d')",
            "path.read_text()", "open(path)", "path.open()", "path.write_text(x, encoding='utf-8')",
            "table.to_csv(index=False)", "subprocess.run(command, text=True)",
        ],
        [
            "path.read_text('utf-8')", "path.open('rb')", "open(path, encoding='utf-8')", "'100 %-points'",
            "f'{x:%d}'", "path.write_text(x, encoding='utf-8', newline='')", "subprocess.run(command)",
            "at = '/files/threats.csv'",
        ],
    ),
    (
        words_of(data(FROZEN)),
        [
            "state = 'ARM'", "f'{x}~arms_race'", "category == 'biological'", "x = 'Remarks by Armenia'",
            "speaker == 'putin'", "x = 'Nikol Pashinyan spoke'", "{'s003': 1}",
        ],
        ["x = 'a biological threat'", "x = 'ALARM'", "kind == 'other'", "'A state, as ARM'"],
    ),
    (
        growing,
        [
            "load(ROOT / 'data' / 'curated.yaml')", "x = Path('data/curated.yaml')",
            "f'{ROOT}/data/fingerprints.json'", "(HERE / 'data' / 'fingerprints.json').read_text()",
        ],
        ["tmp_path / 'curated.yaml'", "def test_it():\n    'As in data/curated.yaml.'", "FROZEN.read_text()"],
    ),
    (
        knows_topics,
        [
            "PAGES = {'overview': 'dashboard.py', 'threats': 'pages/threats.py'}",
            "if page.name == 'briefing': pass", "signs = inferred if topic == 'overview' else ''",
        ],
        ["{'threats': 'speaker', 'documents': 'status'}", "table == 'attendance'", "page('overview')"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "refused", "passed"), EXAMPLES)
def test_a_rule_finds_what_it_is_for_and_nothing_that_only_resembles_it(rule, refused, passed):
    assert [code for code in refused if not list(rule(ast.parse(code)))] == []
    assert [code for code in passed if list(rule(ast.parse(code)))] == []

"""What the project's own files promise: the commands in the README, the pins, Streamlit's settings."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parents[1]

# Pinned, but used as a command, as a plugin, or by another package, instead of being imported.
NOT_IMPORTED = {"ruff", "pytest-playwright", "pytest-xdist", "orjson", "uvloop", "httptools"}

PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(; [^#]+)?  # (?P<reason>\S.*)")

IMPORT = re.compile(r"^ *(?:from (\w+)[\w.]* import|import (\w+))", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# ---- commands ----


@pytest.fixture(scope="module")
def targets() -> dict[str, str]:
    """Makefile target -> what `make help` says about it."""
    return dict(re.findall(r"^([a-z-]+):.*##  *(.+)$", read("Makefile"), re.MULTILINE))


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """Every line of the README's code blocks and every piece of inline code, without comments."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", read("README.md"), re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", read("README.md"), flags=re.M | re.S))
    lines = [line for block in blocks for line in block.splitlines()] + inline
    return [line.split("  #")[0].strip() for line in lines]


def test_make_help_names_every_target_and_each_says_that_it_is_no_file(targets):
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  make (\S+) +(.+)$", printed, re.MULTILINE) == list(targets.items())
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony[1].split() == list(targets)


def test_the_readme_names_make_targets_and_programs_that_exist(targets, commands):
    named = {match for line in commands for match in re.findall(r"\bmake ([a-z-]+)", line)}
    assert {"run", "test"} <= named <= set(targets)
    modules = {match for line in commands for match in re.findall(r"\bpython -m ([a-z_.]+)", line)}
    assert "loaders" in modules
    assert [module for module in modules if not importlib.util.find_spec(module)] == []


def test_ci_runs_make_test():
    assert read(".ci/run").splitlines()[-1] == "make test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111, "it is executable"


# ---- pins ----


def pins(name: str = "requirements.txt") -> dict[str, str]:
    """Package -> version, in a requirements file whose every line is a pin with its reason."""
    lines = [line for line in read(name).splitlines() if line and not line.startswith(("#", "-r "))]
    matches = [PIN.fullmatch(line) for line in lines]
    assert None not in matches, f"{name}: each line is `package==version  # reason`"
    return {match["name"]: match["version"] for match in matches}


def third_party_imports(*folders: str) -> Iterator[str]:
    """Top-level names that the code imports and that are neither the standard library's nor ours."""
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")] + [ROOT / "dashboard.py"]
    ours = {file.relative_to(ROOT).parts[0] for file in files} | {"dashboard"}
    for file in files:
        found = IMPORT.findall(file.read_text(encoding="utf-8"))
        yield from {either or other for either, other in found} - ours - sys.stdlib_module_names


def imported_packages() -> set[str]:
    """Names of the installed packages that the code and the tests import themselves."""
    folders = ("loaders", "query", "charts", "exports", "ui", "pages", "tests", "bench", "deploy", "docs")
    providers = metadata.packages_distributions()
    return {package for name in third_party_imports(*folders) for package in providers.get(name, [name])}


def test_every_package_that_is_imported_is_pinned_and_every_pin_is_used():
    imported = imported_packages()
    assert imported - set(pins()) - set(pins("requirements-tools.txt")) == set()
    assert set(pins()) - imported - NOT_IMPORTED == set()


def test_the_pinned_versions_are_installed():
    assert {name: metadata.version(name) for name in pins()} == pins()


def test_the_tools_are_pinned_beside_the_requirements():
    assert "-r requirements.txt" in read("requirements-tools.txt").splitlines()
    assert set(pins("requirements-tools.txt")).isdisjoint(pins())


# ---- Streamlit's settings ----


def test_streamlit_knows_every_setting_and_takes_it_as_written(monkeypatch):
    monkeypatch.chdir(ROOT)
    known = config.get_config_options(force_reparse=True)
    written = {
        f"{section}.{name}": value
        for section, options in tomllib.loads(read(".streamlit/config.toml")).items()
        for name, value in options.items()
        if not isinstance(value, dict)
    }
    # postScriptGC is not documented: a Streamlit that dropped it would be slow under load, and silent
    assert written["runner.postScriptGC"] is False
    assert {name: known[name].value if name in known else "unknown" for name in written} == written


def test_visitors_contact_no_other_host_and_see_no_traceback(monkeypatch):
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.address") == "127.0.0.1"
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("client.showErrorLinks") is False


# ---- licences ----


def test_code_and_data_have_their_licences():
    assert read("LICENSE").startswith("MIT License\n")
    assert "SPDX-License-Identifier: CC0-1.0" in read("LICENSE-data")

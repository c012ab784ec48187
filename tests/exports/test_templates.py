"""The templates of pages and files: what they are given, and what becomes of it."""

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import UndefinedError
from jinja2.runtime import Macro

from exports.templates import FILES, FOLDER, macros, render
from loaders import ROOT

CODE = sorted(file for layer in ("ui", "exports") for file in (ROOT / layer).rglob("*.py"))
TEXTS = {file: (FOLDER / f"{file}.html").read_text("utf-8") for file in FILES}


def own(file: str) -> dict[str, Macro]:
    """The macros that a file itself defines."""
    return {name: getattr(macros(file), name) for name in re.findall(r"{% macro (\w+)", TEXTS[file])}


def calls() -> Iterator[tuple[str, set[str]]]:
    """Each macro that the code asks for, and the names of the values that it gives."""
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("render" | "write"), args=[ast.Constant(value=name)]):
                    yield name, {keyword.arg for keyword in node.keywords}


def test_every_piece_of_html_that_the_code_asks_for_is_there_and_gets_what_it_takes():
    asked = list(calls())
    assert len(asked) > 40
    for name, given in asked:
        file, _, macro = name.partition(".")
        assert set(own(file)[macro].arguments) == given, name


def test_every_macro_is_used():
    asked = {name for name, _ in calls()}
    inside = "\n".join(re.sub(r"{% macro .*", "", text) for text in TEXTS.values())
    unused = {
        f"{file}.{name}"
        for file in FILES
        for name in own(file)
        if f"{file}.{name}" not in asked and not re.search(rf"\b{name}\(", inside)
    }
    assert unused == set()


def test_a_value_is_escaped_and_a_piece_in_a_piece_is_not_escaped_again():
    hostile = "<b>&\"'"
    inner = render("frame.alert", text=hostile)
    assert "<b>" not in inner
    assert "&lt;b&gt;&amp;&#34;&#39;" in inner
    outer = render(
        "panel.selected", outside=False, claim=hostile, said=inner, taken="<i>", link=hostile, further=""
    )
    assert inner in outer
    assert "&lt;i&gt;" in outer
    assert "<i>" not in outer
    assert hostile not in outer


def test_a_value_that_lacks_and_one_that_is_not_known_are_errors():
    with pytest.raises(UndefinedError):
        render("frame.alert")
    with pytest.raises(TypeError):
        render("frame.alert", text="", words="")
    with pytest.raises(AttributeError):
        render("parts.nothing")


def test_only_what_the_program_itself_has_made_goes_into_a_page_as_it_is():
    safe = {(file, found) for file, text in TEXTS.items() for found in re.findall(r"{{ (\S+) \| safe", text)}
    assert safe == {("brief", "fonts"), ("brief", "view.chart")}

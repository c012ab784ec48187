"""Reading: the bytes of a YAML file into a tree in which all is text and every place knows its line.

A plain YAML loader turns `NO` into a boolean, `2024-11` into text but `2024` into a number, and keeps the
last of two equal keys in silence. This reader works on YAML events instead, and refuses what a curator does
not need: anchors, aliases, tags, merge keys, several documents, empty values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

import yaml

from loaders.decoding import HIDDEN_IN_VALUE, LARGEST, LAST_LINE, decoded, hidden_message
from loaders.problems import MOST_PROBLEMS, InvalidData, Problem, shown, stands

DEEPEST = 12  # levels of lists and maps
MOST_NODES = LARGEST // 11  # values; the real file has one in 22 bytes
EVENTS = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same parser in C, where it is installed

FIELD_NAME = re.compile(r"[a-z_]+")
NULLS = {"", "~", "null", "Null", "NULL"}

# The keys and list positions on the way to a value: ("attendance", 3, "status")
Location = tuple[str | int, ...]


@dataclass(frozen=True)
class ParsedFile:
    """A file as it was read: `tree` of dicts, lists and texts, without the closing `complete: true`.

    `lines` gives the line (from 1) of every key and list item; `plain` holds the locations of all texts that
    stand without quotation marks; `head` the remarks above the first section, each with its line.
    """

    name: str
    tree: dict[str, Any]
    lines: dict[Location, int]
    plain: set[Location]
    head: tuple[tuple[int, str], ...] = ()

    def problem(self, location: Location, message: str) -> Problem:
        """The problem at a location, or at the innermost place around it that the file has."""
        around = (location[:size] for size in range(len(location), 0, -1))
        line = next((self.lines[place] for place in around if place in self.lines), 1)
        return Problem(self.name, line, *_named(self.tree, location), message)


def read(data: bytes, name: str) -> ParsedFile:
    """What stands in the bytes of the file `name`. Raises InvalidData, and nothing else."""
    text = decoded(data, name)
    reader, tree = _Reader(), {}
    try:
        tree = reader.tree(yaml.parse(text, Loader=EVENTS))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reader.findings.append((line, (), f"must be YAML: {_mended(error.problem or error.context)}"))
    except (yaml.YAMLError, ValueError) as error:  # such as an escape that is no character
        reader.findings.append((1, (), f"must be YAML: {error}"))
    except _Stop:
        pass
    if reader.findings:
        problems = ((line, *_named(tree, location), message) for line, location, message in reader.findings)
        raise InvalidData(Problem(name, *finding) for finding in problems)
    remarks = takewhile(lambda numbered: numbered[1].startswith("#"), enumerate(text.splitlines(), 1))
    return ParsedFile(name, tree, reader.lines, reader.plain, tuple(remarks))


# What PyYAML says, in C and in Python -> what a curator can do about it
MENDS = {
    "expected ',' or '}'": "put a text that has a colon, comma or quotation mark in it into quotation marks",
    "mapping values are not allowed": "put a text that has a colon and a space in it into quotation marks",
    "cannot start any token": "indent with spaces, not tabs; put a text that begins with a sign in quotes",
    "expected key": "let the fields of a record begin under one another",
    "expected <block end>": "let the fields of a record begin under one another",
    "expected '-' indicator": "let the records of a section begin under one another, each with -",
    "could not find expected ':'": "write a field as its name, a colon, a space and its value",
    "unexpected end of stream": "close the quotation mark that stands open",
}


def _mended(what: str) -> str:
    """What is wrong in the terms of YAML, and what to do."""
    return "; ".join([what, *(mend for words, mend in MENDS.items() if words in what)])


class _Stop(Exception):
    """Reading on would cost too much and say nothing new; the reason is among the problems."""


@dataclass
class _Reader:
    """Builds the tree from events, and goes on after a problem, so that one run reports all of them."""

    lines: dict[Location, int] = field(default_factory=dict)
    plain: set[Location] = field(default_factory=set)
    findings: list[tuple[int, Location, str]] = field(default_factory=list)  # line, place, message
    nodes: int = 0

    def refuse(self, line: int, location: Location, message: str) -> None:
        self.findings.append((line, location, message))
        if len(self.findings) == MOST_PROBLEMS:
            raise _Stop

    def tree(self, events: Iterator[yaml.Event]) -> dict[str, Any]:
        """The one document of the file as a dict."""
        next(events), next(events)  # the starts of stream and document
        first = next(events)
        self.lines[()] = _line(first)
        tree = self.value(first, events, ())
        next(events)  # the end of the document
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.refuse(_line(after), (), "must hold one YAML document; here a second one begins")
        if not isinstance(tree, dict):
            self.refuse(1, (), "must be a map of sections")
        elif list(tree)[-1:] != ["complete"] or tree.pop("complete") != "true":
            self.refuse(1, (), f"must end with '{LAST_LINE}'")
        return tree

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Any:
        """The value that begins with `event`; takes its other events, down to its end."""
        self.nodes += 1
        if len(location) > DEEPEST or self.nodes > MOST_NODES:
            limit = f"{DEEPEST} levels deep" if len(location) > DEEPEST else f"{MOST_NODES} values long"
            self.refuse(_line(event), (), f"must be at most {limit}")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self.refuse(_line(event), location, f"must be written out, not an alias{stands(event.anchor)}")
            return ""
        if event.anchor:
            self.refuse(_line(event), location, f"must not have an anchor{stands(event.anchor)}")
        if event.tag:
            self.refuse(_line(event), location, f"must not have a tag{stands(event.tag)}")
        if isinstance(event, yaml.ScalarEvent):
            return self.text(event, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(events, location)
        return self.fields(events, location)

    def text(self, event: yaml.ScalarEvent, location: Location) -> str:
        plain = event.implicit[0]
        if plain:
            self.plain.add(location)
        if not event.value or (plain and event.value in NULLS):
            self.refuse(_line(event), location, "must not be empty; leave out what is not stated")
        in_block = event.style in ("|", ">")
        value = event.value.rstrip("\n") if in_block else event.value  # YAML ends a block with a line break
        if hidden := HIDDEN_IN_VALUE.search(value):
            self.refuse(_line(event), location, hidden_message(hidden))
        return value

    def items(self, events: Iterator[yaml.Event], location: Location) -> list[Any]:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            inner = (*location, len(items))
            self.lines.setdefault(inner, _line(event))
            items.append(self.value(event, events, inner))
        return items

    def fields(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Any]:
        values = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = self.key(event, events, location)
            inner = (*location, name)
            if name in values:
                self.refuse(_line(event), inner, f"must stand once; stands on line {self.lines[inner]} too")
            self.lines.setdefault(inner, _line(event))
            value = self.value(next(events), events, inner)
            values.setdefault(name, value)
        return values

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> str:
        """The name of a field; a list or map in its place is read over."""
        if not isinstance(event, yaml.ScalarEvent):
            self.value(event, events, (*location, "?"))
            name = "?"
        else:
            name = event.value
        if name == "<<":
            self.refuse(_line(event), location, "must be written out, not merged with '<<'")
        elif not FIELD_NAME.fullmatch(name):
            self.refuse(_line(event), location, f"must have field names of a to z and _{stands(name)}")
        elif event.anchor or event.tag:
            self.refuse(
                _line(event), location, f"must have plain field names, without anchor or tag{stands(name)}"
            )
        return name


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


def _named(tree: Any, location: Location) -> tuple[str, str]:
    """Record and field at a location, as messages name them: `events[minsk-2023]`, `evidence[2].quote`."""
    section, *rest = location or ("",)
    record = shown(str(section))
    if rest and isinstance(rest[0], int):
        position = rest.pop(0)
        try:
            identifier = tree[section][position]["id"]
        except (KeyError, IndexError, TypeError):  # the record is broken, or reading stopped before it
            identifier = None
        record += f"[{shown(identifier) if isinstance(identifier, str) else f'#{position + 1}'}]"
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}" for part in rest)
    return record, "".join(parts).removeprefix(".")

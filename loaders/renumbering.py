"""Renumbering: another id for one source, wherever the data file refers to it.

Two people who each enter a document take the same next id. The one who merges last gives his source another.
"""

import re
from collections.abc import Iterator
from typing import Any

from loaders.edits import edited
from loaders.problems import InvalidData, Problem, did_you_mean, stands
from loaders.reading import Location, ParsedFile

REFERRING = {("sources", ("id",)), ("answers", ("record",))}  # section, and place in the record


def renumbered(data: bytes, file: ParsedFile, old: str, new: str) -> tuple[bytes, int]:
    """The bytes of a file in which the source `old` is called `new`, and at how many places it stood.

    `file` is what was read of the bytes. Raises InvalidData when there is no such source, or more than one,
    or when the other id is taken.
    """
    if problems := list(_refused(file, old, new)):
        raise InvalidData(problems)
    places = [location for location in _texts(file.tree) if _refers(file.tree, location, old)]
    return edited(data, dict.fromkeys(places, new)), len(places)


def in_words(data: bytes, name: str, old: str) -> Iterator[Problem]:
    """Each line that still names the source, as in a comment or a note: a reader must tell what it means."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-]|\.[A-Za-z])")
    for number, line in enumerate(data.decode("utf-8-sig").split("\n"), 1):
        if word.search(line):
            message = f"warning: still says {old!r} in words; look whether the source is meant"
            yield Problem.of_file(name, message, number)


def _refused(file: ParsedFile, old: str, new: str) -> Iterator[Problem]:
    ids = [(location, value) for location, value in _texts(file.tree).items() if _is_id(location)]
    ours = [location for location, value in ids if value == old and location[0] == "sources"]
    if not ours:
        known = [value for location, value in ids if location[0] == "sources"]
        rule = f"must have a source of this id{stands(old)}{did_you_mean(old, known)}"
        yield file.problem(("sources",), rule)
    for location in ours[1:]:
        rule = f"must be the only source of its id{stands(old)}, as on line {file.lines[ours[0]]}"
        mend = "nobody can tell any more which of them is cited; renumber one before its branch is merged"
        yield file.problem(location, f"{rule}; {mend}")
    for location, value in ids:
        if value == new:
            yield file.problem(location, f"must not be the new id of the source{stands(new)}")


def _is_id(location: Location) -> bool:
    return len(location) == 3 and location[2] == "id"


def _texts(value: Any, location: Location = ()) -> dict[Location, str]:
    """Every text of a tree, by its location."""
    if isinstance(value, str):
        return {location: value}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return {place: text for part, item in items for place, text in _texts(item, (*location, part)).items()}


def _refers(tree: Any, location: Location, source: str) -> bool:
    """Whether the text at a location is the id of the source, or a reference to it."""
    for part in location:
        tree = tree[part]
    refers = location[-1] in ("source", "replaced_by") or (location[0], location[2:]) in REFERRING
    return tree == source and refers and "inferred" not in location

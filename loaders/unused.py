"""Unused records: people, bodies and categories that nobody refers to. None is wrong, but many are slips."""

from collections.abc import Iterator

from loaders.problems import Problem
from loaders.records import REFERS_TO, field_names
from loaders.validation import Records

SECTIONS = ("people", "bodies", "categories")


def unused(records: Records) -> Iterator[Problem]:
    """A problem for each person, body or category that no claim refers to. The file must keep every rule."""
    used = {section: set() for section in SECTIONS}
    for _, claim in records.claims():
        for field in REFERS_TO.keys() & set(field_names(type(claim))):
            for section in used.keys() & set(REFERS_TO[field]):
                used[section].add(getattr(claim, field))
    for location, record in records.each(*SECTIONS):
        if record.id not in used[location[0]]:
            rule = "nobody refers to it; refer to it, take it out, or retire it if it was published"
            yield records.file.problem(location, rule)

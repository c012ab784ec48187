"""Validation: the tree of a file into records, and pydantic's complaints into problems in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pydantic import ValidationError

from loaders.problems import MOST_PROBLEMS, Problem, did_you_mean, stands
from loaders.reading import Location, ParsedFile
from loaders.records import (
    CLAIMS,
    OPTIONAL_SECTIONS,
    SECTIONS,
    Claim,
    Decoy,
    Evidence,
    Record,
    Skipped,
    field_names,
)

ALL_SECTIONS = SECTIONS | OPTIONAL_SECTIONS

# Where something is wrong, and what: the rule in words, then what stands there
Finding = tuple[Location, str]


@dataclass(frozen=True)
class Records:
    """The well-formed records of a file by section and position, and the problems of all others."""

    file: ParsedFile
    sections: Mapping[str, dict[int, Record]]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, section: str) -> list[Any]:
        """The records of a section, in file order."""
        return list(self.sections[section].values())

    def each(self, *sections: str) -> Iterator[tuple[Location, Any]]:
        """Location and record, for the records of these sections in file order."""
        for section in sections:
            for position, record in self.sections[section].items():
                yield (section, position), record

    def claims(self) -> Iterator[tuple[Location, Claim]]:
        """Location and record, for all records that carry evidence."""
        return self.each(*CLAIMS)

    def ids(self, section: str) -> Iterator[tuple[Location, str]]:
        """Location and id of all records of a section, the ill-formed ones too."""
        items = self.file.tree.get(section)
        for position, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield (section, position, "id"), item["id"]

    def count(self) -> int:
        """How many records there are; the `dataset` record aside, and those that were taken back."""
        aside = ("dataset", *OPTIONAL_SECTIONS)
        return sum(len(records) for section, records in self.sections.items() if section not in aside)


def validate(file: ParsedFile) -> Records:
    """The records of a file. Whatever is not well-formed is a problem instead of a record.

    After many problems it stops, and leaves the rest of the file out.
    """
    sections: dict[str, dict[int, Record]] = {section: {} for section in ALL_SECTIONS}
    records = Records(file, sections, list(islice(_wrong_sections(file), MOST_PROBLEMS)))
    for section, record_type in ALL_SECTIONS.items():
        items = file.tree.get(section, [])
        if section == "dataset":
            items = [file.tree[section]] if section in file.tree else []
        if not isinstance(items, list):
            records.problems.append(file.problem((section,), f"must be a list of records{stands(items)}"))
            continue
        for position, item in enumerate(items):
            if len(records.problems) >= MOST_PROBLEMS:
                return records
            try:
                sections[section][position] = record_type.model_validate(item)
            except ValidationError as errors:
                location = (section,) if section == "dataset" else (section, position)
                records.problems.extend(islice(_problems(file, location, errors), MOST_PROBLEMS))
    return records


def _wrong_sections(file: ParsedFile) -> Iterator[Problem]:
    for name in file.tree:
        if name not in ALL_SECTIONS:
            yield file.problem((name,), f"must be one of the sections{did_you_mean(name, ALL_SECTIONS)}")
    for name in SECTIONS:
        if name not in file.tree:
            yield Problem.of_file(file.name, f"must have the section '{name}', be it an empty list")


def _problems(file: ParsedFile, location: Location, errors: ValidationError) -> Iterator[Problem]:
    for error in errors.errors(include_url=False):
        if error["type"] == "too_short" and error["input"]:
            continue  # pydantic counts well-formed items only; the others have errors of their own
        place = (*location, *error["loc"])
        yield file.problem(place, _message(error, place))


def _message(error: Mapping[str, Any], place: Location) -> str:
    """What pydantic found, as a rule and what stands there instead."""
    value = error["input"]
    match error["type"]:
        case "missing":
            return "must be given"
        case "extra_forbidden":
            return f"must be one of the fields of this record{did_you_mean(place[-1], _fields_at(place))}"
        case "literal_error":
            words = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
            return f"must be one of {words}{stands(value)}{did_you_mean(value, words.split(', '))}"
        case "too_short":
            return "must name at least one, or be left out"
        case "string_type":
            rule = "must be text"
        case "tuple_type":
            rule = "must be a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            rule = "must be a map of fields"
        case "value_error":
            rule = str(error["ctx"]["error"])
        case _:
            rule = f"must be well-formed ({error['msg']})"
    return rule + stands(value)


def _fields_at(place: Location) -> list[str]:
    """The fields that a record has at the place of an unknown one."""
    inner = {"evidence": Evidence, "skipped": Skipped, "decoy": Decoy}
    within = next((inner[part] for part in place[:-1] if part in inner), ALL_SECTIONS[place[0]])
    return field_names(within)

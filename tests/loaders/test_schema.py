"""The schema for editors: it knows every field with a good and a bad value, and fits the data."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import create_model

from loaders import ROOT, schema
from loaders.checks import check_bytes
from loaders.problems import InvalidData, Problem
from loaders.reading import EVENTS, read
from loaders.records import (
    OPTIONAL_SECTIONS,
    SECTIONS,
    Decoy,
    Evidence,
    Record,
    Skipped,
    field_names,
)

DECOY = {"source": "alpha", "paragraph": "4", "quote": "every harbour of ours", "why": "No flood."}
ANSWER = {"record": "alba-2031", "rule": "titles_count_what_is_there", "reason": "Looked up."}
GONE = {"id": "old", "was": "events", "reason": "Entered twice.", "replaced_by": "alba-2031"}

# record type that stands inside others -> the way to one of it
INSIDE = {
    Skipped: ("sources", 0, "skipped", 0),
    Decoy: ("categories", 0, "decoy"),
    Evidence: ("events", 0, "evidence", 0),
}


def record_types() -> Iterator[tuple[type[Record], tuple[str | int, ...]]]:
    """Every record type, and the way to a record of it in a small valid file."""
    for section, record_type in (SECTIONS | OPTIONAL_SECTIONS).items():
        yield record_type, (section,) if section == "dataset" else (section, 0)
    yield from INSIDE.items()


def fields() -> Iterator[tuple[type[Record], tuple[str | int, ...], str]]:
    for record_type, way in record_types():
        for name in field_names(record_type):
            yield record_type, way, name


FIELDS = list(fields())


def examples(record_type: type[Record], name: str) -> tuple[Any, Any]:
    """The good and the bad example of a field."""
    field = record_type.model_fields[name]
    (good,), (bad,) = field.examples, field.json_schema_extra["examples_bad"]
    return good, bad


def as_read(value: Any) -> Any:
    """A value as the reader of the file hands it on: numbers are texts."""
    if isinstance(value, dict):
        return {name: as_read(inner) for name, inner in value.items()}
    return [as_read(item) for item in value] if isinstance(value, list) else str(value)


@pytest.fixture(scope="module")
def made() -> dict:
    return schema.schema()


def problems_of(tree: dict) -> list[Problem]:
    sections = [f"{name}: {json.dumps(records)}\n" for name, records in tree.items()]
    try:
        check_bytes("".join([*sections, "complete: true\n"]).encode(), "x")
    except InvalidData as invalid:
        return invalid.problems
    return []


@pytest.fixture(scope="module")
def full(valid) -> dict:
    """The small valid file with a decoy, a retired record and an answer."""
    tree = read(valid.encode(), "x").tree
    tree["categories"][0]["decoy"], tree["retired"], tree["answers"] = DECOY, [GONE], [ANSWER]
    assert problems_of(tree) == []
    return tree


def with_value(tree: dict, way: tuple[str | int, ...], name: str, value: Any) -> dict:
    """A copy of a file, with one field of one record set."""
    record = tree = deepcopy(tree)
    for part in way:
        record = record[part]
    record[name] = as_read(value)
    return tree


def test_the_good_example_of_every_field_is_accepted():
    for record_type, _, name in FIELDS:
        field = record_type.model_fields[name]
        good, _ = examples(record_type, name)
        alone = create_model("Alone", **{name: (field.annotation, field)})
        alone.model_validate({name: as_read(good)})


def test_the_bad_example_of_every_field_is_refused_where_it_stands(full):
    passed = []
    for record_type, way, name in FIELDS:
        _, bad = examples(record_type, name)
        *around, _ = (*way[2:], "")
        place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in (*around, name))
        found = [
            problem
            for problem in problems_of(with_value(full, way, name, bad))
            if problem.record.startswith(way[0]) and not problem.message.startswith("must be proven")
        ]
        where = {f".{problem.field}" for problem in found}
        if not any(field == place or field.startswith((f"{place}[", f"{place}.")) for field in where):
            passed.append((record_type.__name__, name))
    assert passed == []


def test_the_schema_is_a_json_schema(made):
    jsonschema.Draft7Validator.check_schema(made)


def errors(made: dict, text: str) -> list[str]:
    found = jsonschema.Draft7Validator(made).iter_errors(yaml.load(text, EVENTS))
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("path", ["data/curated.yaml", "tests/loaders/valid.yaml"])
def test_a_file_in_order_fits_the_schema(made, path):
    assert errors(made, (ROOT / path).read_text(encoding="utf-8")) == []


SLIPS = [
    ("status: absent", "status: absnt", "is not one of ['present', 'absent']"),
    ("place: Port Alba", "plce: Port Alba", "('plce' was unexpected)"),
    ("place: Port Alba", "place:", "None is not of type 'string'"),
    ("complete: true", "complete: yes please", "True was expected"),
    ("paragraph: 1,", "paragraph: first,", "'first' is not of type 'integer'"),
    ("proves: [body, date,", "proves: [bdy, date,", "'bdy' is not one of ["),
    ('date: "2031-03-02"', 'date: "2 March 2031"', "does not match"),
    ("priorities:", "priority:", "'priorities' is a required property"),
]


def test_a_slip_does_not_fit_the_schema(made, valid):
    for old, new, error in SLIPS:
        assert old in valid
        assert any(error in found for found in errors(made, valid.replace(old, new, 1)))


def test_every_field_of_the_schema_shows_its_examples_in_words(made):
    for record_type, _ in record_types():
        definition = made["$defs"][record_type.__name__]
        assert list(definition["properties"]) == field_names(record_type)
        for name, field in definition["properties"].items():
            good, bad = map(schema.in_words, examples(record_type, name))
            assert field["description"].startswith(record_type.model_fields[name].description)
            assert field["description"].endswith(f"For example: {good} – not: {bad}")


def test_the_data_and_the_settings_of_the_project_name_the_schema_for_editors():
    first = (ROOT / "data" / "curated.yaml").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={schema.FILE_NAME}"
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"./data/{schema.FILE_NAME}": "data/curated.yaml"}

"""Schema: the file as JSON Schema, with which an editor completes and explains fields while one writes.

It is generated from the record models, and is laxer than `check`: it knows no rule between records.
"""

import json
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from loaders.records import (
    CLAIMS,
    OPTIONAL_SECTIONS,
    SECTIONS,
    Curated,
    Decoy,
    Evidence,
    Skipped,
    field_names,
)
from loaders.rules_within import UNPROVABLE

FILE_NAME = "curated.schema.json"
DRAFT = "http://json-schema.org/draft-07/schema#"  # the draft that editors know best
TITLE = "data/curated.yaml"
INNER = (Skipped, Decoy, Evidence)  # they stand inside records


def schema() -> dict[str, Any]:
    """The JSON Schema of the data file."""
    model = Curated.model_json_schema()
    definitions = {name: _readable(part) for name, part in model["$defs"].items()}
    for record_type in (*SECTIONS.values(), *OPTIONAL_SECTIONS.values(), *INNER):
        for name, field in record_type.model_fields.items():
            _show_examples(definitions[record_type.__name__]["properties"][name], field)
    for section in CLAIMS:
        _name_fields(definitions[SECTIONS[section].__name__], section)
    last = {"const": True, "description": "The last line of the file; it shows that nothing was cut off"}
    return {
        "$schema": DRAFT,
        "title": TITLE,
        "description": model["description"],
        "type": "object",
        "properties": {**_readable(model)["properties"], "complete": last},
        "required": [*model["required"], "complete"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def as_text() -> str:
    """The schema as the file that lies beside the data."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def in_words(value: Any) -> str:
    """A value as one writes it into the file."""
    if isinstance(value, list | dict):
        return yaml.safe_dump(
            value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6
        ).strip()
    return str(value)


def _readable(model: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of one model without what only pydantic needs."""
    properties = {name: _field(dict(field)) for name, field in model["properties"].items()}
    kept = {name: value for name, value in model.items() if name != "title"}
    return kept | {"properties": properties}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    for name in ("title", "default"):
        field.pop(name, None)
    if "anyOf" in field:  # a field may be left out, but not be empty
        (option,) = (option for option in field.pop("anyOf") if option != {"type": "null"})
        field = option | field
    if field.get("type") == "array" and field["items"].get("type") == "string":
        field["uniqueItems"] = True
    if "$ref" in field and len(field) > 1:  # draft 7 reads nothing beside a $ref
        field = {"allOf": [{"$ref": field.pop("$ref")}]} | field
    return field


def _show_examples(shown: dict[str, Any], field: FieldInfo) -> None:
    """Put the examples into the description, which editors show; pydantic's own copy sorts their keys."""
    both = {"examples": field.examples} | field.json_schema_extra
    good, bad = (in_words(both[name][0]) for name in ("examples", "examples_bad"))
    shown |= both | {"description": f"{shown['description']}. For example: {good} – not: {bad}"}


def _name_fields(definition: dict[str, Any], section: str) -> None:
    """Put the fields of a claim in order, and let `proves` and `inferred` offer those of its record."""
    properties = definition["properties"]
    definition["properties"] = {name: properties[name] for name in field_names(SECTIONS[section])}
    names = [name for name in field_names(SECTIONS[section]) if name not in UNPROVABLE]
    inferable = [name for name in names if name != "note"]
    own = {"properties": {"proves": {"items": {"enum": names}}}}
    evidence, inferred = (properties[name] for name in ("evidence", "inferred"))
    evidence["items"] = {"allOf": [evidence["items"], own]}
    inferred["propertyNames"] = {"enum": inferable}

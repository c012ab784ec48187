"""The dataset as a release: a data package of CSV files, and the same tables as Parquet and SQLite.

What a column holds is said by the models of the records; for columns that no model has, MEANINGS is the
one place. `datapackage.json` and `datasette.json` repeat what stands there. The same data give the same bytes
with the pinned packages; another SQLite or pyarrow writes its own version number into its files.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple, get_args
from zipfile import ZipFile

import pandas as pd

from exports.archive import add
from exports.briefing import INDEPENDENT
from loaders import Dataset, dates, export
from loaders.fields import LIST_MARK, DocumentStatus, Relation
from loaders.history import Changes
from loaders.records import CLAIMS, REFERS_TO, SECTIONS, Evidence, Record, Retired, Skipped, field_names
from loaders.tables import NUMBERS
from query import CODED_BY, claim, name_of
from query.records import ATTENDANCE, filled_in, split
from query.words import counted

NAME = "csto"  # of the package and of its database
DATABASE = f"{NAME}.sqlite"
CHECKSUMS = "CHECKSUMS.sha256"

# Section of records -> the column of the database's `evidence` that refers to it. `evidence.record` may refer
# to any of them, by way of `records`; tools that follow keys need one column for each.
OWNERS = {
    "events": "event",
    "chairmanships": "chairmanship",
    "priorities": "priority",
    "attendance": "attendance",
    "documents": "document",
    "document_counts": "document_count",
    "threats": "threat",
}

# Table -> section and field of the lists that it takes apart, and its two columns.
LISTS = {
    "source_caveats": ("sources", "caveats", "source", "caveat"),
    "person_spellings": ("people", "also_spelled", "person", "spelling"),
    "document_statuses": ("documents", "status", "document", "status"),
    "document_signatories": ("documents", "signatories", "document", "state"),
}

# Column -> the table whose ids it holds. A party is a state or the Secretary General, a speaker a person, a
# body or the text itself: these have tables of their own, for a key leads to one table.
REFERENCES = {
    **{name: sections[0] for name, sections in REFERS_TO.items() if len(sections) == 1},
    **{name: section for section, name in OWNERS.items()},
    "party": "parties",
    "speaker": "speakers",
    "record": "records",
    "evidence": "evidence",
    "paragraph_id": "paragraphs",
}

# The basis of a field that no words prove and that is not inferred.
UNPROVEN_BASIS = {
    "summary": "our_words",
    "note": "our_words",
    "category": "our_judgement",
    "event": "by_place",
    "chairmanship": "by_place",
    "order": "by_place",
}
BASES = ["stated", "inferred", *dict.fromkeys(UNPROVEN_BASIS.values())]

TABLES = {
    "evidence": "Quoted words: one row for each item and field that it proves",
    "inferences": "Fields that no source states in words, each with the reason why they hold",
    "paragraphs": "Every paragraph of every source: cited by a record, or skipped with a reason",
    "retired": "Records that were taken back: their ids stay, and say why",
    "records": "Every coded record of every section, with its claim in words: what `record` refers to",
    "record_sources": "The sources that each record cites",
    "parties": "Who may take part in an event: the states and the Secretary General",
    "speakers": "Who states a threat: people, bodies, and the voice of the texts themselves",
    "changes": "What changed since the version before, which the README names: one row for each new record, "
    "each corrected value, each record taken back",
    "statements": "Every field of every record with the words that it rests on: one row for each field and "
    "quote, one without a quote where nothing is quoted. A list is one value, joined with ~, since the words "
    "prove the field as a whole. A row without a field quotes a further mention of a threat",
}

# Column, or table.column where a name means several things -> what it holds. `start_earliest` is found under
# `earliest`, and the others like it in the same way.
MEANINGS = {
    "basis": "`stated`, or `inferred` when the claim is; empty where the program filled in a row",
    "source": "Sources that the evidence cites",
    "year": "Year of the record's own date, else that of its event; empty if neither is stated",
    "earliest": "First day that the date may mean",
    "latest": "Last day that the date may mean",
    "precision": "How precise the date is; empty without a date",
    "words": "The date in words, which say what is not stated",
    "mentions": "How many quotes state the threat",
    "contradicted": "Fields that some quoted words speak against",
    "inferred": "Fields that no source states in words; `inferences` has the reasons",
    "attendance.id": "Frozen name of the record; EVENT.PARTY where the program filled in the row",
    "attendance.status": "Whether a source says that the party was there or was not; else `not_stated`",
    "attendance.record": "The coded record; empty where the program filled in that no source says anything",
    "evidence.id": "RECORD.NUMBER; the number may change with the version",
    "evidence.relation": "`contradicts` when the words say otherwise than the field",
    "statements.id": "RECORD.FIELD.NUMBER, or RECORD.mention.NUMBER; the number may change with the version",
    "statements.relation": "`contradicts` when the words say otherwise than the field",
    "paragraphs.id": "Source and number of the paragraph, such as s000.4",
    "changes.id": "RECORD.NUMBER",
    "changes.change": "`new`: the record was not there before; `corrected`: one value of it was changed; "
    "`retired`: it was taken back",
    "changes.section": "Table that has the record, or had it",
    "changes.changed": "Id of the record",
    "changes.field": "Field that was corrected, such as `evidence` or `inferred.end`",
    "changes.before": "What stood there; empty if nothing did",
    "changes.after": "What stands there now, empty if nothing does; of a record taken back, the id of the "
    "record that holds the fact now",
    "changes.reason": "Why it was taken back",
    "records.id": "Frozen name of the record",
    "records.section": "Table that has the record",
    "claim": "What the record says, in words",
    "record": "Record that the row is about",
    "evidence.field": "Field that the words prove; empty for a further mention of a threat",
    "inferences.field": "Field that is inferred",
    "inferences.reason": "Why it holds",
    "paragraph_id": "The same paragraph as a key",
    "paragraphs.source": "Source that has it",
    "paragraphs.use": "Whether a record cites it",
    "parties.id": "State, or SG for the Secretary General of the organisation",
    "speakers.id": "Person or body, or source_text for the article's own voice",
    "kind": "What it is",
    "name": "What it is called",
    "parties.state": "The state, where it is one",
    "speakers.person": "The person, where it is one",
    "speakers.body": "The body, where it is one",
    "record_sources.source": "Source that the record cites",
    "statements.section": "Table that has the record",
    "statements.field": "Field of the record; empty for a further mention of a threat",
    "value": "What stands in the field",
    "statements.basis": "What the value rests on: `stated` by the quoted words; `inferred` for the reason "
    "given; `our_words`; `our_judgement` for a category; `by_place`: it follows from where the quotes stand",
    "evidence": "The row of `evidence` that has the words",
    "statements.reason": "Why an inferred value holds",
}


class Column(NamedTuple):
    """A column in the terms of Table Schema; `many` when a cell may hold a list, joined with `~`."""

    name: str
    type: str  # string, integer or date
    description: str
    constraints: Mapping[str, Any]
    many: bool = False


class Table(NamedTuple):
    """A table of the release: its columns, its primary key, and its rows with exactly these columns."""

    name: str
    description: str
    columns: Sequence[Column]
    key: Sequence[str]
    rows: pd.DataFrame

    def references(self) -> dict[str, str]:
        """Column -> the table whose key it holds."""
        found = {column.name: REFERENCES.get(column.name) for column in self.columns if not column.many}
        if self.name in OWNERS and "record" not in found:
            found["id"] = "records"
        return {name: table for name, table in found.items() if table}


def release(dataset: Dataset) -> dict[str, bytes]:
    """File name -> content, of every file of the release, the checksums last."""
    tables = release_tables(dataset)
    csv = {f"{table.name}.csv": export.csv(table.rows) for table in tables}
    files = {
        "README.md": _readme(dataset, tables).encode(),
        "datapackage.json": _json(_package(dataset, tables, csv)),
        "datasette.json": _json(_datasette(dataset, tables)),
        DATABASE: _sqlite(tables),
        **csv,
        **{f"parquet/{table.name}.parquet": _parquet(table) for table in tables},
    }
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return files | {CHECKSUMS: "".join(lines).encode()}


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files of a release as one ZIP."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as made:
        for name, content in files.items():
            add(made, name, content)
    return buffer.getvalue()


# ---- the tables ----


def release_tables(dataset: Dataset) -> list[Table]:
    """The tables of the loaders with keys added, and the tables that these keys lead to."""
    found = _with_keys(dataset)
    tables = [_section_table(name, found[name]) for name in SECTIONS]
    tables += [_list_table(name, found) for name in LISTS]
    tables += [_parties(found), _speakers(found), *_records(found)]
    tables += [
        _table(
            "evidence",
            found["evidence"],
            ["id"],
            {"record", "source", "paragraph", "quote", "relation", "paragraph_id"},
            Evidence,
            {"relation": list(get_args(Relation))},
        ),
        _table("inferences", found["inferences"], ["record", "field"], {"record", "field", "reason"}),
        _table(
            "paragraphs",
            found["paragraphs"],
            ["id"],
            {"source", "paragraph", "use"},
            Skipped,
            {"use": ["cited", "skipped"]},
        ),
        _table(
            "retired",
            found["retired"],
            ["id"],
            {"was", "reason"},
            Retired,
            {"was": list(get_args(Retired.model_fields["was"].annotation))},
        ),
        _statements(found),
    ]
    return tables + ([_changes(dataset.changes)] if dataset.changes else [])


def _with_keys(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """The tables of the loaders; evidence, paragraphs and attendance have a column more that is a key."""
    found = dict(dataset.tables)
    evidence, paragraphs, attendance = (found[name] for name in ("evidence", "paragraphs", "attendance"))
    number = evidence.groupby("record", sort=False).cumcount() + 1
    evidence = evidence.assign(
        id=(evidence["record"] + "." + number.astype("str")).astype("str"), paragraph_id=_places(evidence)
    )
    found["evidence"] = _first(evidence, "id")
    found["paragraphs"] = _first(paragraphs.assign(id=_places(paragraphs)), "id")
    found["attendance"] = attendance.assign(record=attendance["id"].mask(filled_in(attendance), ""))
    return found


def _places(rows: pd.DataFrame) -> pd.Series:
    return (rows["source"] + "." + rows["paragraph"].astype("str")).astype("str")


def _first(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows[[name, *(other for other in rows.columns if other != name)]]


def _section_table(section: str, rows: pd.DataFrame) -> Table:
    record_type = SECTIONS[section]
    key = ["id"] if "id" in record_type.model_fields else ["version"]
    enums = {"basis": ["stated", "inferred"], "precision": ["day", "month", "quarter", "year"]}
    if section == "attendance":
        enums["status"] = list(ATTENDANCE)
    return _table(section, rows, key, set(), record_type, enums)


def _list_table(name: str, found: Mapping[str, pd.DataFrame]) -> Table:
    section, field, owner, item = LISTS[name]
    lists = zip(found[section]["id"], found[section][field], strict=True)
    rows = _frame([owner, item], ((identifier, part) for identifier, cell in lists for part in split(cell)))
    columns = [
        Column(owner, "string", f"The row of `{section}`", {"required": True}),
        Column(item, "string", SECTIONS[section].model_fields[field].description, {"required": True}),
    ]
    if name == "document_statuses":
        columns[1].constraints["enum"] = list(get_args(DocumentStatus))
    return Table(name, f"The items of `{section}.{field}`, one in each row", columns, [owner, item], rows)


def _parties(found: Mapping[str, pd.DataFrame]) -> Table:
    states = list(found["states"]["id"])
    rows = [(state, "state", name_of(found, state), state) for state in states]
    rows += [
        (party, "secretary_general", name_of(found, party), "")
        for party in dict.fromkeys(found["attendance"]["party"])
        if party not in states
    ]
    made = _frame(["id", "kind", "name", "state"], rows)
    enums = {"kind": ["state", "secretary_general"]}
    return _table("parties", made, ["id"], {"id", "kind", "name"}, None, enums)


def _speakers(found: Mapping[str, pd.DataFrame]) -> Table:
    people, bodies = set(found["people"]["id"]), set(found["bodies"]["id"])
    rows = []
    for speaker in dict.fromkeys(found["threats"]["speaker"]):
        person, body = speaker if speaker in people else "", speaker if speaker in bodies else ""
        kind = "person" if person else "body" if body else "source_text"
        rows.append((speaker, kind, name_of(found, speaker), person, body))
    enums = {"kind": ["person", "body", "source_text"]}
    made = _frame(["id", "kind", "name", "person", "body"], rows)
    return _table("speakers", made, ["id"], {"id", "kind", "name"}, None, enums)


def _records(found: Mapping[str, pd.DataFrame]) -> tuple[Table, Table]:
    """Every coded record, and the sources that each cites."""
    coded = [(section, row) for section in CLAIMS for row in _coded(found[section])]
    rows = _frame(
        ["id", "section", "claim", "basis"],
        ((row["id"], section, claim(found, row["id"]), row["basis"]) for section, row in coded),
    )
    cited = _frame(
        ["record", "source"], ((row["id"], source) for _, row in coded for source in split(row["source"]))
    )
    enums = {"section": CLAIMS, "basis": ["stated", "inferred"]}
    return (
        _table("records", rows, ["id"], set(rows.columns), None, enums),
        _table("record_sources", cited, ["record", "source"], set(cited.columns), None),
    )


def _coded(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows that are records, without those that the program filled in."""
    return rows[~filled_in(rows)].to_dict("records")


def _statements(found: Mapping[str, pd.DataFrame]) -> Table:
    reasons = {(row["record"], row["field"]): row["reason"] for row in found["inferences"].to_dict("records")}
    proofs: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in found["evidence"].to_dict("records"):
        proofs.setdefault(row["record"], {}).setdefault(row["field"], []).append(row)
    columns = {
        **dict.fromkeys(("id", "record", "section", "field", "value", "basis", "source"), ""),
        "paragraph": pd.NA,
        **dict.fromkeys(("paragraph_id", "quote", "relation", "evidence", "reason"), ""),
    }
    rows = []
    for section in CLAIMS:
        for record in _coded(found[section]):
            proven = proofs.get(record["id"], {})
            further = {"": ""} if "" in proven else {}
            for field, value in (_values(section, record) | further).items():
                said = {
                    "record": record["id"],
                    "section": section,
                    "field": field,
                    "value": value,
                    "reason": reasons.get((record["id"], field), ""),
                }
                said["basis"] = _basis(field, bool(said["reason"]), proven.get(field, ()))
                for number, quoted in enumerate(proven.get(field) or [{}], 1):
                    said["id"] = f"{record['id']}.{field or 'mention'}.{number}"
                    rows.append(columns | _words(quoted) | said)
    made = _frame(list(columns), (row.values() for row in rows))
    enums = {"section": CLAIMS, "basis": BASES, "relation": list(get_args(Relation))}
    return _table("statements", made, ["id"], {"id", "record", "section", "basis"}, Evidence, enums)


def _changes(changes: Changes) -> Table:
    rows = [("new", row.section, row.record, "", "", "", "") for row in changes.new]
    rows += [("corrected", *row, "") for row in changes.corrected]
    rows += [("retired", row.section, row.record, "", "", row.instead, row.reason) for row in changes.retired]
    made = _frame(["change", "section", "changed", "field", "before", "after", "reason"], rows)
    number = made.groupby("changed", sort=False).cumcount() + 1
    made = _first(made.assign(id=(made["changed"] + "." + number.astype("str")).astype("str")), "id")
    enums = {"change": ["new", "corrected", "retired"]}
    return _table("changes", made, ["id"], {"change", "section", "changed"}, None, enums)


def _values(section: str, record: Mapping[str, Any]) -> dict[str, str]:
    """The fields that a record has, with their values; not its id, nor what is said about other fields."""
    names = [name for name in field_names(SECTIONS[section]) if name not in ("id", "inferred", "evidence")]
    return {name: str(record[name]) for name in names if record[name] != ""}


def _basis(field: str, inferred: bool, proven: Iterable[Mapping[str, Any]]) -> str:
    """What a field's value rests on, one of BASES."""
    if inferred:
        return "inferred"
    ours = UNPROVEN_BASIS.get(field, "stated")
    supported = any(row["relation"] == "supports" for row in proven)
    return "stated" if ours == "by_place" and supported else ours


def _words(quoted: Mapping[str, Any]) -> dict[str, Any]:
    """What a statement repeats of a row of evidence."""
    if not quoted:
        return {}
    copied = ("source", "paragraph", "paragraph_id", "quote", "relation")
    return {name: quoted[name] for name in copied} | {"evidence": quoted["id"]}


def _frame(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> pd.DataFrame:
    """Rows as a table with the types of the loaders' tables."""
    made = pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype="object")
    return made.astype({name: "Int64" if name in NUMBERS else "str" for name in columns})


# ---- what the columns mean ----


def _table(
    name: str,
    rows: pd.DataFrame,
    key: list[str],
    required: set[str],
    record_type: type[Record] | None = None,
    enums: Mapping[str, list[str]] | None = None,
) -> Table:
    """A table whose columns are described by the model's fields, or by MEANINGS.

    `required` are the columns without missing values, beside the key and what the model says of a section.
    """
    schema = record_type.model_json_schema() if record_type else {}
    columns = []
    for column in rows.columns:
        known = f"{name}.{column}" not in MEANINGS  # else the column is not quite the model's field
        field = schema.get("properties", {}).get(column, {}) if known else {}
        needed = column in required or column in key
        if name in SECTIONS:
            needed = needed or column in schema.get("required", ())
        constraints = {"required": True} if needed else {}
        constraints |= _constraints(field, (enums or {}).get(column))
        # the names of sources and fields that a section of records has beside the model's own lists
        derived = name in CLAIMS and column in ("source", "contradicted", "inferred")
        many = derived or (name in SECTIONS and _is_list(field))
        description = _meaning(name, column, record_type)
        description += f"; joined with {LIST_MARK}" if many else ""
        columns.append(Column(column, _type(column), description, constraints, many))
    description = record_type.__doc__ if name in SECTIONS else TABLES[name]
    return Table(name, description, columns, key, rows)


def _option(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of what a field holds when it is there."""
    return next((option for option in field.get("anyOf", ()) if option.get("type") != "null"), field)


def _is_list(field: Mapping[str, Any]) -> bool:
    return _option(field).get("type") == "array"


def _constraints(field: Mapping[str, Any], enum: list[str] | None) -> dict[str, Any]:
    option = _option(field)
    enum = enum or option.get("enum")
    if enum:
        return {"enum": list(enum)}
    return {"pattern": option["pattern"]} if "pattern" in option else {}


def _type(column: str) -> str:
    if column in NUMBERS:
        return "integer"
    return "date" if column.endswith(("earliest", "latest")) else "string"


def _meaning(table: str, column: str, record_type: type[Record] | None) -> str:
    fields = record_type.model_fields if record_type else {}
    if f"{table}.{column}" in MEANINGS:
        return MEANINGS[f"{table}.{column}"]
    if column in fields and column != "inferred":
        return fields[column].description
    return MEANINGS[column if column in MEANINGS else column.rpartition("_")[2]]


# ---- the files ----


def _parquet(table: Table) -> bytes:
    typed = {}
    for column in table.columns:
        cells = table.rows[column.name]
        if column.type != "integer":
            cells = cells.where(cells != "")
        typed[column.name] = cells.astype("date32[day][pyarrow]") if column.type == "date" else cells
    return pd.DataFrame(typed).to_parquet(index=False, engine="pyarrow")


def _sqlite(tables: Sequence[Table]) -> bytes:
    """One database with every table. Its evidence has a column more for each section of records."""
    connection = sqlite3.connect(":memory:")
    try:
        for setting in ("page_size = 4096", "encoding = 'UTF-8'", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {setting}")
        records = next(table.rows for table in tables if table.name == "records")
        for table in tables:
            table = _with_owners(table, records) if table.name == "evidence" else table
            connection.execute(_create(table))
            places = ", ".join("?" * len(table.columns))
            values = (list(row.values()) for row in _rows(table))
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({places})", values)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _with_owners(evidence: Table, records: pd.DataFrame) -> Table:
    """The evidence with the columns of OWNERS, of which each row has the record's id in one."""
    section = evidence.rows["record"].map(dict(zip(records["id"], records["section"], strict=True)))
    owners = {name: evidence.rows["record"].where(section == of, "") for of, name in OWNERS.items()}
    columns = [*evidence.columns, *(Column(name, "string", "", {}) for name in owners)]
    return evidence._replace(columns=columns, rows=evidence.rows.assign(**owners))


def _rows(table: Table) -> list[dict[str, Any]]:
    """The rows by column, with None for what is missing."""
    return [
        {name: None if cell is pd.NA or cell == "" else cell for name, cell in row.items()}
        for row in table.rows.to_dict("records")
    ]


def _create(table: Table) -> str:
    references = table.references()
    lines = []
    for column in table.columns:
        line = f"{_quoted(column.name)} {'INTEGER' if column.type == 'integer' else 'TEXT'}"
        line += " NOT NULL" if "required" in column.constraints else ""
        if column.name in references:
            line += f' REFERENCES {_quoted(references[column.name])} ("id")'
        lines.append(line)
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _quoted(name: str) -> str:
    return f'"{name}"'  # `order` is a word of SQL


def _json(content: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(content, indent=2, ensure_ascii=False)}\n".encode()


def _package(dataset: Dataset, tables: Sequence[Table], csv: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor, in the terms of Data Package version 1, which all its readers know."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": dataset.title,
        "description": f"Data {dataset.hash}. {INDEPENDENT}",
        "version": dataset.version,
        "created": f"{dates.parse(dataset.date).earliest}T00:00:00Z",  # the format asks for a time of day
        "licenses": [{"name": dataset.licence, "path": _licence_page(dataset)}],
        "sources": [
            {"title": row["title"]} | ({"path": row["url"]} if row["url"] else {})
            for row in dataset.tables["sources"].to_dict("records")
        ],
        "resources": [_resource(table, csv[f"{table.name}.csv"]) for table in tables],
    }


def _licence_page(dataset: Dataset) -> str:
    return f"https://spdx.org/licenses/{dataset.licence}.html"


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.description}
                | ({"constraints": column.constraints} if column.constraints else {})
                for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": other, "fields": ["id"]}}
                for name, other in table.references().items()
            ],
        },
    }


def _datasette(dataset: Dataset, tables: Sequence[Table]) -> dict[str, Any]:
    """What Datasette says about the database, and by which column it calls a row."""
    labels = {"records": "claim", "evidence": "quote", "categories": "label", "events": "title"}
    return {
        "title": dataset.title,
        "description": f"Version {dataset.version} of {dataset.date}, data {dataset.hash}. {INDEPENDENT}",
        "license": dataset.licence,
        "license_url": _licence_page(dataset),
        "databases": {
            NAME: {
                "tables": {
                    table.name: {
                        "description": table.description,
                        "columns": {column.name: column.description for column in table.columns},
                    }
                    | ({"label_column": labels[table.name]} if table.name in labels else {})
                    for table in tables
                }
            }
        },
    }


def _readme(dataset: Dataset, tables: Sequence[Table]) -> str:
    sources = [
        f"- {row['id']} {row['publisher']}: {row['title']}. {row['url']}".rstrip()
        for row in dataset.tables["sources"].to_dict("records")
    ]
    seats, silent = len(dataset.tables["attendance"]), int(filled_in(dataset.tables["attendance"]).sum())
    changed = []
    if changes := dataset.changes:
        before, number = changes.since, len(changes.corrected)
        changed = [
            f"`changes` has what changed since version {before.version} of {before.date} "
            f"(data {before.hash}):",
            f"{counted(len(changes.new), 'new record')}, {counted(number, 'corrected value')}, "
            f"{counted(len(changes.retired), 'record')} taken back.",
        ]
    listed = [f"| `{table.name}` | {len(table.rows)} | {table.description} |" for table in tables]
    return "\n".join(
        [
            f"# {dataset.title}",
            "",
            f"Version {dataset.version} of {dataset.date}, data {dataset.hash}.",
            INDEPENDENT,
            "",
            "## Who coded it",
            "",
            CODED_BY,
            "The rules by which the texts were read are in `docs/CODEBOOK.md` of the project.",
            "",
            "## Cite",
            "",
            f"{dataset.title}, version {dataset.version}, {dataset.date}, data {dataset.hash}.",
            "",
            "## Licence",
            "",
            f"Records: {dataset.licence}. Quotations, and titles given as printed, belong to their sources:",
            "",
            *sources,
            "",
            "## Files",
            "",
            "- `NAME.csv`: one table each, described in `datapackage.json` (Frictionless Data Package)",
            "- `parquet/NAME.parquet`: the same tables with types",
            f"- `{DATABASE}`: the same tables in one database; `evidence` has a column more for each section",
            "- `datasette.json`: what Datasette shows beside the database",
            f"- `{CHECKSUMS}`: check with `sha256sum --check {CHECKSUMS}`",
            "",
            "CSV is UTF-8 without a byte order mark, separated by commas. An empty cell: not stated; Parquet",
            "and SQLite have null.",
            "Lists are joined with ~, and have tables of their own. In CSV alone, text that a spreadsheet",
            "would run as a formula begins with an apostrophe that does not belong to it.",
            f"`attendance` has a row for each party at each held session or summit: {silent} of {seats} are",
            "no records, for no source mentions the party; the program filled them in as `not_stated`.",
            "Dates are EDTF (ISO 8601-2), as precise as the sources; `earliest` and `latest` are days.",
            *changed,
            "",
            "| table | rows | what it has |",
            "| --- | --- | --- |",
            *listed,
            "",
            "## Load",
            "",
            "pandas:",
            "",
            "```python",
            "import pandas as pd",
            'threats = pd.read_parquet("parquet/threats.parquet")',
            'evidence = pd.read_parquet("parquet/evidence.parquet")',
            'threats.merge(evidence, left_on="id", right_on="record")',
            "```",
            "",
            "R:",
            "",
            "```r",
            'package <- frictionless::read_package("datapackage.json")',
            'threats <- frictionless::read_resource(package, "threats")',
            "```",
            "",
            f"SQL, in `sqlite3 {DATABASE}`:",
            "",
            "```sql",
            "SELECT threats.summary, evidence.quote, sources.url",
            "FROM threats",
            "JOIN evidence ON evidence.threat = threats.id",
            "JOIN sources ON sources.id = evidence.source;",
            "```",
            "",
            "Datasette, in which the page of a record leads to its quotes:",
            "",
            "```sh",
            f"datasette {DATABASE} --metadata datasette.json",
            "```",
            "",
        ]
    )

"""History: what changed between two versions of the data file, record by record.

Records are compared by section and id, field by field, as they stand in the two files; the earlier one need
not keep today's rules. What changed since the last version is kept beside the data file in `changes.json`,
which names the hashes of both: pages and release show it for exactly that file, and for any other nothing.
"""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from loaders.problems import Problem
from loaders.reading import ParsedFile
from loaders.records import OPTIONAL_SECTIONS, REFERS_TO, SECTIONS, field_names

FILE_NAME = "changes.json"
ALL_SECTIONS = SECTIONS | OPTIONAL_SECTIONS
RETIRED = "retired"

Tree = Mapping[str, Any]  # a record, or the whole file


class Version(NamedTuple):
    """One version of the data file; `hash` as `Dataset` has it."""

    version: str
    date: str
    hash: str


class New(NamedTuple):
    """A record that the earlier version does not have."""

    section: str
    record: str


class Correction(NamedTuple):
    """One value of a record that was changed; `before` or `after` is empty where nothing stood or stands.

    Of a list or a map a value is one item: `field` is `evidence`, or `inferred.end`.
    """

    section: str
    record: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """What became of the value, without the name of its field."""
        if not self.before:
            return f"new: {self.after}"
        if not self.after:
            return f"gone: {self.before}"
        return f"before: {self.before.removesuffix('.')}; now: {self.after}"


class Retirement(NamedTuple):
    """A record that was taken back; `instead` is the record that holds the fact now, if there is one."""

    section: str
    record: str
    reason: str
    instead: str


class OtherId(NamedTuple):
    """A record whose content stands under another id now. `place` is its number in the section."""

    section: str
    before: str
    after: str
    place: int


class Missing(NamedTuple):
    """A record that is neither there nor retired any more."""

    section: str
    record: str


@dataclass(frozen=True)
class Changes:
    """All that changed from one version to a later one. `other_ids` and `missing` may not be in a release."""

    since: Version
    now: Version
    new: tuple[New, ...] = ()
    corrected: tuple[Correction, ...] = ()
    retired: tuple[Retirement, ...] = ()
    other_ids: tuple[OtherId, ...] = ()
    missing: tuple[Missing, ...] = ()


# ---- the comparison ----


def changes(before: Tree, since: Version, after: Tree, now: Version) -> Changes:
    """What changed between the trees of two files."""
    ids, kept, other_ids, missing = {}, {}, [], []
    retirements = {item["id"]: item for item in _records(after, RETIRED).values()}
    for section in ALL_SECTIONS:  # those that others refer to come first
        old, new = _records(before, section), _records(after, section)
        kept[section] = {identifier: identifier for identifier in old if identifier in new}
        places = {identifier: place for place, identifier in enumerate(new)}
        added = {identifier: new[identifier] for identifier in new if identifier not in old}
        for identifier in (one for one in old if one not in new and one not in retirements):
            content = _without_id(_with_ids(old[identifier], ids))
            same = next((one for one in added if _without_id(added[one]) == content), None)
            if same is None:
                missing.append(Missing(section, identifier))
            else:
                del added[same]
                ids[identifier] = kept[section][identifier] = same
                other_ids.append(OtherId(section, identifier, same, places[same]))
    new_ones, corrected, retired = [], [], []
    for section in ALL_SECTIONS:
        old, new = _records(before, section), _records(after, section)
        arrived = [identifier for identifier in new if identifier not in kept[section].values()]
        if section == RETIRED:
            retired = [_retirement(new[identifier]) for identifier in arrived]
        else:
            new_ones += [New(section, identifier) for identifier in arrived]
        for identifier, same in kept[section].items():
            corrected += _corrections(section, same, _with_ids(old[identifier], ids), new[same])
    lists = (new_ones, corrected, retired, other_ids, missing)
    return Changes(since, now, *map(tuple, lists))


def version_of(data: bytes, tree: Tree) -> Version:
    """The version that the bytes of a file and what was read of them say."""
    about = tree.get("dataset")
    said = about if isinstance(about, dict) else {}
    return Version(str(said.get("version", "")), str(said.get("date", "")), hash_of(data))


def hash_of(data: bytes) -> str:
    """The short name of a file's content: the first 8 hex digits of the SHA-256 of its lines, ended by LF.

    A checkout may end lines otherwise; the data are the same.
    """
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:8]


def _records(tree: Tree, section: str) -> dict[str, Tree]:
    """The records of a section by id; the record of the file itself has the section's name."""
    items = tree.get(section, [])
    if section == "dataset":  # its version and date differ in any two versions
        about = items if isinstance(items, dict) else {}
        return {section: {name: about[name] for name in about if name not in ("version", "date")}}
    items = items if isinstance(items, list) else []
    return {item["id"]: item for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)}


def _without_id(record: Tree) -> Tree:
    return {name: value for name, value in record.items() if name != "id"}


def _with_ids(value: Any, ids: Mapping[str, str], field: str = "") -> Any:
    """A record, with other ids in the fields that refer to records."""
    if isinstance(value, dict):
        return {name: _with_ids(inner, ids, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_ids(item, ids, field) for item in value]
    return ids.get(value, value) if field in REFERS_TO else value


def _retirement(item: Tree) -> Retirement:
    return Retirement(*(str(item.get(name, "")) for name in ("was", "id", "reason", "replaced_by")))


class _Value(NamedTuple):
    """One value of a record as text; of two lists, those with one of these keys in common belong together."""

    field: str
    text: str
    keys: tuple = ()


def _corrections(section: str, record: str, before: Tree, after: Tree) -> Iterator[Correction]:
    names = field_names(ALL_SECTIONS[section])
    for field in [*names, *sorted((before.keys() | after.keys()) - set(names))]:
        if field == "id" or before.get(field) == after.get(field):
            continue
        old, new = _values(field, before.get(field)), _values(field, after.get(field))
        for one in list(old):  # what stands in both, in whatever order
            if one in new:
                old.remove(one)
                new.remove(one)
        for earlier, later in _pairs(old, new):
            yield Correction(
                section,
                record,
                (earlier or later).field,
                earlier.text if earlier else "",
                later.text if later else "",
            )


def _values(field: str, value: Any) -> list[_Value]:
    if isinstance(value, dict):
        return [_Value(f"{field}.{name}", _text(inner), (name,)) for name, inner in value.items()]
    if isinstance(value, list):
        return [_Value(field, _text(item), _keys(item)) for item in value]
    return [] if value is None else [_Value(field, value, (field,))]


def _keys(item: Any) -> tuple:
    """What an item of a list keeps while the rest of it is corrected: its words, or its place."""
    if not isinstance(item, dict):
        return ()
    place = ("place", item.get("source"), item.get("paragraph"))
    return (("quote", item.get("source"), item.get("quote")), place) if "quote" in item else (place,)


def _text(value: Any) -> str:
    """A value in a line: quoted words with their place and what they prove, a paragraph with its reason."""
    match value:
        case {"source": source, "paragraph": paragraph, "quote": quote}:
            proves = value.get("proves") or []
            relation = "contradicts" if value.get("relation") == "contradicts" else "proves"
            tail = f"{relation} {', '.join(map(str, proves))}" if proves else "a further mention"
            tail += f"; in {value['language']}" if "language" in value else ""
            tail += "; the whole paragraph" if "whole" in value else ""
            return f"{source}.{paragraph} “{quote}” ({value.get('why') or tail})"
        case {"paragraph": paragraph, "reason": reason}:
            return f"paragraph {paragraph}: {reason}"
        case str():
            return value
    return json.dumps(value, ensure_ascii=False)


def _pairs(old: list[_Value], new: list[_Value]) -> Iterator[tuple[_Value | None, _Value | None]]:
    """Each value with what it became, judged by its first key, then by the others; then those left alone."""
    for number in range(2):
        for earlier in list(old):
            for later in new:
                if earlier.keys[number : number + 1] and earlier.keys[number] in later.keys:
                    old.remove(earlier)
                    new.remove(later)
                    yield earlier, later
                    break
    yield from ((earlier, None) for earlier in old)
    yield from ((None, later) for later in new)


# ---- what is said of it ----


def problems(history: Changes, file: ParsedFile) -> Iterator[Problem]:
    """What must not have changed: ids are kept by other people's links and tables."""
    version = f"version {history.since.version} ({history.since.hash})"
    for section, before, after, place in history.other_ids:
        rule = f"must keep the id that it has in {version}, {before!r}; stands {after!r}"
        mend = f"put {before!r} back, also where others refer to it"
        yield file.problem((section, place, "id"), f"{rule}; {mend}")
    for section, record in history.missing:
        rule = f"must still have {record!r}, which stands in {version}"
        mend = "put its entry back" if section == RETIRED else f"put it back, or add it to `{RETIRED}`"
        yield file.problem((section,), f"{rule}; {mend}")


def draft(history: Changes) -> list[str]:
    """An entry of CHANGELOG.md in lines, for an editor to put into better words."""
    lines = [f"### [{history.now.version}] - {history.now.date}", "", f"File: `{history.now.hash}`"]
    if not any((history.retired, history.new, history.corrected, history.other_ids, history.missing)):
        lines += ["", "No record changed."]
    if history.retired:
        lines += ["", "#### Removed", ""]
        for section, record, reason, instead in history.retired:
            lines.append(f"- `{record}` ({section}): {reason}" + f" Now: `{instead}`." * bool(instead))
    if history.new:
        lines += ["", "#### Added", ""]
        for section, rows in groupby(history.new, attrgetter("section")):
            lines.append(f"- {section}: {', '.join(f'`{row.record}`' for row in rows)}")
    if history.corrected:
        lines += ["", "#### Corrected", ""]
        for record, rows in groupby(history.corrected, attrgetter("record")):
            lines.append(f"- `{record}`")
            lines += [f"  - `{row.field}`: {row.words}" for row in rows]
    return lines


# ---- the version before ----


def content(since: str, path: Path) -> bytes:
    """The bytes of the version before: of the file `since`, or of the data file `path` as it was in that
    revision of git. Raises LookupError, in words, when neither is there.
    """
    if Path(since).is_file():
        return Path(since).read_bytes()
    command = ["git", "-C", str(path.resolve().parent), "cat-file", "blob", f"{since}:./{path.name}"]
    try:
        ran = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise LookupError(f"there is no file {since}, and git is not installed") from None
    if ran.returncode:
        raise LookupError(f"there is no file {since}, and no revision {since} of git that has {path.name}")
    return ran.stdout


# ---- kept beside the data file ----


def as_text(history: Changes) -> str:
    """The content of `changes.json`; equal changes give equal text, with a line for each."""
    parts = []
    for name, value in asdict(history).items():
        if name in KEPT_LISTS:
            items = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            parts.append(f' "{name}": [\n{items}\n ]' if value else f' "{name}": []')
        elif name in ("since", "now"):
            parts.append(f' "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


KEPT_LISTS: Mapping[str, type] = {"new": New, "corrected": Correction, "retired": Retirement}


def read(path: Path, hash_: str) -> Changes | None:
    """The changes that are kept for a data file with this hash; None without such."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(_row(kind, item) for item in kept[name]) for name, kind in KEPT_LISTS.items()}
        history = Changes(_row(Version, kept["since"]), _row(Version, kept["now"]), **lists)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return history if history.now.hash == hash_ else None


def _row(kind: type, values: Iterable[Any]) -> Any:
    """A named tuple of texts. Raises TypeError for anything else."""
    row = kind(*values)
    if not all(isinstance(value, str) for value in row):
        raise TypeError
    return row

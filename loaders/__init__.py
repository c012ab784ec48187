"""Loaders: `data/curated.yaml` -> checked records -> tidy tables. `python -m loaders` is the command line.

dataset = load("data/curated.yaml")
dataset.tables["events"]
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from loaders import fingerprints, history, prepared
from loaders.checks import check_bytes, content
from loaders.citations import unconfirmed
from loaders.history import Changes
from loaders.problems import InvalidData, Problem
from loaders.tables import tables

__all__ = ["ROOT", "Dataset", "InvalidData", "Problem", "load", "prepare"]

ROOT = Path(__file__).resolve().parent.parent
UNCONFIRMED = "unconfirmed"  # a table that is kept with the others and becomes a field of the dataset


@dataclass(frozen=True)
class Dataset:
    """The whole dataset. `tables` are read-only by name; `hash` is the short name of its content."""

    tables: Mapping[str, pd.DataFrame]
    unconfirmed: frozenset[tuple[str, int, str]]  # (source, paragraph, quote) without a matching fingerprint
    hash: str  # first 8 hex digits of the SHA-256 of the file, however its lines end
    title: str
    version: str
    date: str
    licence: str
    changes: Changes | None = None  # since the last version, where they are kept for exactly these bytes


def load(path: str | Path, name: str | None = None) -> Dataset:
    """The dataset in a file that keeps every rule. Raises InvalidData, which has all problems.

    Messages call the file `name`; without one, by its path inside the project or else by its bare name.
    """
    path = Path(path)
    with _garbage_collector_off():
        return _load(path, name or name_of(path))


def prepare(path: str | Path, name: str | None = None) -> Path:
    """Check a file as `load` does, and keep its tables beside it (`loaders.prepared`); returns where.

    Raises InvalidData as `load` does, and OSError when it cannot be written.
    """
    path = Path(path)
    name = name or name_of(path)
    with _garbage_collector_off():
        data = content(path, name)
        made_from = prepared.made_from(path, data)  # first: whatever changes meanwhile makes it stale
        return prepared.write(path, made_from, _tables(path, data, name))


def _load(path: Path, name: str) -> Dataset:
    data = content(path, name)
    frames = prepared.read(path, data) or _tables(path, data, name)
    doubtful = frames.pop(UNCONFIRMED)
    about = frames["dataset"].loc[0]
    return Dataset(
        tables=MappingProxyType(frames),
        unconfirmed=frozenset(doubtful.itertuples(index=False, name=None)),
        hash=history.hash_of(data),
        title=about["title"],
        version=about["version"],
        date=about["date"],
        licence=about["licence"],
        changes=history.read(path.with_name(history.FILE_NAME), history.hash_of(data)),
    )


def _tables(path: Path, data: bytes, name: str) -> dict[str, pd.DataFrame]:
    """All tables of a file that keeps every rule, and one of the quotes that no fingerprint confirms."""
    records = check_bytes(data, name)
    doubtful = sorted(unconfirmed(records, _known_beside(path)))
    return tables(records) | {UNCONFIRMED: pd.DataFrame(doubtful, columns=["source", "paragraph", "quote"])}


@contextmanager
def _garbage_collector_off() -> Iterator[None]:
    """Without Python's search for garbage, which would be in vain: reading keeps all the objects it makes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _known_beside(path: Path) -> fingerprints.Fingerprints:
    """The fingerprints beside a data file. None that can be used leave every quote unconfirmed."""
    try:
        return fingerprints.read(path.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    except InvalidData:
        return {}


def name_of(path: Path) -> str:
    """How messages call a file: never by a folder of the machine."""
    resolved = path.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else path.name

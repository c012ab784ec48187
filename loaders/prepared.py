"""A prepared dataset: the tables of a checked file, kept beside it, for a file that takes long to read.

`python -m loaders prepare` writes it: a zip of Parquet tables, and what they were made from. It stands for
exactly these bytes of the file and of its fingerprints, read by exactly this code and these libraries. A
prepared dataset of anything else is passed over, and so is one that cannot be read: the file itself is always
there.
"""

import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pandas as pd

from loaders import export, fingerprints

CODE = Path(__file__).parent
LIBRARIES = ("pandas", "pyarrow", "pydantic", "pyyaml")  # that read, check and keep the tables
MADE_FROM = "made_from"  # the member that says what the tables were made from, and which there are

Tables = Mapping[str, pd.DataFrame]


def beside(path: Path) -> Path:
    """Where the prepared dataset of a data file lies."""
    return path.with_suffix(".prepared")


def write(path: Path, made_from: str, tables: Tables) -> Path:
    """Keep the tables of the data file at `path`, with what they were made from; returns where.

    The same tables of the same file give the same bytes.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(MADE_FROM), "\n".join([made_from, *tables]))
        for name, table in tables.items():
            archive.writestr(ZipInfo(name), table.to_parquet(engine="pyarrow", compression="zstd"))
    kept = beside(path)
    export.replace({kept: packed.getvalue()})
    return kept


def read(path: Path, data: bytes) -> dict[str, pd.DataFrame] | None:
    """The tables that were kept for these bytes of the data file at `path`; None without such."""
    if not beside(path).is_file():
        return None
    try:
        with ZipFile(beside(path)) as archive:
            names = archive.namelist()
            expected = [made_from(path, data), *names[1:]]  # a broken list of members can hide some of them
            if names.pop(0) != MADE_FROM or archive.read(MADE_FROM).decode().split("\n") != expected:
                return None
            return {name: pd.read_parquet(BytesIO(archive.read(name)), engine="pyarrow") for name in names}
    except Exception:  # of zip, Parquet or Arrow: whatever is wrong with it, the file itself can be read
        return None


def is_passed_over(path: Path) -> bool:
    """Whether a prepared dataset lies beside the data file at `path` that does not stand for it any more."""
    try:
        return beside(path).is_file() and read(path, path.read_bytes()) is None
    except OSError:  # the file is being saved anew: the next check will tell
        return False


def made_from(path: Path, data: bytes) -> str:
    """Hashes of all that the tables of a data file depend on: `data`, its bytes, and what lies beside it."""
    known = path.with_name(fingerprints.FILE_NAME)
    code = b"".join(file.read_bytes() for file in sorted(CODE.glob("*.py")))
    libraries = " ".join([sys.version, *(version(name) for name in LIBRARIES)])
    parts = [data, known.read_bytes() if known.is_file() else b"", code, libraries.encode()]
    return " ".join(sha256(part).hexdigest() for part in parts)

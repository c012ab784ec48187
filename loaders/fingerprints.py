"""Fingerprints: what the project keeps of the source texts, so that a clone can verify quotes without them.

`fingerprints.json` lies beside the data file: for every text its SHA-256 and, for each paragraph, the hashes
of its three-word windows in text order (`loaders.quotes.fingerprint`), joined with spaces. A paragraph of one
or two words has no window; where there are such, `short` has the hash of the whole by paragraph number.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from loaders import export, quotes
from loaders.conflicts import conflicts
from loaders.problems import InvalidData, Problem

FILE_NAME = "fingerprints.json"
WRITTEN = "`python -m loaders fingerprint`"
MEND = f"write the file again with {WRITTEN[:-1]} --anew --originals DIR`"

Fingerprints = dict[str, dict[str, Any]]  # file name of a text -> its "sha256" and its "paragraphs"


def text_of(path: Path) -> str:
    """A source text. Raises ValueError when it is not there or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(f"must be a text that can be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError("must be a text in UTF-8") from None


def of_file(path: Path) -> dict[str, Any]:
    """The fingerprint of one text. Raises InvalidData when it cannot be read."""
    try:
        texts = quotes.paragraphs(text_of(path))
    except ValueError as error:
        raise InvalidData([Problem.of_file(path.name, str(error))]) from None
    words = [quotes.words(text) for text in texts]
    short = {
        str(number): quotes.hashed(few) for number, few in enumerate(words, 1) if 0 < len(few) < quotes.WINDOW
    }
    entry = {"sha256": digest(path), "paragraphs": [" ".join(quotes.fingerprint(each)) for each in words]}
    return entry | ({"short": short} if short else {})


def paragraphs(entry: dict[str, Any]) -> list[str]:
    """The hashes of each paragraph of a text: of its windows, or of the whole where it is shorter."""
    short = entry.get("short", {})
    return [hashes or short.get(str(number), "") for number, hashes in enumerate(entry["paragraphs"], 1)]


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return sha256(path.read_bytes()).hexdigest()


def read(path: Path, name: str) -> Fingerprints:
    """The stored fingerprints, none when the file is missing. Raises InvalidData for any other file."""
    try:
        text = path.read_text(encoding="utf-8")
        if merging := list(conflicts(text, MEND)):
            raise InvalidData(Problem.of_file(name, message, line) for line, message in merging)
        entries = json.loads(text)
        for entry in entries.values():
            if not isinstance(entry["sha256"], str) or not all(
                isinstance(item, str) for item in (*entry["paragraphs"], *entry.get("short", {}).values())
            ):
                raise ValueError
    except FileNotFoundError:
        return {}
    except InvalidData:
        raise
    except (OSError, ValueError, AttributeError, LookupError, TypeError, RecursionError):
        rule = f"must be the file that {WRITTEN} writes; {MEND}"
        raise InvalidData([Problem.of_file(name, rule)]) from None
    return entries


def write(path: Path, fingerprints: Fingerprints) -> None:
    """Write fingerprints; equal ones give equal bytes."""
    text = json.dumps(fingerprints, indent=1, sort_keys=True, ensure_ascii=True)
    export.replace({path: f"{text}\n".encode()})

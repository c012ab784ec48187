"""Decoding: the bytes of a file into text that is whole, in UTF-8, and hides nothing from its reader."""

import os
import re

from loaders.conflicts import conflicts
from loaders.problems import InvalidData, Problem, stands

# bytes; whoever trusts a larger file says so
LARGEST = int(os.environ.get("CSTO_LARGEST_MIB") or 5) * 1024 * 1024
LAST_LINE = "complete: true"

# What hides or reorders text on a screen: control characters, line separators, bidirectional overrides; and
# what is no character at all, which no XML can hold.
HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
HIDDEN_IN_FILE = re.compile(rf"[{HIDDEN}]|\r(?!\n)")
HIDDEN_IN_VALUE = re.compile(rf"[{HIDDEN}\t\n\r]")  # in quotes, YAML can write them as "\x00"


def decoded(data: bytes, name: str) -> str:
    """The text in the bytes of the file `name`. Raises InvalidData when it is not whole, clean UTF-8."""

    def refused(message: str, line: int = 1) -> InvalidData:
        return InvalidData([Problem.of_file(name, message, line)])

    if len(data) > LARGEST:
        raise refused(f"must have at most {LARGEST} bytes; has {len(data)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(f"must be UTF-8; the byte 0x{data[error.start]:02X} is not", line) from None
    if not text.strip():
        raise refused("must not be empty")
    if merging := list(conflicts(text)):
        raise InvalidData(Problem.of_file(name, message, line) for line, message in merging)
    body = text.removesuffix("\n").removesuffix("\r")
    last_line = body.rpartition("\n")[2]
    if last_line != LAST_LINE:
        message = f"must end with the line '{LAST_LINE}'; without it the file is refused as half-written"
        raise refused(message + stands(last_line), body.count("\n") + 1)
    if hidden := HIDDEN_IN_FILE.search(text):
        raise refused(hidden_message(hidden), text.count("\n", 0, hidden.start()) + 1)
    return text


def hidden_message(hidden: re.Match) -> str:
    """The message about a hidden character, which names it by its number."""
    return f"must not contain hidden characters; stands U+{ord(hidden[0]):04X}"

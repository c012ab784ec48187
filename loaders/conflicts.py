"""Conflicts: the markers that git leaves in a file where two versions could not be merged."""

import re
from collections.abc import Iterator

MARKER = re.compile(r"^(?:(<{7}|>{7}|\|{7})(?: .*)?|(={7}))\r?$", re.MULTILINE)
RULE = "must not have conflict markers of git"
MEND = "keep what is right of both versions, and delete the lines of <<<<<<<, ======= and >>>>>>>"


def conflicts(text: str, mend: str = MEND) -> Iterator[tuple[int, str]]:
    """Line and message of each conflict in a text, and of each marker that was left over."""
    opened = 0
    for marker in MARKER.finditer(text):
        line, sign = text.count("\n", 0, marker.start()) + 1, marker[1] or marker[2]
        if sign[0] == "<" and not opened:
            opened = line
        elif sign[0] == ">" and opened:
            yield opened, f"{RULE}; two versions stand here, down to line {line}: {mend}"
            opened = 0
        elif not opened:
            yield line, f"{RULE}; stands {sign!r}: {mend}"
    if opened:
        yield opened, f"{RULE}; two versions begin here and do not end: {mend}"

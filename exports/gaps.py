"""What is not known of a selection: each gap in words, and how many there are of each kind."""

from collections import Counter
from typing import NamedTuple

import query
from query.words import field_names

INFERRED = "record of which something is only inferred"


class Gap(NamedTuple):
    """One line of the list: a kind of gap, what is not known, and how many gaps the line holds."""

    kind: str
    what: str
    number: int = 1


def gaps(tables: query.Tables) -> list[Gap]:
    """Gaps by kind, those of one session in one line, then the values that are only inferred."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, what, address in query.gaps(tables).itertuples(index=False):
        event, dot, party = address.partition(".")
        if dot:
            key = (kind, query.occasion(tables, event))
            found.setdefault(key, []).append(query.name_of(tables, party))
        else:
            found.setdefault((kind, what), [])
    lines = [
        Gap(kind, f"{what}: {', '.join(parties)}" if parties else what, len(parties) or 1)
        for (kind, what), parties in found.items()
    ]
    fields: dict[str, list[str]] = {}
    terms = set(tables["chairmanships"]["id"])
    for record, field in tables["inferences"][["record", "field"]].itertuples(index=False):
        if record not in terms or field not in ("start", "end"):  # those are gaps of their terms
            fields.setdefault(record, []).append(field_names(field))
    for record, names in fields.items():
        if claim := query.claim(tables, record, doubt=False):
            lines.append(Gap(INFERRED, f"{claim}: {', '.join(names)}"))
    return lines


def numbers(lines: list[Gap]) -> dict[str, int]:
    """kind -> how many gaps, in the order of the list."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.kind] += line.number
    return dict(counts)

"""The faults of version 1, each put back on purpose: what the product gets, or what it says, is made wrong.

A fault is a few lines. Most give the product another view or other records than the net counts: however the
product is built, its media then say what the records do not bear. The others change the words of a
medium into those that version 1 had there.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders import Dataset
from tests.frozen import served
from tests.net import expected
from tests.net.checks import LEFT_OUT, NONE_REPORTED, UNCOVERED
from tests.net.media import Piece
from tests.net.views import Item

Items = Sequence[Item]
same_items: Callable[[Items], Items] = tuple
WORDS_OF_SILENCE = re.compile(rf"{NONE_REPORTED.pattern}|^–$", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """One wrong thing: in the records (`text` of the data file), in the view of a slide, or in the words.

    `medium` and `items` are where it is looked for, `check` the line of the net that catches it.
    """

    point: int
    check: str
    medium: str
    items: Callable[[expected.Tables], Items]
    records: Callable[[str, expected.Tables], str] | None = None
    view: Callable[[Items], Items] = same_items
    words: Callable[[Piece], Piece] = lambda piece: piece

    def dataset(self, text: str, tables: expected.Tables, folder: Path) -> Dataset:
        """The records that the product is given, from the `text` of the data file."""
        changed = self.records(text, tables)
        assert changed != text, "there is nothing left that this fault could spoil"
        file = folder / "curated.yaml"
        file.write_text(changed, encoding="utf-8")
        return served(file)


# ---- what is spoilt ----


def block(text: str, record: str, old: str, new: str) -> str:
    """The text of the data file with a value of one record changed."""
    start = text.index(f"- id: {record}\n")
    end = text.find("\n  - id: ", start + 1)
    end = end if end > 0 else len(text)
    return text[:start] + re.sub(old, new, text[start:end], count=1) + text[end:]


def announced_is_held(text: str, tables: expected.Tables) -> str:
    events = tables["events"]
    record = events[(events["status"] == "planned") & ~events["year"].isin(expected.coverage(tables, []))]
    return block(text, record.iloc[0]["id"], "status: planned", "status: held")


def action_is_a_threat(text: str, tables: expected.Tables) -> str:
    rows = tables["threats"]
    keys = ["event", "speaker", "category"]
    alone = ~rows.duplicated(keys, keep=False) & (rows["expressed_as"] == "priority")
    return block(text, rows[alone].iloc[0]["id"], "expressed_as: priority", "expressed_as: threat")


def proposal_is_a_document(text: str, tables: expected.Tables) -> str:
    rows = tables["documents"]
    record = rows[rows["kind"] == "proposal"].iloc[0]["id"]
    return block(block(text, record, "kind: proposal", "kind: decision"), record, r"\bproposed\b", "decided")


def without_parameter(name: str) -> Callable[[Items], Items]:
    """The same slides, of views that lack a parameter."""
    return lambda items: tuple(
        replace(item, params={key: values for key, values in item.params.items() if key != name})
        for item in items
    )


def said(pattern: re.Pattern, words: str, kinds: Sequence[str]) -> Callable[[Piece], Piece]:
    """Pieces in which other words stand where a pattern stood."""
    return lambda piece: replace(piece, text=pattern.sub(words, piece.text)) if piece.kind in kinds else piece


# ---- where it is looked for ----


def one(chart: str, **params: str) -> Callable[[expected.Tables], Items]:
    return lambda tables: (Item(chart, {name: [value] for name, value in params.items()}),)


def two_years(tables: expected.Tables) -> Items:
    """Two slides of different years: each leaves out the other's."""
    covered = sorted(expected.coverage(tables, []))
    return Item("threats", {"years": covered[:1]}), Item("threats", {"years": covered[-1:]})


def confirmed(tables: expected.Tables) -> Items:
    """A view without the source that gives most dates beside others."""
    found = max(tables["sources"]["id"], key=lambda source: len(expected.vanished(tables, [source])))
    return (Item("overview", {"without": [found]}), Item("chairmanship", {"without": [found]}))


DENIAL = "no document covers this year"
NAMED = re.compile(r"Source: our reading of [^:]*?\.(?= |$)")

FAULTS = {
    "a slide prints zero for a year that its view leaves out": Fault(
        1, "silences", "svg", two_years, words=said(LEFT_OUT, "0", ["figure"])
    ),
    "a slide draws what its view leaves out": Fault(
        1, "numbers", "offline page", two_years, view=without_parameter("years")
    ),
    "a slide does not say what it leaves out": Fault(
        1, "left out", "svg", two_years, words=said(LEFT_OUT, "", ["figure"])
    ),
    "an action is counted as a threat": Fault(
        2, "numbers", "pptx", one("threats"), records=action_is_a_threat
    ),
    "an announced session is added to those held": Fault(
        2, "numbers", "offline page", one("chairmanship"), records=announced_is_held
    ),
    "a proposal is counted as a document": Fault(
        2, "numbers", "pptx", one("documents"), records=proposal_is_a_document
    ),
    "silence is shown as zero": Fault(
        2, "zeros", "svg", one("chairmanship"), words=said(WORDS_OF_SILENCE, "0", ["figure"])
    ),
    "a source that is set aside goes on giving dates": Fault(
        3, "set aside", "offline page", confirmed, view=without_parameter("without")
    ),
    "a source that is set aside goes on counting": Fault(
        3, "numbers", "pptx", confirmed, view=without_parameter("without")
    ),
    "who only announced an event covers its year": Fault(
        4, "coverage", "pptx", one("overview"), records=announced_is_held
    ),
    "the hatch denies what a source states": Fault(
        4, "silences", "svg", one("overview"), words=said(UNCOVERED, DENIAL, ["figure"])
    ),
    "no source is cited under cited statements": Fault(
        5,
        "source lines",
        "offline page",
        one("threats"),
        words=said(NAMED, "No source is cited here.", ["text"]),
    ),
    "the source line names who is not drawn": Fault(
        5,
        "source lines",
        "offline page",
        lambda tables: two_years(tables)[:1],
        view=without_parameter("years"),
    ),
}

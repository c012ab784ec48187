"""Citations: whether the quoted words stand where a record says, exactly once.

With the texts at hand they are sought in the words of the paragraph. A clean clone has no texts but their
fingerprints: then the three-word windows of the quote are sought among those of the paragraph. There is no
fuzzy match.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders import fingerprints, quotes
from loaders.fingerprints import Fingerprints
from loaders.problems import Problem, stands
from loaders.records import Evidence, Source
from loaders.rules_between import cited_paragraphs, missing_paragraphs
from loaders.validation import Finding, Records


@dataclass(frozen=True)
class Verification:
    """The result of looking up every quote: `verified` of `total` stand where they should."""

    problems: list[Problem]
    verified: int
    total: int


@dataclass(frozen=True)
class Text:
    """A source text to search in: for each paragraph its words, or the hashes of its windows."""

    paragraphs: list[list[str]]
    hashed: bool

    def occurrences(self, evidence: Evidence) -> int:
        """How many times the quote stands in its paragraph."""
        if evidence.paragraph > len(self.paragraphs):
            return 0
        words = quotes.words(evidence.quote)
        sought = quotes.fingerprint(words) if self.hashed else words
        return quotes.occurrences(sought, self.paragraphs[evidence.paragraph - 1])


def verify(records: Records, originals: Path | None, known: Fingerprints) -> Verification:
    """Look up every quote: in the texts of the folder `originals`, or else in the known fingerprints.

    It is a problem too when a text differs from the one that was fingerprinted, or has a paragraph that is
    neither cited nor skipped.
    """
    texts: dict[str, Text] = {}
    findings: list[Finding] = []
    for location, source in records.each("sources"):
        try:
            texts[source.id] = _original(source, originals) if originals else _fingerprinted(source, known)
        except ValueError as error:
            findings.append(((*location, "file"), f"{error}{stands(source.file)}"))
    wrong = list(_wrong_quotes(records, texts))
    findings += [*wrong, *_unaccounted_paragraphs(records, texts), *_changed_texts(records, originals, known)]
    cited = [evidence for _, claim in records.claims() for evidence in claim.evidence]
    looked_up = sum(evidence.source in texts for evidence in cited)
    problems = sorted(records.file.problem(*finding) for finding in findings)
    return Verification(problems, looked_up - len(wrong), len(cited))


def unconfirmed(records: Records, known: Fingerprints) -> frozenset[tuple[str, int, str]]:
    """The quoted places, `(source, paragraph, quote)`, that the known fingerprints do not confirm."""
    texts = {
        source.id: _fingerprinted(source, known)
        for _, source in records.each("sources")
        if source.file in known
    }
    cited = [evidence for _, claim in records.claims() for evidence in claim.evidence]
    return frozenset(
        (evidence.source, evidence.paragraph, evidence.quote)
        for evidence in cited
        if evidence.source not in texts or texts[evidence.source].occurrences(evidence) != 1
    )


def _original(source: Source, folder: Path) -> Text:
    text = fingerprints.read_text(folder / source.file)
    return Text([quotes.words(paragraph) for paragraph in quotes.paragraphs(text)], hashed=False)


def _fingerprinted(source: Source, known: Fingerprints) -> Text:
    if source.file not in known:
        raise ValueError(
            f"must have a fingerprint in {fingerprints.FILE_NAME}, or its text in `--originals DIR`"
        )
    return Text([paragraph.split() for paragraph in known[source.file]["paragraphs"]], hashed=True)


def _wrong_quotes(records: Records, texts: dict[str, Text]) -> Iterator[Finding]:
    for location, claim in records.claims():
        for position, evidence in enumerate(claim.evidence):
            if evidence.source not in texts or (found := texts[evidence.source].occurrences(evidence)) == 1:
                continue
            where = f"paragraph {evidence.paragraph} of {evidence.source}"
            times = f"stands there {found} times" if found else "does not stand there"
            message = f"must stand exactly once in {where}; {evidence.quote!r} {times}"
            yield (*location, "evidence", position, "quote"), message


def _unaccounted_paragraphs(records: Records, texts: dict[str, Text]) -> Iterator[Finding]:
    cited = cited_paragraphs(records)
    for location, source in records.each("sources"):
        if source.id not in texts:
            continue
        last = len(texts[source.id].paragraphs)
        seen = set(cited[source.id]).union(skipped.paragraph for skipped in source.skipped)
        yield from ((location, message) for message in missing_paragraphs(seen, last))
        for position, skipped in enumerate(source.skipped):
            if skipped.paragraph > last:
                message = f"must be a paragraph of the text, which has {last}{stands(skipped.paragraph)}"
                yield (*location, "skipped", position, "paragraph"), message


def _changed_texts(records: Records, originals: Path | None, known: Fingerprints) -> Iterator[Finding]:
    for location, source in records.each("sources") if originals else ():
        path = originals / source.file
        if (
            source.file in known
            and path.is_file()
            and fingerprints.digest(path) != known[source.file]["sha256"]
        ):
            message = f"must be the text that {fingerprints.FILE_NAME} was made from; its SHA-256 differs"
            yield (*location, "file"), message

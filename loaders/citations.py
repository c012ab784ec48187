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
from loaders.reading import Location
from loaders.records import Decoy, Evidence
from loaders.rules_between import cited_paragraphs, missing_paragraphs
from loaders.rules_within import is_whole
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

    def occurrences(self, quoted: Evidence | Decoy) -> int:
        """How many times the quote stands in its paragraph."""
        if quoted.paragraph > len(self.paragraphs):
            return 0
        sought, paragraph = self._sought(quoted.quote), self.paragraphs[quoted.paragraph - 1]
        if is_whole(quoted):
            return int(sought == paragraph)
        return quotes.occurrences(sought, paragraph)

    def places(self, words: str) -> dict[int, int]:
        """The paragraphs in which some words stand, and how many times."""
        sought = self._sought(words)
        counts = (
            (number, quotes.occurrences(sought, paragraph))
            for number, paragraph in enumerate(self.paragraphs, 1)
        )
        return {number: times for number, times in counts if times}

    def _sought(self, words: str) -> list[str]:
        sought = quotes.words(words)
        if self.hashed:
            return quotes.fingerprint(sought) or [quotes.hashed(sought)] * bool(sought)
        return sought


def verify(records: Records, originals: Path | None, known: Fingerprints) -> Verification:
    """Look up every quote: in the texts of the folder `originals`, or else in the known fingerprints.

    It is a problem too when a text differs from the one that was fingerprinted, or has a paragraph that is
    neither cited nor skipped.
    """
    texts: dict[str, Text] = {}
    findings: list[Finding] = []
    for location, source in records.each("sources"):
        try:
            texts[source.id] = text_of(source.file, originals, known)
        except ValueError as error:
            findings.append(((*location, "file"), f"{error}{stands(source.file)}"))
    wrong = list(_wrong_quotes(records, texts))
    findings += [*wrong, *_wrong_decoys(records, texts), *_unaccounted_paragraphs(records, texts)]
    findings += _changed_texts(records, originals, known)
    cited = [evidence for _, claim in records.claims() for evidence in claim.evidence]
    looked_up = sum(evidence.source in texts for evidence in cited)
    problems = sorted(records.file.problem(*finding) for finding in findings)
    return Verification(problems, looked_up - len(wrong), len(cited))


def unconfirmed(records: Records, known: Fingerprints) -> frozenset[tuple[str, int, str]]:
    """The quoted places, `(source, paragraph, quote)`, that the known fingerprints do not confirm."""
    texts = {
        source.id: text_of(source.file, None, known)
        for _, source in records.each("sources")
        if source.file in known
    }
    cited = [evidence for _, claim in records.claims() for evidence in claim.evidence]
    return frozenset(
        (evidence.source, evidence.paragraph, evidence.quote)
        for evidence in cited
        if evidence.source not in texts or texts[evidence.source].occurrences(evidence) != 1
    )


def text_of(file: str, originals: Path | None, known: Fingerprints) -> Text:
    """The text of a source, from the folder `originals` or else as its fingerprint. Raises ValueError."""
    if originals:
        paragraphs = quotes.paragraphs(fingerprints.read_text(originals / file))
        return Text([quotes.words(paragraph) for paragraph in paragraphs], hashed=False)
    if file not in known:
        raise ValueError(
            f"must have a fingerprint in {fingerprints.FILE_NAME}, or its text in `--originals DIR`"
        )
    short = known[file].get("short", {})
    windows = enumerate(known[file]["paragraphs"], 1)
    return Text([(hashes or short.get(str(number), "")).split() for number, hashes in windows], hashed=True)


def _wrong_quotes(records: Records, texts: dict[str, Text]) -> Iterator[Finding]:
    for location, claim in records.claims():
        for position, evidence in enumerate(claim.evidence):
            yield from _wrong_quote((*location, "evidence", position), evidence, texts)


def _wrong_decoys(records: Records, texts: dict[str, Text]) -> Iterator[Finding]:
    for location, category in records.each("categories"):
        if category.decoy:
            yield from _wrong_quote((*location, "decoy"), category.decoy, texts)


def _wrong_quote(location: Location, quoted: Evidence | Decoy, texts: dict[str, Text]) -> Iterator[Finding]:
    if quoted.source not in texts or (count := texts[quoted.source].occurrences(quoted)) == 1:
        return
    where = f"paragraph {quoted.paragraph} of {quoted.source}"
    times = f"stands there {count} times; take one more word" if count else "does not stand there"
    if is_whole(quoted):
        times = "is not the whole of it"
    elsewhere = {} if count or is_whole(quoted) else texts[quoted.source].places(quoted.quote)
    meant = f"; did you mean paragraph {min(elsewhere)}?" if len(elsewhere) == 1 else ""
    yield (*location, "quote"), f"must stand exactly once in {where}; {quoted.quote!r} {times}{meant}"


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

"""Citations: whether the quoted words stand where a record says, exactly once.

Where a text is at hand they are sought in the words of the paragraph. A clean clone has no texts but their
fingerprints: then the three-word windows of the quote are sought among those of the paragraph. There is no
fuzzy match.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders import fingerprints, quotes
from loaders.fingerprints import Fingerprints
from loaders.problems import InvalidData, Problem, counted, did_you_mean, stands
from loaders.reading import Location
from loaders.records import Decoy, Evidence
from loaders.rules_between import cited_paragraphs, missing_paragraphs, no_paragraph_is_used_twice
from loaders.rules_within import is_whole
from loaders.validation import Finding, Records

MOST_NAMED = 5  # paragraphs that one message names


@dataclass(frozen=True)
class Verification:
    """The result of looking up every quote: `verified` of `total` stand where they should.

    - `hashed`: how many of the verified were looked up in fingerprints alone
    - `same`: a warning for each text that is another file than the fingerprinted one and has the same words
    - `elsewhere`: the number of each paragraph that is wrong, and which it must be: the only one that has the
      quoted words
    """

    problems: list[Problem]
    verified: int
    total: int
    hashed: int
    same: list[Problem]
    elsewhere: dict[Location, int]

    def __str__(self) -> str:
        mixed = 0 < self.hashed < self.verified
        return f"verified {self.verified} of {self.total}" + f", {self.hashed} by fingerprints" * mixed


@dataclass(frozen=True)
class Text:
    """A source text to search in: for each paragraph its words, or the hashes of its windows."""

    paragraphs: list[list[str]]
    hashed: bool

    def occurrences(self, quoted: Evidence | Decoy) -> int:
        """How many times the quote stands in its paragraph."""
        if quoted.paragraph > len(self.paragraphs):
            return 0
        if is_whole(quoted):
            return int(self.is_all(quoted.paragraph, quoted.quote))
        return quotes.occurrences(self._sought(quoted.quote), self.paragraphs[quoted.paragraph - 1])

    def is_all(self, number: int, words: str) -> bool:
        """Whether a paragraph has these words and no others."""
        return self._sought(words) == self.paragraphs[number - 1]

    def places(self, words: str) -> dict[int, int]:
        """The paragraphs in which some words stand, and how many times."""
        sought = self._sought(words)
        counts = (
            (number, quotes.occurrences(sought, paragraph))
            for number, paragraph in enumerate(self.paragraphs, 1)
        )
        return {number: times for number, times in counts if times}

    def elsewhere(self, quoted: Evidence | Decoy) -> int | None:
        """The one paragraph that has a quote which does not stand in its own; None without such."""
        places = {} if is_whole(quoted) else self.places(quoted.quote)
        return min(places) if len(places) == 1 and quoted.paragraph not in places else None

    def _sought(self, words: str) -> list[str]:
        sought = quotes.words(words)
        if self.hashed:
            return quotes.fingerprint(sought) or [quotes.hashed(sought)] * bool(sought)
        return sought


def verify(records: Records, originals: Path | None, known: Fingerprints) -> Verification:
    """Look up every quote: in the text where the folder `originals` has it, or else in its fingerprint.

    It is a problem too when a text has other words than the one that was fingerprinted, or a paragraph that
    is neither cited nor skipped, or both.
    """
    texts: dict[str, Text] = {}
    findings: list[Finding] = []
    for location, source in records.each("sources"):
        try:
            texts[source.id] = text_of(source.file, originals, known)
        except ValueError as error:
            names = {path.name for path in originals.iterdir()} - {source.file} if originals else ()
            rule = f"{error}{stands(source.file)}{did_you_mean(source.file, sorted(names))}"
            findings.append(((*location, "file"), rule))
    cited, decoys = list(_evidence(records)), list(_decoys(records))
    for location, quoted in [*cited, *decoys]:
        findings += _wrong_quote(location, quoted, texts)
    findings += [*no_paragraph_is_used_twice(records), *_unaccounted_paragraphs(records, texts)]
    changed, same = _other_files(records, originals, known)
    right = [quoted for _, quoted in cited if _stands(quoted, texts)]
    return Verification(
        problems=sorted(records.file.problem(*finding) for finding in [*findings, *changed]),
        verified=len(right),
        total=len(cited),
        hashed=sum(texts[quoted.source].hashed for quoted in right),
        same=[records.file.problem(*finding) for finding in same],
        elsewhere={
            (*location, "paragraph"): number
            for location, quoted in [*cited, *decoys]
            if quoted.source in texts and (number := texts[quoted.source].elsewhere(quoted))
        },
    )


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
    """The text of a source where the folder `originals` has it, else its fingerprint. Raises ValueError."""
    if originals and (originals / file).is_file():
        paragraphs = quotes.paragraphs(fingerprints.text_of(originals / file))
        return Text([quotes.words(paragraph) for paragraph in paragraphs], hashed=False)
    if file not in known:
        where = f"in {originals}" if originals else "in `--originals DIR`"
        raise ValueError(f"must have its text {where}, or a fingerprint in {fingerprints.FILE_NAME}")
    return Text([paragraph.split() for paragraph in fingerprints.paragraphs(known[file])], hashed=True)


def _evidence(records: Records) -> Iterator[tuple[Location, Evidence]]:
    for location, claim in records.claims():
        for position, evidence in enumerate(claim.evidence):
            yield (*location, "evidence", position), evidence


def _decoys(records: Records) -> Iterator[tuple[Location, Decoy]]:
    for location, category in records.each("categories"):
        if category.decoy:
            yield (*location, "decoy"), category.decoy


def _stands(quoted: Evidence | Decoy, texts: Mapping[str, Text]) -> bool:
    """Whether a quote stands in its paragraph exactly once; not where nothing is at hand to look it up in."""
    return quoted.source in texts and texts[quoted.source].occurrences(quoted) == 1


def _wrong_quote(
    location: Location, quoted: Evidence | Decoy, texts: Mapping[str, Text]
) -> Iterator[Finding]:
    if quoted.source not in texts or _stands(quoted, texts):
        return
    text = texts[quoted.source]
    where, count = f"paragraph {quoted.paragraph} of {quoted.source}", text.occurrences(quoted)
    times = f"stands there {count} times; take one more word" if count else "does not stand there"
    if is_whole(quoted):
        times = "is not the whole of it"
    meant = f"; did you mean paragraph {number}?" if (number := text.elsewhere(quoted)) else ""
    yield (*location, "quote"), f"must stand exactly once in {where}; {quoted.quote!r} {times}{meant}"


def _unaccounted_paragraphs(records: Records, texts: Mapping[str, Text]) -> Iterator[Finding]:
    """Without text and fingerprint no paragraph is known after the last one that is cited or skipped."""
    cited = cited_paragraphs(records)
    for location, source in records.each("sources"):
        seen = set(cited[source.id]).union(skipped.paragraph for skipped in source.skipped)
        last = len(texts[source.id].paragraphs) if source.id in texts else max(seen, default=0)
        yield from ((location, message) for message in missing_paragraphs(seen, last))
        for position, skipped in enumerate(source.skipped):
            if skipped.paragraph > last:
                message = f"must be a paragraph of the text, which has {last}{stands(skipped.paragraph)}"
                yield (*location, "skipped", position, "paragraph"), message


def _other_files(
    records: Records, originals: Path | None, known: Fingerprints
) -> tuple[list[Finding], list[Finding]]:
    """Of the texts that are other files than the fingerprinted ones: those that have other words, and those
    that have the same.
    """
    changed, same = [], []
    for location, source in records.each("sources") if originals else ():
        path, before = originals / source.file, known.get(source.file)
        if not before or not path.is_file() or fingerprints.digest(path) == before["sha256"]:
            continue
        place = (*location, "file")
        try:
            entry = fingerprints.of_file(path)
        except InvalidData:  # that it cannot be read is said already
            continue
        if "short" not in before:  # as an earlier version wrote it, or there is no such paragraph
            entry.pop("short", None)
        then, now = map(fingerprints.paragraphs, (before, entry))
        if now == then:
            rule = f"{source.file} is not the file that {fingerprints.FILE_NAME} was made from"
            same.append((place, f"{rule}, but has the same words; line ends, spaces or signs differ"))
        else:
            rule = f"must be the text that {fingerprints.FILE_NAME} was made from; its SHA-256 differs"
            mend = "where that is right, fingerprint it again"
            changed.append((place, f"{rule}, and {_difference(then, now)}; {mend}"))
    return changed, same


def _difference(before: list[str], now: list[str]) -> str:
    if len(before) != len(now):
        return f"it has {counted(len(now), 'paragraph')}, not {len(before)}"
    pairs = enumerate(zip(before, now, strict=True), 1)
    numbers = [str(number) for number, (old, new) in pairs if old != new]
    some = ", ".join(numbers[:MOST_NAMED]) + ", …" * (len(numbers) > MOST_NAMED)
    return f"so do the words of paragraph {some}"

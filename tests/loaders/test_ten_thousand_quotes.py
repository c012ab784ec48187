"""The quotes of the real file against its fingerprints: all true ones confirmed, no false one accepted.

Which moved or changed quotes are false has to be known from elsewhere than from the check under test:

- Where the texts are at hand, their words decide: only what does not stand in a paragraph is offered.
- A clean clone has no texts. There a plain search through the stored hashes, written anew below, leaves out
  what the paragraph may truly hold. So there the test shows that the check refuses what differs in a word,
  in order or in place. That no hash (24 bits) stands for two different windows is shown where the texts are.
- A word that is invented stands in no text: with one of those, every offered quote is false on any machine.
"""

import os
import random
from functools import cache
from pathlib import Path

from loaders import ROOT, fingerprints, quotes
from loaders.checks import check
from loaders.citations import unconfirmed, verify
from loaders.records import Evidence
from loaders.validation import Records

MANY = 10_000
DATA = ROOT / "data"
FOLDERS = (os.environ.get("CSTO_ORIGINALS", ""), DATA / "originals", ROOT.parent / "shared" / "sources")
Place = tuple[str, int]  # source and paragraph


@cache
def real() -> Records:
    return check(DATA / "curated.yaml", "data/curated.yaml")


@cache
def known() -> fingerprints.Fingerprints:
    return fingerprints.read(DATA / fingerprints.FILE_NAME, fingerprints.FILE_NAME)


@cache
def texts() -> dict[Place, list[str]]:
    """The words of every paragraph, where the texts are the ones that were fingerprinted; else nothing."""
    for folder in filter(None, FOLDERS):
        files = {source.id: Path(folder) / source.file for source in real()["sources"]}
        if all(
            path.is_file() and fingerprints.of_file(path) == known()[path.name] for path in files.values()
        ):
            return {
                (source, number): quotes.words(text)
                for source, path in files.items()
                for number, text in enumerate(quotes.paragraphs(fingerprints.read_text(path)), 1)
            }
    return {}


@cache
def hashes() -> dict[Place, str]:
    return {
        (source.id, number): f" {paragraph} "
        for source in real()["sources"]
        for number, paragraph in enumerate(known()[source.file]["paragraphs"], 1)
    }


def may_stand(quote: str, place: Place) -> bool:
    """Whether the paragraph holds the words, by its text or else as far as its hashes tell."""
    words = quotes.words(quote)
    if texts():
        return f" {' '.join(words)} " in f" {' '.join(texts()[place])} "
    return f" {' '.join(quotes.fingerprint(words))} " in hashes()[place]


def cited() -> list[Evidence]:
    return [evidence for _, claim in real().claims() for evidence in claim.evidence]


def with_evidence(offered: list[Evidence]) -> Records:
    """The real records with other evidence, item by item."""
    items = iter(offered)
    sections = {name: dict(held) for name, held in real().sections.items()}
    for (section, position), claim in real().claims():
        evidence = tuple(next(items) for _ in claim.evidence)
        sections[section][position] = claim.model_copy(update={"evidence": evidence})
    return Records(real().file, sections)


def accepted(offered: list[Evidence]) -> list[str]:
    """The quotes that a load or `verify` takes for confirmed. To fill a whole file, the last is repeated."""
    size, found = len(cited()), []
    for start in range(0, len(offered), size):
        batch = offered[start : start + size]
        records = with_evidence(batch + batch[-1:] * (size - len(batch)))
        refused = unconfirmed(records, known())
        found += [str(item) for item in batch if (item.source, item.paragraph, item.quote) not in refused]
        found += ["by verify"] * verify(records, None, known()).verified
    return found


def test_every_true_quote_is_confirmed():
    assert len(cited()) > 300
    assert unconfirmed(real(), known()) == frozenset()
    result = verify(real(), None, known())
    assert (result.problems, result.verified) == ([], result.total)


def moved(chance: random.Random) -> Evidence:
    """A true quote in a paragraph, of any source, that does not hold it."""
    while True:
        item, (source, number) = chance.choice(cited()), chance.choice(list(hashes()))
        if not may_stand(item.quote, (source, number)):
            return item.model_copy(update={"source": source, "paragraph": number})


def changed(chance: random.Random, word: str) -> Evidence:
    """A true quote, in its paragraph, with one word replaced by another."""
    item = chance.choice(cited())
    words = quotes.words(item.quote)
    at = chance.choice([number for number, old in enumerate(words) if old != word])
    return item.model_copy(update={"quote": " ".join([*words[:at], word, *words[at + 1 :]])})


def test_no_quote_is_confirmed_in_a_paragraph_that_does_not_hold_it():
    chance = random.Random(1)
    assert accepted([moved(chance) for _ in range(MANY)]) == []


def test_no_quote_with_one_word_changed_to_that_of_another_is_confirmed():
    chance, offered = random.Random(2), []
    vocabulary = sorted({word for item in cited() for word in quotes.words(item.quote)})
    while len(offered) < MANY:
        item = changed(chance, chance.choice(vocabulary))
        if not may_stand(item.quote, (item.source, item.paragraph)):
            offered.append(item)
    assert accepted(offered) == []


def test_no_quote_with_an_invented_word_is_confirmed():
    chance = random.Random(4)
    offered = [changed(chance, f"q{chance.getrandbits(40):010x}") for _ in range(MANY)]
    assert accepted(offered) == []


def test_what_may_truly_stand_elsewhere_is_the_exception():
    """Else the tests above would offer too little: a search that finds all leaves nothing to refuse."""
    chance = random.Random(3)
    pairs = [(chance.choice(cited()), chance.choice(list(hashes()))) for _ in range(1000)]
    assert sum(may_stand(item.quote, place) for item, place in pairs) < 20
    assert all(may_stand(item.quote, (item.source, item.paragraph)) for item in cited())

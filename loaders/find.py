"""Find: in which source and paragraph some words stand, as evidence that can be pasted into a record.

Texts of the folder that no source has yet are searched too, under their paths.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders import originals, quotes
from loaders.citations import Text, text_of
from loaders.fingerprints import Fingerprints
from loaders.problems import shown
from loaders.rules_within import QUOTE_WORDS


@dataclass(frozen=True)
class Place:
    """A paragraph that has the words, `times` times; `quote` as printed, or as typed without the text.

    `source` is empty for a text that is not entered yet, of which `path` says where it is. `whole` is true
    when the words are all of a paragraph that is too short for a quote.
    """

    source: str
    paragraph: int
    times: int
    quote: str
    path: str = ""
    whole: bool = False

    def __str__(self) -> str:
        """Ready evidence, or why these words cannot be evidence yet."""
        size = len(quotes.words(self.quote))
        quote = json.dumps(self.quote, ensure_ascii=False)  # YAML writes a quoted text in the same way
        if self.whole or (self.times == 1 and size in QUOTE_WORDS):
            quote += ", whole: true" * self.whole
            place = f"source: {self.source}, paragraph: {self.paragraph}"
            missing = "" if self.source else f"  # {self.path}, which no source has yet"
            return f"{{{place}, quote: {quote}, proves: []}}{missing}"
        where = f"{quote} stands in paragraph {self.paragraph} of {self.source or self.path}"
        if self.times > 1:
            return f"{where} {self.times} times: take one more word, so that it is clear which is meant"
        rule = f"a quote has {QUOTE_WORDS[0]} to {QUOTE_WORDS[-1]} words, these are {size}"
        return f"{where}: {rule}; {'add neighbours' if size < QUOTE_WORDS[0] else 'take fewer'}"


@dataclass(frozen=True)
class Library:
    """The texts that can be searched, by source; and of each source that cannot be, why not.

    A text that is not entered yet stands under its path, which is then in `unentered`.
    """

    texts: Mapping[str, Text]
    printed: Mapping[str, list[str]]  # paragraphs, of those sources whose text is at hand
    missing: Mapping[str, str]
    unentered: frozenset[str] = frozenset()

    def find(self, words: str) -> list[Place]:
        """Every paragraph that has the words next to one another, in the order of the file."""
        result = []
        short = len(quotes.words(words)) < quotes.WINDOW
        for source, text in self.texts.items():
            for number, times in text.places(words).items():
                name, path = ("", source) if source in self.unentered else (source, "")
                whole = short and text.is_all(number, words)
                place = Place(name, number, times, self._as_printed(source, number, words), path, whole)
                result.append(place)
        return result

    def longest_part(self, words: str) -> Place | None:
        """The first place of the longest run of neighbours among the words, not all of them; or None."""
        typed = quotes.words(words)
        for size in range(len(typed) - 1, quotes.WINDOW - 1, -1):
            for at in range(len(typed) - size + 1):
                if places := self.find(" ".join(typed[at : at + size])):
                    return places[0]
        return None

    def unsearched(self, words: str) -> Iterator[str]:
        """One sentence for each source in which these words cannot be looked for, with the reason."""
        yield from (f"{source} was not searched: {why}" for source, why in self.missing.items())
        if len(quotes.words(words)) < quotes.WINDOW:
            for source in (source for source in self.texts if source not in self.printed):
                rule = (
                    f"without its text only {quotes.WINDOW} or more words or a whole paragraph can be found"
                )
                yield f"{source} was not searched: {rule}"

    def _as_printed(self, source: str, paragraph: int, words: str) -> str:
        if source not in self.printed:
            return words
        text = self.printed[source][paragraph - 1]
        spans = originals.spans(text, words)
        return text[spans[0].start : spans[0].stop] if spans else words


def library(tree: Mapping[str, Any], folder: Path | None, known: Fingerprints) -> Library:
    """The texts of the sources in a file, and the other texts of the folder.

    The rest of the file need not be in order.
    """
    texts, printed, missing = {}, {}, {}
    entered = {source["file"] for source in sources(tree)}
    for source in sources(tree):
        identifier, file = source["id"], source["file"]
        if folder and (printed_paragraphs := originals.paragraphs(folder, file)):
            texts[identifier], printed[identifier] = text_of(file, folder, known), printed_paragraphs
        elif file in known:
            texts[identifier] = text_of(file, None, known)
        else:
            where = f" and is not in {folder}" if folder else ""
            missing[identifier] = f"its text {shown(file)} has no fingerprint{where}"
    others = [path for path in sorted(folder.iterdir()) if path.is_file()] if folder else []
    others = [path.name for path in others if path.name not in entered and not path.name.startswith(".")]
    for file in others:
        place = f"{folder}/{file}"  # no id has a slash
        try:
            texts[place], printed[place] = text_of(file, folder, {}), originals.paragraphs(folder, file)
        except ValueError as error:
            missing[place] = str(error)
    return Library(texts, printed, missing, frozenset(name for name in texts if "/" in name))


def sources(tree: Mapping[str, Any]) -> list[dict[str, str]]:
    """The sources of a file that have a name and a text, well-formed or not."""
    section = tree.get("sources")
    items = [item for item in section if isinstance(item, dict)] if isinstance(section, list) else []
    return [
        item
        for item in items
        if isinstance(item.get("id"), str)
        and isinstance(item.get("file"), str)
        and Path(item["file"]).name == item["file"]
    ]

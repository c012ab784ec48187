"""English: lists, counts, large letters, years, names of files."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from loaders.quotes import DOUBLE_MARKS
from query.records import split

SPELLED = "no one two three four five six seven eight nine ten eleven twelve".split()
MOST_NAMES = 3  # more are counted


def capital(text: str) -> str:
    """The text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def joined(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; nothing for none."""
    *before, end = [*words] or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def listed(cell: str, names: Mapping[str, str] | None = None) -> str:
    """A `~` list of the tables in words: `s000~s001` becomes `s000 and s001`, each part by its name."""
    return joined((names or {}).get(part, part) for part in split(cell))


def field_names(cell: str) -> str:
    """A `~` list of fields in words: `expressed_as~role` becomes `expressed as and role`."""
    return listed(cell).replace("_", " ")


def plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def counted(number: int, noun: str) -> str:
    """`1 statement`, `2 statements`."""
    return f"{number} {noun if number == 1 else plural(noun)}"


def spelled(number: int) -> str:
    """A small number in letters: `four`; a larger one as it is."""
    return SPELLED[number] if number < len(SPELLED) else str(number)


def few(names: Sequence[str], many: str) -> str:
    """The names, or how many there are of more than MOST_NAMES: `four categories`."""
    return joined(names) if len(names) <= MOST_NAMES else f"{spelled(len(names))} {many}"


def years(values: Iterable[int]) -> str:
    """`2022`, `2020 and 2022`, `no year`; three and more in a row as one: `2018 and 2020 to 2022`."""
    runs: list[list[int]] = []
    for year in sorted(values):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return joined(chain.from_iterable(parts)) or "no year"


def quotation(text: str) -> str:
    """The text within quotation marks, as it is printed; but where a mark of its own would stand doubled, the
    double marks in it become single, as is usual.
    """
    if not {text[:1], text[-1:]} & set(DOUBLE_MARKS):
        return f"“{text}”"
    closed = re.sub(f"(?<=[^\\s(\\[–—-])[{DOUBLE_MARKS}]", "’", text)
    opened = re.sub(f"[{DOUBLE_MARKS}]", "‘", closed)
    return f"“{opened}”"


def visible(text: str) -> str:
    """The text without control characters and invisible ones, in one line."""
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    clean = (" " if kind[0] in "CZ" else letter for letter, kind in kinds if kind != "Cf")
    return " ".join("".join(clean).split())


def slug(text: str) -> str:
    """The words of a text in small ASCII letters and digits, joined with `-`.

    Letters lose their accents; those of other scripts are left out.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))

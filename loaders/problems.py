"""Problems: what is wrong in the data file, where, in words that a curator can act on."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

LONGEST_SHOWN = 60  # characters of the file that a message repeats in one piece
MOST_PROBLEMS = 1000  # of one file; more say nothing new
MOST_COMPARED = 300  # known words that are compared with a wrong one, to guess which was meant


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one file.

    `line` counts from 1. `record` names the record (`attendance[minsk-2023-arm]`) and `field` what is wrong
    in it (`status`, `evidence[2].quote`: list items count from 1); both are empty for the file as a whole.
    `message` says the rule first, then what stands there, then what was probably meant.
    """

    path: str
    line: int
    record: str
    field: str
    message: str

    @classmethod
    def of_file(cls, path: str, message: str, line: int = 1) -> "Problem":
        """A problem of the whole file."""
        return cls(path, line, "", "", message)

    def __str__(self) -> str:
        place = ".".join(part for part in (self.record, self.field) if part)
        return ": ".join(part for part in (f"{self.path}:{self.line}", place, self.message) if part)


def warning(problem: Problem) -> str:
    """The line for something that is not wrong but looks so, or forgotten."""
    place = ".".join(part for part in (problem.record, problem.field) if part)
    return f"{problem.path}:{problem.line}: warning: {place}: {problem.message}"


class InvalidData(ValueError):
    """The data file is not used, because of `problems` (at least one, in the order of the file)."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def stands(value: Any) -> str:
    """The part of a message that repeats the offending value: `; stands 'absnt'`."""
    if isinstance(value, list | dict):
        return f"; stands a {'list' if isinstance(value, list) else 'map'}"
    return f"; stands {_cut(str(value))!r}"


def shown(name: str) -> str:
    """A name from the file as a message shows it: cut if long, invisible letters as their escapes."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in _cut(name))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def did_you_mean(word: Any, known: Iterable[str]) -> str:
    """The part of a message that offers the closest of the known words, or nothing when none is close."""
    close = get_close_matches(str(word)[:LONGEST_SHOWN], islice(known, MOST_COMPARED), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def counted(number: int, noun: str) -> str:
    """`no problems`, `1 problem`, `3 problems`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"

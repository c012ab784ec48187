"""Small things of English that claims and sentences share."""

from collections.abc import Iterable


def capital(text: str) -> str:
    """The text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def joined(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; nothing for none."""
    *before, end = [*words] or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def counted(number: int, noun: str) -> str:
    """`1 statement`, `2 statements`."""
    return f"{number} {noun if number == 1 else plural(noun)}"


def years(chosen: tuple[int, ...]) -> str:
    """`2022`, `2020 and 2022`; three and more in a row as `2020 to 2024`."""
    run = chosen == tuple(range(chosen[0], chosen[0] + len(chosen)))
    return f"{chosen[0]} to {chosen[-1]}" if run and len(chosen) > 2 else joined(map(str, chosen))

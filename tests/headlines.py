"""Headlines as long as a slide takes, in several scripts, of words that repeat as often as in real prose."""

from random import Random

from exports.briefing import LONGEST_HEADLINE

# script -> the range of its letters, the letters of a word, the words of its vocabulary
SCRIPTS = {
    "Latin": ("az", 8, 800),
    "Cyrillic": ("ая", 8, 800),
    "Armenian": ("աֆ", 8, 800),
    "Georgian": ("აჰ", 8, 800),
    "Arabic": ("بي", 6, 800),
    "Chinese": ("一丫", 2, 500),
    "Gothic": ("𐌰𐍊", 8, 800),
}


def headlines(script: str, number: int = 30) -> tuple[str, ...]:
    """The same ones at each call."""
    (first, last), letters, size = SCRIPTS[script]
    random = Random(1)
    alphabet = [chr(code) for code in range(ord(first), ord(last) + 1)]
    words = ["".join(random.choices(alphabet, k=random.randint(1, letters))) for _ in range(size)]
    weights = [1 / rank for rank in range(1, size + 1)]
    blank = "" if script == "Chinese" else " "
    return tuple(
        blank.join(random.choices(words, weights, k=LONGEST_HEADLINE))[:LONGEST_HEADLINE].strip()
        for _ in range(number)
    )

"""HTML from templates: the words of a page stand in a file, and whatever they are filled with is escaped.

Each file beside this one holds macros, a macro for each piece of HTML that is written at once. What a macro
takes are plain values that were worked out before: a template loops and chooses, and does not reckon.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from loaders import dates
from query.words import field_names, quotation

FOLDER = Path(__file__).parent
FILES = sorted(file.stem for file in FOLDER.glob("*.html"))

_environment = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,  # a value that is not given is an error, and no gap in a sentence
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["in_words"] = field_names  # of a word of the schema
_environment.filters["quotation"] = quotation
_environment.filters["day"] = dates.words  # of a date


def render(name: str, /, **values) -> str:
    """The macro MACRO of FILE.html, named as FILE.MACRO, filled with values.

    Values are escaped; what `render` returned is not escaped again. Raises TypeError for a value that the
    macro does not take, UndefinedError for one that it lacks.
    """
    file, _, macro = name.partition(".")
    return getattr(macros(file), macro)(**values).strip()


@lru_cache(len(FILES))
def macros(file: str):
    """The macros of FILE.html as attributes; compiled once for all."""
    return _environment.get_template(f"{file}.html").module

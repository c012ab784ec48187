"""New source: the entry of a text in the section `sources`, with gaps for what only a reader can tell."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from loaders import fingerprints, quotes
from loaders.fields import FileName, SourceKind
from loaders.find import sources
from loaders.problems import InvalidData, Problem, stands

STUB = """\
  - id: {id}
    file: {file}
    title:      # as printed, cut to 12 words with …; in [brackets] where none is printed
    publisher:  # the site that published it, such as example.org
    # url:      # its address
    kind:       # {kinds}
    language:   # such as en
    # printed_date: ""  # the date on the page, such as "2023-11-28"; not that of an event, never without year
    # caveats:
    #   - What a reader must know before citing it.
    # Cite each paragraph in a record, or take the # and one space off its line and give the reason:
    # skipped:
{skipped}"""


def stub(path: Path, name: str, tree: Mapping[str, Any], known: fingerprints.Fingerprints) -> str:
    """The entry of a text that no source has yet; `name` is how messages call it. Raises InvalidData."""
    count = len(paragraphs(path, name))
    if problem := _refused(path, tree, known):
        raise InvalidData([Problem.of_file(name, problem)])
    lines = (f'    #   - {{paragraph: {number}, reason: ""}}\n' for number in range(1, count + 1))
    kinds = ", ".join(get_args(SourceKind))
    return STUB.format(id=next_id(tree), file=path.name, kinds=kinds, skipped="".join(lines))


def paragraphs(path: Path, name: str) -> list[str]:
    """The paragraphs of a text, paragraph 1 first. Raises InvalidData when there are none."""
    try:
        result = quotes.paragraphs(fingerprints.text_of(path))
    except ValueError as error:
        raise InvalidData([Problem.of_file(name, str(error))]) from None
    if not result:
        raise InvalidData([Problem.of_file(name, "must have a line that is not blank")])
    return result


def next_id(tree: Mapping[str, Any]) -> str:
    """The next id in the row s000, s001, …; one that was retired is not free."""
    retired = tree.get("retired")
    items = [*sources(tree), *(retired if isinstance(retired, list) else [])]
    ids = [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
    numbers = [int(match[1]) for match in (re.fullmatch("s([0-9]{1,6})", one) for one in ids) if match]
    return f"s{max(numbers, default=-1) + 1:03d}"


def _refused(path: Path, tree: Mapping[str, Any], known: fingerprints.Fingerprints) -> str:
    """Why a text cannot become a source, or nothing."""
    try:
        TypeAdapter(FileName).validate_python(path.name)
    except ValidationError:
        rule = "must have a name of letters, digits, '_', '-' and '.'; save it under another one"
        return rule + stands(path.name)
    digest = fingerprints.digest(path)
    for source in sources(tree):
        if source["file"] == path.name:
            return f"must be a new text; {source['id']} has a text of this name already"
        if source["file"] in known and known[source["file"]]["sha256"] == digest:
            return f"must be a new text; {source['id']} has the same one already ({source['file']})"
    return ""

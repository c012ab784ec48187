"""The command line: `python -m loaders COMMAND`; `--help` lists the commands.

Exit code 0: good. 1: problems, on standard output with a count as the last line. 2: wrong usage, or a missing
file or folder.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from loaders import (
    ROOT,
    export,
    fingerprints,
    history,
    new_source,
    prepare,
    quotes,
    renumbering,
    schema,
    watching,
)
from loaders.checks import RULES_OF_PARAGRAPHS, check, check_bytes, content
from loaders.citations import verify
from loaders.doubts import doubts
from loaders.edits import edited
from loaders.fields import Id
from loaders.find import library
from loaders.prepared import beside, is_passed_over
from loaders.problems import InvalidData, Problem, counted, stands, warning
from loaders.reading import read
from loaders.tables import tables
from loaders.unused import unused
from loaders.validation import Records

DEFAULT_FILE = "data/curated.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # on every console
    parser = _parser()
    options = parser.parse_args(arguments)
    if "file" in options:
        options.path = options.file or ROOT / DEFAULT_FILE  # where the file is, and below how it is called
        options.file = options.file or Path(DEFAULT_FILE)
        if not options.path.is_file():
            parser.error(f"there is no file {options.file}")
    try:
        return options.run(options)
    except argparse.ArgumentTypeError as error:
        parser.error(str(error))
    except InvalidData as invalid:
        return _report(invalid.problems, counted(len(invalid.problems), "problem"))
    except OSError as error:
        parser.error(f"cannot write {error.filename}: {error.strerror}")


def _report(problems: Iterable[Problem], last_line: str) -> int:
    """Print problems and the closing line; returns the exit code."""
    lines = [str(problem) for problem in problems]
    print(*lines, last_line, sep="\n")
    return 1 if lines else 0


def _checked(options: argparse.Namespace) -> Records:
    return check(options.path, str(options.file))


def _check(options: argparse.Namespace) -> int:
    if options.write and not options.since:
        raise argparse.ArgumentTypeError("--write keeps what changed, so it needs --since")
    try:
        options.before = history.content(options.since, options.path) if options.since else None
    except LookupError as missing:
        raise argparse.ArgumentTypeError(missing.args[0]) from None
    if not options.watch:
        return _check_once(options)
    print(f"{options.file}: checked at every save; Ctrl-C ends it", flush=True)
    return watching.watch(watching.stamps(options.path), lambda: _check_again(options))


def _check_once(options: argparse.Namespace) -> int:
    data = content(options.path, str(options.file))
    records = check_bytes(data, str(options.file))
    for problem in (*doubts(records), *unused(records)):  # of a file in order: a slip leaves names unused
        print(warning(problem))
    if options.since:
        _compare(options, records, data)
    if is_passed_over(options.path):
        print(
            f"{beside(options.file)}: warning: it was made from other data or by other code, or is damaged, "
            f"so it is passed over and {options.file} itself is read; prepare it again, or take it away"
        )
    return _report([], f"{options.file}: {counted(records.count(), 'record')}, no problems")


def _compare(options: argparse.Namespace, records: Records, data: bytes) -> None:
    """Print a draft of the changelog, and keep what changed if asked to. Raises InvalidData for lost ids."""
    trees = read(options.before, options.since).tree, records.file.tree
    since, now = map(history.version_of, (options.before, data), trees)
    changes = history.changes(trees[0], since, trees[1], now)
    print(f"since version {since.version} ({since.hash}), a draft for CHANGELOG.md:", "", sep="\n")
    print(*history.draft(changes), "", sep="\n")
    if problems := list(history.problems(changes, records.file)):
        raise InvalidData(problems)
    if options.write:
        kept = options.path.with_name(history.FILE_NAME)
        export.replace({kept: history.as_text(changes).encode()})
        print(f"{options.file.with_name(history.FILE_NAME)}: what changed since version {since.version}")


def _check_again(options: argparse.Namespace) -> int:
    print()
    try:
        return _check_once(options)
    except InvalidData as invalid:
        return _report(invalid.problems, counted(len(invalid.problems), "problem"))
    finally:
        sys.stdout.flush()


def _verify(options: argparse.Namespace) -> int:
    """Look up every quote; paragraphs may still be open, for one verifies while coding too."""
    data, name = content(options.path, str(options.file)), str(options.file)
    records = check_bytes(data, name, aside=RULES_OF_PARAGRAPHS)
    result = verify(records, options.originals, _known(options))
    if options.fix_paragraphs and result.elsewhere:
        for location, number in sorted(result.elsewhere.items()):
            print(records.file.problem(location, f"is {number} now, the only paragraph with these words"))
        data = edited(data, {location: str(number) for location, number in result.elsewhere.items()})
        export.replace({options.path: data})
        records = check_bytes(data, name, aside=RULES_OF_PARAGRAPHS)
        result = verify(records, options.originals, _known(options))
    for problem in result.same:
        print(warning(problem))
    texts = [source.file for source in records["sources"]]
    if (
        options.originals
        and result.hashed
        and not any((options.originals / text).is_file() for text in texts)
    ):
        print(f"{options.originals}: has no text of any source; all were looked up by fingerprints")
    return _report(result.problems, str(result))


def _renumber_source(options: argparse.Namespace) -> int:
    data, name = content(options.path, str(options.file)), str(options.file)
    old, new = options.old, options.new
    data, number = renumbering.renumbered(data, read(data, name), old, new)
    export.replace({options.path: data})
    for problem in renumbering.in_words(data, name, old):
        print(problem)
    print(f"addresses such as {old}.1 are {new}.1 now: renumber no source that was published")
    return _report([], f"{name}: {old} is {new} in {counted(number, 'place')}")


def _find(options: argparse.Namespace) -> int:
    """Print where the words stand; the file need not be in order, for one looks for words while writing."""
    texts = library(_tree(options), options.originals, _known(options))
    size = len(quotes.words(options.words))
    if not size:
        raise argparse.ArgumentTypeError("there is no word to find")
    if size < quotes.WINDOW and not texts.printed:
        rule = f"fewer than {quotes.WINDOW} words can only be found in the texts themselves"
        raise argparse.ArgumentTypeError(f"{rule}: give more words, or their folder with --originals DIR")
    places = texts.find(options.words)
    lines = [*map(str, places), *texts.unsearched(options.words)]
    if not places and (part := texts.longest_part(options.words)):
        lines.append(f"these words do not stand next to one another; did you mean a part of them? {part}")
    print(*lines, counted(len(places), "place"), sep="\n")
    return 0 if places else 1


def _new_source(options: argparse.Namespace) -> int:
    """Print an entry on standard output; the text itself goes to the terminal, and into no file with it."""
    name = str(options.text)
    print(new_source.stub(options.text, name, _tree(options), _known(options)), end="", flush=True)
    place = options.text.resolve()
    if place.is_relative_to(ROOT) and not place.is_relative_to(ROOT / "data" / "originals"):
        print(f"{name} lies in the project; texts belong to their publishers: move it out", file=sys.stderr)
    for number, paragraph in enumerate(new_source.paragraphs(options.text, name), 1):
        print(number, paragraph, file=sys.stderr)
    return 0


def _schema(options: argparse.Namespace) -> int:
    print(schema.as_text(), end="")
    return 0


def _tree(options: argparse.Namespace) -> dict[str, Any]:
    """What stands in the file, in order or not."""
    return read(content(options.path, str(options.file)), str(options.file)).tree


def _export(options: argparse.Namespace) -> int:
    frames = tables(_checked(options))
    options.folder.mkdir(exist_ok=True)
    export.write(frames, options.folder)
    return _report([], f"{options.folder}: {counted(len(frames), 'table')}")


def _prepare(options: argparse.Namespace) -> int:
    prepare(options.path, str(options.file))
    return _report([], f"{beside(options.file)}: prepared from {options.file}")


def _fingerprint(options: argparse.Namespace) -> int:
    """Replace the fingerprints of the texts that are in the folder, and keep the others, if not all are
    made anew: then each text must be there.
    """
    records = _checked(options)
    texts = {source.file: options.originals / source.file for source in records["sources"]}
    missing = [
        records.file.problem((*location, "file"), f"must be in {options.originals}{stands(source.file)}")
        for location, source in records.each("sources")
        if not texts[source.file].is_file()
    ]
    if options.anew and missing:
        raise InvalidData(missing)
    renewed = {name: fingerprints.of_file(path) for name, path in texts.items() if path.is_file()}
    if not renewed:
        raise InvalidData(
            [Problem.of_file(str(options.file), "must have a source whose text is in the folder")]
        )
    fingerprints.write(_beside(options.path), renewed if options.anew else _known(options) | renewed)
    return _report([], f"{_beside(options.file)}: {counted(len(renewed), 'document')}")


def _known(options: argparse.Namespace) -> fingerprints.Fingerprints:
    return fingerprints.read(_beside(options.path), str(_beside(options.file)))


def _beside(file: Path) -> Path:
    return file.with_name(fingerprints.FILE_NAME)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return Path(text)


def _text(text: str) -> Path:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return Path(text)


def _id(text: str) -> str:
    try:
        return TypeAdapter(Id).validate_python(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(str(error.errors()[0]["ctx"]["error"])) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m loaders", description="Check, verify and export the dataset.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable, name: str, says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=says, description=says)
        added.set_defaults(run=run)
        return added

    checking = command(_check, "check", "check form and rules, and print every problem")
    verifying = command(
        _verify, "verify", "check, then look up every quote in the texts or their fingerprints"
    )
    exporting = command(_export, "export", "check, then write one CSV file for each table")
    finding = command(_find, "find", "print where some words stand, as evidence to paste into a record")
    entering = command(
        _new_source, "new-source", "print the entry of a new text; its numbered paragraphs go to the terminal"
    )
    command(_schema, "schema", f"print the schema for editors, which is kept in data/{schema.FILE_NAME}")
    fingerprinting = command(_fingerprint, "fingerprint", "check, then renew the fingerprints of the texts")
    preparing = command(
        _prepare, "prepare", "check, then keep what is served, so that a large file is soon read"
    )
    renumbering_ = command(
        _renumber_source, "renumber-source", "give a source that is not published yet another id, everywhere"
    )
    renumbering_.add_argument("old", type=_id, metavar="OLD", help="its id")
    renumbering_.add_argument("new", type=_id, metavar="NEW", help="the id that it is to have")
    checking.add_argument(
        "--since", metavar="FILE_OR_REVISION", help="the version before: say what changed, and what was lost"
    )
    checking.add_argument(
        "--write", action="store_true", help=f"with --since: keep what changed in {history.FILE_NAME}"
    )
    verifying.add_argument(
        "--fix-paragraphs",
        action="store_true",
        help="correct the number of a paragraph where the quote stands in exactly one other",
    )
    fingerprinting.add_argument(
        "--anew", action="store_true", help="make all of them from the texts, whatever the file holds"
    )
    checking.add_argument("--watch", action="store_true", help="check again at every save, until Ctrl-C")
    for added in (verifying, finding):
        added.add_argument("--originals", type=_folder, metavar="DIR", help="folder with the source texts")
    finding.add_argument("words", metavar="WORDS", help="neighbouring words, in quotation marks")
    entering.add_argument("text", type=_text, metavar="TEXT", help="file with the text, in UTF-8")
    fingerprinting.add_argument(
        "--originals", type=_folder, metavar="DIR", required=True, help="as for verify"
    )
    exporting.add_argument(
        "folder", type=Path, metavar="DIR", help="folder to write to, made when it is missing"
    )
    for added in (checking, verifying, exporting, finding, entering, fingerprinting, preparing, renumbering_):
        added.add_argument("file", nargs="?", type=Path, metavar="FILE", help=f"{DEFAULT_FILE} unless given")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""The command line: `python -m loaders check | verify | export | fingerprint`.

Exit code 0: good. 1: problems, on standard output with a count as the last line. 2: wrong usage, or a missing
file or folder.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from loaders import ROOT, export, fingerprints
from loaders.checks import check
from loaders.citations import verify
from loaders.problems import InvalidData, Problem, counted
from loaders.tables import tables
from loaders.validation import Records

DEFAULT_FILE = "data/curated.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    parser = _parser()
    options = parser.parse_args(arguments)
    options.path = options.file or ROOT / DEFAULT_FILE  # where the file is, and below how it is called
    options.file = options.file or Path(DEFAULT_FILE)
    if not options.path.is_file():
        parser.error(f"there is no file {options.file}")
    try:
        return options.run(options, check(options.path, str(options.file)))
    except InvalidData as invalid:
        return _report(invalid.problems, counted(len(invalid.problems), "problem"))
    except OSError as error:
        parser.error(f"cannot write {error.filename}: {error.strerror}")


def _report(problems: Iterable[Problem], last_line: str) -> int:
    """Print problems and the closing line; returns the exit code."""
    lines = [str(problem) for problem in problems]
    print(*lines, last_line, sep="\n")
    return 1 if lines else 0


def _check(options: argparse.Namespace, records: Records) -> int:
    return _report([], f"{options.file}: {counted(records.count(), 'record')}, no problems")


def _verify(options: argparse.Namespace, records: Records) -> int:
    result = verify(records, options.originals, _known(options))
    return _report(result.problems, f"verified {result.verified} of {result.total}")


def _export(options: argparse.Namespace, records: Records) -> int:
    found = tables(records)
    options.folder.mkdir(exist_ok=True)
    export.write(found, options.folder)
    return _report([], f"{options.folder}: {counted(len(found), 'table')}")


def _fingerprint(options: argparse.Namespace, records: Records) -> int:
    """Replace the fingerprints of the texts that are in the folder, and keep the others."""
    texts = {source.file: options.originals / source.file for source in records["sources"]}
    made = {name: fingerprints.of_file(path) for name, path in texts.items() if path.is_file()}
    if not made:
        raise InvalidData(
            [Problem.of_file(str(options.file), "must have a source whose text is in the folder")]
        )
    fingerprints.write(_beside(options.path), _known(options) | made)
    return _report([], f"{_beside(options.file)}: {counted(len(made), 'document')}")


def _known(options: argparse.Namespace) -> fingerprints.Fingerprints:
    return fingerprints.read(_beside(options.path), str(_beside(options.file)))


def _beside(file: Path) -> Path:
    return file.with_name(fingerprints.FILE_NAME)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return Path(text)


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
    fingerprinting = command(_fingerprint, "fingerprint", "check, then renew the fingerprints of the texts")
    verifying.add_argument("--originals", type=_folder, metavar="DIR", help="folder with the source texts")
    fingerprinting.add_argument(
        "--originals", type=_folder, metavar="DIR", required=True, help="as for verify"
    )
    exporting.add_argument(
        "folder", type=Path, metavar="DIR", help="folder to write to, made when it is missing"
    )
    for added in (checking, verifying, exporting, fingerprinting):
        added.add_argument("file", nargs="?", type=Path, metavar="FILE", help=f"{DEFAULT_FILE} unless given")
    return parser


if __name__ == "__main__":
    sys.exit(main())

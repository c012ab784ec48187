"""The command line: `python -m exports FORM OUT [--view QUERY …] [--base-url URL] [FILE]`.

FORM is deck, word, brief or bundle. A QUERY is a chart with its filters, such as `threats?years=2022`;
without one it is the standard briefing.
`python -m exports release DIR [FILE]` writes the data themselves, as other tools load them.
Exit code 0: written. 1: refused, or problems of the data file, on standard output. 2: wrong usage, or a
missing file or folder.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import query
from exports.brief import brief
from exports.briefing import Item, Refused, read_item, standard
from exports.bundle import bundle
from exports.deck import deck
from exports.release import CHECKSUMS, DATABASE, release
from exports.word import word
from loaders import ROOT, Dataset, InvalidData, export, load

DEFAULT_FILE = "data/curated.yaml"
FORMATS: dict[str, tuple[Callable, str]] = {
    "deck": (deck, "write the briefing as slides (PPTX) that can be edited"),
    "word": (word, "write the briefing as a Word document (DOCX), each quote with a note"),
    "brief": (brief, "write the briefing as one HTML page that needs no network"),
    "bundle": (bundle, "write rows, pictures and a README as a ZIP"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # on every console
    parser = _parser()
    options = parser.parse_args(arguments)
    path = options.file or ROOT / DEFAULT_FILE
    if not path.is_file():
        parser.error(f"there is no file {options.file or DEFAULT_FILE}")
    try:
        dataset = load(path, str(options.file or DEFAULT_FILE))
        dataset = replace(dataset, tables=query.Selection(dataset.tables, key=dataset.hash))
        if options.format == "release":
            return _release(parser, dataset, options.out)
        items = [_item(parser, text, dataset.tables) for text in options.view] or standard(dataset.tables)
        made = FORMATS[options.format][0](dataset, items, options.base_url)
    except InvalidData as invalid:
        print(*invalid.problems, f"{len(invalid.problems)} problems", sep="\n")
        return 1
    except Refused as refused:
        print(f"refused: {refused}")
        return 1
    try:
        export.replace({options.out: made})
    except OSError as error:
        parser.error(f"cannot write {options.out}: {error.strerror}")
    print(f"{options.out}: {len(items)} {'view' if len(items) == 1 else 'views'}, {len(made)} bytes")
    return 0


def _stale(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """The files of an earlier release that this one has no more: those that its list of checksums names, and
    that are as it says. None where there is no such list; only names inside the folder.
    """
    checksums = folder / CHECKSUMS
    lines = checksums.read_text("utf-8", "replace").splitlines() if checksums.is_file() else []
    listed = {Path(name): digest for digest, _, name in (line.partition("  ") for line in lines)}
    paths = listed.keys() - set(map(Path, files)) if Path(DATABASE) in listed else ()
    inside = [path for path in paths if not path.is_absolute() and ".." not in path.parts]
    there = [path for path in inside if (folder / path).is_file()]
    return [folder / one for one in there if sha256((folder / one).read_bytes()).hexdigest() == listed[one]]


def _release(parser: argparse.ArgumentParser, dataset: Dataset, folder: Path) -> int:
    """Write the files of a release to a folder, which is made when it is missing. Files of an earlier
    release, as its list of checksums names them, go if this one has no such.
    """
    files = release(dataset)
    try:
        stale = _stale(folder, files)
        for name in files:
            (folder / name).parent.mkdir(exist_ok=True)
        export.replace({folder / name: content for name, content in files.items()})
        for path in stale:
            path.unlink(missing_ok=True)
    except OSError as error:
        parser.error(f"cannot write {error.filename}: {error.strerror}")
    print(f"{folder}: version {dataset.version}, {len(files)} files, {sum(map(len, files.values()))} bytes")
    return 0


def _item(parser: argparse.ArgumentParser, text: str, tables) -> Item:
    """The entry of the briefing; what a page would leave out with a notice is wrong usage here."""
    item, notices = read_item(text, tables)
    if item is None or notices:
        parser.error(f"--view {text}: {' '.join(notices)}")
    return item


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m exports", description="Write a briefing or the data.")
    commands = parser.add_subparsers(required=True, metavar="FORMAT", dest="format")
    for name, (_, says) in FORMATS.items():
        added = commands.add_parser(name, help=says, description=says)
        added.add_argument("out", type=Path, metavar="OUT", help="the file to write")
        added.add_argument(
            "--view",
            action="append",
            default=[],
            metavar="QUERY",
            help=f"a chart with its filters, as in threats?years=2022; charts: {', '.join(query.CHARTS)}",
        )
        added.add_argument(
            "--base-url", default="", metavar="URL", help="where the dashboard is served, for links back"
        )
    says = "write the dataset as a data package, as Parquet and as SQLite"
    added = commands.add_parser("release", help=says, description=says)
    added.add_argument(
        "out", type=Path, metavar="DIR", help="the folder to write to, made when it is missing"
    )
    for added in commands.choices.values():
        added.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help=f"the dataset, {DEFAULT_FILE} unless given"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())

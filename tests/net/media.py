"""Every medium as pieces: what a reader sees or hears at one place, and what stands over and beside it.

`rendered` reads a document in a browser, `slides_of` a PPTX as python-pptx gives it, `files_of` a ZIP. A
number alone in a picture gets the words left of it in its line as `row`, those above it as `column`.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page
from pptx import Presentation

READING = Path(__file__).with_name("reading.js").read_text(encoding="utf-8")
YEAR_HEAD = re.compile(r"\s*(\d{4})(?!\d)")
COLUMN_HEAD = re.compile(r"(\d{4})(?:\s+(?:\d+|–|none|left out))?")  # a year, and its count
ON_END = 3  # times as high as wide: words that stand on end are in no line
BARE = re.compile(
    r"\s*(?:\d+(?:,\s+\d+\s+[a-z]+)*|–|-|none|none reported|announced|left out|no report)\s*"
)  # a number, or what stands in place of one


@dataclass(frozen=True)
class Piece:
    """One text at one place. `kind`: text, alt, title, figure, hover, cell, input, series, notes;
    `item` is the number of the slide or card that it belongs to, -1 for what frames them all."""

    place: str
    text: str
    kind: str = "text"
    row: str = ""
    column: str = ""
    record: str = ""
    whole: str = ""  # the line of a table that a cell stands in
    item: int = -1
    box: tuple[float, ...] = ()
    group: int = -1

    def __str__(self) -> str:
        heads = (("row", self.row), ("column", self.column))
        beside = "".join(f" [{name}: {words!r}]" for name, words in heads if words)
        return f"{self.place} ({self.kind}){beside}: {self.text[:300]!r}"


# ---- what a browser shows ----


def rendered(page: Page, charts: Iterable[str], *, opened: bool = False) -> list[Piece]:
    """The pieces of the document in a tab. `charts` name its cards or slides, in order."""
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    pieces = [
        Piece(
            raw["path"] or raw["style"] or raw["tag"],
            raw["text"],
            raw["kind"],
            raw["row"],
            raw["column"],
            raw["record"],
            raw.get("whole", ""),
            box=tuple(raw["box"]),
            group=raw["group"],
            item=_item(raw["path"], list(charts)),
        )
        for raw in json.loads(page.evaluate(READING))
    ]
    return _once(_placed(pieces))


def _item(path: str, charts: list[str]) -> int:
    """Which card, view or slide a path lies in."""
    if found := re.search(r"\bview-(\d+)|(?:^|/|_)slide_(\d+)|\bpicture-(\d+)", path):
        one, other, third = found.groups()
        return int(one) - 1 if one else int(other) if other else int(third) - 1
    if found := re.search(r"card_([a-z]+)", path):
        return charts.index(found[1]) if found[1] in charts else -1
    return 0 if re.search(r"\bpresented\b", path) else -1


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without repetitions: marks are drawn in several traces, each with the same words."""
    return list({(p.place, p.kind, p.text, p.row, p.column, p.record, p.item): p for p in pieces}.values())


def _placed(pieces: list[Piece]) -> list[Piece]:
    """Each lone number or word of a picture with the words in its line and those above it."""
    groups: dict[tuple, list[Piece]] = {}
    for piece in pieces:
        if piece.kind == "figure":
            groups.setdefault((piece.group, piece.place), []).append(piece)
    return [
        replace(
            piece,
            row=_beside(piece, groups[piece.group, piece.place]),
            column=_above(piece, groups[piece.group, piece.place]),
        )
        if piece.kind == "figure" and not YEAR_HEAD.match(piece.text)
        else piece
        for piece in pieces
    ]


def _beside(piece: Piece, others: list[Piece]) -> str:
    """The first words in the line of a text; of a number among squares, the name of the row it stands in."""
    left, top, _, bottom = piece.box
    middle = (top + bottom) / 2
    before = [
        other
        for other in others
        if other is not piece
        and not BARE.fullmatch(other.text)
        and other.box[2] <= left + 4
        and other.box[3] - other.box[1] < ON_END * (other.box[2] - other.box[0])
    ]
    line = [other for other in before if other.box[1] - 2 <= middle <= other.box[3] + 2]
    if not line and piece.text.isdigit():
        first = min((other.box[0] for other in others if COLUMN_HEAD.fullmatch(other.text)), default=0)
        names = [other for other in before if other.box[1] < middle and other.box[2] <= first]
        line = [max(names, key=lambda other: other.box[1])] if names else []
    return min(line, key=lambda other: other.box[0]).text.replace("\n", " ") if line else ""


def _above(piece: Piece, others: list[Piece]) -> str:
    """The nearest words over a text, below the key, and the year of its column; none for a total of a row."""
    left, top, right, _ = piece.box
    centre = (left + right) / 2
    heads = sorted(
        (other.box[0], found[1], other.box[1])
        for other in others
        if (found := COLUMN_HEAD.fullmatch(other.text)) and other.box[3] <= top + 3
    )
    roof = min((y for _, _, y in heads), default=0)
    over = [
        other
        for other in others
        if not BARE.fullmatch(other.text)
        and roof - 2 <= other.box[1]
        and other.box[3] <= top + 3
        and other.box[0] - 8 <= centre <= other.box[2] + 8
    ]
    nearest = max(over, key=lambda other: other.box[3]).text.replace("\n", " ") if over else ""
    years = [year for start, year, _ in heads if start <= centre + 1]
    edge = max(other.box[2] for other in others)
    total = not nearest and re.fullmatch(r"\d+", piece.text) and right >= edge - 2
    return f"{nearest} · {years[-1]}" if years and years[-1] not in nearest and not total else nearest


# ---- files ----


def slides_of(content: bytes, items: int) -> list[Piece]:
    """The pieces of a PPTX: a cover, a slide for each item, and one on what is not known."""
    pieces: list[Piece] = []
    deck = Presentation(BytesIO(content))
    for number, slide in enumerate(deck.slides):
        item = number - 1 if number <= items else -1
        place = f"slide {number + 1}"
        pieces += [
            replace(piece, place=f"{place}/{piece.place}", item=item) for piece in _shapes(slide.shapes)
        ]
        pieces += [
            Piece(f"{place}/notes", line.strip(), "notes", item=item)
            for line in _notes(slide).split("\n")
            if line.strip()
        ]
    return _once(pieces)


def _notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def _shapes(shapes) -> Iterator[Piece]:
    """The pieces of shapes. A table with a line for each category of the chart before it has their names."""
    names: list[str] = []
    for shape in shapes:
        for words in shape._element.xpath("./*/p:cNvPr/@descr"):
            yield Piece(shape.name, words, "alt")
        if shape.shape_type == 6:  # a group
            yield from _shapes(shape.shapes)
        elif shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                if text := "".join(run.text for run in paragraph.runs).strip():
                    yield Piece(shape.name, text)
        if getattr(shape, "has_table", False):
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            yield from _cells(shape.name, rows, names if len(names) == len(rows) - 1 else None)
        if getattr(shape, "has_chart", False):
            names = [str(name) for name in shape.chart.plots[0].categories]
            yield from _series(shape.name, shape.chart)


def _cells(place: str, rows: list[list[str]], names: list[str] | None = None) -> Iterator[Piece]:
    """Cells with their heads: a merged head goes on over the empty cells right of it."""
    heads: list[str] = []
    for cell in rows[0]:
        heads.append(cell or (heads[-1] if heads else ""))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            head = heads[column] if number else ""
            if cell.strip():
                name = names[number - 1] if names else row[0]
                line = " | ".join([name, *row] if names else row)
                yield Piece(place, cell.strip(), "cell", name if number else "", head, whole=line)


def _series(place: str, chart) -> Iterator[Piece]:
    for plot in chart.plots:
        names = [str(name) for name in plot.categories]
        for series in plot.series:
            for name, value in zip(names, series.values, strict=False):
                text = "" if value is None else f"{value:g}"
                yield Piece(place, text, "series", row=name, column=series.name)


def files_of(content: bytes) -> dict[str, str]:
    """name -> text of each file of a ZIP that is text."""
    with ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".png")]
        return {name: archive.read(name).decode("utf-8-sig") for name in names}


def lines_of(text: str) -> list[Mapping[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(StringIO(text)))


def table_of(place: str, text: str, item: int) -> list[Piece]:
    """The cells of a CSV as pieces; the first column names the record."""
    pieces = []
    for line in lines_of(text):
        record = next(iter(line.values()))
        whole = " | ".join(line.values())
        pieces += [
            Piece(place, cell, "cell", record, head, record, whole, item=item)
            for head, cell in line.items()
            if cell
        ]
    return pieces

"""What readers see of the frozen data, as files: to be judged by eye before and after a change of the code.

    python -m tests.approved write FOLDER      # words, marks and pictures of every chart, slides and pages
    python -m tests.approved compare OLD NEW   # NEW/index.html: what differs, side by side; exit code 1

The folder has, for each view of `tests.net.views` and each of its charts, `VIEW/CHART/` with words.txt
(headline, subtitle, sentence, alt, marks and table), and card.svg, phone.svg and slide.svg;
`VIEW/slides.txt`, the words and places of its slides; and `pages/PAGE-SELECTED.txt`, the words of a page.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from difflib import HtmlDiff
from html import escape, unescape
from io import BytesIO
from pathlib import Path

from pptx import Presentation

import query
from charts.layout import PHONE, WIDE
from exports import Item, slides, svg
from exports.briefing import Refused, Slide
from exports.deck import deck
from exports.picture import picture_svg
from tests.frozen import FROZEN, served
from tests.net.views import Case, cases

SIZES = {"card": WIDE, "phone": PHONE}
BLOCKS = r"h\d|p|li|dt|dd|tr|div|section|blockquote|summary|article|dl|ul|ol|details"
STYLE = (
    "td{vertical-align:top}img{width:48vw}"
    ".diff_add{background:#cfc}.diff_sub{background:#fcc}.diff_chg{background:#ffc}"
)
MOST_SIDE_BY_SIDE = 60  # differing files that index.html shows
SELECTED = {
    "overview": ("", "terrorism_extremism.2023"),
    "chairmanship": ("", "chair-kaz-2024"),
    "attendance": ("", "minsk-2023-arm", "moscow-2022.SG"),
    "documents": ("", "collective-security-treaty"),
    "threats": ("", "lukashenko-2023-arms-race", "arms_race.2023"),
    "sources": ("", "s001.41", "s001.1"),
    "briefing": ("",),
}


def words(slide: Slide) -> str:
    """Everything a chart says: its lines, its marks in order, and the table beside it."""
    marks = [f"{item.address} | {item.label!r}" for item in slide.chart.grid.items]
    missing = [f"{row.address} | {row.reason}" for row in slide.left_out]
    lines = [slide.headline, slide.subtitle, slide.sentence, slide.alt]
    table = slide.twin.to_csv(index=False)
    return "\n\n".join(["\n".join(lines), "\n".join(marks), "\n".join(missing), table])


def picture(slide: Slide, layout: str) -> str:
    """The chart as an SVG of a card or a phone."""
    size = SIZES[layout]
    scene = slide.own_chart.scene(size)
    return svg.document(scene, size.width, title=slide.headline, description=slide.alt)


def slide_words(content: bytes) -> str:
    """The words of each slide, shape by shape, with its place in hundredths of an inch."""
    lines = []
    for number, page in enumerate(Presentation(BytesIO(content)).slides, 1):
        lines.append(f"== {number}")
        for shape in page.shapes:
            place = "{} {} {} {}".format(
                *((side or 0) // 9144 for side in (shape.left, shape.top, shape.width, shape.height))
            )
            lines.append(f"-- {shape.name} ({place})")
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            if shape.has_table:
                lines += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
            if shape.has_chart:
                for plot in shape.chart.plots:
                    lines.append(f"categories {list(plot.categories)}")
                    lines += [f"{series.name} {list(series.values)}" for series in plot.series]
        lines += ["-- notes", page.notes_slide.notes_text_frame.text if page.has_notes_slide else ""]
    return "\n".join(lines)


def page_words(name: str, selected: str) -> str:
    """The words, links and headings of a page without a browser, a block to a line."""
    from tests.pages.conftest import markup, open_page

    app = open_page(name, **({"sel": selected} if selected else {}))
    text = re.sub(r"<style>.*?</style>", "", markup(app), flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>', r"[\1] ", text)
    text = re.sub(rf"<({BLOCKS})\b[^>]*>", r"\n<\1> ", text)
    text = re.sub(rf"<(?!({BLOCKS})>)[^>]*>", "", text)
    lines = (" ".join(unescape(line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def entries(case: Case, dataset) -> list[Item]:
    """The views of a case as entries of a briefing."""
    found = []
    for item in case.items:
        values = {name: "~".join(map(str, parts)) for name, parts in item.params.items()}
        found.append(Item(item.chart, query.parse(values, dataset.tables)[0]))
    return found


def files() -> Iterator[tuple[str, str]]:
    """Path and content of every file."""
    os.environ["CSTO_DATA"] = str(FROZEN)
    dataset = served()
    for case in cases(dataset.tables).values():
        folder = case.name.replace(" ", "-")
        shown = []
        for number, item in enumerate(entries(case, dataset)):
            try:
                (slide,) = slides(dataset, [item])
            except Refused as refused:
                yield f"{folder}/{item.topic}-{number}.txt", str(refused)
                continue
            shown.append(item)
            place = f"{folder}/{item.topic}" + (f"-{number}" if case.tray else "")
            yield f"{place}/words.txt", words(slide)
            for layout in SIZES:
                yield f"{place}/{layout}.svg", picture(slide, layout)
            yield f"{place}/slide.svg", re.sub(r"<style>.*?</style>", "", picture_svg(slide))
        if shown:
            yield f"{folder}/slides.txt", slide_words(deck(dataset, shown))
    for name in query.PAGES:
        for selected in SELECTED.get(name, ("",)):
            yield f"pages/{name}-{selected or 'nothing'}.txt", page_words(name, selected)


def write(folder: Path) -> int:
    for name, content in files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


def compare(old: Path, new: Path) -> int:
    """Prints the names of the files that differ, and writes NEW/index.html with both sides of each."""
    paths = (path.relative_to(folder) for folder in (old, new) for path in folder.rglob("*.*"))
    names = sorted({path.as_posix() for path in paths if path.suffix in (".txt", ".svg")})
    differing = [name for name in names if _read(old / name) != _read(new / name)]
    parts = []
    for name in differing[:MOST_SIDE_BY_SIDE]:
        pair = [folder / name for folder in (old, new)]
        if name.endswith(".svg"):
            cells = "".join(f"<td><img src='{path.resolve().as_uri()}'></td>" for path in pair)
            table = f"<table><tr>{cells}</tr></table>"
        else:
            lines = [_read(path).splitlines() for path in pair]
            table = HtmlDiff(wrapcolumn=90).make_table(*lines, context=True, numlines=1)
        parts.append(f"<h2>{escape(name)}</h2>{table}")
    page = f"<meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"
    (new / "index.html").write_text(page, encoding="utf-8")
    print(*differing, f"{len(differing)} of {len(names)} files differ", sep="\n")
    return int(bool(differing))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write").add_argument("folder", type=Path)
    both = commands.add_parser("compare")
    both.add_argument("old", type=Path)
    both.add_argument("new", type=Path)
    options = parser.parse_args()
    return write(options.folder) if options.command == "write" else compare(options.old, options.new)


if __name__ == "__main__":
    sys.exit(main())

"""A briefing as a ZIP: for each chart the rows that it shows and its pictures, and a README about them."""

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap
from zipfile import ZipFile

import pandas as pd

from exports import gaps
from exports.archive import add
from exports.briefing import INDEPENDENT, Item, Slide, all_sources, link, link_remark, slides
from exports.deck import rested_on
from exports.picture import WIDE, document_png, picture_png, picture_svg, why_no_png
from loaders import Dataset, export
from query import CODED_BY

LINE = 100  # letters to a line of the README


def bundle(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The ZIP; the same views and data give the same bytes. Raises Refused."""
    made = slides(dataset, items)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        add(archive, "README.txt", _readme(dataset, items, made, base_url).encode())
        for number, slide in enumerate(made, 1):
            for name, content in _files(slide, number):
                add(archive, name, content)
        add(archive, "evidence.csv", export.spreadsheet(_evidence(made, dataset)))
        add(archive, "sources.csv", export.spreadsheet(_kept(made, dataset)))
        add(archive, "gaps.csv", export.spreadsheet(_gaps(dataset, items)))
    return buffer.getvalue()


def _folder(slide: Slide, number: int) -> str:
    return f"{number:02d}-{slide.item.topic}"


def _files(slide: Slide, number: int) -> list[tuple[str, bytes]]:
    """The rows by table with the columns of the data release, the table beside the chart, and the chart as
    it goes onto a screen and into a document.
    """
    folder = _folder(slide, number)
    files = [(f"{folder}/{name}.csv", export.spreadsheet(rows)) for name, rows in slide.rows.items()]
    files.append((f"{folder}/as-shown.csv", export.spreadsheet(slide.twin)))
    files.append((f"{folder}/chart.svg", picture_svg(slide).encode()))
    if not why_no_png(slide):
        files.append((f"{folder}/chart.png", picture_png(slide)))
        files.append((f"{folder}/chart-document.png", document_png(slide)))
    return files


def _kept(made: Sequence[Slide], dataset: Dataset) -> pd.DataFrame:
    """The sources that at least one view does not set aside, in file order."""
    rows = dataset.tables["sources"]
    ids = {source for slide in made for source in slide.tables["sources"]["id"]}
    return rows[rows["id"].isin(ids)].reset_index(drop=True)


def _evidence(made: Sequence[Slide], dataset: Dataset) -> pd.DataFrame:
    """The evidence of the records that a view shows, from the sources that this view does not set aside."""
    rows = dataset.tables["evidence"]
    kept = pd.Series(False, index=rows.index)
    for slide in made:
        records = {record.id for record in slide.records}
        kept |= rows["record"].isin(records) & rows["source"].isin(slide.tables["sources"]["id"])
    return rows[kept].reset_index(drop=True)


def _gaps(dataset: Dataset, items: Sequence[Item]) -> pd.DataFrame:
    """What is not known of what the views rest on, a line each."""
    return pd.DataFrame(gaps.gaps(rested_on(dataset, items)), columns=gaps.Gap._fields)


def _readme(dataset: Dataset, items: Sequence[Item], made: Sequence[Slide], base_url: str) -> str:
    lines = [
        dataset.title,
        f"Version {dataset.version} of {dataset.date}, data {dataset.hash}",
        "",
        "What is in here",
        "---------------",
    ]
    for number, slide in enumerate(made, 1):
        folder = _folder(slide, number)
        lines += [
            "",
            f"{folder}/",
            f"  {slide.headline}",
            f"  {slide.subtitle}",
            f"  Filters and numbers: {slide.sentence}",
            "  Sources that report events held in each year: "
            + "; ".join(f"{year} {names}" for year, names in slide.coverage),
            f"  View: {link(dataset, [slide.item], base_url)}",
        ]
        lines += [f"  {folder}/{name}.csv: {len(rows)} rows" for name, rows in slide.rows.items()]
        lines += [
            f"  {folder}/as-shown.csv: the table that stands beside the chart, names and dates in words",
            f"  {folder}/chart.svg: the chart with its source line",
            *(
                [f"  {why}"]
                if (why := why_no_png(slide))
                else [
                    f"  {folder}/chart.png: the same as pixels",
                    f"  {folder}/chart-document.png: the same for a document, {WIDE} cm wide",
                ]
            ),
        ]
        if len(slide.left_out):
            lines.append(f"  Not on the chart: {len(slide.left_out)} of these; as-shown.csv says why.")
    lines += [
        "",
        "evidence.csv: the quoted words of every record above, with source and paragraph",
        "sources.csv: the sources, with their addresses",
        "gaps.csv: what we do not know, by kind, and how many gaps each line holds",
        "",
        "CSV is UTF-8, marked as such for spreadsheets, and separated by commas; lists are joined with ~;",
        "an empty cell: not stated. Text that a spreadsheet would run as a formula begins with an apostrophe",
        "that does not belong to it.",
        "",
        "Who coded it",
        "------------",
        *wrap(CODED_BY, LINE),
        "",
        "How to cite",
        "-----------",
        f"{dataset.title}, version {dataset.version}, data {dataset.hash}. {link(dataset, items, base_url)}",
        *wrap(link_remark(dataset, items, base_url), LINE),
        "",
        f"Records: {dataset.licence}. Quotations belong to their sources:",
    ]
    for source in all_sources({"sources": _kept(made, dataset)}):
        lines.append(
            f"  {source.id} {source.publisher}: {source.title}, {source.printed}. {source.url}".rstrip()
        )
    lines += ["", INDEPENDENT, ""]
    return "\n".join(lines)

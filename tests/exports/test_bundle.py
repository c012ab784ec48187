import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from exports import gaps
from exports.bundle import bundle
from loaders import export
from query import CODED_BY
from tests.exports.conftest import BASE, FILTERED, unpacked


def rows(text: str) -> list[dict]:
    return list(csv.DictReader(StringIO(text)))


@pytest.fixture(scope="module")
def archive(dataset, items) -> dict[str, bytes]:
    return unpacked(bundle(dataset, items, BASE))


@pytest.fixture(scope="module")
def files(archive) -> dict[str, str]:
    """Those that are text."""
    return {name: content.decode("utf-8-sig") for name, content in archive.items() if name[-4:] != ".png"}


def test_every_chart_has_its_rows_its_table_and_its_picture(files, made):
    for number, slide in enumerate(made, 1):
        folder = f"{number:02d}-{slide.item.topic}"
        for name, table in slide.rows.items():
            text = files[f"{folder}/{name}.csv"]
            assert text == export.spreadsheet(table).decode("utf-8-sig"), "the one writer of the project"
            assert len(rows(text)) == len(table)
        assert len(rows(files[f"{folder}/as-shown.csv"])) == len(slide.twin)
        ElementTree.fromstring(files[f"{folder}/chart.svg"])


def test_every_chart_is_there_as_pixels_for_a_screen_and_for_a_document(archive, made):
    for number, slide in enumerate(made, 1):
        folder = f"{number:02d}-{slide.item.topic}"
        screen, paper = (
            Image.open(BytesIO(archive[f"{folder}/chart{end}.png"])) for end in ("", "-document")
        )
        tall = float(ElementTree.fromstring(archive[f"{folder}/chart.svg"]).get("height"))
        assert screen.height == pytest.approx(2 * tall, abs=2)
        assert paper.width / paper.info["dpi"][0] * 2.54 == pytest.approx(16, abs=0.01)


def test_every_gap_is_a_line(files, dataset):
    lines = [(row["kind"], row["what"], int(row["number"])) for row in rows(files["gaps.csv"])]
    assert lines == [tuple(gap) for gap in gaps.gaps(dataset.tables)]
    assert len(lines) > 20


def test_the_evidence_of_every_row_is_in_the_bundle(files, made):
    cited = {row["record"] for row in rows(files["evidence.csv"])}
    for slide in made:
        if slide.item.topic != "sources":
            assert {record.id for record in slide.records if "." not in record.id} <= cited


def test_the_evidence_of_one_view_is_that_of_its_records(dataset, made):
    text = unpacked(bundle(dataset, (FILTERED,)))["evidence.csv"].decode("utf-8-sig")
    assert {row["record"] for row in rows(text)} == {record.id for record in made[-1].records}


def test_the_readme_says_filters_in_words_version_and_how_to_cite(archive, files, made, dataset):
    text = files["README.txt"]
    for slide in made:
        assert slide.sentence in text
        assert slide.headline in text
    for name in archive:
        assert name == "README.txt" or name.rpartition("/")[2] in text
    assert f"{dataset.title}, version {dataset.version}, data {dataset.hash}. {BASE}/briefing?tray=" in text
    assert CODED_BY in " ".join(text.split())
    left_out = [f"{len(slide.left_out)} of these" for slide in made if len(slide.left_out)]
    assert re.findall("Not on the chart: (.+?);", text) == left_out != []

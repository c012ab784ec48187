import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from charts import theme
from exports import Item, slides
from exports.picture import WIDTH, picture_png, picture_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def picture(made) -> str:
    return picture_svg(made[4])


def test_a_picture_says_headline_filters_source_and_date(picture, made, dataset):
    words = " ".join("".join(ElementTree.fromstring(picture).itertext()).split())
    slide = made[4]
    for expected in (
        slide.headline,
        slide.subtitle,
        slide.sentence,
        dataset.date,
        dataset.hash,
        dataset.version,
    ):
        assert expected in words
    for source in slide.sources:
        assert source.publisher in words
    assert "Source: our reading of" in words


def test_a_picture_needs_nothing_from_outside(picture):
    assert "<script" not in picture
    assert all(found.startswith(("data:font/woff", "#")) for found in re.findall(r"url\(([^)]*)", picture))
    assert re.findall(r'(?:href|src)="', picture) == []


def test_a_picture_stands_on_paper_and_has_a_name(picture, made):
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == made[4].headline
    assert root.find(f"{SVG}desc").text == made[4].alt
    ground = root.find(f"{SVG}rect")
    assert (ground.get("width"), ground.get("fill")) == (str(WIDTH), theme.INK["paper"])


@pytest.mark.parametrize("scale", [0.5, 1])
def test_a_picture_becomes_pixels_without_any_font_of_the_machine(made, scale):
    drawn = Image.open(BytesIO(picture_png(made[2], scale))).convert("RGB")
    tall = float(ElementTree.fromstring(picture_svg(made[2])).get("height"))
    assert drawn.width == scale * WIDTH
    assert abs(drawn.height - scale * tall) < 1
    assert drawn.getpixel((0, 0)) == (255, 255, 255)
    head = drawn.crop((0, 0, drawn.width, int(120 * scale))).convert("L")
    assert sum(head.histogram()[:100]) > 200, "the headline is drawn"


def test_a_long_headline_is_broken_into_lines(dataset):
    headline = " ".join(["A headline of many words"] * 8)
    (slide,) = slides(dataset, (Item("attendance", headline=headline),))
    root = ElementTree.fromstring(picture_svg(slide))
    heads = [text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "600"]
    assert len(heads) > 1
    assert " ".join(text.text for text in heads) == headline

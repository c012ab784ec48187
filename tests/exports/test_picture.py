import re
import struct
import zlib
from xml.etree import ElementTree

import pytest

from charts import theme
from exports import Item, slides
from exports.picture import WIDTH, picture_png, picture_svg

SVG = "{http://www.w3.org/2000/svg}"


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a PNG of 8 bits a channel, filters undone."""
    assert png.startswith(b"\x89PNG")
    at, data, head = 8, b"", b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        head, data = (body, data) if kind == b"IHDR" else (head, data + body * (kind == b"IDAT"))
        at += length + 12
    width, height, depth, color = struct.unpack(">IIBB", head[:10])
    assert depth == 8
    step = {2: 3, 6: 4}[color]
    raw, rows, above = zlib.decompress(data), [], bytearray(width * step)
    for number in range(height):
        line = bytearray(raw[number * (width * step + 1) : (number + 1) * (width * step + 1)])
        kind, line = line[0], line[1:]
        for n in range(len(line)):
            left = line[n - step] if n >= step else 0
            up, corner = above[n], above[n - step] if n >= step else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda value: abs(guess - value))
            line[n] = (line[n] + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
        rows.append(bytes(line))
        above = line
    return width, height, rows


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


def test_a_picture_becomes_pixels_without_any_font_of_the_machine(made):
    width, height, rows = pixels(picture_png(made[2], 0.5))
    assert (
        width,
        abs(height - 0.5 * float(ElementTree.fromstring(picture_svg(made[2])).get("height"))) < 1,
    ) == (WIDTH // 2, True)
    step = len(rows[0]) // width
    dark = [sum(pixel < 100 for pixel in row[::step]) for row in rows]
    assert sum(dark[:60]) > 200, "the headline is drawn"
    assert rows[0][:3] == bytes([255, 255, 255])


def test_larger_scales_give_larger_pictures(made):
    (small, *_), (large, *_) = (struct.unpack(">II", picture_png(made[2], scale)[16:24]) for scale in (1, 2))
    assert (small, large) == (WIDTH, 2 * WIDTH)


def test_the_same_view_gives_the_same_picture(made):
    assert picture_png(made[0]) == picture_png(made[0])
    assert picture_svg(made[0]) == picture_svg(made[0])


def test_a_long_headline_is_broken_into_lines(dataset):
    headline = " ".join(["A headline of many words"] * 8)
    (slide,) = slides(dataset, (Item("attendance", headline=headline),))
    root = ElementTree.fromstring(picture_svg(slide))
    heads = [text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "600"]
    assert len(heads) > 1
    assert " ".join(text.text for text in heads) == headline


def test_hostile_words_appear_as_written(hostile):
    (slide,) = slides(hostile, (Item("threats"),))
    text = picture_svg(slide)
    assert "<script" not in text
    assert picture_png(slide, 0.5).startswith(b"\x89PNG")

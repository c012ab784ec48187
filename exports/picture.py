"""One chart alone, as a picture that says where it comes from: headline, chart, source line, date."""

import resvg_py

from charts import fonts
from charts.fonts import FACES, SANS, SERIF
from charts.layout import SLIDE
from charts.theme import INK, SIZE
from exports import svg
from exports.briefing import Slide

CHART, EDGE = SLIDE.width, 40  # px
WIDTH, ROOM = CHART + 2 * EDGE, CHART


def picture_svg(slide: Slide) -> str:
    """The picture as an SVG of WIDTH px that needs no font of the machine."""
    bare = _picture(slide, "")
    return _picture(slide, fonts.css(bare))


def picture_png(slide: Slide, scale: float = 2) -> bytes:
    """The picture as a PNG, `scale` times as large as the SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=_picture(slide, ""),
            zoom=scale,
            skip_system_fonts=True,
            font_files=fonts.files(),
            font_family=FACES[0].family,
        )
    )


def _picture(slide: Slide, style: str) -> str:
    parts, y = [], float(EDGE)
    head = (
        (slide.headline, 28, SERIF, 600, "ink", 36, 4),
        (slide.subtitle, 17, SANS, 400, "soft", 23, 2),
        (slide.sentence, 17, SANS, 400, "ink", 23, 18),
    )
    for text, size, family, weight, color, line, after in head:
        for words in fonts.lines(text, ROOM, size, bold=weight > 400, serif=family == SERIF):
            y += line
            parts.append(svg.label(words, EDGE, y - line * 0.28, size, color=INK[color], family=family,
                                   weight=weight))  # fmt: skip
        y += after
    chart = svg.drawing(slide.chart.scene(SLIDE), CHART)
    parts.append(f'<g transform="translate({EDGE},{y:g})">{chart.content}</g>')
    y += chart.height + 16
    parts.append(f'<rect x="{EDGE}" y="{y:g}" width="{CHART}" height="1" fill="{INK["ink"]}"/>')
    y += 8
    for text in (source_line(slide), edition(slide)):
        for words in fonts.lines(text, ROOM, SIZE["key"]):
            y += 20
            parts.append(svg.label(words, EDGE, y - 6, SIZE["key"], color=INK["soft"]))
    height = y + EDGE / 2
    ground = f'<rect width="{WIDTH}" height="{height:g}" fill="{INK["paper"]}"/>'
    made = svg.Drawing(ground + "".join(parts), WIDTH, height)
    return svg.wrap(made, title=slide.headline, description=slide.alt, style=style)


def source_line(slide: Slide) -> str:
    """`Source: our reading of pm.kz and sb.by.`"""
    names = ", ".join(f"{source.publisher} ({source.id})" for source in slide.sources)
    return slide.uncited or f"Source: our reading of {names}."


def edition(slide: Slide) -> str:
    """Which dataset it is, and of what day."""
    dataset = slide.dataset
    return f"{dataset.title}, version {dataset.version} of {dataset.date}, data {dataset.hash}."

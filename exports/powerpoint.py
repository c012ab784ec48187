"""The parts of a slide: text, ruled table, native chart, each with its look and its alt text.

Lengths are inches, sizes of type are points. Fonts are two that PowerPoint brings along.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from charts import fonts
from charts.theme import INK
from charts.words import cut

WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6
ROOM = WIDTH - 2 * EDGE
SERIF, SANS = "Georgia", "Calibri"
WIDER = 1.24  # than the measured serif: Georgia, and what stands in for it where it is missing
NARROWER = 0.98  # than the measured sans: Calibri, with a little to spare
SMALLEST = 12
LEADING = 1.22  # distance of two lines, in sizes
PADDING = 0.04  # above and below the words of a cell
LONGEST_PROPERTY = 255  # letters of a property of the file
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe]")
NO_LABEL = "General;;"  # of a number format: nothing below or at zero


class Run(NamedTuple):
    """Words of one look; with `url` they are a link."""

    text: str
    color: str = "ink"
    bold: bool = False
    url: str = ""


class Cell(NamedTuple):
    """A cell of a table: its words line by line, of which the first may be a link; its look; its span."""

    text: str
    bold: bool = False
    color: str = "ink"
    url: str = ""
    hatched: bool = False
    right: bool = False
    span: tuple[int, int] = (1, 1)  # rows, columns


class Series(NamedTuple):
    """One series of a chart: its name, its values (None: no mark), and how it is filled."""

    name: str
    values: Sequence[float | None]
    fill: str  # solid, open, mute, dashed, none, fade, fade-in


class Plot(NamedTuple):
    """Where the axes of a chart enclose its bars, in inches on the slide."""

    left: float
    top: float
    width: float
    height: float


def colour(name: str) -> RGBColor:
    return RGBColor.from_string(INK[name].lstrip("#"))


def presentation(title: str, subject: str, day: str) -> Presentation:
    """An empty 16:9 presentation in our fonts and colours, dated by its data."""
    made = Presentation()
    scale = Inches(WIDTH) / made.slide_width
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = made.slide_master
    for layout in (master, *made.slide_layouts):
        for shape in layout.placeholders:
            if layout is master or shape._element.spPr.xfrm is not None:
                left, width = int(shape.left * scale), int(shape.width * scale)
                shape.left, shape.width = Emu(left), Emu(width)
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            relation.target_part._blob = _theme(relation.target_part.blob.decode()).encode()
    moment = datetime.fromisoformat(day)
    properties = made.core_properties
    properties.title = cut(title, LONGEST_PROPERTY)
    properties.subject, properties.author = subject, ""
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = "", 1
    return made


def _theme(xml: str) -> str:
    """Office's theme with our fonts and inks, for what somebody adds by hand."""
    for kind, font in (("major", SERIF), ("minor", SANS)):
        xml = re.sub(rf'(<a:{kind}Font><a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    inks = {"dk1": "ink", "lt1": "paper", "dk2": "soft", "lt2": "wash", "accent1": "ink", "accent2": "mute",
            "accent3": "soft", "accent4": "rule", "accent5": "accent", "accent6": "wash", "hlink": "ink",
            "folHlink": "soft"}  # fmt: skip
    for name, ink in inks.items():
        value = f'<a:{name}><a:srgbClr val="{INK[ink].lstrip("#")}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", value, xml, flags=re.S)
    return xml


# ---- text ----


def write(paragraph, runs: Sequence[Run] | str, size: float, *, font: str = SANS, color: str = "ink"):
    """Fill a paragraph with runs."""
    for run in [Run(runs, color)] if isinstance(runs, str) else runs:
        made = paragraph.add_run()
        made.text = clean(run.text)
        if run.url:
            made.hyperlink.address = run.url
        face = made.font
        face.size, face.name, face.bold = Pt(size), font, run.bold
        face.color.rgb = colour(run.color)


def textbox(
    slide, x: float, y: float, width: float, height: float, paragraphs, size: float, *, anchor=MSO_ANCHOR.TOP,
    color: str = "ink", font: str = SANS, align=PP_ALIGN.LEFT, name: str = "",
):  # fmt: skip
    """A box of paragraphs, each a text or runs, without inner margins."""
    box = slide.shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height))
    box.name = name or "Text"
    fill(box.text_frame, paragraphs, size, anchor=anchor, color=color, font=font, align=align)
    return box


def fill(frame, paragraphs, size, *, anchor=MSO_ANCHOR.TOP, color="ink", font=SANS, align=PP_ALIGN.LEFT):
    """Put paragraphs into a text frame."""
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = align
        write(paragraph, runs, size, font=font, color=color)


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return NOT_IN_XML.sub("", text)


def line_count(text: str, room: float, size: float, *, bold: bool = False, serif: bool = False) -> int:
    """Lines that a text takes in `room` inches, with a little to spare."""
    wider = WIDER if serif else NARROWER
    parts = text.split("\n")
    return sum(len(fonts.lines(part, room * 72 / wider, size, bold=bold, serif=serif)) for part in parts)


def rule(slide, x: float, y: float, width: float, *, color: str = "ink", weight: float = 1):
    """A horizontal line."""
    line = slide.shapes.add_connector(1, Inches(x), Inches(y), Inches(x + width), Inches(y))
    line.line.color.rgb, line.line.width, line.name = colour(color), Pt(weight), "Rule"
    _unstyled(line)
    decorative(line)


def _unstyled(shape):
    """Take the theme's style off a shape, and with it its shadow."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def decorative(shape):
    """Tell screen readers to pass over a shape."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
            'val="1"/></a:ext></a:extLst>'
        )
    )


def describe(shape, name: str, words: str):
    """Name and alt text of a shape."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(words))


def hatch(slide, plot: Plot, words: str, free: tuple[float, float] = (0, 1)):
    """A hatched area that says why nothing stands in it, in the part `free` of its height."""
    box = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(plot.left), Inches(plot.top), Inches(plot.width), Inches(plot.height)
    )
    describe(box, "Hatch", words)
    _unstyled(box)
    box.line.fill.background()
    box.fill.patterned()
    box.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    box.fill.fore_color.rgb, box.fill.back_color.rgb = colour("mute"), colour("paper")
    room = plot.height * (free[1] - free[0])
    wide = min(room, fonts.width(words, 12) / 72 + 0.1)
    tall = 0.22 * line_count(words, wide - 0.02, 12) + 0.04
    middle = plot.top + plot.height * sum(free) / 2
    label = slide.shapes.add_textbox(
        Inches(plot.left + plot.width / 2 - wide / 2),
        Inches(middle - tall / 2),
        Inches(wide),
        Inches(tall),
    )
    label.rotation, label.name = -90, "Why it is hatched"
    label.fill.solid()
    label.fill.fore_color.rgb = colour("paper")
    fill(label.text_frame, [words], 12, anchor=MSO_ANCHOR.MIDDLE, align=PP_ALIGN.CENTER)


# ---- tables ----


def key(slide, x: float, y: float, entries: Sequence[tuple[str, str]], size: float = 12):
    """A key in one line or two: pairs of fill and words, each with a swatch."""
    left = x
    for fill_, words in entries:
        wide = fonts.width(words, size) / 72 + 0.1
        if left > x and left + 0.32 + wide > WIDTH - EDGE:
            left, y = x, y + 0.25
        box = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Inches(left), Inches(y + 0.05), Inches(0.24), Inches(0.13)
        )
        _unstyled(box)
        _fill(box, fill_)
        box.name = "Key"
        decorative(box)
        textbox(slide, left + 0.32, y, wide, 0.23, [words], size, name="Key")
        left += 0.32 + wide + 0.25


def heights(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    size: float,
    *,
    heads: int = 1,
    pad: float = PADDING,
) -> list[float]:
    """Inches that each row takes. Rows beside a cell that spans them grow until its words fit."""
    tall = []
    for number, row in enumerate(rows):
        lines = [_lines(cell, widths, at, size) for at, cell in enumerate(row) if cell.span[0] == 1]
        tall.append(_height(max(lines, default=1), size, pad if number >= heads else PADDING))
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            over = range(number, number + cell.span[0])
            if len(over) > 1 and not cell.hatched:
                need = _height(_lines(cell, widths, at, size), size, pad) - sum(tall[n] for n in over)
                for n in over:
                    tall[n] += max(need, 0) / len(over)
    return tall


def _lines(cell: Cell, widths: Sequence[float], at: int, size: float) -> int:
    return line_count(cell.text, sum(widths[at : at + cell.span[1]]) - 0.12, size, bold=cell.bold)


def _height(lines: int, size: float, pad: float) -> float:
    return lines * size * LEADING / 72 + 2 * pad


def pages(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    size: float,
    first: float,
    others: float,
    *,
    pad: float = PADDING,
) -> list[list]:
    """Rows in as few parts as fit, and those of about the same length. `first`, `others`: inches for rows."""
    tall = heights(rows, widths, size, heads=0, pad=pad)

    def cut_at(limit: float) -> list[list]:
        parts, used = [[]], 0.0
        for row, height in zip(rows, tall, strict=True):
            if parts[-1] and used + height > min(limit, first if len(parts) == 1 else others) + 1e-9:
                parts.append([])
                used = 0.0
            parts[-1].append(row)
            used += height
        return parts

    fewest = len(cut_at(float("inf")))
    limit = sum(tall) / fewest
    while len(cut_at(limit)) > fewest:
        limit += 0.05
    return _spans_cut(cut_at(limit))


def _spans_cut(parts: list[list]) -> list[list]:
    """Parts in which no cell spans rows of the next one; what was cut goes on there."""
    result, carried = [], {}
    for part in parts:
        rows = [list(row) for row in part]
        for at, cell in carried.items():
            rows[0][at] = cell
        carried = {}
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                over = number + cell.span[0] - len(rows)
                if over > 0:
                    row[at] = cell._replace(span=(cell.span[0] - over, cell.span[1]))
                    carried[at] = cell._replace(span=(over, cell.span[1]))
        result.append(rows)
    return result


def table(
    slide, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[Cell]], size: float, *,
    heads: int = 1, name: str, words: str, pad: float = PADDING,
) -> float:  # fmt: skip
    """A ruled native table; returns where it ends. `heads` rows are its head; `words` its alt text."""
    tall = heights(rows, widths, size, heads=heads, pad=pad)
    frame = slide.shapes.add_table(
        len(rows), len(widths), Inches(x), Inches(y), Inches(sum(widths)), Inches(sum(tall))
    )
    describe(frame, name, words)
    made = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    made.first_row, made.horz_banding = True, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for line, height in zip(made.rows, tall, strict=True):
        line.height = Inches(height)
    for number, row in enumerate(rows):
        is_head = number < heads
        below = "ink" if number in (heads - 1, len(rows) - 1) else None if is_head else "rule"
        for place, cell in enumerate(row):
            ends = number + cell.span[0] == len(rows)
            _cell(
                made.cell(number, place),
                cell,
                size,
                is_head,
                "ink" if ends else below,
                PADDING if is_head else pad,
            )
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell.span != (1, 1):
                last = made.cell(number + cell.span[0] - 1, place + cell.span[1] - 1)
                made.cell(number, place).merge(last)
    return y + sum(tall)


def _cell(place, cell: Cell, size: float, is_head: bool, below: str | None, pad: float):
    place.margin_left, place.margin_right = Inches(0), Inches(0.12)
    place.margin_top = place.margin_bottom = Inches(pad)
    place.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    for number, words in enumerate(cell.text.split("\n")):
        frame = place.text_frame
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if cell.right else PP_ALIGN.LEFT
        if words:
            run = Run(words, cell.color, cell.bold, "" if number else cell.url)
            write(paragraph, [run], min(size, SMALLEST) if cell.hatched else size)
        # else an empty cell is as tall as the theme's own size of type
        paragraph._p.append(parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{round(size * 100)}"/>'))
    properties = place._tc.get_or_add_tcPr()
    if below:
        weight = 12700 if below == "ink" else 6350
        properties.append(
            parse_xml(
                f'<a:lnB {nsdecls("a")} w="{weight}"><a:solidFill><a:srgbClr val="{INK[below].lstrip("#")}"/>'
                "</a:solidFill></a:lnB>"
            )
        )
    if cell.hatched:
        if cell.span[0] > 1:
            properties.set("vert", "vert270")
            properties.set("anchor", "ctr")
            place.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        properties.append(
            parse_xml(
                f'<a:pattFill {nsdecls("a")} prst="ltUpDiag"><a:fgClr><a:srgbClr '
                f'val="{INK["rule"].lstrip("#")}"/></a:fgClr><a:bgClr><a:srgbClr '
                f'val="{INK["paper"].lstrip("#")}"/></a:bgClr></a:pattFill>'
            )
        )


# ---- charts ----


def chart(
    slide, kind, x: float, y: float, width: float, height: float, categories: Sequence[str],
    series: Sequence[Series], *, name: str, words: str, inside: tuple[float, float, float, float],
    rows: Mapping[str, pd.DataFrame], gap: int = 45, size: float = 12, labels: bool = True,
    legend: bool = True, flip: bool = False,
):  # fmt: skip
    """A native chart. `inside` are the room left, above, right and below its axes, in inches.

    `rows` are the records that it counts or draws, by table: they stand in the workbook behind it, a sheet
    each. `flip` puts the first category on top. Returns the chart and its Plot.
    """
    data = CategoryChartData(number_format=NO_LABEL)
    data.categories = [clean(category) for category in categories]
    for one in series:
        data.add_series(clean(one.name), one.values)
    frame = slide.shapes.add_chart(kind, Inches(x), Inches(y), Inches(width), Inches(height), data)
    describe(frame, name, words)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(data, rows))
    made.font.size, made.font.name, made.font.color.rgb = Pt(size), SANS, colour("ink")
    made.has_title = False
    made.has_legend = legend
    if legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size, made.legend.font.name = Pt(size), SANS
        made.legend.font.color.rgb = colour("ink")
    plot = made.plots[0]
    plot.gap_width = gap
    for axis in (made.category_axis, made.value_axis):
        axis.has_major_gridlines = False
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size, axis.tick_labels.font.name = Pt(size), SANS
        axis.tick_labels.font.color.rgb = colour("ink")
        axis.format.line.color.rgb = colour("ink")
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.category_axis.reverse_order = flip
    made.value_axis.visible = False
    made.value_axis.minimum_scale = 0
    for one, drawn in zip(series, plot.series, strict=True):
        _fill(drawn.format, one.fill)
        if labels and one.fill != "none":
            _labels(drawn, "paper" if one.fill == "solid" else "ink", size, stacked="STACKED" in kind.name)
    left, top, right, bottom = inside
    _lay_out(
        made, left / width, top / height, (width - left - right) / width, (height - top - bottom) / height
    )
    return made, Plot(x + left, y + top, width - left - right, height - top - bottom)


def _workbook(data: CategoryChartData, rows: Mapping[str, pd.DataFrame]) -> bytes:
    """What opens at “Edit data”: the numbers where the chart expects them, then its rows. No cell runs."""
    buffer, plain = BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, plain)
    book.set_properties({"created": datetime(1980, 1, 1)})  # replaced when the deck is saved
    numbers = book.add_worksheet("Sheet1")
    numbers.write_column(1, 0, [category.label for category in data.categories])
    for column, series in enumerate(data, 1):
        numbers.write(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                numbers.write_number(row, column, value)
    for name, table in rows.items():
        records = book.add_worksheet(name)
        records.write_row(0, 0, table.columns)
        for number, row in enumerate(table.itertuples(index=False), 1):
            records.write_row(number, 0, ["" if pd.isna(cell) else str(cell) for cell in row])
    book.close()
    return buffer.getvalue()


def _labels(series, color: str, size: float, *, stacked: bool):
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, NO_LABEL, False
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.name = Pt(size), SANS
    labels.font.color.rgb = colour(color if stacked else "ink")


def _fill(form, fill_: str):
    """How a series is drawn: the fills of the charts, as far as a native chart has them."""
    if fill_ == "none":
        form.fill.background()
        form.line.fill.background()
        return
    if fill_ in ("fade", "fade-in"):
        form.fill.gradient()
        form.fill.gradient_angle = 0
        ends = ("ink", "paper") if fill_ == "fade" else ("paper", "ink")
        for stop, ink in zip(form.fill.gradient_stops, ends, strict=True):
            stop.color.rgb = colour(ink)
        form.line.fill.background()
        return
    form.fill.solid()
    form.fill.fore_color.rgb = colour({"solid": "ink", "mute": "mute"}.get(fill_, "paper"))
    form.line.color.rgb = colour("mute" if fill_ == "mute" else "ink")
    form.line.width = Pt(1.5)
    if fill_ == "dashed":
        form.line.dash_style = MSO_LINE.SQUARE_DOT


def _lay_out(made, x: float, y: float, width: float, height: float):
    """Fix the inner plot area, so that shapes can stand under its years."""
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    values = "".join(
        f'<c:{name} val="{value:.5f}"/>' for name, value in zip("xywh", (x, y, width, height), strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{values}</c:manualLayout></c:layout>'
        ),
    )


# ---- bytes ----


def saved(made: Presentation) -> bytes:
    """The file; the same slides give the same bytes."""
    buffer = BytesIO()
    made.save(buffer)
    return timeless(buffer.getvalue(), made.core_properties.created.strftime("%Y-%m-%dT%H:%M:%SZ"))


def timeless(data: bytes, moment: str) -> bytes:
    """A ZIP without the time at which it was made, also in the workbooks inside it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = timeless(content, moment)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", moment.encode(), content)
            add(new, entry.filename, content)
    return buffer.getvalue()


def add(archive: ZipFile, name: str, content: bytes):
    """Add a file that carries no time and no owner."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, content)

"""The parts of a slide: text, ruled table, stacked bars, marks, each with its look and its alt text.

Lengths are inches, sizes of type are points. Fonts, colours, the table's rules and the layouts are those of
`template.pptx`, which `exports.template` makes; here shapes are only placed and named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from io import BytesIO
from itertools import accumulate, groupby
from typing import NamedTuple

import pandas as pd
import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from charts import fonts, scene
from charts.theme import DASHES, HATCH, LONG_DASHES, OUTLINE
from charts.words import cut
from exports.archive import NOT_IN_XML, timeless
from exports.template import EDGE, FILE, HEIGHT, ROOM, SMALLEST, TABLE_STYLE, WIDTH

__all__ = ["EDGE", "HEIGHT", "ROOM", "SMALLEST", "WIDTH"]

WIDER = 1.28  # how much wider Georgia runs, or DejaVu in its place, than the serif that charts.fonts measures
NARROWER = 0.98  # the same of Calibri and the sans, with a little to spare
LEADING = 1.22  # distance of two lines, in sizes
INFERRED = " inferred"  # after a look, for a dot in its middle
PADDING = 0.04  # above and below the words of a cell
LONGEST_PROPERTY = 255  # letters of a property of the file
NO_LABEL = "General;;"  # a number format that writes nothing for zero and below
TITLE_SIZES = ((28, 1), (24, 2), (20, 3), (16, 5))  # points, and the most lines of a title of this size
INKS = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "paper": MSO_THEME_COLOR.BACKGROUND_1,
    "soft": MSO_THEME_COLOR.TEXT_2,
    "mute": MSO_THEME_COLOR.ACCENT_2,
    "rule": MSO_THEME_COLOR.ACCENT_4,
    "wash": MSO_THEME_COLOR.BACKGROUND_2,
    "accent": MSO_THEME_COLOR.ACCENT_5,
}
PX = 96  # of a scene, to an inch of a slide


class Run(NamedTuple):
    """Words of one colour; with `url` they are a link."""

    text: str
    color: str = "ink"
    url: str = ""


class Cell(NamedTuple):
    """A cell of a table: its words line by line, of which the first may be a link, and their look.

    Cells one above another that are `merged` and say the same become one cell. Without a colour a cell has
    that of the table's head or body.
    """

    text: str
    color: str = ""
    bold: bool = False
    url: str = ""
    right: bool = False
    hatched: bool = False
    merged: bool = False


class Series(NamedTuple):
    """One series of a chart: its name, its values (None: no mark), and how it is filled."""

    name: str
    values: Sequence[int | None]
    fill: str  # of `theme.PAINTS`


class Area(NamedTuple):
    """A part of a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def lengths(self) -> map:
        return map(Inches, self)


def presentation(title: str, subject: str, day: str) -> Presentation:
    """An empty presentation, dated by its data."""
    file, moment = Presentation(FILE), datetime.fromisoformat(day)
    properties = file.core_properties
    properties.title = cut(title, LONGEST_PROPERTY)
    properties.subject, properties.author = subject, ""
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = "", 1
    return file


def page(file: Presentation, layout: str, title: str, sizes=TITLE_SIZES) -> tuple:
    """Adds a slide of a layout; returns it, and the inches from its top at which the title ends.

    `sizes` are pairs of a size and the most lines that it may take, of which the first that fits is used.
    """
    slide = file.slides.add_slide(file.slide_layouts.get_by_name(layout))
    lines = {size: line_count(title, ROOM, size, bold=True, serif=True) for size, _ in sizes}
    size = next((size for size, most in sizes if lines[size] <= most), sizes[-1][0])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width = shape.left, shape.top, shape.width  # as in the layout
    shape.height = Inches(lines[size] * size * LEADING / 72)
    write(shape.text_frame.paragraphs[0], [Run(title, "")], size)
    return slide, (shape.top + shape.height) / Inches(1)


# ---- text ----


def write(paragraph, runs: Sequence[Run], size: float, *, bold: bool | None = None):
    """Fill a paragraph with runs. Without a colour they have that of where they stand."""
    for run in runs:
        made = paragraph.add_run()
        made.text = clean(run.text)
        if run.url:
            made.hyperlink.address = run.url
        made.font.size, made.font.bold = Pt(size), bold
        if run.color:
            made.font.color.theme_color = INKS[run.color]


def textbox(
    slide, area: Area, paragraphs: Sequence[Sequence[Run] | str], size: float = SMALLEST, *, name: str,
    color: str = "ink", align=PP_ALIGN.LEFT, anchor=MSO_ANCHOR.TOP,
):  # fmt: skip
    """A box of paragraphs, each a text or runs, without inner margins."""
    box = slide.shapes.add_textbox(*area.lengths)
    box.name, frame = name, box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, runs in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = align
        write(paragraph, [Run(runs, color)] if isinstance(runs, str) else runs, size)
    return box


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return NOT_IN_XML.sub("", text)


def inches(text: str, size: float = SMALLEST) -> float:
    """How wide a line of text is."""
    return fonts.width(text, size) / 72


def line_count(text: str, room: float, size: float, *, bold: bool = False, serif: bool = False) -> int:
    """Lines that a text takes in `room` inches, with a little to spare."""
    wide = room * 72 / (WIDER if serif else NARROWER)
    return sum(len(fonts.lines(part, wide, size, bold=bold, serif=serif)) for part in text.split("\n"))


def height(text: str, room: float, size: float) -> float:
    """Inches that a text takes from top to bottom."""
    return line_count(text, room, size) * size * LEADING / 72


def describe(shape, name: str, words: str):
    """Name and alt text of a shape."""
    shape.name = name
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", clean(words))


def decorative(shape):
    """Tell screen readers to pass over a shape."""
    shape._element.xpath("./*/p:cNvPr")[0].append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
            'val="1"/></a:ext></a:extLst>'
        )
    )


# ---- marks ----


def sign(shapes, look: str, size: float, x: float, y: float, name: str):
    """The sign of `charts.scene` for this look, `size` inches across, with its middle at x and y.

    One that is ` inferred` is a group with a dot in its middle.
    """
    if look.endswith(INFERRED):
        look = look.removesuffix(INFERRED)
        group = shapes.add_group_shape()
        group.name = name
        sign(group.shapes, look, size, x, y, name)
        ink = "paper" if look.startswith("solid") else "ink"
        sign(group.shapes, f"{ink} dot", size / 3, x, y, "Inferred")
        return group
    drawn = scene.sign(look, size * PX)
    if drawn.corners:
        corners = [(Inches(x + across / PX), Inches(y + down / PX)) for across, down in drawn.corners]
        path = shapes.build_freeform(*corners[0]).add_line_segments(corners[1:])
        for start, end in zip(corners[:2], corners[2:], strict=False) if drawn.crossed else ():
            path.move_to(*start).add_line_segments([end], close=False)
        shape = path.convert_to_shape()
    else:
        half = drawn.half / PX
        shape = shapes.add_shape(MSO_SHAPE.OVAL, *Area(x - half, y - half, 2 * half, 2 * half).lengths)
    shape.name = name
    _paint(shape, drawn.fill, drawn.stroke, drawn.width, DASHES if drawn.dashed else ())
    return shape


def bar(shapes, fill: str, area: Area, name: str):
    """The bar of `charts.scene` for this fill."""
    left, top, width, tall = area
    box = scene.bar((0, left * PX), (0, (left + width) * PX), top * PX, (top + tall) * PX, fill)
    inside = Area(left, box.y0 / PX, width, (box.y1 - box.y0) / PX)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *inside.lengths)
    shape.name = name
    _paint(shape, box.fill, box.stroke, box.width, LONG_DASHES if box.dashed else ())
    return shape


def fade(shapes, area: Area, name: str, *, leftwards: bool = False):
    """A bar that loses itself to the right, or to the left."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.lengths)
    shape.name = name
    shape.fill.gradient()
    shape.fill.gradient_angle = 0
    inks = ("paper", "ink") if leftwards else ("ink", "paper")
    for stop, ink in zip(shape.fill.gradient_stops, inks, strict=True):
        stop.color.rgb = RGBColor(0, 0, 0)  # without the tints that the gradient had
        stop.color.theme_color = INKS[ink]
    shape.line.fill.background()
    return shape


def _paint(form, fill: str, stroke: str, width: float, dashes: Sequence[float] = ()):
    """Fill and outline, by their inks, of a shape or of the bars of a series; `width` and `dashes` are px."""
    if fill:
        form.fill.solid()
        form.fill.fore_color.theme_color = INKS[fill]
    else:
        form.fill.background()
    if not stroke:
        form.line.fill.background()
        return
    form.line.color.theme_color, form.line.width = INKS[stroke], Inches(width / PX)
    if dashes:  # python-pptx knows PowerPoint's own dashes alone; these are in thousandths of its percents
        dash, space = (round(100_000 * length / width) for length in dashes)
        form.line._get_or_add_ln().get_or_add_custDash().append(
            parse_xml(f'<a:ds {nsdecls("a")} d="{dash}" sp="{space}"/>')
        )


def line(shapes, x0: float, y0: float, x1: float, y1: float, *, color: str, name: str, weight: float = 1):
    """A straight line, which says nothing of its own."""
    made = shapes.add_connector(1, *map(Inches, (x0, y0, x1, y1)))
    made.name, made.line.width, made.line.color.theme_color = name, Pt(weight), INKS[color]
    decorative(made)


def hatch(slide, area: Area, words: str, free: tuple[float, float] = (0, 1)):
    """A hatched area, and on it, to be read from below, the words for why nothing stands there.

    `free` is the part of its height in which the words stand: (0, 1) is all of it.
    """
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.lengths)
    describe(box, "Hatch", words)
    box.line.fill.background()
    _hatched(box.fill, HATCH["color"])
    wide = min(area.height * (free[1] - free[0]), inches(words) + 0.1)
    tall = 0.22 * line_count(words, wide - 0.02, SMALLEST) + 0.04
    middle = area.top + area.height * sum(free) / 2
    place = Area(area.left + area.width / 2 - wide / 2, middle - tall / 2, wide, tall)
    centre = {"anchor": MSO_ANCHOR.MIDDLE, "align": PP_ALIGN.CENTER}
    label = textbox(slide, place, [words], name="Why it is hatched", **centre)
    label.rotation = -90
    label.fill.solid()
    label.fill.fore_color.theme_color = INKS["paper"]


def _hatched(fill, ink: str):
    fill.patterned()
    fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    fill.fore_color.theme_color, fill.back_color.theme_color = INKS[ink], INKS["paper"]


# ---- tables ----


@dataclass(frozen=True)
class Table:
    """A table under its first row as head: how wide its columns are, its size of type, the space above and
    below the words of a cell, and the least height of a row.
    """

    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]
    size: float = SMALLEST
    pad: float = PADDING
    least: float = 0

    @cached_property
    def heights(self) -> list[float]:
        """Inches that each row takes. Rows beside merged cells grow until these fit."""
        tall = [
            max(
                self.least if number else 0,
                *(self._need(cell, at, not number) for at, cell in enumerate(row) if not cell.merged),
            )
            for number, row in enumerate(self.rows)
        ]
        for first, last, at in self.merged:
            lacking = self._need(self.rows[first][at], at) - sum(tall[first : last + 1])
            for number in range(first, last + 1):
                tall[number] += max(lacking, 0) / (last - first + 1)
        return tall

    @property
    def height(self) -> float:
        return sum(self.heights)

    def _need(self, cell: Cell, at: int, head: bool = False) -> float:
        lines = line_count(cell.text, self.widths[at] - 0.12, self.size, bold=head or cell.bold)
        return lines * self.size * LEADING / 72 + 2 * self.pad

    @cached_property
    def merged(self) -> list[tuple[int, int, int]]:
        """For each cell that reaches over rows: the first of them, the last, and its column."""
        found = []
        for at, column in enumerate(zip(*self.rows, strict=True)):
            first = 0
            for cell, same in groupby(column):
                last = first + len(list(same)) - 1
                if cell.merged:
                    found.append((first, last, at))
                first = last + 1
        return found

    def cut(self, room: float) -> tuple["Table", int]:
        """The table with as many of its first rows as fit, at least one, and how many are left over."""
        (head, *rows), (top, *tall) = self.rows, self.heights
        fitting = max(sum(end <= room + 1e-9 for end in accumulate(tall, initial=top)) - 1, 1)
        made = replace(self, rows=[head, *rows[:fitting]])
        while made.height > room + 1e-9 and fitting > 1:  # merged cells can need more than fewer rows have
            fitting -= 1
            made = replace(self, rows=[head, *rows[:fitting]])
        return made, len(rows) - fitting


def table(slide, top: float, made: Table, *, name: str, words: str, left: float = EDGE) -> float:
    """A native table in the template's style; returns where it ends."""
    area = Area(left, top, sum(made.widths), made.height)
    frame = slide.shapes.add_table(len(made.rows), len(made.widths), *area.lengths)
    describe(frame, name, words)
    native = frame.table
    native._tbl.tblPr.find(qn("a:tableStyleId")).text = TABLE_STYLE
    native.horz_banding = False
    for column, width in zip(native.columns, made.widths, strict=True):
        column.width = Inches(width)
    for line_, tall in zip(native.rows, made.heights, strict=True):
        line_.height = Inches(tall)
    for first, last, at in made.merged:
        if last > first:
            native.cell(first, at).merge(native.cell(last, at))
    for number, row in enumerate(made.rows):
        for at, cell in enumerate(row):
            place = native.cell(number, at)
            place.vertical_anchor = MSO_ANCHOR.TOP if number else MSO_ANCHOR.BOTTOM
            place.margin_left, place.margin_right = 0, Inches(0.12)
            place.margin_top = place.margin_bottom = Inches(made.pad)
            if not place.is_spanned:
                _fill_cell(place, cell, made.size)
    return top + made.height


def _fill_cell(place, cell: Cell, size: float):
    frame = place.text_frame
    align = PP_ALIGN.RIGHT if cell.right else PP_ALIGN.CENTER if cell.hatched else PP_ALIGN.LEFT
    for number, words in enumerate(cell.text.split("\n")):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = align
        if words:
            url = "" if number else cell.url
            write(paragraph, [Run(words, cell.color, url)], size, bold=cell.bold or None)
    if cell.hatched:
        place.vertical_anchor = MSO_ANCHOR.MIDDLE
        _hatched(place.fill, "rule")


# ---- charts ----


def bars(
    slide, area: Area, categories: Sequence[str], series: Sequence[Series], *, inside: Area, most: int,
    upright: bool, name: str, words: str, rows: Mapping[str, pd.DataFrame],
):  # fmt: skip
    """Native stacked bars, upright or from top to bottom, whose axes enclose the part `inside` of the slide.

    `most` is the number up to which their axis goes; `rows` are the records that they count, by table: these
    stand in the workbook behind the chart, a sheet each.
    """
    data = CategoryChartData(number_format=NO_LABEL)
    data.categories = [clean(category) for category in categories]
    for one in series:
        data.add_series(clean(one.name), one.values)
    kind = XL_CHART_TYPE.COLUMN_STACKED if upright else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(kind, *area.lengths, data)
    describe(frame, name, words)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data, rows))
    chart.font.size, chart.font.color.theme_color = Pt(SMALLEST), INKS["ink"]
    chart.has_title, chart.has_legend = False, not upright
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    for axis in (chart.category_axis, chart.value_axis):
        axis.has_major_gridlines = False
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.format.line.color.theme_color = INKS["ink"]
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.reverse_order = not upright
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, most
    plot = chart.plots[0]
    plot.gap_width = 60 if upright else 35
    for one, native in zip(series, plot.series, strict=True):
        # with an outline of their own ink where they have none, so that all bars are equally wide
        paint = scene.paint(one.fill)
        dashes = LONG_DASHES if paint.dashed else ()
        _paint(native.format, paint.fill, paint.stroke or paint.fill, OUTLINE, dashes)
        labels = native.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, NO_LABEL, False
        labels.font.size = Pt(SMALLEST)
        labels.font.color.theme_color = INKS["paper" if paint.fill == "ink" else "ink"]
    _lay_out(chart, area, inside)


def _workbook(data: CategoryChartData, rows: Mapping[str, pd.DataFrame]) -> bytes:
    """The workbook that opens at “Edit data”: a sheet of numbers as the chart expects them, then a sheet for
    each table of rows. No cell is taken for a formula or a link.
    """
    buffer, plain = BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, plain)
    book.set_properties({"created": datetime(1980, 1, 1)})  # replaced when the deck is saved
    numbers = book.add_worksheet("Sheet1")
    numbers.write_column(1, 0, [category.label for category in data.categories])
    for column, series in enumerate(data, 1):
        numbers.write_column(0, column, [series.name, *series.values])
    for name, table_ in rows.items():
        records = book.add_worksheet(name)
        records.write_row(0, 0, table_.columns)
        for number, row in enumerate(table_.itertuples(index=False), 1):
            records.write_row(number, 0, ["" if pd.isna(cell) else str(cell) for cell in row])
    book.close()
    return buffer.getvalue()


def _lay_out(chart, area: Area, inside: Area):
    """Write into the chart where its axes stand, so that hatches can stand under their years.

    python-pptx has no call for this.
    """
    share = (
        (inside.left - area.left) / area.width, (inside.top - area.top) / area.height,
        inside.width / area.width, inside.height / area.height,
    )  # fmt: skip
    values = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in zip("xywh", share, strict=True))
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    edges = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    made = f"<c:layout {nsdecls('c')}><c:manualLayout>{edges}{values}</c:manualLayout></c:layout>"
    plot.insert(0, parse_xml(made))


# ---- bytes ----


def saved(file: Presentation) -> bytes:
    """The file; the same slides give the same bytes."""
    buffer = BytesIO()
    file.save(buffer)
    return timeless(buffer.getvalue(), file.core_properties.created.strftime("%Y-%m-%dT%H:%M:%SZ"))

"""What stands in a row: its name, its totals, and its marks as squares, bars, reported numbers or spans."""

from functools import partial

from charts import fonts, theme
from charts.grid import COUNTED, Cell, Column, Item, Span
from charts.marks import TAIL, around, block, corner, cut, fade, frame, moved, say, sign, target
from charts.plan import FIGURE, LANE, LIST, Band, Plan
from charts.scene import Area, Line, Lines, Place, Run, Text, share

BAR_LEAD, NUMBER = 0.04, 12  # of a column, more than a square's: room for the frame; px around the number
LEAST = 4  # px of a square where columns are narrow
FINGER = 24  # px of what takes a click
BAR, THIN = 18, 10  # px of a bar, and of one that lies somewhere in its span
SOFT = ("", "0", "none", "–", "unclear")  # totals that say that there is nothing to count


def row(plan: Plan, band: Band):
    """All of one row on the scene of the plan."""
    _words(plan, band)
    _spans(plan, band)
    _lanes(plan, band)
    columns = {column.key: column for column in plan.grid.columns}
    top = band.base
    for key, cell in band.row.cells.items():
        if plan.told and cell.items:
            continue
        if any(item.figure for item in cell.items):
            top = _figures(plan, cell, columns[key], top if plan.size.narrow else band.base)
        elif cell.text:
            color = "ink" if cell.text.isdecimal() else "soft"
            say(plan.scene, cell.text, plan.at(columns[key]), band.base + plan.unit / 2, color=color)
        elif plan.grid.crowded and cell.whole:
            _bar(plan, cell, columns[key], band)
        else:
            _squares(plan, cell, columns[key], band)


def _words(plan: Plan, band: Band):
    """The name at the left, its first line in step with the first marks, and the totals at the right."""
    lines, narrow = plan.name(band.row), plan.size.narrow
    middle = band.top + plan.grid.pad + (plan.size.name or plan.unit) / 2
    first = theme.SIZE[lines[0][0].size] * (fonts.ASCENT + fonts.DESCENT) / 2
    ground = 2 if narrow else 0
    plan.scene.texts.append(Text((0, plan.labels), middle - first, lines, sits="top", ground=ground))
    for number, total in enumerate(band.row.totals if not narrow else ()):
        color = "soft" if total.text in SOFT else "ink"
        text = f"{total.text}, " if total.beside else total.text
        lines = ((Run(text, "label", color, total.strong), Run(total.beside, "small", "soft")),)
        lines += ((Run(total.more, "small", "soft"),),) * bool(total.more)
        plan.scene.texts.append(Text(plan.total(number), middle - 10, lines, side="right", sits="top"))


def _lanes(plan: Plan, band: Band):
    """The items of a row, each in a line of its own with its words; all of the line opens it."""
    scene, size, lanes = plan.scene, plan.size, plan.lanes(band.row)
    letters = theme.SIZE["small" if size.narrow else "label"] * (fonts.ASCENT + fonts.DESCENT) / 2
    for item, column, down, tall, words in lanes:
        top, start = band.base + down, plan.at(column)
        middle = top + plan.unit / 2
        x, end, y = {
            "beside": (plan.at(column, px=plan.sign), plan.at(column, plan.end), middle - letters),
            "list": ((1, LIST), (1, LIST + plan.room), middle - letters),
            "below": ((0, plan.labels), (1, plan.right), top + plan.unit),
        }[plan.told]
        if item.figure:
            _figure(plan, item, ((Run(item.figure, bold=True),),), plan.at(column, px=1), middle)
            frame(scene, item, Area(start, plan.at(column, px=plan.sign), top, top + plan.unit))
        else:
            sign(scene, item, plan.at(column, px=size.mark / 2), middle, size.mark)
        if words:
            scene.texts.append(Text(x, y, words, sits="top", ground=2 * (plan.told == "below")))
        target(scene, item, Area(x if plan.told == "below" else start, end, top, top + tall))
    for key, cell in band.row.cells.items() if plan.told else ():
        own = [lane for lane in lanes if lane.column.key == key]
        if cell.whole and own and cell.whole.address not in {item.address for item in cell.items}:
            tall = own[-1].top + plan.unit - own[0].top
            _frame_cell(plan, cell.whole, own[0].column, band.base + own[0].top, tall)


def _figure(plan: Plan, item: Item, lines: Lines, x: Place, y: float):
    """A number that a source reports, with its words, and the sign of a disagreement behind the number."""
    plan.scene.texts.append(Text(x, y, lines, ground=2 * plan.size.narrow))
    if item.contradicted:
        wide = fonts.width(item.figure, theme.SIZE["label"], bold=True)
        corner(plan.scene, moved(plan.scene, x, wide + 5), y, 0, -10 * len(lines) + 3, 14, cut=False)


def _squares(plan: Plan, cell: Cell, column: Column, band: Band):
    """The items of a cell side by side in lines, with their number where the eye does not count them."""
    scene, grid, size = plan.scene, plan.grid, plan.size
    whole = cell.whole if size.narrow else None
    mark, across = size.mark, size.across / plan.shrunk
    if grid.large:
        mark, across = size.large, plan.unit / plan.shrunk
    if size.narrow and grid.per_line:
        across = plan.column * plan.end / grid.per_line
    mark, across = min(mark, max(plan.least - 1, LEAST)), min(across, plan.least)
    for number, item in enumerate(cell.items):
        dx = number % plan.per_line * across + mark / 2  # flush with the head
        x, y = plan.at(column, px=dx), band.base + (number // plan.per_line + 0.5) * plan.unit
        sign(scene, item, x, y, mark)
        if not whole:
            target(scene, item, around(scene, x, y, across, plan.unit))
    count = len(cell.items)
    if grid.numbered and not size.narrow:
        for line in range(-(-count // plan.per_line)):
            x, y = plan.at(column, px=-4), band.base + (line + 0.5) * plan.unit
            say(scene, str(line * plan.per_line + 1), x, y, "least", "soft", side="right")
    elif count > COUNTED and not grid.per_line:
        x = plan.at(column, px=(count % plan.per_line + 0.5) * across)
        y = band.base + (count // plan.per_line + 0.5) * plan.unit
        say(scene, str(count), x, y, size.small, "soft", side="center")
    if whole:
        target(scene, whole, Area(plan.at(column, 0), plan.at(column, 1), band.top, band.bottom))
    if cell.whole and cell.whole.address not in {item.address for item in cell.items}:
        _frame_cell(plan, cell.whole, column, band.base, plan.lines(count) * plan.unit)


def _frame_cell(plan: Plan, whole: Item, column: Column, top: float, tall: float):
    """The frame of a whole cell."""
    area = Area(plan.at(column), plan.at(column, plan.end), top - 3, top + tall + 3)
    frame(plan.scene, whole, area, 4)


def _bar(plan: Plan, cell: Cell, column: Column, band: Band):
    """A bar on the one scale of the chart: strong items solid, then the others open, and their number."""
    scene, size, whole = plan.scene, plan.size, cell.whole
    most = max(len(one.items) for row in plan.grid.rows for one in row.cells.values() if one.whole)
    middle, half = band.base + plan.unit / 2, size.mark / 2
    start, narrowest = plan.lead + BAR_LEAD, plan.column * plan.shrunk
    number = fonts.width(str(most), theme.SIZE[size.small]) + NUMBER
    longest = max(min(size.longest, 1 - start - number / narrowest), BAR_LEAD)
    strong, count = sum(item.strong for item in cell.items), len(cell.items)
    x, solid, end = (plan.at(column, start + longest * number / most) for number in (0, strong, count))
    block(scene, x, end, middle, half, "open")
    block(scene, x, solid, middle, half, "solid")
    say(scene, str(count), moved(scene, end, 4 if size.narrow else 6), middle, size.small)
    if whole.contradicted:
        corner(scene, end, middle, 0, -half, size.mark)
    area = Area(plan.at(column), plan.at(column, plan.end), band.base, band.base + plan.unit)
    if size.narrow:
        area = Area(plan.at(column, 0), plan.at(column, 1), band.top, band.bottom)
    target(scene, whole, area)
    records = tuple(item.address for item in cell.items if item.address != whole.address)
    all_of_it = Item(whole.address, "", records=(*whole.records, *records))
    _frame_cell(plan, all_of_it, column, band.base, plan.unit)


def _figures(plan: Plan, cell: Cell, column: Column, top: float) -> float:
    """Numbers that sources report, with their verb; on a phone each in a line of the whole width.

    Returns where the last ends.
    """
    scene = plan.scene
    for item in cell.items:
        tall = plan.figure_height(item)
        middle, number = top + tall / 2, Run(item.figure, bold=True)
        if plan.size.narrow:
            when = ", ".join(filter(None, (str(column.year or ""), *column.short[:1])))
            words = cut(f"{item.words}  {when}", plan.page - plan.left - plan.right - 50, "small")
            lines, x, ends = ((number, Run(f"  {words}", "small", "soft")),), (0, 6), ((0, 0), (1, 0))
        else:
            lines = ((number,), *((Run(line, "small", "soft"),) for line in plan.figure(item)))
            x, ends = plan.at(column, px=1), (plan.at(column), plan.at(column, FIGURE))
        _figure(plan, item, lines, x, middle)
        area = Area(*ends, top + 3, top + tall - 3)
        target(scene, item, area)
        frame(scene, item, area)
        top += tall
    return top


def _spans(plan: Plan, band: Band):
    scene, size, spans = plan.scene, plan.size, band.row.spans
    fits = all(fonts.width(span.words, theme.SIZE["small"]) <= _room(plan, span) for span in spans)
    for span in spans:
        y = band.base + LANE * (span.lane + 0.5)
        if span.pieces:
            _pieces(plan, span, y)
            x = moved(scene, plan.when(max(span.x0, plan.grid.axis.run[0])), 2)
            say(scene, span.words if fits else span.short, x, y + 21, size.small, ground=1)
            continue
        scene.shapes.append(Line(plan.when(span.x0), plan.when(span.x1), y, y, "ink", 2))
        middle = plan.when((span.x0 + span.x1) / 2)
        sign(scene, span.item, middle, y, size.sign)
        target(scene, span.item, around(scene, middle, y, FINGER, LANE))


def _room(plan: Plan, span: Span) -> float:
    """px of the axis that a span takes on the narrowest page."""
    first, last = (share(plan.when(x), plan.scene) for x in (span.x0, span.x1))
    return (last - first) * plan.inner * plan.shrunk


def _pieces(plan: Plan, span: Span, y: float):
    """A bar of pieces with its corner, target and frame; the target takes in what fades."""
    scene, run = plan.scene, plan.grid.axis.run
    first, last = run[0], run[-1] + 1
    tall = THIN if all("thin" in piece[2:] for piece in span.pieces) else BAR
    low, high = max(span.x0, first), min(span.x1, last)
    ends = [plan.when(low), plan.when(high)]
    for x0, x1, kind, fill in span.pieces:
        half = (THIN if "thin" in (kind, fill) else BAR) / 2
        if kind == "fade":
            side = 1 if x1 > x0 else -1
            ends.append(moved(scene, plan.when(x0), side * TAIL))
            if first <= x0 <= last:
                fade(scene, plan.when(x0), side, y, half)
            continue
        a, b = (plan.when(x, px) for x, px in ((x0, x0 == span.x0), (x1, -(x1 == span.x1))))
        block(scene, a, b, y, half, fill)
    fades_at_its_end = span.pieces[-1].kind == "fade" and span.pieces[0].kind != "fade"
    left = span.item.contradicted == "start" or fades_at_its_end
    if span.item.contradicted:
        corner(scene, plan.when(low if left else high), y, 0, -tall / 2, BAR, left=left)
    ends.sort(key=partial(share, scene=scene))
    target(scene, span.item, Area(ends[0], ends[-1], y - FINGER / 2, y + FINGER / 2))
    area = Area(plan.when(low), plan.when(high), y - tall / 2 - 4, y + tall / 2 + 4)
    frame(scene, span.item, area, 4)

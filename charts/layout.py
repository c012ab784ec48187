"""A grid laid out: where each of its marks, words and rules stands, for a card, a slide, a phone or paper.

    layout(grid, WIDE) -> Scene

`charts.plan` says how wide and high all is, `charts.heads` paints what belongs to columns, `charts.rows` what
stands in a row, both with `charts.marks`; here is what stands around these.
"""

from collections import Counter

from charts import fonts, heads, rows, theme
from charts.grid import Column, Grid
from charts.marks import around, cut, folded, key, say, sign, target
from charts.plan import ASIDE, DOCUMENT, NARROWEST, PHONE, SIGN, SLIDE, UNSAID, WIDE, YEAR, Plan, Size, Stack
from charts.scene import Area, Hatch, Line, Scene
from query import UNCOVERED
from query.vocabulary import NOTHING

__all__ = ["DOCUMENT", "NARROWEST", "PHONE", "SLIDE", "WIDE", "Size", "layout"]

EMPTY, EMPTY_UNCOVERED = 84, 250  # px of rows where there is none
KEY_ROOM = 830  # px of a line of the key
MOST_SOURCES = 12  # with a line each in the strip of sources


def layout(grid: Grid, size: Size) -> Scene:
    """The scene of a grid, on which what comes later is painted over what came before."""
    plan = Plan(grid, size)
    scene = plan.scene
    aside = _aside(plan) if grid.aside else 0.0
    top = aside if size.narrow else 0.0
    stack = plan.stack(top)
    stack = plan.stack(top, heads.missing(plan, stack))
    bottom = max(stack.bottom, aside)
    if not stack.bands:
        uncovered = grid.axis.uncovered and not grid.axis.silent and not size.narrow
        bottom = max(bottom, top + (EMPTY_UNCOVERED if uncovered else EMPTY))
    stack = stack._replace(bottom=bottom)
    unsaid = heads.columns(plan, stack)
    for band in stack.bands:
        if band.top > top:
            _rule(plan, band.top, "ink" if band.row.ruled else "rule")
        rows.row(plan, band)
    for y in (top, bottom, 0) if top else (0, bottom):
        _rule(plan, y, "ink")
    if not stack.bands:
        _nothing(plan, stack)
    marks = len(scene.shapes)
    below = _coverage(plan, bottom) if grid.covered and size.covered else 8
    entries, scene.top = _key(plan, unsaid=unsaid), plan.head
    if size.keyed:
        room, gap = (plan.page, 16) if size.narrow else (min(KEY_ROOM, size.page), 24)
        scene.top += key(scene, entries, -plan.head, room, gap)
    else:
        scene.key = entries
    scene.around = scene.shapes[marks:]
    del scene.shapes[marks:]
    scene.height = scene.top + bottom + below
    return scene


def _rule(plan: Plan, y: float, color: str):
    plan.scene.ground.append(Line((0, plan.labels), (1, plan.right), y, y, color))


def _nothing(plan: Plan, stack: Stack):
    """Why no mark is drawn: no source speaks about any of the years, or the selection holds none."""
    scene, grid = plan.scene, plan.grid
    silent = grid.axis.silent and grid.covered
    if silent and not any(isinstance(shape, Hatch) for shape in scene.ground):
        scene.ground.append(Hatch((0, 0), (1, 0), stack.top, stack.bottom))
    words, size = UNCOVERED if silent else grid.nothing or NOTHING, theme.SIZE["label"]
    lines = fonts.lines(words, plan.inner * plan.shrunk * 0.9, size)
    y = stack.top + (UNSAID if any(text.turned for text in scene.texts) else EMPTY) / 2
    say(scene, lines, (0.5, 0), y, color="soft", side="center", ground=6)


def _aside(plan: Plan) -> float:
    """The list before the axis: the first row of a phone, else at the left. Returns its height."""
    scene, size, aside, x = plan.scene, plan.size, plan.grid.aside, -plan.left
    if size.narrow:
        pad, room, right = plan.grid.pad, plan.page, (1, plan.right)
        y = pad + PHONE.name
        say(scene, aside.head, (0, x), pad + 11, ground=2)
    else:
        pad, room, right, y = 0, ASIDE, (0, x + ASIDE), 4
        say(scene, aside.head, (0, x), -YEAR / 2, "small", "soft", sits="bottom")
        scene.ground.append(Line((0, x), right, 0, 0, "ink"))
    for item in aside.items:
        words = item.words
        lines = [cut(words, room - 40, "small")] if size.narrow else folded(words, room - 24, "small")
        tall = 17 * len(lines) + 8
        sign(scene, item, (0, x + 11), y + tall / 2, SIGN - 1)
        say(scene, lines, (0, x + 23), y + tall / 2, "small")
        target(scene, item, Area((0, x), right, y, y + tall))
        y += tall
    if aside.squares:
        say(scene, aside.squares_head, (0, x), y + 13, "small", "soft")
        y += 26
        per_line = int((room - 4) // size.across)
        for number, item in enumerate(aside.squares):
            dx = 4 + (number % per_line + 0.5) * size.across
            middle = y + (number // per_line + 0.5) * size.down
            sign(scene, item, (0, x + dx), middle, size.mark)
            target(scene, item, around(scene, (0, x + dx), middle, size.across, size.down))
        y += -(-len(aside.squares) // per_line) * size.down
    return y + pad


def _coverage(plan: Plan, y: float) -> float:
    """The strip of the sources from y on: thick where one reports events of a year. Returns its height."""
    scene, axis, above = plan.scene, plan.grid.axis, bool(plan.size.name)
    tall, x = 32 if above else 19, (0, -plan.left)
    columns: dict[int, list[Column]] = {}
    for column in plan.grid.columns:
        if column.year:
            columns.setdefault(column.year, []).append(column)
    ends = {year: (plan.at(of_it[0]), plan.at(of_it[-1], plan.end)) for year, of_it in columns.items()}
    if len(axis.sources) > MOST_SOURCES:
        head = f"How many of {len(axis.sources)} sources report events held in each year"
        say(scene, head, x, y + 18, "small", "soft")
        counts = Counter(year for _, _, years in axis.sources for year in years)
        for year, (a, b) in ends.items():
            place = ((a[0] + b[0]) / 2, 0)
            say(scene, str(counts[year] or "–"), place, y + 32 + tall / 2, "small", "soft", side="center")
        return 38 + tall
    say(scene, "Which sources report events held in each year", x, y + 18, "small", "soft")
    room = plan.page if above else plan.left - 10
    for number, (_, name, years) in enumerate(axis.sources):
        middle = y + 32 + (number + 0.5) * tall + 7 * above
        say(scene, cut(name, room, "small"), x, middle - 14 * above, "small")
        for year, (a, b) in ends.items():
            speaks = year in years
            color, width = ("soft", 5) if speaks else ("rule", 1)
            scene.shapes.append(Line(a, b, middle, middle, color, width))
    return 38 + tall * len(axis.sources)


def _key(plan: Plan, *, unsaid: bool) -> list[tuple[str, str]]:
    """The key, with what stands for squares and unsaid reasons."""
    grid = plan.grid
    bars = f"more than {grid.capacity} squares in one place, so bars"
    return [*grid.key, *[("split", bars)] * grid.crowded, *[("hatch", UNCOVERED)] * unsaid]

"""What belongs to whole columns: their heads, the hatch and the reason where one holds nothing."""

from collections import Counter

from charts import fonts, theme
from charts.grid import Column, Grid
from charts.marks import cut, say
from charts.plan import HEAD, LIST, YEAR, Plan, Stack
from charts.scene import Hatch, Line, Run, Text

HALF, MARGIN = 0.66, 8  # of words on end: what one of two lines takes at most, and px around them


def columns(plan: Plan, stack: Stack) -> bool:
    """Heads and reasons of all columns; returns whether a hatch has no room for its reason."""
    scene, grid, size = plan.scene, plan.grid, plan.size
    years, lines, unsaid = set(), plan.head_lines, False
    of_year = Counter(column.year for column in grid.columns if column.year)
    least = min(of_year.values(), default=1) * plan.column * plan.shrunk
    short = any(fonts.width(str(year), theme.SIZE["year"], bold=True) + YEAR > least for year in of_year)
    room = plan.column * plan.shrunk * (1.1 if size.narrow else plan.end)
    for column in grid.columns:
        x = plan.at(column, 0, 1) if grid.timed else plan.at(column)
        if grid.timed:
            edge = plan.at(column, 0)
            scene.ground.append(Line(edge, edge, stack.top, stack.bottom))
        heads = [cut(words, room, size.small) for words in plan.heads(column)]
        if column.year and column.year not in years:
            years.add(column.year)
            name = f"’{column.year % 100:02d}" if short else str(column.year)
            whole = column.year in grid.axis.years
            year = (Run(name, "year" if whole else "small", "ink" if whole else "soft", whole),)
            under, y = (), -HEAD * lines - YEAR / 2
            if of_year[column.year] == 1 == lines:  # a year and its count are read as one
                under, y = (((Run(words, size.small, "soft"),) for words in heads), -YEAR / 2)
                heads = []
            scene.texts.append(Text(x, y, (year, *under), sits="bottom"))
        elif column.name:
            name = cut(column.name, room * _named(grid, column), "year", bold=True)
            say(scene, name, x, -HEAD * lines - YEAR / 2, "year", sits="bottom")
        for number, words in enumerate(heads):
            y = -HEAD * (lines - 1 - number) - YEAR / 2
            say(scene, words, x, y, size.small, "soft", sits="bottom")
        unsaid |= bool(column.why) and _reason(plan, stack, column)
    if grid.timed and grid.columns:
        scene.ground.append(Line((1, 0), (1, 0), stack.top, stack.bottom))
    if not size.narrow:
        say(scene, grid.head, (0, plan.labels), -YEAR / 2, "small", "soft", sits="bottom")
        if plan.told == "list":
            say(scene, grid.told, (1, LIST), -YEAR / 2, "small", "soft", sits="bottom")
        for number, words in enumerate(grid.totals):
            x, lines = plan.total(number), words.split("\n")
            say(scene, lines, x, -YEAR / 2, "small", "soft", side="right", sits="bottom")
    return unsaid


def _named(grid: Grid, column: Column) -> int:
    """How many columns stand under a name."""
    after = grid.columns[grid.columns.index(column) + 1 :]
    return 1 + next((number for number, one in enumerate(after) if one.name or one.year), len(after))


def _reason(plan: Plan, stack: Stack, column: Column) -> bool:
    """The reason of a column, on end in the longest run of rows in which it holds nothing, and its hatch.

    Returns whether the hatch has no room for it.
    """
    scene, timed, above = plan.scene, plan.grid.timed, bool(plan.size.name)
    if column.hatched:
        ends = plan.at(column, 0 if timed else plan.lead), plan.at(column, 1 if timed else plan.end)
        bands = [(stack.top, stack.bottom)]
        if above and stack.bands and not timed:
            signs = [band for band in stack.bands if not any(item.figure for item in band.row.items)]
            bands = [(band.base - 2, band.bottom - 2) for band in signs]
            if plan.told == "below":  # where words cross it
                lanes = ((band.base + lane.top, plan.unit) for band in signs for lane in plan.lanes(band.row))
                bands = [(top, top + tall) for top, tall in lanes]
        scene.ground += [Hatch(*ends, top, bottom) for top, bottom in bands]
    if not stack.bands and plan.grid.axis.silent:
        return False
    start, end = stack.free(column, timed=timed)
    lines = [] if column.hatched and above else _upright(column.why, end - start, plan.size.small)
    if not lines:
        return column.hatched
    x, y, color = plan.at(column, 0.5), (start + end) / 2, "soft"
    say(scene, lines, x, y, plan.size.small, color, side="center", ground=3, turned=True)
    return False


def _upright(why: str, room: float, small: str) -> list[str]:
    """The lines of a reason on end: one where it fits, else two; none without room for them."""
    size = theme.SIZE[small]
    for lines in ([why], fonts.lines(why, fonts.width(why, size) * HALF, size)):
        if all(fonts.width(line, size) + MARGIN <= room for line in lines):
            return lines
    return []


def missing(plan: Plan, stack: Stack) -> float:
    """px by which each row must grow so that a reason which no hatch stands for has room."""
    size, result = theme.SIZE[plan.size.small], 0.0
    for column in plan.grid.columns:
        if column.why and not column.hatched and stack.bands:
            start, end = stack.free(column, timed=plan.grid.timed)
            rows = sum(start <= band.top < end for band in stack.bands)
            need = fonts.width(column.why, size) * HALF + MARGIN
            result = max(result, (need - end + start) / rows if rows else 0)
    return result

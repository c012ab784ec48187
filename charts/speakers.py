"""Speakers by year: the squares of the threats chart, a row for each who is on record."""

from collections import Counter

from charts import frames, threats, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import Grid
from query.nouns import ACTION, THREAT

SUBTITLE = "The same statements by speaker and year. One square is one statement."


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each speaker, who states most first."""
    return threats.statements(tables, axis, "speaker", words.speakers(tables))


def headline(grid: Grid, tables: Tables) -> str:
    """The speakers of most threats, or else of most actions."""
    if grid.axis.silent and not grid.items:
        return words.capital(words.why_empty(grid.axis))
    leaders = frames.leaders(tables, "speaker")
    if not leaders:
        return "Who is on record with how many statements"
    names = [words.speakers(tables).get(who, who) for who in leaders.values]
    verb = {THREAT: "state", ACTION: "name"}[leaders.noun] + "s" * (len(names) == 1)
    if leaders.most == leaders.total > 1:
        return f"All {leaders.noun.counted(leaders.total)} in this view are from {names[0]}"
    said = words.capital(words.few(names, "speakers"))
    return f"{said} {verb} the most: {leaders.numbers}"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows = frames.records(tables["threats"])
    if not rows:
        return f"Statements by speaker and year: {words.why_empty(grid.axis)}."
    names, totals = words.speakers(tables), Counter(row["speaker"] for row in rows)
    order = sorted(totals, key=lambda who: (-totals[who], names.get(who, who), who))
    each = words.joined(f"{names.get(who, who)} {totals[who]}" for who in order)
    kind = "Bar chart" if grid.crowded else "Unit chart"
    return (
        f"{kind} of {words.counted(len(rows), 'statement')} by speaker and year: {each}."
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


twin = threats.twin

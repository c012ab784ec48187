"""Speakers by year: the squares of the threats chart, a row for each who is on record."""

from collections import Counter

import query
from charts import threats, words
from charts.axis import Axis
from charts.grid import Grid
from query import Tables
from query.nouns import ACTION, THREAT
from query.records import rows_in
from query.words import capital, counted, few, joined

SUBTITLE = "The same statements by speaker and year. One square is one statement."


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each speaker, who states most first."""
    return threats.statements(tables, axis, "speaker", then="category")


def headline(grid: Grid, tables: Tables) -> str:
    """The speakers of most threats, or else of most actions."""
    lead = threats.leaders(tables, "speaker")
    if not lead or (grid.axis.silent and not grid.items):
        return capital(words.why_empty(grid.axis))
    if lead.most == lead.total > 1:
        return f"All {lead.noun.counted(lead.total)} in this view are from {lead.names[0]}"
    if lead.singles:
        return f"{lead.noun.counted(lead.total)}, each from another speaker"
    verb = {THREAT: "state", ACTION: "name"}[lead.noun] + "s" * (len(lead.names) == 1)
    return f"{capital(few(lead.names, 'speakers'))} {verb} the most: {lead.numbers}"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    totals = Counter(row["speaker"] for row in rows_in(tables, "threats"))
    if not totals:
        return f"Statements by speaker and year: {words.why_empty(grid.axis)}."
    names = {who: query.name_of(tables, who) for who in totals}
    order = sorted(totals, key=lambda who: (-totals[who], names[who], who))
    each = joined(f"{names[who]} {totals[who]}" for who in order)
    kind = "Bar chart" if grid.crowded else "Unit chart"
    return (
        f"{kind} of {counted(totals.total(), 'statement')} by speaker and year: {each}."
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


twin = threats.twin

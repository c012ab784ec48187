"""Years of a briefing's axis that one of its views does not show: said so, where a chart would count none."""

import re
from collections.abc import Set as AbstractSet

import plotly.graph_objects as go

from charts import attendance, documents

LEFT_OUT = "not shown"
BY_FILTER = "left out of this view"
HEAD = re.compile(r"<b>(\d{4})</b>")
ZERO = re.compile(r"(<b>\d{4}</b><br><span[^>]*>)(?:0|–)(</span>)")


def say_which_years_are_left_out(figure: go.Figure, years: AbstractSet[int]) -> go.Figure:
    """The figure with words for what its view leaves out: instead of a zero, or of what no source reports."""
    if not years:
        return figure
    notes = figure.layout.annotations
    heads = sorted(
        (float(note.x), int(found[1]))
        for note in notes
        if note.xref == "x" and (found := HEAD.match(note.text))
    )
    for note in notes:
        found = HEAD.match(note.text)
        if found and int(found[1]) in years:
            note.text = ZERO.sub(rf"\g<1>{LEFT_OUT}\g<2>", note.text)
        elif note.text.replace("<br>", " ") in (attendance.NO_SESSION, documents.NONE):
            before = [year for x, year in heads if x <= float(note.x) + 1e-6]
            if before and before[-1] in years:
                note.text = BY_FILTER
    return figure

"""What stands in the body of a slide, by topic: native charts and tables made from the rows of the view."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pandas as pd
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION

import query
from charts import attendance, chairmanship, documents, frames, overview, theme, words
from exports import powerpoint
from exports.briefing import Slide
from exports.powerpoint import EDGE, ROOM, Cell, Plot, Series
from query import NONE_REPORTED, UNCOVERED
from query.nouns import DOCUMENT
from query.vocabulary import ATTENDANCE, EXPRESSED, LEFT_OUT, LEFT_OUT_SHORT
from query.words import capital

BOTTOM, CONTINUED = (
    6.4,
    1.75,
)  # inches: where a body ends, and where it begins on a further slide at the latest
TEXT = 12  # points, nothing smaller in a body
DENSE = 0.03  # inches above and below the words of a cell in the table of everything
HATCHED = UNCOVERED.replace(" an ", "\nan ")  # in two lines, for it stands upright
DISPUTED = "‡"  # sources or passages disagree
# Topics whose bodies carry that sign, and topics whose bodies leave DAGGER to be explained below them: like
# BODIES they know topics by name, for what they say is true of these bodies and of no chart elsewhere.
SIGNED = ("overview", "chairmanship", "attendance")
INFERRED = ("overview",)
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
LAST_DRAWN = 30  # categories that one chart can hold


class Body:
    """The body of one slide in the making: `page` is the slide, `more` makes a further one for the rest."""

    def __init__(self, slide: Slide, page, top: float, bottom: float, more: Callable):
        self.slide, self.page, self.top, self.bottom, self.more = slide, page, top, bottom, more

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def table(
        self,
        widths,
        rows,
        *,
        heads: int = 1,
        name: str,
        words: str,
        size: float = TEXT,
        pad=powerpoint.PADDING,
    ):
        """A table over the whole width; what does not fit goes on, under the same head, on further slides."""
        head = rows[:heads]
        above = sum(powerpoint.heights(head, widths, size, heads=heads, pad=pad))
        first, others = self.bottom - self.top - above, BOTTOM - CONTINUED - above
        for number, part in enumerate(powerpoint.pages(rows[heads:], widths, size, first, others, pad=pad)):
            if number:
                self.page = self.more()
            powerpoint.table(
                self.page,
                EDGE,
                self.top,
                widths,
                [*head, *part],
                size,
                heads=heads,
                name=name,
                words=words,
                pad=pad,
            )


def subtitle(slide: Slide) -> str:
    """The chart's subtitle without what it says about the shapes of its marks: a native chart has others."""
    sentences = re.split(r"(?<=\.) ", slide.subtitle)
    return " ".join(text for text in sentences if not re.search(r"\b(?:square|dot)\b", text))


def draw(body: Body):
    """Fill the body with what belongs to its topic."""
    BODIES.get(body.slide.item.topic, _twin)(body)


# ---- threats and speakers ----


def _threats(body: Body):
    categories = body.slide.rows["threats"]["category"]
    _statements(body, [query.name_of(body.slide.tables, category) for category in categories], "category")


def _speakers(body: Body):
    speakers = body.slide.rows["threats"]["speaker"]
    _statements(body, [capital(query.name_of(body.slide.tables, who)) for who in speakers], "speaker")


def _statements(body: Body, names: list[str], what: str):
    """Left, bars by category or speaker; right, columns by year; one series per `expressed_as`."""
    slide = body.slide
    rows = slide.rows["threats"].assign(name=pd.Series(names, dtype="str"))
    totals = rows["name"].value_counts()
    order = sorted(totals.index, key=lambda name: (-totals[name], name))
    for number, part in enumerate(_parts(order, LAST_DRAWN)):
        if number:
            body.page = body.more()
        right = 4.5
        left = ROOM - right - 0.35
        height = min(body.height, 0.5 + max(0.55 * len(part), 0.9))
        label = min(max(max(_inches(name) for name in part) + 0.15, 1.2), 3.0)
        chart, _ = powerpoint.chart(
            body.page, XL_CHART_TYPE.BAR_STACKED, EDGE, body.top, left, height, part,
            _expressed(rows, "name", part), rows=slide.rows, name=f"Chart: statements by {what}",
            words=f"{slide.alt} Bars: {_told(rows, 'name', part)}.",
            inside=(label, 0.42, 0.1, 0.05), gap=35, flip=True,
        )  # fmt: skip
        chart.value_axis.maximum_scale = max(int(totals.max()), 4)
        _years(body, rows, EDGE + left + 0.35, right)


def _years(body: Body, rows: pd.DataFrame, x: float, width: float):
    slide = body.slide
    years = list(slide.axis.years)
    keyed = rows.assign(name=rows["year"].map(frames.year_of))
    heads = [_year_head(slide, year) for year in years]
    plot = _inside(x, body.top, width, body.height, (0.05, 0.42, 0.05, 0.32))
    _hatches(body.page, slide, plot)
    powerpoint.chart(
        body.page, XL_CHART_TYPE.COLUMN_STACKED, x, body.top, width, body.height, heads,
        _expressed(keyed, "name", years), rows=slide.rows, name="Chart: statements by year",
        words=f"Columns of statements by year: {_told(keyed, 'name', years, slide)}.",
        inside=(0.05, 0.42, 0.05, 0.32), gap=60, legend=False,
    )  # fmt: skip


def _expressed(rows: pd.DataFrame, column: str, order: list) -> list[Series]:
    """One series per `expressed_as`; a place without a statement holds nothing, and never a zero."""
    series = []
    for word, look in theme.EXPRESSED.items():
        counts = Counter(rows.loc[rows["expressed_as"] == word, column])
        series.append(Series(capital(EXPRESSED[word]), [counts[name] or None for name in order], look.fill))
    return series


def _told(rows: pd.DataFrame, column: str, order: list, slide: Slide | None = None) -> str:
    counts = Counter(rows[column])
    silent = {} if slide is None else {year: slide.axis.silence(year) for year in order}
    return ", ".join(f"{name} {counts[name] or silent.get(name) or NONE_REPORTED}" for name in order)


# ---- chairmanship ----

# the parts of a term in the order in which they can follow one another: kind and fill of its segments
SEGMENTS = (
    ("fade", ""), ("thin", "open"), ("thin", "solid"), ("thin", "dashed"), ("bar", "open"), ("bar", "solid"),
    ("bar", "dashed"), ("bar", "open"), ("thin", "solid"), ("thin", "dashed"), ("thin", "open"), ("fade", ""),
)  # fmt: skip
SEGMENT_WORDS = {
    ("thin", "open"): ("Inferred", "open"),
    ("thin", "solid"): ("Stated, known only to the year or month", "mute"),
    ("thin", "dashed"): ("Only announced", "dashed"),
    ("bar", "open"): ("Inferred", "open"),
    ("bar", "solid"): ("Stated to the day", "solid"),
    ("bar", "dashed"): ("Only announced", "dashed"),
}


def _chairmanship(body: Body):
    """Bars of terms on an axis of dates after an invisible offset; beside them what falls into each term."""
    slide = body.slide
    marks = slide.marks[slide.marks["kind"] == "term"].to_dict("records")
    if not marks:
        _twin(body)
        return
    for number, part in enumerate(_parts(marks, 9)):
        if number:
            body.page = body.more()
        _terms(body, part)
    _sessions(body)


def _terms(body: Body, marks: list[dict]):
    slide = body.slide
    first, last = slide.axis.run[0], slide.axis.run[-1] + 1
    pieces = [_clipped(chairmanship.segments(mark, slide.axis), first, last) for mark in marks]
    slots = [_slots(parts) for parts in pieces]
    starts_before = any(parts and parts[0][0] < first for parts in pieces)
    low = _serial(first) - (366 if starts_before else 0)
    high = max([_serial(last), *(_serial(parts[-1][1]) for parts in pieces if parts)]) + 20
    series = [Series("Offset", [_serial(p[0][0]) if p else None for p in pieces], "none")]
    for slot in sorted({slot for found in slots for slot in found}):
        kind = SEGMENTS[slot]
        if kind[0] == "fade":
            name, fill = (("Start not stated", "fade-in"), ("End not stated", "fade"))[slot > 0]
        else:
            name, fill = SEGMENT_WORDS[kind]
        values = [
            _serial(parts[found[slot]][1]) - _serial(parts[found[slot]][0]) if slot in found else None
            for parts, found in zip(pieces, slots, strict=True)
        ]
        series.append(Series(name, values, fill))
    numbers, label, head = 3.1, 3.1, 0.75
    width = ROOM - numbers - 0.2
    height = min(body.height, head + 0.35 + 0.78 * len(marks))
    inside = (label, head, 0.05, 0.35)
    plot = _inside(EDGE, body.top, width, height, inside)
    day = plot.width / (high - low)
    for year in slide.axis.uncovered:
        left = plot.left + (_serial(year) - low) * day
        area = Plot(left, plot.top, (_serial(year + 1) - _serial(year)) * day, plot.height)
        powerpoint.hatch(body.page, area, UNCOVERED, _free(marks, year))
    chart, plot = powerpoint.chart(
        body.page, XL_CHART_TYPE.BAR_STACKED, EDGE, body.top, width, height,
        [_term_head(mark) for mark in marks], series,
        name="Chart: terms of chairmanship", words=slide.alt, inside=inside, gap=110, labels=False,
        rows=slide.rows, legend=False, flip=True,
    )  # fmt: skip
    key = {one.name: one.fill for one in series if one.fill != "none"}
    powerpoint.key(body.page, EDGE, body.top, [(fill, name) for name, fill in key.items()])
    axis = chart.value_axis
    axis.visible = True
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, 366 * max(1, (last - first) // 10)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.number_format = f'[<{_serial(first) - 1}]"";[>{_serial(last) - 9}]"";yyyy'
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = powerpoint.colour("rule")
    axis.format.line.fill.background()
    _numbers(body, marks, EDGE + width + 0.2, numbers, plot)


def _term_head(mark: dict) -> str:
    sign = f" {DISPUTED}" if mark["contradicted"] else ""
    return f"{mark['row']}, {mark['person'] or 'no person named'}\n{mark['dates']}{sign}"


def _free(marks: list[dict], year: int) -> tuple[float, float]:
    """The longest run of rows, as parts of the height, in which no term touches the year."""
    taken = [n for n, mark in enumerate(marks) if mark["x0"] < year + 1 and mark["x1"] > year]
    gaps = [(a + 1, b) for a, b in pairwise([-1, *taken, len(marks)])]
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return first / len(marks), last / len(marks)


def _numbers(body: Body, marks: list[dict], x: float, width: float, plot: Plot):
    """A table whose rows stand beside the bars: what falls into each term."""
    each = plot.height / len(marks)
    head = [Cell(name.capitalize(), color="soft", right=True) for name in query.TALLIED]
    rows = [head]
    for mark in marks:
        cells = ["–" if pd.isna(mark[name]) else str(mark[name] or "none") for name in query.TALLIED]
        if mark["announced"]:
            cells[0] += f"\n{mark['announced']} announced"
        rows.append([Cell(text, right=True) for text in cells])
    widths = [width / 3] * 3
    top = plot.top - powerpoint.heights([head], widths, TEXT)[0]
    powerpoint.table(
        body.page, x, top, widths, rows, TEXT, name="Table: what falls into each term",
        words="Sessions, documents and statements that fall into each term by every reading of their dates; "
        f"none: {NONE_REPORTED}; a dash: {UNCOVERED}.",
    )  # fmt: skip
    made = body.page.shapes[-1].table
    for row in list(made.rows)[1:]:
        row.height = powerpoint.Inches(each)
        for cell in row.cells:
            cell.vertical_anchor = powerpoint.MSO_ANCHOR.MIDDLE


def _sessions(body: Body):
    """The sessions of the terms, which the bars of a native chart cannot carry."""
    slide = body.slide
    rows = slide.marks[slide.marks["kind"] != "term"]
    if rows.empty:
        return
    body.page = body.more("The sessions and summits of these terms")
    events = query.events(slide.tables)
    cells = [
        [Cell(name, color="soft") for name in ("Chair", "Session or summit", "Date", "Known as", "Sources")]
    ]
    for row in rows.to_dict("records"):
        event = events[row["address"]]
        inferred = " (date inferred)" if "date" in event["inferred"].split("~") else ""
        cells.append(
            [
                Cell(row["row"]),
                Cell(query.title_and_place(event)),
                Cell(event["date_words"] + inferred),
                Cell(query.event_kind(event)),
                Cell(query.publishers(slide.tables, event["source"])),
            ]
        )
    body.table(
        [1.5, 4.4, 2.6, 2.2, ROOM - 10.7], cells, name="Table: sessions and summits",
        words="Sessions and summits by the term that they fall into.",
    )  # fmt: skip


def _clipped(parts: list[tuple], first: float, last: float) -> list[tuple]:
    """Segments in order of time, inside the axis and half a year around it."""
    sorted_ = [(min(a, b), max(a, b), kind, "" if kind == "fade" else fill) for a, b, kind, fill in parts]
    inside = [(max(a, first - 0.5), min(b, last + 0.5), kind, fill) for a, b, kind, fill in sorted_]
    return sorted(part for part in inside if part[1] > part[0])


def _slots(parts: list[tuple]) -> dict[int, int]:
    """slot of SEGMENTS -> the number of the segment that stands in it."""
    found, slot = {}, 0
    for number, (_, _, kind, fill) in enumerate(parts):
        if kind == "fade":
            slot = 0 if number == 0 and len(parts) > 1 and parts[1][2] != "fade" else len(SEGMENTS) - 1
        else:
            slot = next(n for n in range(slot, len(SEGMENTS)) if SEGMENTS[n] == (kind, fill))
        found[slot] = number
        slot += 1
    return found


def _serial(year: float) -> int:
    """A place on an axis of years as a day of a spreadsheet."""
    whole = int(year // 1)
    start, end = date(whole, 1, 1), date(whole + 1, 1, 1)
    return (start - EPOCH).days + round((year - whole) * (end - start).days)


# ---- attendance ----


def _attendance(body: Body):
    """A table of words and symbols: parties by session, under their years."""
    slide = body.slide
    events, rows = query.events(slide.tables), slide.rows["attendance"]
    years: list[tuple[int, str]] = []
    for year in slide.axis.years:
        here = {
            event
            for event, when in zip(rows["event"], rows["year"], strict=True)
            if frames.year_of(when) == year
        }
        found = sorted(here, key=lambda event: events[event]["earliest"])
        years += [(year, event) for event in found] or [(year, "")]
    for number, part in enumerate(_parts(years, 7)):
        if number:
            body.page = body.more()
        _seats(body, part)


SHAPES = {"present": "■", "absent": "×", "not_stated": "· "}
LEGEND = (
    "■ present: a source says so     × absent: a source says so     "
    "·  not stated: no source says whether they came"
)
SIGNS = {status: f"{sign} {ATTENDANCE[status]}" for status, sign in SHAPES.items()}


def _seats(body: Body, columns: list[tuple[int, str]]):
    slide = body.slide
    events, rows = query.events(slide.tables), slide.rows["attendance"]
    parties = [party for party in query.parties(slide.tables) if (rows["party"] == party).any()]
    status = {(e, p): s for e, p, s in rows[["event", "party", "status"]].itertuples(index=False)}
    doubts = {
        (row["event"], row["party"]): ", inferred" * (row["basis"] == "inferred")
        + f" {DISPUTED}" * bool(row["contradicted"])
        for row in rows.to_dict("records")
    }
    first = [Cell("")]
    second = [Cell("")]
    for number, (year, event) in enumerate(columns):
        same = number and columns[number - 1][0] == year
        first.append(Cell("" if same else str(year), bold=True))
        second.append(Cell(_occasion(events[event]) if event else "", color="soft"))
    body_rows = []
    for line, party in enumerate(parties):
        row = [Cell(query.party_of(slide.tables, party))]
        for year, event in columns:
            if event:
                word = status.get((event, party), "")
                text = SIGNS.get(word, LEFT_OUT)
                text += doubts.get((event, party), "")
                is_said = word in ("present", "absent")
                row.append(Cell(text, bold=word == "absent", color="ink" if is_said else "soft"))
            elif line == 0:
                why = attendance.no_session(slide.tables, slide.axis, year)
                hatched = why == UNCOVERED
                cell = Cell(HATCHED, hatched=True) if hatched else Cell(why, color="soft")
                row.append(cell._replace(span=(len(parties), 1)))
            else:
                row.append(Cell(""))
        body_rows.append(row)
    label = 1.9
    room = (ROOM - label) / len(columns)
    wide = [label, *[min(room, 2.1)] * len(columns)]
    end = powerpoint.table(
        body.page, EDGE, body.top, wide, [first, second, *body_rows], 14, heads=2,
        name="Table: attendance", words=slide.alt, pad=0.075,
    )  # fmt: skip
    powerpoint.textbox(body.page, EDGE, end + 0.15, ROOM, 0.3, [LEGEND], TEXT, name="Legend")


def _occasion(event: dict) -> str:
    head = words.short(event["earliest"], event["latest"], event["precision"])
    return f"{head}\n{words.second_line(event)}"


# ---- documents ----


STRONG = "Documents named"
OTHERS = "Proposals and other matters"


def _documents(body: Body):
    """Columns by year: numbers that sources report beside the documents that they name; then the list."""
    slide = body.slide
    counts, rows = slide.rows["document_counts"], slide.rows["documents"]
    years = list(slide.axis.years)
    before = f"before {years[0]},\nor undated" if years else "undated"
    place = [_year_of_document(row, slide) for row in rows.to_dict("records")]
    is_document = [DOCUMENT.holds(row) for row in rows.to_dict("records")]
    columns = ([0] if 0 in place else []) + years
    named = Counter(year for year, named in zip(place, is_document, strict=True) if named)
    others = Counter(year for year, named in zip(place, is_document, strict=True) if not named)
    reported: dict[int, int] = {}
    for year, count in zip(counts["year"].map(frames.year_of), counts["count"], strict=True):
        reported.setdefault(year, int(count))
    several = [
        row for row in counts.to_dict("records") if reported.get(frames.year_of(row["year"])) != row["count"]
    ]
    drawn = any(year in columns for year in [*place, *reported])
    if drawn:
        verbs = "; ".join(_number_words(slide, row) for row in counts.to_dict("records"))
        heads = [_year_head(slide, year) if year else before for year in columns]
        inside = (0.05, 0.45, 0.05, 0.55)
        height = body.height - (0.6 if verbs else 0)
        plot = _inside(EDGE, body.top, ROOM, height, inside)
        _hatches(body.page, slide, plot, columns)
        powerpoint.chart(
            body.page, XL_CHART_TYPE.COLUMN_CLUSTERED, EDGE, body.top, ROOM, height, heads,
            [
                Series("A number that a source reports", [reported.get(year) for year in columns], "mute"),
                Series(STRONG, [named[year] or None for year in columns], "solid"),
                Series(OTHERS, [others[year] or None for year in columns], "open"),
            ],
            rows=slide.rows, name="Chart: documents by year", words=slide.alt, inside=inside, gap=70,
        )  # fmt: skip
        if verbs:
            text = (
                f"Reported: {verbs}. Numbers that are reported and documents that are named are never added."
            )
            powerpoint.textbox(
                body.page, EDGE, body.bottom - 0.52, ROOM, 0.5, [text], TEXT, color="soft", name="Numbers"
            )
    if len(rows) or several:
        if drawn:
            body.page = body.more("Documents that our sources name, proposals and other matters")
        _document_list(body)


def _document_list(body: Body):
    slide = body.slide
    rows, source = slide.twin, slide.rows["documents"].set_index("id")["source"]
    cells = [
        [
            Cell(name, color="soft")
            for name in ("Document or matter", "Kind and status", "Date", "Occasion", "Sources")
        ]
    ]
    for row in rows[rows["Kind"] != "reported number"].to_dict("records"):
        cells.append(
            [
                Cell(row["Title"]),
                Cell(f"{row['Kind']}: {row['Status']}"),
                Cell(row["Date"].replace(" (the occasion's)", "")),
                Cell(row["Occasion"].rsplit(",", 1)[0] if row["Occasion"] != "not stated" else "not stated"),
                Cell(query.publishers(slide.tables, source[row["Record"]])),
            ]
        )
    body.table(
        [4.3, 2.1, 1.9, 2.4, ROOM - 10.7], cells, name="Table: documents",
        words="Documents, proposals and other matters, with kind, status, date, occasion and sources.",
    )  # fmt: skip


def _year_of_document(row: dict, slide: Slide) -> int:
    """The year under which a document stands; 0 before the axis or undated."""
    year = frames.year_of(row["year"])
    return year if year in slide.axis.years else 0


def _number_words(slide: Slide, row: dict) -> str:
    year = frames.year_of(row["year"])
    publishers = query.publishers(slide.tables, row["source"])
    return f"{row['count']} documents “{row['verb']}” in {year} ({publishers})"


# ---- overview ----


DAGGER = "†"  # a date, or the claim itself, is inferred


def _overview(body: Body):
    """A table: kinds by year, each event with its date, documents and statements counted."""
    slide = body.slide
    years, marks = list(slide.axis.years), slide.marks
    early = marks[marks["zone"] != overview.ON_AXIS]
    columns = ([0] if len(early) else []) + years
    names = [name for name in dict.fromkeys(marks["row"]) if name != overview.BEFORE]
    rows = [[Cell(""), *(_overview_head(year, years) for year in columns)]]
    rows += [[Cell(name), *(_overview_cell(slide, name, year) for year in columns)] for name in names]
    for at in range(1, len(columns) + 1):
        _merge_silence(rows, at)
    milestones = list(early.loc[early["row"] == overview.BEFORE, "short"])
    beside = [name for name in names if name not in overview.UNITS]
    if milestones and beside:  # beside what has no place before the axis, as on screen
        rows[1][1] = Cell("\n".join(milestones), span=(len(beside), 1))
    elif milestones:
        rows.insert(1, [Cell("Milestones"), Cell("\n".join(milestones)), *[Cell("")] * len(years)])
    first, before = 1.6, 2.7 if len(early) else 0
    widths = [
        first,
        *([before] if before else []),
        *[(ROOM - first - before) / max(len(years), 1)] * len(years),
    ]
    room = body.bottom - body.top
    tall = {size: sum(powerpoint.heights(rows, widths, size, pad=DENSE)) for size in (15, 14, 13)}
    size = next((size for size, height in tall.items() if height <= room), TEXT)
    name = "Table: everything by year"
    body.table(widths, rows, name=name, words=slide.alt, size=size, pad=DENSE)


def _merge_silence(rows: list[list[Cell]], at: int):
    """Cells below one another that are empty for one reason become one, which says it once."""
    number = 0
    while number < len(rows):
        end = number
        while end < len(rows) and rows[end][at].text == rows[number][at].text in (HATCHED, LEFT_OUT):
            end += 1
        if end > number + 1:
            rows[number][at] = rows[number][at]._replace(span=(end - number, 1))
            for below in range(number + 1, end):
                rows[below][at] = Cell("")
        number = max(end, number + 1)


def _overview_head(year: int, years: list[int]) -> Cell:
    if not year:
        return Cell(f"before {years[0]}", color="soft")
    return Cell(str(year), bold=True)


def _overview_cell(slide: Slide, name: str, year: int) -> Cell:
    marks = slide.marks[slide.marks["row"] == name]
    if name == overview.CHAIRS:
        here = marks[(marks["x0"] < year + 1) & (marks["x1"] > year)] if year else marks.iloc[:0]
        text = "\n".join(
            mark.short
            + " (announced)" * (mark.fill == "dashed")
            + DAGGER * (mark.basis == "inferred" or "open" in (mark.start_fill, mark.end_fill))
            + DISPUTED * bool(mark.contradicted)
            for mark in here.itertuples()
        )
    else:
        on_axis = marks["zone"] == overview.ON_AXIS
        here = marks[on_axis & (marks["x0"] >= year) & (marks["x0"] < year + 1) if year else ~on_axis]
        if name in overview.UNITS:
            text = _tally(slide, name, here)
        else:
            events = query.events(slide.tables)
            text = "\n".join(_event_words(events[address]) for address in here["address"])
    why = "" if text or not year else slide.axis.silence(year) or NONE_REPORTED
    if why == UNCOVERED:
        return Cell(HATCHED, hatched=True)
    return Cell(text or why, color="ink" if text else "soft")


def _tally(slide: Slide, name: str, marks: pd.DataFrame) -> str:
    if marks.empty:
        return ""
    number = int(marks["count"].sum())
    if name != overview.STATEMENTS:
        return (DOCUMENT if name == overview.DOCUMENTS else documents.OTHER).counted(number)
    rows = slide.rows["threats"]
    years = {int(column) for column in marks["column"]}
    counts = Counter(rows.loc[rows["year"].isin(years), "expressed_as"])
    return query.threats_and_actions(counts["threat"], counts["priority"]).replace(" and ", ", ")


def _event_words(event: dict) -> str:
    when = words.short(event["earliest"], event["latest"], event["precision"])
    inferred = event["basis"] == "inferred" or "date" in event["inferred"].split("~")
    place = event["place"] or ("by video" if event["format"] == "video" else "")
    kind = "summit" if event["kind"] == "summit" else ""
    tail = "announced" if event["status"] == "planned" else ""
    when += DAGGER * inferred + DISPUTED * bool(event["contradicted"])
    return ", ".join(part for part in (when, kind, place, tail) if part)


# ---- sources ----


def _sources(body: Body):
    table = query.by_source(slide_tables(body.slide))
    urls = {row["id"]: row["url"] for row in body.slide.tables["sources"].to_dict("records")}
    names = list(table.columns)
    cells = [[Cell(name, color="soft", right=number > 1) for number, name in enumerate(names)]]
    for identifier, row in zip(urls, table.itertuples(index=False), strict=True):
        values = [Cell(str(value), right=number > 1) for number, value in enumerate(row)]
        url = urls[identifier]
        values[0] = values[0]._replace(url=url if url.startswith(("https://", "http://")) else "")
        cells.append(values)
    rest = (ROOM - 3.4 - 2.0) / (len(names) - 2)
    body.table(
        [3.4, 2.0, *[rest] * (len(names) - 2)], cells, name="Table: sources", words=body.slide.alt, size=14
    )


def slide_tables(slide: Slide):
    """The tables of the sources that are not set aside."""
    return query.select(slide.dataset.tables, query.View(without=slide.item.view.without))


def _twin(body: Body):
    """Rows that no chart can draw, as the table that stands beside it on screen."""
    table = body.slide.twin
    names = [name for name in table.columns if name not in ("Record", "Note", "Contradicted", "Inferred")][:6]
    cells = [[Cell(name, color="soft") for name in names]]
    cells += [[Cell(str(value)) for value in row] for row in table[names].itertuples(index=False)]
    body.table([ROOM / len(names)] * len(names), cells, name="Table", words=body.slide.alt)


BODIES = {
    "overview": _overview,
    "chairmanship": _chairmanship,
    "attendance": _attendance,
    "documents": _documents,
    "threats": _threats,
    "speakers": _speakers,
    "sources": _sources,
}

# ---- shared ----


def _year_head(slide: Slide, year: int) -> str:
    return f"{year}\n{LEFT_OUT_SHORT}" if year in slide.axis.left_out else str(year)


def _hatches(page, slide: Slide, plot: Plot, columns: list[int] | None = None):
    columns = columns or list(slide.axis.years)
    each = plot.width / max(len(columns), 1)
    for number, year in enumerate(columns):
        if year in slide.axis.uncovered:
            powerpoint.hatch(
                page, Plot(plot.left + (number + 0.1) * each, plot.top, 0.8 * each, plot.height), UNCOVERED
            )


def _inside(x: float, y: float, width: float, height: float, room: tuple) -> Plot:
    left, top, right, bottom = room
    return Plot(x + left, y + top, width - left - right, height - top - bottom)


def _inches(text: str) -> float:
    return powerpoint.fonts.width(text, TEXT) / 72 * 1.06


def _parts(values: list, size: int) -> list[list]:
    """Values in parts of nearly the same length, none longer than `size`."""
    number = -(-len(values) // size) or 1
    edges = [round(n * len(values) / number) for n in range(number + 1)]
    return [values[a:b] for a, b in pairwise(edges)]

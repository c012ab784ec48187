"""The chairmanship ribbon: the terms on a true time axis, the years beneath; both filter by years."""

from datetime import date

import query
from exports.templates import render
from query.records import split
from ui.state import Page

NARROWEST = 0.2  # years, the width of a block whose dates are one


def ribbon(page: Page) -> str:
    """A block for each term and a field for each year, on pages that years cut: a click adds its years to the
    ones that are shown, or takes them away. On the page of terms a click opens the term; years are not there.

    Empty on other pages, and where the dataset has no years.
    """
    years, topic = query.axis_years(page.dataset.tables), page.topic
    if not years or not (topic.of_terms or topic.of_years):
        return ""
    fields = _years(page, years) if topic.of_years else []
    return render("top.ribbon", terms=_terms(page, years), years=fields)


def _terms(page: Page, axis: tuple[int, ...]) -> list[dict]:
    """The terms that have a place on the axis."""
    return [
        _way(page, term, axis) | place | {"id": f"term_{term}"}
        for term, place in _places(page.supported, axis).items()
    ]


def _way(page: Page, term: str, axis: tuple[int, ...]) -> dict:
    """The link of a term, and whether it is what is opened, or all of its years are shown."""
    if page.topic.of_terms:
        opened = page.view.sel == term
        return page.change(sel="" if opened else term) | {"chosen": opened, "opened": True}
    return page.toggle("years", *query.term_years(page.supported, term, axis)) | {"opened": False}


def _years(page: Page, axis: tuple[int, ...]) -> list[dict]:
    noun = page.topic.by_year
    numbers = query.by_years(page.dataset.tables, page.view, noun) if noun else {}
    covered = query.years_covered(page.supported)

    def words(year: int) -> str:
        if year not in covered:
            return "no report"
        number = numbers.get(year, 0)
        return (noun.counted(number) if number else query.NONE_REPORTED) if noun else ""

    return [
        page.toggle("years", year) | {"year": year, "covered": year in covered, "words": words(year)}
        for year in axis
    ]


@query.remembered
def _places(tables, axis: tuple[int, ...]) -> dict[str, dict]:
    """id of a term -> its words, and where it stands: a block is as wide as its term, from where it begins.

    One that its neighbour overlaps is moved behind it. A term without a start or an end has no edge there.
    """
    start, end = float(axis[0]), float(axis[-1] + 1)
    position, places = start, {}
    for row in tables["chairmanships"].to_dict("records"):
        if not query.term_years(tables, row["id"], axis):
            continue
        left = max(_place(row["start_earliest"], start), position)
        right = max(min(_place(row["end_latest"], end, after=True), end), left + NARROWEST)
        edges = ["announced"] * query.is_announced(row)
        neighbour = bool(places) and left == position  # whose edge is there
        edges += ["no-start"] * (neighbour or not row["start"])
        edges += ["no-end"] * (not row["end"])
        places[row["id"]] = _said(tables, row) | {
            "left": round((left - start) / (end - start) * 100, 3),
            "width": round((right - left) / (end - start) * 100, 3),
            "edges": " ".join(edges),
        }
        position = right
    return places


def _said(tables, term) -> dict[str, str]:
    first, last = term["start_earliest"][:4], term["end_latest"][:4]
    span = (
        f"into {last}"
        if not first
        else f"from {first}"
        if not last
        else first
        if first == last
        else f"{first}–{last[2:]}"
    )
    inferred = term["basis"] == "inferred" or {"start", "end"} & set(split(term["inferred"]))
    remark = ", announced" * query.is_announced(term) + ", inferred" * bool(inferred)
    return {
        "span": span + remark,
        "name": query.name_of(tables, term["state"]),
        "short": (first or last)[2:],
        "code": term["state"],
    }


def _place(day: str, otherwise: float, *, after: bool = False) -> float:
    """A day, or the end of it if `after`, as years on the axis."""
    if not day:
        return otherwise
    value = date.fromisoformat(day)
    return value.year + (value.timetuple().tm_yday - (0 if after else 1)) / (
        366 if value.year % 4 == 0 else 365
    )

"""The chairmanship ribbon: the terms on a true time axis, the years beneath; both are filters."""

from datetime import date

import query
from exports.templates import render
from query.view import SEPARATOR
from ui.state import Page

NARROWEST = 0.2  # years, the width of a block whose dates are one


def ribbon(page: Page) -> str:
    """One block a term, one field a year. A click on a block sets the years to its term, another clears.

    Empty where the dataset has no years.
    """
    years = query.axis_years(page.dataset.tables)
    return render("top.ribbon", terms=_terms(page, years), years=_years(page, years)) if years else ""


def _terms(page: Page, axis: tuple[int, ...]) -> list[dict]:
    """The terms that have a place on the axis: those with a date. Where terms are opened, a click does so."""
    tables, opens = page.supported, page.topic.of_terms
    rows = tables["chairmanships"].to_dict("records")
    places = _places(tables, axis)
    picked = query.term_of(tables, page.view.years, axis)
    if opens and page.view.sel in places:
        picked = page.view.sel
    terms = []
    for row in rows:
        if row["id"] not in places:
            continue
        chosen = row["id"] == picked
        years = () if chosen else query.term_years(tables, row["id"], axis)
        values = {"years": SEPARATOR.join(map(str, years))}
        if opens:
            values["sel"] = "" if chosen else row["id"]
        terms.append(
            page.change(**values) | places[row["id"]] | {"id": f"term_{row['id']}", "chosen": chosen}
        )
    return terms


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
        if not (row["start_earliest"] or row["end_latest"]):
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
    remark = ", announced" * query.is_announced(term) + ", inferred" * (term["basis"] == "inferred")
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

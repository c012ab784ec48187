"""Two years or two speakers side by side: which categories both state, and which only one of them."""

import pandas as pd

from query.coverage import axis_years
from query.records import Tables
from query.wording import claim, name_of

BOTH, FIRST, SECOND = "both", "first", "second"


def sides(tables: Tables, chosen: tuple[str, ...]) -> str:
    """`year` or `speaker` when the two choices are of one kind and differ, else an empty text."""
    if len(chosen) != 2 or len(set(chosen)) != 2:
        return ""
    years = {str(year) for year in axis_years(tables)}
    if years.issuperset(chosen):
        return "year"
    return "speaker" if set(tables["threats"]["speaker"]).issuperset(chosen) else ""


def compare(tables: Tables, first: str, second: str) -> pd.DataFrame:
    """One row a category and side: `where` (both, first, second), `category`, `side`, `label`, `address`.

    Of two years a row stands for all statements of the category in that year (address `CATEGORY.YEAR`), of
    two speakers for one record. `where` says who states the category; `side` whose statement the row is.
    """
    field = sides(tables, (first, second))
    threats = tables["threats"]
    of = {side: threats[threats[field].astype("str") == side] for side in (first, second)}
    stated = {side: set(rows["category"]) for side, rows in of.items()}
    result = []
    for category in tables["categories"]["id"]:
        there = [side for side in (first, second) if category in stated[side]]
        where = BOTH if len(there) == 2 else FIRST if there == [first] else SECOND
        for side in there:
            own = of[side][of[side]["category"] == category]
            addresses = [f"{category}.{side}"] if field == "year" else list(own["id"])
            for address in addresses:
                result.append((where, name_of(tables, category), side, claim(tables, address), address))
    return pd.DataFrame(result, columns=["where", "category", "side", "label", "address"])

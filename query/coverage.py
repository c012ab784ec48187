"""Which years our sources speak about, and which years a chairmanship fills."""

from collections.abc import Mapping

import pandas as pd

Tables = Mapping[str, pd.DataFrame]


def coverage(tables: Tables) -> pd.DataFrame:
    """One row a source and year that it covers: `source, label, year`, sources in file order.

    A source covers the years of the held events that it reports. Milestones are looked back at, not reported;
    an event without a year covers none.
    """
    events = tables["events"]
    reported = events[(events["status"] == "held") & (events["kind"] != "milestone") & events["year"].notna()]
    cited = tables["evidence"][["record", "source"]].drop_duplicates()
    pairs = cited.merge(reported[["id", "year"]], left_on="record", right_on="id")[["source", "year"]]
    sources = tables["sources"][["id", "publisher"]].rename(columns={"id": "source", "publisher": "label"})
    sources["place"] = range(len(sources))
    covered = sources.merge(pairs.drop_duplicates(), on="source").sort_values(["place", "year"])
    return covered[["source", "label", "year"]].astype({"year": "int64"}).reset_index(drop=True)


def axis_years(tables: Tables) -> tuple[int, ...]:
    """Every year from the first to the last covered one, gaps included."""
    years = coverage(tables)["year"]
    return tuple(range(int(years.min()), int(years.max()) + 1)) if len(years) else ()


def term_years(tables: Tables, term: str) -> tuple[int, ...]:
    """The years of the axis that a chairmanship touches; where a side is not stated, only the other side's year."""
    row = tables["chairmanships"].set_index("id").loc[term]
    years = axis_years(tables)
    if not years:
        return ()
    first, last = row["start_earliest"][:4], row["end_latest"][:4]
    first = int(first or last or years[0])
    last = int(last) if last else max(years[-1], first)
    return tuple(year for year in years if first <= year <= last)


def term_of(tables: Tables, years: tuple[int, ...]) -> str:
    """The chairmanship whose years are exactly these, or an empty text."""
    for term in tables["chairmanships"]["id"]:
        if years and term_years(tables, term) == years:
            return term
    return ""

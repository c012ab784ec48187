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


def covered_years(tables: Tables, source: str) -> str:
    """In words, which years a source covers."""
    rows = coverage(tables)
    years = [str(year) for year in rows.loc[rows["source"] == source, "year"]]
    return f"covers {' and '.join(years)}" if years else "covers no year"


def of_term(tables: Tables, term: str) -> dict[str, list[str]]:
    """Addresses of what belongs to a chairmanship, by its years; `bars` are category and year, most stated first.

    Keys: priorities, events, sessions (those of the council), absent, document_counts, documents, threats, bars.
    """
    years = list(term_years(tables, term)) if tables["chairmanships"]["id"].eq(term).any() else []
    in_years = {
        name: tables[name][tables[name]["year"].isin(years)]
        for name in ("events", "attendance", "documents", "document_counts", "threats")
    }
    events, attendance, threats = in_years["events"], in_years["attendance"], in_years["threats"]
    priorities = tables["priorities"]
    bars = threats.groupby(["category", "year"]).size().sort_values(ascending=False, kind="stable")
    return {
        "priorities": list(priorities.loc[priorities["chairmanship"] == term, "id"]),
        "events": list(events["id"]),
        "sessions": list(dict.fromkeys(attendance["event"])),
        "absent": list(attendance.loc[attendance["status"] == "absent", "id"]),
        "document_counts": list(in_years["document_counts"]["id"]),
        "documents": list(in_years["documents"]["id"]),
        "threats": list(threats["id"]),
        "bars": [f"{category}.{year}" for category, year in bars.index],
    }

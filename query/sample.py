"""What the sample is: what was read, who said how much and when, what is missing, what rests on what."""

import pandas as pd

from query.claims import claim
from query.coverage import UNCOVERED, axis_years, coverage
from query.names import name_of, occasion
from query.records import NOT_STATED, RECORDS, Tables, split
from query.select import select
from query.view import View
from query.words import joined


def by_source(tables: Tables) -> pd.DataFrame:
    """One row a source: who published it, which years it covers, and how much of the dataset cites it."""
    paragraphs, evidence, years = tables["paragraphs"], tables["evidence"], coverage(tables)
    records = {name: tables[name] for name in RECORDS}
    rows = []
    for source in tables["sources"].to_dict("records"):
        own = paragraphs[paragraphs["source"] == source["id"]]
        citing = {
            name: sum(source["id"] in split(cell) for cell in table["source"])
            for name, table in records.items()
        }
        quotes = evidence.loc[evidence["source"] == source["id"], ["record", "paragraph", "quote"]]
        rows.append(
            {
                "Source": f"{source['id']} {source['publisher']}",
                "Covers": joined(str(year) for year in years.loc[years["source"] == source["id"], "year"])
                or "no year",
                "Paragraphs": len(own),
                "Cited": int(own["use"].eq("cited").sum()),
                "Records": sum(citing.values()),
                "Statements": citing["threats"],
                "Quoted places": len(quotes.drop_duplicates()),
            }
        )
    return pd.DataFrame(rows)


def by_speaker(tables: Tables) -> pd.DataFrame:
    """One row a speaker, most statements first: records as threat and as priority, and their mentions."""
    rows = []
    for speaker, said in tables["threats"].groupby("speaker", sort=False):
        sources = dict.fromkeys(source for cell in said["source"] for source in split(cell))
        rows.append(
            {
                "Speaker": name_of(tables, speaker),
                "Statements": len(said),
                "As threat": int(said["expressed_as"].eq("threat").sum()),
                "As priority": int(said["expressed_as"].eq("priority").sum()),
                "Mentions": int(said["mentions"].sum()),
                "Sources": joined(name_of(tables, source) for source in sources),
            }
        )
    found = pd.DataFrame(
        rows, columns=["Speaker", "Statements", "As threat", "As priority", "Mentions", "Sources"]
    )
    return found.sort_values("Statements", ascending=False, kind="stable").reset_index(drop=True)


def by_year(tables: Tables) -> pd.DataFrame:
    """One row a year of the axis. A year that no document covers has words, never a zero."""
    years = coverage(tables)
    rows = []
    for year in axis_years(tables):
        sources = list(years.loc[years["year"] == year, "label"])
        number = {
            name: str(int(tables[name]["year"].eq(year).sum())) for name in ("events", "documents", "threats")
        }
        silent = dict.fromkeys(number, UNCOVERED)
        shown = number if sources else silent
        rows.append(
            {
                "Year": str(year),
                "Sources": joined(sources) or UNCOVERED,
                "Events": shown["events"],
                "Documents named": shown["documents"],
                "Statements": shown["threats"],
            }
        )
    return pd.DataFrame(rows, columns=["Year", "Sources", "Events", "Documents named", "Statements"])


def gaps(tables: Tables) -> pd.DataFrame:
    """What is not known today, a to-do for the curator: `kind, what, address` (empty: nothing to open)."""
    found = [("year without a document", str(year), "") for year in _uncovered(tables)]
    events = tables["events"]
    for event in events.loc[events["status"] == "planned", "id"]:
        found.append(("announced, not known to be held", occasion(tables, event), event))
    attendance = tables["attendance"]
    silent = attendance[attendance["status"] == NOT_STATED]
    found += [("party that no source mentions", claim(tables, cell), cell) for cell in silent["id"]]
    for term in tables["chairmanships"].to_dict("records"):
        for field in ("start", "end", "person"):
            if not term[field]:
                state = name_of(tables, term["state"])
                found.append(("term of chairmanship", f"{state}: {field} not stated", term["id"]))
    for event in events[events["status"] == "held"].to_dict("records"):
        if event["precision"] != "day":
            found.append(
                ("date known less precisely than to the day", occasion(tables, event["id"]), event["id"])
            )
    return pd.DataFrame(found, columns=["kind", "what", "address"])


def resting_on(tables: Tables, source: str) -> pd.DataFrame:
    """What a source carries: one row a record that cites it, `address, claim, left`.

    `left` is `nothing` when the claim would lose its support without the source, else the other sources.
    """
    remaining = select(tables, View(without=(source,)))
    rows = []
    for name in RECORDS:
        kept = dict(zip(remaining[name]["id"], remaining[name]["source"], strict=True))
        for row in tables[name].to_dict("records"):
            if source in split(row["source"]):
                left = joined(name_of(tables, other) for other in split(kept.get(row["id"], "")))
                rows.append((row["id"], claim(tables, row["id"]), left or "nothing"))
    return pd.DataFrame(rows, columns=["address", "claim", "left"])


def _uncovered(tables: Tables) -> list[int]:
    covered = set(coverage(tables)["year"])
    return [year for year in axis_years(tables) if year not in covered]

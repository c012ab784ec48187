"""What the sample is: what was read, who said how much and when, what is missing, what rests on what."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from query import vocabulary
from query.coverage import NONE_REPORTED, UNCOVERED, axis_years, coverage, reporting, years_covered
from query.nouns import ANNOUNCED_EVENT, DOCUMENT, EVENT, STATEMENT, rows_of
from query.records import NOT_STATED, RECORDS, Tables, only, row_with, rows_in, split
from query.select import select
from query.selection import Selection, remembered
from query.view import View
from query.wording import claim, name_of, occasion, publishers
from query.words import joined

NOTHING_LEFT = "nothing"  # of a record that loses its support when a source is set aside


def by_source(tables: Tables) -> pd.DataFrame:
    """One row a source: who published it, which years it covers, and how much of the dataset cites it.

    A quoted place is a paragraph and its quoted words; several records may share one.
    """
    paragraphs, evidence = tables["paragraphs"], tables["evidence"]
    citing = {name: Counter(_each_source(tables[name])) for name in RECORDS}
    uses = Counter(zip(paragraphs["source"], paragraphs["use"], strict=True))
    quotes = evidence[["source", "paragraph", "quote"]].drop_duplicates()
    quoted = Counter(quotes["source"])
    years: dict[str, list[str]] = {}
    for one in coverage(tables):
        years.setdefault(one.source, []).append(str(one.year))
    rows = []
    for source in rows_in(tables, "sources"):
        name = source["id"]
        rows.append(
            {
                "Source": f"{source['id']} {source['publisher']}",
                "Reports events of": joined(years.get(name, ())) or "no year",
                "Paragraphs": uses[name, "cited"] + uses[name, "skipped"],
                "Cited": uses[name, "cited"],
                "Records": sum(numbers[name] for numbers in citing.values()),
                "Statements": citing["threats"][name],
                "Quoted places": quoted[name],
            }
        )
    return pd.DataFrame(rows)


def _each_source(rows: pd.DataFrame) -> Iterator[str]:
    """Each source of each row."""
    return (source for cell in rows["source"] for source in split(cell))


def by_speaker(tables: Tables) -> pd.DataFrame:
    """One row a speaker, most statements first: threats and actions apart, their mentions, the sources."""
    rows = []
    for speaker, said in tables["threats"].groupby("speaker", sort=False):
        sources = dict.fromkeys(source for cell in said["source"] for source in split(cell))
        rows.append(
            {
                "Speaker": name_of(tables, speaker),
                "Statements": len(said),
                "Threats": str(said["expressed_as"].eq("threat").sum() or "none"),
                "Actions": str(said["expressed_as"].eq("priority").sum() or "none"),
                "Mentions": int(said["mentions"].sum()),
                "Sources": publishers(tables, "~".join(sources)),
            }
        )
    columns = ["Speaker", "Statements", "Threats", "Actions", "Mentions", "Sources"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("Statements", ascending=False, kind="stable").reset_index(drop=True)


def by_year(tables: Tables) -> pd.DataFrame:
    """One row a year of the axis. A year that no source covers has words, never a zero."""
    covered = coverage(tables)
    columns = {"Events": EVENT, "Announced": ANNOUNCED_EVENT, "Documents": DOCUMENT, "Statements": STATEMENT}
    numbers = {
        name: Counter(row["year"] for row in rows_of(tables, noun) if row["year"] is not None)
        for name, noun in columns.items()
    }
    rows = []
    for year in axis_years(tables):
        sources = reporting(covered, year)
        silence = NONE_REPORTED if sources else UNCOVERED
        told = {name: str(counts[year] or silence) for name, counts in numbers.items()}
        rows.append({"Year": str(year), "Sources": joined(sources) or UNCOVERED} | told)
    return pd.DataFrame(rows, columns=["Year", "Sources", *columns])


@remembered
def sample(tables: Tables) -> Mapping[str, pd.DataFrame]:
    """What the sample is, as tables by what they are called."""
    return {"By publisher": by_source(tables), "By speaker": by_speaker(tables), "By year": by_year(tables)}


@remembered
def gaps(tables: Tables) -> pd.DataFrame:
    """What is not known today, a to-do for the curator: `kind, what, address` (empty: nothing to open)."""
    rows = [("year in which no source reports an event held", str(year), "") for year in _uncovered(tables)]
    events = tables["events"]
    for event in events.loc[events["status"] == "planned", "id"]:
        rows.append((vocabulary.EVENT_STATUS["planned"], occasion(tables, event), event))
    attendance = tables["attendance"]
    silent = attendance[attendance["status"] == NOT_STATED]
    rows += [
        ("place at a session on which no source speaks", claim(tables, cell), cell) for cell in silent["id"]
    ]
    for term in rows_in(tables, "chairmanships"):
        inferred = [field for field in split(term["inferred"]) if field in ("start", "end")]
        for field in ("start", "end", "person"):
            if field in inferred or not term[field]:
                silence = "inferred, not stated" if field in inferred else "not stated"
                state = name_of(tables, term["state"])
                rows.append(
                    (
                        "start, end or chair of a term that no source states",
                        f"{state}: {field} {silence}",
                        term["id"],
                    )
                )
    for event in events[events["status"] == "held"].to_dict("records"):
        if event["precision"] != "day":
            rows.append(
                ("event held on a day that no source states", occasion(tables, event["id"]), event["id"])
            )
    return pd.DataFrame(rows, columns=["kind", "what", "address"])


@remembered
def resting_on(tables: Tables, source: str) -> pd.DataFrame:
    """What a source carries: one row a record that cites it, `address, claim, left`.

    `left` is NOTHING_LEFT when the claim would lose its support without the source, else the other sources,
    and `claim` what they support.
    """
    evidence = tables["evidence"]
    citing = dict.fromkeys(evidence.loc[evidence["source"] == source, "record"])
    # attendance goes with its event and a priority with its term, so these are selected too
    near = set(citing)
    for name, column in (("attendance", "event"), ("priorities", "chairmanship")):
        near |= {row[column] for record in citing if (row := row_with(tables, name, record))}
    around = {name: only(tables[name], tables[name]["id"].isin(near)) for name in RECORDS}
    around["evidence"] = only(evidence, evidence["record"].isin(near))
    remaining = select(Selection({**tables, **around}), View(without=(source,)))
    kept = {
        record: cited
        for name in RECORDS
        for record, cited in zip(remaining[name]["id"], remaining[name]["source"], strict=True)
    }
    rows = []
    for name in RECORDS:
        for record in around[name]["id"]:
            if record in citing:
                left = publishers(tables, kept.get(record, ""))
                rows.append((record, claim(remaining if left else tables, record), left or NOTHING_LEFT))
    return pd.DataFrame(rows, columns=["address", "claim", "left"])


def _uncovered(tables: Tables) -> list[int]:
    covered = years_covered(tables)
    return [year for year in axis_years(tables) if year not in covered]

"""What a view holds, counted from the exported CSV files alone.

`read(folder)` gives the files as tables of text; `rows(tables, view)` cuts them to a view (a mapping of URL
parameters to lists of text); the functions below it count. Nothing of the product is imported here: two ways
to the same number are worth something only as long as they share no code.
"""

from collections.abc import Mapping
from pathlib import Path
from unicodedata import category, normalize

import pandas as pd

# the fields that carry a record's claim; a record goes when one of them has lost its evidence
CLAIMS = {
    "events": ["status"],
    "chairmanships": ["state"],
    "priorities": [],
    "attendance": ["status"],
    "documents": ["status"],
    "document_counts": ["count"],
    "threats": ["speaker", "expressed_as"],
}
FILTERS = {
    "years": {name: "year" for name in ("events", "attendance", "documents", "document_counts", "threats")},
    "speakers": {"threats": "speaker"},
    "categories": {"threats": "category"},
    "expressed": {"threats": "expressed_as"},
    "states": {"attendance": "party"},
    "status": {"attendance": "status", "documents": "status"},
}
SEARCHED = ["title", "summary", "note", "region", "role", "verb", "place", "motto"]
POINTED = ["person", "speaker", "chair", "party", "state", "body", "category"]
PAPER = {"treaty", "charter", "declaration", "statement", "decision", "regulation"}
AGREED = {"signed", "adopted", "approved", "decided", "in_force"}

Tables = Mapping[str, pd.DataFrame]
View = Mapping[str, list[str]]


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """The files of `python -m loaders export`, every cell a text."""
    return {
        file.stem: pd.read_csv(file, dtype=str, keep_default_na=False).astype(object)
        for file in sorted(folder.glob("*.csv"))
    }


# ---- what a view holds ----


def rows(tables: Tables, view: View) -> dict[str, pd.DataFrame]:
    """The tables with the rows that a view selects: sources set aside, basis, search, then its lists."""
    cut = without(tables, view.get("without", []))
    if view.get("basis"):
        cut = of_basis(cut, view["basis"])
    if view.get("q"):
        needle = folded(view["q"][0])
        texts = searched(cut)
        for name in CLAIMS:
            keep = [any(needle in text for text in texts[record]) for record in cut[name]["id"]]
            cut[name] = only(cut[name], keep)
    for parameter, columns in FILTERS.items():
        wanted = set(view.get(parameter, []))
        for name, column in columns.items():
            offered = {part for cell in tables[name][column] for part in cell.split("~")}
            if not wanted or (parameter == "status" and not wanted & offered):
                continue  # words of a status that this table does not use ask nothing of it
            cut[name] = only(cut[name], [bool(wanted & set(cell.split("~"))) for cell in cut[name][column]])
    return cut


def without(tables: Tables, aside: list[str]) -> dict[str, pd.DataFrame]:
    """The tables as the other sources support them; a field that only those set aside support is empty."""
    cut = dict(tables)
    if not aside:
        return cut
    evidence = tables["evidence"]
    left = evidence[~evidence["source"].isin(aside)]
    kept = set(pairs(left[left["relation"] == "supports"]))
    lost = set(pairs(evidence[evidence["relation"] == "supports"])) - kept
    cut["evidence"] = left
    for name, column in (("sources", "id"), ("paragraphs", "source")):
        cut[name] = tables[name][~tables[name][column].isin(aside)]
    spoken_for, cited = set(left["record"]), left.groupby("record")["source"].agg(lambda all_: set(all_))
    for name, claim in CLAIMS.items():
        table = tables[name].copy()
        silent = [name == "attendance" and "." in record for record in table["id"]]
        keep = [
            record in spoken_for and not any((record, field) in lost for field in claim)
            for record in table["id"]
        ]
        if name == "attendance":  # a seat whose record is gone stays, as one that nobody mentions
            for place, (record, quiet) in enumerate(zip(keep, silent, strict=True)):
                if not record and not quiet:
                    event, party = table.iloc[place][["event", "party"]]
                    table.iloc[place] = ""
                    row = {"id": f"{event}.{party}", "event": event, "party": party, "status": "not_stated"}
                    table.loc[table.index[place], list(row)] = list(row.values())
            keep = table["event"].isin(cut["events"]["id"]).tolist()
        if name == "priorities":
            terms_left = set(cut["chairmanships"]["id"])
            keep = [
                kept_ and term in terms_left for kept_, term in zip(keep, table["chairmanship"], strict=True)
            ]
        table = only(table, keep)
        for column in table.columns:
            gone = [(record, column) in lost for record in table["id"]]
            table.loc[gone, column] = ""
        table["source"] = ["~".join(sorted(cited.get(record, ()))) for record in table["id"]]
        cut[name] = table
    dated(cut)
    return cut


def dated(tables: dict[str, pd.DataFrame]) -> None:
    """Give each record its year anew: its own date's, else that of its event; without either none."""
    held = {row["id"]: row["date"][:4] for row in tables["events"].to_dict("records")}
    tables["events"]["year"] = [held[record] for record in tables["events"]["id"]]
    for name in ("attendance", "documents", "document_counts", "threats"):
        own = tables[name]["date"].str[:4] if name == "documents" else [""] * len(tables[name])
        tables[name]["year"] = [
            year or held.get(event, "") for year, event in zip(own, tables[name]["event"], strict=True)
        ]


def of_basis(tables: Tables, basis: list[str]) -> dict[str, pd.DataFrame]:
    """The records whose claim is of this basis; an inferred presence that goes leaves its seat silent."""
    cut = dict(tables)
    for name in CLAIMS:
        table = cut[name].copy()
        if name == "attendance" and basis == ["stated"]:
            for place in [n for n, cell in enumerate(table["basis"]) if cell == "inferred"]:
                event, party, year = table.iloc[place][["event", "party", "year"]]
                table.iloc[place] = ""
                row = {"id": f"{event}.{party}", "event": event, "party": party, "status": "not_stated"}
                table.loc[table.index[place], [*row, "year"]] = [*row.values(), year]
        cut[name] = table[table["basis"].isin([*basis, ""])]
    return cut


def searched(tables: Tables) -> dict[str, list[str]]:
    """record -> the texts in which words are looked for: its own, its quotes, and the names it points at."""
    names = {"SG": "the secretary general", "source_text": "the source's own text"}
    for name, columns in (
        ("people", ["name", "also_spelled"]),
        ("states", ["name"]),
        ("bodies", ["name"]),
        ("categories", ["label"]),
    ):
        for row in tables[name].to_dict("records"):
            names[row["id"]] = folded(" ".join(row.get(column, "") for column in columns))
    quotes = {}
    for record, quote in tables["evidence"][["record", "quote"]].itertuples(index=False):
        quotes.setdefault(record, []).append(folded(quote))
    texts = {}
    for name in CLAIMS:
        for row in tables[name].to_dict("records"):
            own = [folded(row[column]) for column in SEARCHED if column in row]
            pointed = [names.get(row[column], "") for column in POINTED if column in row]
            texts[row["id"]] = own + pointed + quotes.get(row["id"], [])
    return texts


def only(table: pd.DataFrame, keep: list[bool]) -> pd.DataFrame:
    """The rows to keep, also of a table that has none."""
    return table[pd.Series(keep, index=table.index, dtype=bool)]


def folded(text: str) -> str:
    seen = "".join(one for one in normalize("NFKC", text) if category(one) != "Cf").casefold()
    return " ".join("".join(one if one.isalnum() or one == "_" else " " for one in seen).split())


def pairs(evidence: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(evidence["record"], evidence["field"], strict=True))


# ---- what is counted ----


STATUSES = ("signed", "adopted", "approved", "decided", "in_force", "proposed", "discussed")


def within(table: pd.DataFrame, scope: Mapping[str, set[str]], **columns: str) -> pd.DataFrame:
    """The rows whose cells are among those that the scope names, for each part of the scope that fits."""
    for name, column in columns.items():
        if name in scope:
            table = only(table, [bool(set(cell.split("~")) & scope[name]) for cell in table[column]])
    return table


def counted(cut: Tables, noun: str, scope: Mapping[str, set[str]]) -> pd.DataFrame:
    """The rows that a noun names in a scope. What each noun is stands in README.md; here it is a mask."""
    if noun in ("statement", "threat", "action", "category", "speaker"):
        rows = within(
            cut["threats"], scope, year="year", category="category", speaker="speaker", source="source"
        )
        if noun in ("category", "speaker"):
            return rows.drop_duplicates(noun)
        ways = {"threat": ["threat"], "action": ["priority"]}.get(noun, ["threat", "priority"])
        return rows[rows["expressed_as"].isin(ways)]
    if noun in ("document", "proposal"):
        rows = within(cut["documents"], scope, year="year", source="source")
        if "strongest" in scope:
            first = [next(word for word in STATUSES if word in cell.split("~")) for cell in rows["status"]]
            rows = only(rows, [word in scope["strongest"] for word in first])
        agreed = [bool(set(cell.split("~")) & AGREED) for cell in rows["status"]]
        paper = rows["kind"].isin(PAPER) & pd.Series(agreed, rows.index, dtype=bool)
        return rows[paper] if noun == "document" else rows[~paper]
    if noun in ("seat", "present", "absent", "not_stated", "party", "seated session"):
        rows = within(cut["attendance"], scope, year="year", party="party")
        if noun in ("party", "seated session"):
            return rows.drop_duplicates("party" if noun == "party" else "event")
        return rows if noun == "seat" else rows[rows["status"] == noun]
    if noun == "term":
        return terms(cut, scope)
    if noun == "priority":
        return within(cut["priorities"], scope, term="chairmanship")
    if "paragraph" in noun:
        rows = within(cut["paragraphs"], scope, source="source")
        use = {"paragraph": ["cited", "skipped"], "cited paragraph": ["cited"]}.get(noun, ["skipped"])
        return rows[rows["use"].isin(use)]
    kinds = {
        "session": ["session", "summit"],
        "announced session": ["session", "summit"],
        "event": ["session", "summit", "conference", "working_meeting", "operation", "milestone"],
        "announced event": ["session", "summit", "conference", "working_meeting", "operation"],
    }.get(noun, [noun])
    rows = within(cut["events"], scope, year="year", source="source")
    status = "planned" if noun.startswith("announced") else "held"
    return rows[rows["kind"].isin(kinds) & (rows["status"] == status)]


def terms(cut: Tables, scope: Mapping[str, set[str]]) -> pd.DataFrame:
    """The terms that touch the years of the scope."""
    table = cut["chairmanships"]
    if "year" not in scope:
        return table
    return only(table, [bool(set(term_years(row)) & scope["year"]) for row in table.to_dict("records")])


def term_years(term: Mapping[str, str]) -> list[str]:
    """The years that a term touches as far as it is dated; open to ten years on, none without any date."""
    first, last = (term["start"] or term["end"])[:4], term["end"][:4]
    if not first:
        return []
    return [str(year) for year in range(int(first), (int(last) if last else int(first) + 10) + 1)]


def sources_of(*tables: pd.DataFrame) -> set[str]:
    """The sources that these rows cite."""
    return {source for table in tables for cell in table["source"] for source in cell.split("~") if source}


def coverage(tables: Tables, aside: list[str]) -> dict[str, set[str]]:
    """year -> the sources whose evidence supports the status of an event held in it; milestones apart."""
    cut = without(tables, aside)
    events = cut["events"]
    held = events[(events["status"] == "held") & (events["kind"] != "milestone") & (events["year"] != "")]
    year = dict(zip(held["id"], held["year"], strict=True))
    evidence = cut["evidence"]
    proofs = evidence[(evidence["relation"] == "supports") & (evidence["field"] == "status")]
    covered: dict[str, set[str]] = {}
    for record, source in proofs[["record", "source"]].itertuples(index=False):
        if record in year:
            covered.setdefault(year[record], set()).add(source)
    return covered


def axis(tables: Tables) -> list[str]:
    """Every year from the first to the last covered one."""
    years = sorted(coverage(tables, []))
    return [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]


def vanished(tables: Tables, aside: list[str]) -> set[str]:
    """Dates and names, in words, that stood in a field or record which only the sources set aside support,
    and that nothing else among what is left holds."""
    names = dict(zip(tables["people"]["id"], tables["people"]["name"], strict=True))
    cut = without(tables, aside)

    def words(some: Tables) -> set[tuple[str, ...]]:
        dates = {cell for name, column in DATED for cell in some[name][column] if cell}
        people = {names[cell] for name, column in NAMING for cell in some[name][column] if cell in names}
        places = {cell for cell in some["events"]["place"] if cell}
        return {spelled(date) for date in dates} | {(name,) for name in people | places}

    columns = [
        "title",
        "note",
        "summary",
        "role",
        "motto",
        "region",
        "place",
        "caveats",
        "quote",
        "date_words",
    ]
    cells = [
        cell
        for name in (*CLAIMS, "evidence", "sources")
        for column in columns
        if column in cut[name] and not (name in CLAIMS and column == "date_words")
        for cell in cut[name][column]
    ]
    left = words(cut)
    text = "\n".join([*cells, *(form for forms in left for form in forms)])
    lost = [forms for forms in words(tables) - left if not any(form in text for form in forms)]
    return {form for forms in lost for form in forms}


def lost_words(tables: Tables, aside: list[str]) -> dict[str, set[str]]:
    """record -> words of dates, names and places that its own row held and, with the sources set aside, not
    any more; those of the occasion that it belongs to too."""
    names = dict(zip(tables["people"]["id"], tables["people"]["name"], strict=True))

    def words(some: Tables) -> dict[str, set[str]]:
        said: dict[str, set[str]] = {}
        for name in CLAIMS:
            for row in some[name].to_dict("records"):
                cells = [row.get(c, "") for c in ("person", "chair", "speaker")]
                forms = {form for c in ("date", "start", "end") for form in spelled(row.get(c, ""))}
                own = {names[cell] for cell in cells if cell in names} | forms | {row.get("place", "")} - {""}
                said[row["id"]] = own | (said.get(row.get("event", ""), set()) if name != "events" else set())
        return said

    cut = without(tables, aside)
    before, after = words(tables), words(cut)
    kept_text = {
        row["id"]: " ".join([*row.values(), *after.get(row["id"], ())])
        for name in CLAIMS
        for row in cut[name].to_dict("records")
    }
    return {
        record: {word for word in before[record] - after[record] if word not in kept_text[record]}
        for record in kept_text
        if record in before
    }


NAMING = (
    ("attendance", "person"),
    ("chairmanships", "person"),
    ("events", "chair"),
    ("threats", "speaker"),
)
DATED = (("events", "date"), ("documents", "date"), ("chairmanships", "start"), ("chairmanships", "end"))
MONTHS = "January February March April May June July August September October November December".split()


def spelled(date: str) -> tuple[str, ...]:
    """A date of day or month precision as people write it; a year or quarter alone is no word of its own."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month or int(month) > 12:
        return ()
    name = MONTHS[int(month) - 1]
    lead = f"{int(day)} " if day else ""
    return tuple(f"{lead}{form} {year}" for form in dict.fromkeys((name, name[:3])))

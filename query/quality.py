"""How far the dataset can be trusted, in numbers that anyone can count again."""

from collections.abc import Set

import pandas as pd

from query.coverage import axis_years, years_covered
from query.records import NOT_STATED, RECORDS, Tables, filled_in, split
from query.selection import remembered
from query.words import joined

PRECISIONS = ("day", "month", "quarter", "year", "")  # from the finest; an empty one is a date not stated


@remembered
def quality(tables: Tables, unconfirmed: Set[tuple] = frozenset()) -> pd.DataFrame:
    """One row a measure: `measure, value, opens` (addresses of the records that it speaks of, joined with ~).

    `unconfirmed` are the (source, paragraph, quote) whose words could not be checked, as `loaders.load` gives
    them.
    """
    records = pd.concat([_of(tables[name]) for name in RECORDS], ignore_index=True)
    total = len(records)
    quotes = (tables["evidence"][name].tolist() for name in ("source", "paragraph", "quote"))
    places = set(zip(*quotes, strict=True))  # several records may share one
    confirmed = f"{len(places.difference(unconfirmed))} of {len(places)}"
    paragraphs = tables["paragraphs"]
    cited = int(paragraphs["use"].eq("cited").sum())
    attendance = tables["attendance"]
    silent = int(attendance["status"].eq(NOT_STATED).sum())
    alone = sum(len(split(cell)) == 1 for cell in records["source"])
    disputed = records.loc[records["contradicted"] != "", "id"]
    covered = years_covered(tables)
    uncovered = [str(year) for year in axis_years(tables) if year not in covered]
    inferred = records.loc[records["basis"] == "inferred", "id"]
    rows = [
        ("Quoted places found word for word in the paragraph that they cite", confirmed, ()),
        ("Records whose claim stands in a source", f"{total - len(inferred)} of {total}", ()),
        ("Records whose claim is inferred; each says why", f"{len(inferred)} of {total}", inferred),
        ("Records that cite one source alone", f"{alone} of {total}", ()),
        ("Records that cite two sources or more", f"{total - alone} of {total}", ()),
        ("Records on which sources or passages disagree", f"{len(disputed)} of {total}", disputed),
        ("Events held, by how exactly their date is known", _precisions(tables), ()),
        (
            "Places at sessions where no source says whether the party came",
            f"{silent} of {len(attendance)}",
            (),
        ),
        ("Years in which no source reports an event held", joined(uncovered) or "none", ()),
        (
            "Paragraphs cited; the others were read, each left out for a reason",
            f"{cited} of {len(paragraphs)}",
            (),
        ),
    ]
    return pd.DataFrame(
        [(measure, value, "~".join(opens)) for measure, value, opens in rows],
        columns=["measure", "value", "opens"],
    )


def _of(rows: pd.DataFrame) -> pd.DataFrame:
    """The records of a table, without the places that the program filled in."""
    own = rows[~filled_in(rows)].reindex(columns=["id", "basis", "source", "contradicted"])
    return own.fillna("")


def _precisions(tables: Tables) -> str:
    events = tables["events"]
    numbers = events.loc[events["status"] == "held", "precision"].value_counts()
    said = [
        f"{numbers[precision]} {f'to the {precision}' if precision else 'not stated'}"
        for precision in PRECISIONS
        if precision in numbers
    ]
    return ", ".join(said) or "none"

"""How far two codings of the same texts agree, and where they differ.

`units` are the rows of docs/agreement.csv: source, paragraph, field (`use`, or `section[record].field`), what
the first and the second coder entered, and what was settled. Everything in it is text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from query import vocabulary
from query.address import resolve
from query.nouns import DOCUMENT, EVENT, PRIORITY, REPORTED_NUMBER, SEAT, STATEMENT, TERM
from query.records import Tables, row_with
from query.wording import name_of, occasion, party_of
from query.words import capital, field_names, listed

FEWEST = 30  # units that a field must have for a coefficient; of fewer, the differences are the result
CODERS = "Both coders were runs of the same language model."
# Said wherever the data are offered or trusted; docs/CODEBOOK.md says it at length.
CODED_BY = (
    "The sources s000 to s004 were coded twice, by independent runs of the same large language model under "
    "the same written rules; the differences were settled with the same model, by these rules. No person "
    "coded these records or has checked them. A program checks that every quote stands in the paragraph that "
    "it cites."
)
CODED_IN_SHORT = "Coded by a language model; no person has checked it."
TOO_FEW = "too few units"
ONE_VALUE = "not defined: one value throughout"
USE = "use of the paragraph"
# what the tables of the fields are about
ABOUT = {noun.table: noun.one for noun in (STATEMENT, SEAT, DOCUMENT, REPORTED_NUMBER, EVENT, TERM, PRIORITY)}
ENTERED: Mapping[str, str] = (
    vocabulary.EXPRESSED
    | vocabulary.ATTENDANCE
    | vocabulary.DOCUMENT_KIND
    | vocabulary.DOCUMENT_STATUS
    | vocabulary.FORMAT
    | vocabulary.PARAGRAPH_USE
)


def agreement(units: pd.DataFrame) -> pd.DataFrame:
    """One row for each field: `field`, `n` units, `agree` and `differ` of them, `alpha`, `remark`.

    `alpha` is Krippendorff's, missing (`<NA>`) where `remark` says why.
    """
    rows = []
    for field, of_field in units.assign(kind=_kinds(units)).groupby("kind", sort=True):
        agree = int((of_field["first"] == of_field["second"]).sum())
        alpha, remark = None, TOO_FEW
        if len(of_field) >= FEWEST:
            alpha = krippendorff_alpha(list(of_field["first"]), list(of_field["second"]))
            remark = "" if alpha is not None else ONE_VALUE
        rows.append((field, len(of_field), agree, len(of_field) - agree, alpha, remark))
    table = pd.DataFrame(rows, columns=["field", "n", "agree", "differ", "alpha", "remark"])
    return table.astype({"alpha": "Float64"})


def differences(units: pd.DataFrame) -> pd.DataFrame:
    """The units that differ, in order: their columns, then `record`, `kind` and `settled_as`.

    `record` is the record that the unit belongs to, empty for how a paragraph was used; `kind` its field as
    `agreement` names it; `settled_as` whose value was kept: `first`, `second`, or `neither`.
    """
    differing = units[units["first"] != units["second"]].reset_index(drop=True)
    kept = [
        "first" if row.settled == row.first else "second" if row.settled == row.second else "neither"
        for row in differing.itertuples()
    ]
    record = differing["field"].where(differing["field"].str.contains("[", regex=False), "")
    return differing.assign(
        record=record.str.replace(r"\.[^.\]]*$", "", regex=True), kind=_kinds(differing), settled_as=kept
    )


def agreed(units: pd.DataFrame) -> pd.DataFrame:
    """`agreement` in words, the fields with most units first."""
    table = agreement(units).sort_values("n", ascending=False, kind="stable")
    alpha = [
        f"{value:.2f}" if pd.notna(value) else remark
        for value, remark in zip(table["alpha"], table["remark"], strict=True)
    ]
    fields = [capital(_field(kind)) for kind in table["field"]]
    numbers = table[["n", "agree", "differ"]].set_axis(["Units", "Agree", "Differ"], axis="columns")
    return numbers.assign(Alpha=alpha).set_axis(fields).rename_axis("Field").reset_index()


def difference(tables: Tables, unit: Mapping[str, str]) -> tuple[str, str, str]:
    """A unit that differs, in words; its paragraph, if these tables have it; what was entered and settled."""
    about, _, rest = unit["field"].partition("[")
    record, _, field = rest.rpartition("].")
    what = f"{_called(tables, record)}: {field_names(field)}" if rest else _field(about)
    first, second, settled = (_entered(tables, unit[name]) for name in ("first", "second", "settled"))
    address = f"{unit['source']}.{unit['paragraph']}"
    return (
        f"{name_of(tables, unit['source'])}, paragraph {unit['paragraph']}: {what}",
        address if resolve(address, tables) else "",
        f"first coding: {first}; second: {second}; settled: {settled}",
    )


def krippendorff_alpha(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Krippendorff's alpha for nominal data, two coders and no missing data; None where it is not defined.

    After K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section B. With o the
    coincidences of a value with itself, counted from both coders' sides, n_c how often c was entered, and
    n = 2 x units:  alpha = ((n - 1) sum o_cc - sum n_c (n_c - 1)) / (n (n - 1) - sum n_c (n_c - 1)).
    It is 1 for full agreement and 0 for as much as chance would give.
    """
    entered = Counter([*first, *second])
    n = entered.total()
    by_chance = sum(times * (times - 1) for times in entered.values())
    if n * (n - 1) == by_chance:
        return None  # no two values, so none could have been confused
    observed = 2 * sum(one == other for one, other in zip(first, second, strict=True))
    return ((n - 1) * observed - by_chance) / (n * (n - 1) - by_chance)


def _kinds(units: pd.DataFrame) -> pd.Series:
    """The field of each unit without its record: `threats.speaker`, or `use`."""
    return units["field"].str.replace(r"\[.*\]", "", regex=True)


def _field(kind: str) -> str:
    """A field as `_kinds` names it, in words: `statement, speaker`."""
    table, _, field = kind.partition(".")
    return f"{ABOUT.get(table, table)}, {field_names(field)}" if field else USE


def _called(tables: Tables, record: str) -> str:
    """What a unit calls a record: a category, a state, an event, a party at one, or a document."""
    event, _, party = record.partition(".")
    if row_with(tables, "events", event):
        where = occasion(tables, event)
        return f"{party_of(tables, party)}, {where}" if party else where
    document = row_with(tables, "documents", record)
    return document["title"] if document and document["title"] else name_of(tables, record)


def _entered(tables: Tables, value: str) -> str:
    """What a coder entered: words of the schema, or names."""
    return listed(value, ENTERED) if value in ENTERED or "~" in value else name_of(tables, value)

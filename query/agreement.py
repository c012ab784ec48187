"""How far two codings of the same texts agree, and where they differ.

`units` are the rows of docs/agreement.csv: source, paragraph, field (`use`, or `section[record].field`), what
the first and the second coder entered, and what was settled. Everything in it is text.
"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

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
TOO_FEW = f"n under {FEWEST}: the list of differences is the result"
ONE_VALUE = "both coders entered one and the same value throughout: not defined"


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

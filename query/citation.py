"""Which sources rows cite; a record as a citation, and as a report of something wrong with it."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote as percent

import pandas as pd

from loaders import dates
from query.address import Address, row_of
from query.evidence import places
from query.records import CLAIM, Tables, parts_of, row_with, split
from query.selection import remembered
from query.vocabulary import TO_THE_CONTRARY
from query.wording import claim, coded, name_of, occasion, printed
from query.words import quotation

NOTHING_SHOWN = "No source is cited, for nothing is shown."
LONGEST_MAIL = 2_000  # characters of an address with a mail in it; more is cut or refused by mail programs
# what a mail may leave out, the first first, and its name
LEFT_OUT = {"quoted": "the quotations", "coded": "what is coded now", "claim": "the claim"}
NONE_SPEAKS = "No source is cited, for none speaks on what is shown."


def cited(tables: Tables, cells: Iterable[str]) -> tuple[str, ...]:
    """Ids of the sources that some rows cite, in file order. `cells` are their cells of `source`."""
    named = set(parts_of(cells))
    return tuple(source for source in tables["sources"]["id"].tolist() if source in named)


def uncited(shown: Iterable[pd.DataFrame]) -> str:
    """Why no source is cited: no row is shown, or only places that no source speaks on."""
    return NONE_SPEAKS if any(len(rows) for rows in shown) else NOTHING_SHOWN


def passage(url: str, quote: str) -> str:
    """The publisher's address with a text fragment, behind a fragment that it has already: browsers jump to
    the words and mark them. Empty without an address.
    """
    words = percent(quote, safe="").replace("-", "%2D")  # `-` ends a prefix in the fragment's grammar
    return f"{url}{'' if '#' in url else '#'}:~:text={words}" if url else ""


def footnote(tables: Tables, address: Address, dataset: Mapping[str, str]) -> str:
    """A footnote of two lines: who and when, or the claim; the document, the paragraph, where and when read.

    It cites the first place that carries the record. `dataset` has `version, date`.
    """
    row = row_of(tables, address)
    subject = claim(tables, address.key)
    if address.table == "threats":
        subject = f"{name_of(tables, row['speaker'])}, {occasion(tables, row['event'])}"
    support = [one for one in places(tables, address.key) if one["relation"] != "contradicts"]
    carrying = [one for one in support if set(CLAIM.get(address.table, ())) & set(split(one["proves"]))]
    where = []
    for place in (carrying or support)[:1]:
        source = row_with(tables, "sources", place["source"])
        where = [
            quotation(source["title"]),
            source["publisher"],
            f"para. {place['paragraph']}",
            source["url"],
        ]
    read = f"read for version {dataset['version']} of {dates.words(dataset['date'])}"
    return f"{subject}: {', '.join(part for part in (*where, read) if part)}."


def citation(tables: Tables, address: Address, dataset: Mapping[str, str], link: str) -> str:
    """One paragraph of plain text: the claim, each quoted place with its source, and this dataset.

    `dataset` has `title, version, hash`; `link` restores the view with this record.
    """
    return (
        f"{claim(tables, address.key)}. {'; '.join(_places(tables, address))}. Record {address.key} in: "
        f"{dataset['title']}, version {dataset['version']}, data {dataset['hash']}. {link}"
    )


def bibtex(tables: Tables, address: Address, dataset: Mapping[str, str], link: str) -> str:
    """A BibTeX entry for a record, dated by the year of its dataset."""
    fields = {
        "title": claim(tables, address.key),
        "howpublished": f"{dataset['title']}, version {dataset['version']}, data {dataset['hash']}",
        "year": dataset["date"][:4],
        "note": f"Record {address.key}. {'; '.join(_places(tables, address))}",
    }
    lines = [f"  {name} = {{{_tex(text)}}}," for name, text in fields.items()]
    return "\n".join([f"@misc{{csto-{address.key},", *lines, f"  url = {{{link}}},", "}"])


def report(tables: Tables, address: Address, dataset: Mapping[str, str], link: str) -> str:
    """A ready text that tells the curators what is coded now, with a line for what should stand there."""
    return "\n".join(text for _, text in _report(tables, address, dataset, link))


def mail(tables: Tables, address: Address, dataset: Mapping[str, str], link: str, to_record: str) -> str:
    """A mail with the report, as an address that mail programs take: below LONGEST_MAIL characters.

    As much is left out as has to be, in this order, and said: the filters of the link (`to_record` has none),
    the quotations, what is coded now, the claim.
    """
    subject = percent(f"Problem with {address.key}")
    left_out: list[str] = []
    for reported, part in ((link, ""), (to_record, ""), *((to_record, part) for part in LEFT_OUT)):
        left_out += [part] if part else []
        lines = _report(tables, address, dataset, reported)
        kept = [text for kind, text in lines if kind not in left_out]
        if left_out:
            gone = ", ".join(LEFT_OUT[one] for one in left_out)
            kept.insert(-1, f"Left out, for mail takes no more: {gone}")
        made = f"mailto:?subject={subject}&body={percent(chr(10).join(kept))}"
        if len(made) < LONGEST_MAIL:
            break
    return made


def _report(tables: Tables, address: Address, dataset: Mapping[str, str], link: str) -> list[tuple[str, str]]:
    """The lines of a report, each with what it is."""
    now = [f"{column}: {value}" for column, value in coded(tables, row_of(tables, address)).items()]
    return [
        ("record", f"Record: {address.key} ({address.table})"),
        ("claim", f"Claim: {claim(tables, address.key)}"),
        ("coded", "Coded now: " + ("; ".join(now))),
        *(("quoted", f"Quoted: {place}") for place in _places(tables, address)),
        ("dataset", f"Dataset: version {dataset['version']}, data {dataset['hash']}"),
        ("link", f"Link: {link}"),
        ("wrong", "What is wrong, and where it stands: "),
    ]


_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


@remembered
def _places(tables: Tables, address: Address) -> list[str]:
    """Each quoted place: the words, the source with its printed date, the paragraph, the publisher's address.

    Words that say otherwise than the record are marked as such.
    """
    said = []
    for item in places(tables, address.key):
        source = row_with(tables, "sources", item["source"])
        against = TO_THE_CONTRARY if item["relation"] == "contradicts" else ""
        said.append(
            f"{against}{quotation(item['quote'])}, {source['title']}, {source['publisher']}, "
            f"{printed(source)}, paragraph {item['paragraph']}, {source['url']}"
        )
    return said


def _tex(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_TEX))

"""Lists of the Sources page: what each document is, and what to bear in mind when reading it."""

import query
from ui.text import each, write


def ledger(page) -> None:
    """One entry a source: title, publisher, printed date, address, caveats."""
    for source in page.tables["sources"].to_dict("records"):
        write(
            '<section class="source-entry"><h3>{id} · {publisher}</h3>'
            '<p><a href="{url}" target="_blank" rel="noopener">{title}</a></p>'
            '<p class="soft">{kind}, {years}; printed date: {printed}; file {file}</p>'
            "<ul>{caveats}</ul></section>",
            id=source["id"],
            publisher=source["publisher"],
            url=source["url"],
            title=source["title"],
            kind=source["kind"].replace("_", " ").capitalize(),
            years=query.covered_years(page.tables, source["id"]),
            printed=source["printed_date"] or "none",
            file=source["file"],
            caveats=each(
                "<li>{text}</li>", [{"text": text} for text in source["caveats"].split("~") if text]
            ),
        )

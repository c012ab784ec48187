"""A briefing as one HTML file: no script, no request, one view a page, each mark a link to its evidence."""

from collections.abc import Mapping, Sequence

import query
from charts import fonts
from charts.layout import SLIDE
from charts.theme import INK, NIGHT
from exports import gaps, svg
from exports.briefing import INDEPENDENT, Item, Record, Slide, all_sources, public_link, public_remark, slides
from exports.deck import AGAIN, left_out_words, rested_on
from exports.evidence import Evidence, Place
from exports.templates import render
from loaders import Dataset
from query.words import capital


def brief(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as UTF-8 bytes of one HTML page. Raises Refused."""
    made = slides(dataset, items)
    anchors = [_anchors(slide, number) for number, slide in enumerate(made, 1)]
    tables = rested_on(dataset, items)
    entries, lists = _behind(dataset, made, anchors)
    body = render(
        "brief.body",
        dataset=dataset,
        coded_by=query.CODED_BY,
        independent=INDEPENDENT,
        views=[_view(slide, number, anchors[number - 1]) for number, slide in enumerate(made, 1)],
        entries=entries,
        lists=lists,
        gaps=_gaps(tables),
        sources=all_sources(tables),
        sample=query.by_source(tables),
        address=public_link(dataset, items, base_url),
        remark=public_remark(dataset, items, base_url),
        again=AGAIN,
    )
    page = render("brief.page", title=dataset.title, fonts=fonts.css(body), light=INK, dark=NIGHT, body=body)
    return f"{page}\n".encode()


def _view(slide: Slide, number: int, anchors: Mapping[str, str]) -> dict:
    """A slide with its chart as SVG, whose marks are links to entries of the page."""
    return {
        "slide": slide,
        "number": number,
        "chart": svg.document(
            slide.chart.scene(SLIDE),
            SLIDE.width,
            title=slide.headline,
            description=slide.alt,
            prefix=f"chart-{number}",
            links={
                item.address: svg.Link(f"#{anchors[item.address]}", item.label.replace("\n", " · "))
                for item in slide.chart.grid.items
            },
        ),
        "left_out": left_out_words(slide),
        "coverage": "; ".join(f"{year} {names}" for year, names in slide.coverage),
        "twin": slide.twin.drop(columns="Record"),
    }


def _behind(
    dataset: Dataset, made: Sequence[Slide], anchors: Sequence[Mapping[str, str]]
) -> tuple[list[dict], list[dict]]:
    """What the marks lead to: entries of one record each, and lists of records for marks that stand for many.

    Where a view sets sources aside, a record rests on other words, so it has a further entry. A list holds
    the records that its view shows.
    """
    publishers = {source.id: source.publisher for source in all_sources(dataset.tables)}
    entries: dict[str, dict] = {}
    lists: dict[str, dict] = {}
    for slide, anchor_of in zip(made, anchors, strict=True):
        known = {record.id: record for record in slide.records}
        without = ", ".join(query.name_of(slide.dataset.tables, name) for name in slide.item.view.without)
        for address, anchor in anchor_of.items():
            if record := known.get(address):
                entry = {"anchor": anchor, "record": record, "without": without}
                entries.setdefault(anchor, entry | {"evidence": _evidence(record, publishers)})
            else:
                claim, names = query.claim(slide.tables, address), _held(slide, address)
                records = [(anchor_of[name], query.claim(slide.tables, name)) for name in names]
                lists[anchor] = {"anchor": anchor, "claim": claim, "records": records}
    return list(entries.values()), list(lists.values())


def _evidence(record: Record, publishers: Mapping[str, str]) -> Evidence:
    """A record's evidence on paper: its places as lines, each a way to its source at the end of the page."""
    places = [
        Place(
            words=quote.text,
            source=quote.source,
            paragraph=quote.paragraph,
            publisher=publishers[quote.source],
            address=f"#source-{quote.source}",
            proves=quote.proves,
            against=quote.against,
        )
        for quote in record.quotes
    ]
    return Evidence(others=places, reasons=record.reasons)


def _held(slide: Slide, address: str) -> list[str]:
    """The statements of a bar, `CATEGORY.YEAR`, that a view shows."""
    category, _, year = address.partition(".")
    rows = slide.tables["threats"]
    return list(rows.loc[rows["category"].eq(category) & rows["year"].eq(int(year)), "id"])


def _gaps(tables) -> dict[str, list[str]]:
    """What is not known, by kind."""
    groups: dict[str, list[str]] = {}
    for gap in gaps.gaps(tables):
        groups.setdefault(capital(gap.kind), []).append(gap.what)
    return groups


def _anchors(slide: Slide, number: int) -> dict[str, str]:
    """address -> id of the entry that it leads to, for every record and every mark of one view.

    Views that set other sources aside have entries of their own: there a record rests on other words.
    """
    without = "".join(f"-without-{source}" for source in slide.item.view.without)
    anchors = {record.id: f"record-{record.id}{without}" for record in slide.records}
    for item in slide.chart.grid.items:
        anchors.setdefault(item.address, f"view-{number}-{item.address}")
    return anchors

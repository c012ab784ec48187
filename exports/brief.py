"""A briefing as one HTML file: no script, no request, one view a page, each mark a link to its evidence."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pandas as pd

import query
from charts import fonts
from charts.layout import SLIDE
from charts.theme import INK, NIGHT
from exports import svg
from exports.briefing import INDEPENDENT, Item, Record, Slide, Source, all_sources, link, slides
from exports.deck import left_out_words, unknowns
from loaders import Dataset
from query import View

TALL = 132  # mm that a chart may take on paper
NOTICE = "Offline copy of a briefing: everything it shows is inside this file."


def brief(dataset: Dataset, items: Sequence[Item], base_url: str = "") -> bytes:
    """The briefing as UTF-8 bytes of one HTML page. Raises Refused."""
    made = slides(dataset, items)
    anchors = [_anchors(slide, number) for number, slide in enumerate(made, 1)]
    body = "".join(
        [
            _cover(dataset, made),
            "<main>",
            *(_view(slide, number, anchors[number - 1]) for number, slide in enumerate(made, 1)),
            _evidence(dataset, made, anchors),
            _gaps(dataset, items),
            _sample(dataset, items, base_url),
            "</main>",
        ]
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(dataset.title)}: briefing</title>"
        f"<style>{fonts.css(body)}{_style()}</style></head><body>{body}</body></html>\n"
    ).encode()


# ---- parts of the page ----


def _cover(dataset: Dataset, made: Sequence[Slide]) -> str:
    entries = "".join(
        f'<li><a href="#view-{number}">{escape(slide.headline)}</a></li>'
        for number, slide in enumerate(made, 1)
    )
    return (
        f'<header class="page"><h1>{escape(dataset.title)}</h1>'
        f'<p class="soft">Briefing. {_edition(dataset)}</p>'
        f'<nav aria-label="In this briefing"><ol>{entries}</ol></nav>'
        '<p><a href="#evidence">Evidence</a> · <a href="#gaps">What we do not know</a> · '
        '<a href="#sample">What this rests on</a></p>'
        f'<p class="soft">{NOTICE} A mark of a chart leads to its evidence, by click or with Tab and Enter. '
        f"{INDEPENDENT}</p>"
        f'<p class="soft">{query.CODED_BY}</p></header>'
    )


def _view(slide: Slide, number: int, anchors: Mapping[str, str]) -> str:
    chart = svg.document(
        slide.chart.scene(SLIDE),
        SLIDE.width,
        title=slide.headline,
        description=slide.alt,
        prefix=f"chart-{number}",
        links={
            item.address: svg.Link(f"#{anchors[item.address]}", item.label.replace("\n", " · "))
            for item in slide.chart.grid.items
        },
    )
    absent = left_out_words(slide)
    coverage = "; ".join(f"{year} {names}" for year, names in slide.coverage)
    return (
        f'<section class="page" id="view-{number}" aria-labelledby="head-{number}">'
        f'<h2 id="head-{number}">{escape(slide.headline)}</h2>'
        f'<p class="soft">{escape(slide.subtitle)}</p><p>{escape(slide.sentence)}</p>'
        f'<div class="chart" role="region" aria-label="Chart {number}" tabindex="0">{chart}</div>'
        + (f'<p class="soft">{escape(absent)}</p>' if absent else "")
        + f'<p class="soft line">Sources that report events held in each year: {escape(coverage)}.<br>'
        f"{slide.uncited or _read(slide.sources)} {_edition(slide.dataset)}</p>"
        f"{_twin(slide, number)}</section>"
    )


def _twin(slide: Slide, number: int) -> str:
    table = slide.twin.drop(columns="Record")
    rows = f"{len(table)} {'row' if len(table) == 1 else 'rows'}"
    return (
        f"<details><summary>Table of what is shown: {rows}</summary>"
        f'<div class="scroll" role="region" aria-label="Table {number}" tabindex="0">'
        f"{_table(table)}</div></details>"
    )


def _evidence(dataset: Dataset, made: Sequence[Slide], anchors: Sequence[Mapping[str, str]]) -> str:
    """What the marks lead to: one entry a record, or a place of many; another where sources are set aside."""
    sources = {source.id: source for source in all_sources(dataset.tables)}
    records: dict[str, str] = {}
    places: dict[str, str] = {}
    for slide, anchor_of in zip(made, anchors, strict=True):
        known = {record.id: record for record in slide.records}
        for address, anchor in anchor_of.items():
            if address in known:
                records.setdefault(anchor, _entry(anchor, known[address], sources, _without(slide)))
            else:
                places[anchor] = _place(address, anchor, slide, anchor_of)
    return (
        '<section class="evidence" id="evidence" aria-labelledby="evidence-head">'
        f'<h2 id="evidence-head">Evidence</h2><p class="soft">The {len(records)} records behind the charts, '
        f"each with the words that it rests on.</p>{''.join([*records.values(), *places.values()])}</section>"
    )


def _without(slide: Slide) -> str:
    """Which sources the view of a slide sets aside, for the entries that hold without them."""
    names = [query.name_of(slide.dataset.tables, source) for source in slide.item.view.without]
    return f" Without {', '.join(names)}." if names else ""


def _entry(anchor: str, record: Record, sources: Mapping[str, Source], without: str) -> str:
    quotes = "".join(
        f"<li>{'<b>To the contrary:</b> ' if quote.against else ''}<q>{escape(quote.text)}</q> "
        f'<span class="soft"><a href="#source-{quote.source}">{escape(sources[quote.source].publisher)}</a>, '
        f"paragraph {quote.paragraph}: {escape(quote.proves)}</span></li>"
        for quote in record.quotes
    )
    more = "".join(
        f"<p>{escape(text)}</p>" for text in (*record.inferences, record.note, record.silence) if text
    )
    return (
        f'<article id="{anchor}" tabindex="-1"><h3>{escape(record.claim)}</h3>'
        + (f"<ul>{quotes}</ul>" if quotes else "")
        + f'{more}<p class="soft">Record {escape(record.id)}.{escape(without)}</p></article>'
    )


def _place(address: str, anchor: str, slide: Slide, anchors: Mapping[str, str]) -> str:
    """What a bar of many records leads to: the list of those that its view shows."""
    category, _, year = address.partition(".")
    rows = slide.tables["threats"]
    held = rows.loc[rows["category"].eq(category) & rows["year"].eq(int(year)), "id"]
    entries = "".join(
        f'<li><a href="#{anchors[name]}">{escape(query.claim(slide.tables, name))}</a></li>' for name in held
    )
    return (
        f'<article id="{anchor}" tabindex="-1"><h3>{escape(query.claim(slide.tables, address))}</h3>'
        f"<ul>{entries}</ul></article>"
    )


def _gaps(dataset: Dataset, items: Sequence[Item]) -> str:
    groups: dict[str, list[str]] = {}
    for kind, what in unknowns(_tables(dataset, items)):
        groups.setdefault(kind, []).append(what)
    told = "".join(
        f"<dt>{escape(kind.capitalize())}</dt>" + "".join(f"<dd>{escape(what)}</dd>" for what in entries)
        for kind, entries in groups.items()
    )
    return (
        '<section class="page" id="gaps" aria-labelledby="gaps-head">'
        '<h2 id="gaps-head">What we do not know</h2>'
        '<p class="soft">Gaps in what our sources say, and what is only inferred from them.</p>'
        + (f"<dl>{told}</dl>" if told else "<p>Nothing is missing that we know of.</p>")
        + "</section>"
    )


def _sample(dataset: Dataset, items: Sequence[Item], base_url: str) -> str:
    tables = _tables(dataset, items)
    table = query.by_source(tables)
    entries = "".join(
        f'<li id="source-{source.id}" tabindex="-1">{_linked(source)}: {escape(source.title)}, '
        f"{escape(source.printed)}</li>"
        for source in all_sources(tables)
    )
    address = link(dataset, items, base_url)
    shown = f'<a href="{escape(address)}">{escape(address)}</a>' if "://" in address else escape(address)
    return (
        '<section class="page" id="sample" aria-labelledby="sample-head">'
        f'<h2 id="sample-head">What this rests on</h2><p>{query.CODED_BY}</p><ul>{entries}</ul>'
        '<div class="scroll" role="region" aria-label="Sources" tabindex="0">'
        f"{_table(table)}</div>"
        f'<p class="soft">{_edition(dataset)} Records {escape(dataset.licence)}; quotations belong to their '
        f'sources. {INDEPENDENT}</p><p class="soft link">This briefing again: {shown}</p></section>'
    )


# ---- pieces ----


def _anchors(slide: Slide, number: int) -> dict[str, str]:
    """address -> id of the entry that it leads to, for every record and every mark of one view.

    Views that set other sources aside have entries of their own: there a record rests on other words.
    """
    without = "".join(f"-without-{source}" for source in slide.item.view.without)
    anchors = {record.id: f"record-{record.id}{without}" for record in slide.records}
    for item in slide.chart.grid.items:
        anchors.setdefault(item.address, f"view-{number}-{item.address}")
    return anchors


def _tables(dataset: Dataset, items: Sequence[Item]):
    aside = set.intersection(*(set(item.view.without) for item in items))
    return query.select(dataset.tables, View(without=tuple(sorted(aside))))


def _table(table: pd.DataFrame) -> str:
    """A table as HTML whose cells are plain text."""

    def row(cells: Iterable, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(row(cells, "td") for cells in table.itertuples(index=False))
    return f"<table><thead>{row(table.columns, 'th')}</thead><tbody>{body}</tbody></table>"


def _linked(source: Source) -> str:
    name = escape(source.publisher)
    return f'<a href="{escape(source.address)}" rel="noopener">{name}</a>' if source.address else name


def _read(sources: Iterable[Source]) -> str:
    return f"Source: our reading of {', '.join(map(_linked, sources))}."


def _edition(dataset: Dataset) -> str:
    return f"Version {escape(dataset.version)} of {escape(dataset.date)}, data {dataset.hash}."


def _style() -> str:
    """The sheet. Charts carry the colours of the light edition; in the dark each is translated."""
    light = "".join(f"--{name}:{code};" for name, code in INK.items())
    dark = "".join(f"--{name}:{code};" for name, code in NIGHT.items())
    recoloured = "".join(
        f'svg [{part}="{code}"]{{{part}:var(--{name})}}'
        for name, code in INK.items()
        for part in ("fill", "stroke")
    )
    return (
        f":root{{{light}color-scheme:light dark}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}{recoloured}}}" + SHEET
    )


SHEET = """
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:17px/1.45 'Briefing Sans','Source Sans 3',Arial,sans-serif}
body{margin:0 auto;max-width:1160px;padding:24px 40px}
h1,h2,h3{font-family:'Briefing Serif','Source Serif 4',Georgia,serif;font-weight:600}
h1,h2,h3{line-height:1.25;margin:0 0 6px}
h1{font-size:40px}h2{font-size:28px}h3{font-size:18px}
p{margin:0 0 6px}ol,ul{margin:6px 0 12px;padding-left:24px}
a{color:inherit;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft)}
.page,.evidence{border-top:1px solid var(--ink);padding-top:14px;margin:0 0 56px}
header.page{border-top-width:3px}
header li{padding:3px 0}
.chart{overflow-x:auto;margin:16px 0}
.chart svg{display:block;min-width:860px;width:100%;height:auto}
svg a rect{fill:transparent;fill-opacity:0}
svg a:hover rect,svg a:focus rect{stroke:var(--accent);stroke-width:2}
svg a:focus{outline:none}
.line{border-top:1px solid var(--rule);padding-top:8px;font-size:15px}
.link{overflow-wrap:anywhere}
details{margin-top:8px}summary{cursor:pointer;padding:4px 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:15px}
th,td{border-bottom:1px solid var(--rule);padding:4px 12px 4px 0;text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:400;border-color:var(--ink)}
article{border-top:1px solid var(--rule);padding:10px 0 6px}
article:target{outline:3px solid var(--accent);outline-offset:6px}
article ul{list-style:none;padding:0;margin:4px 0}
article li{margin:0 0 3px}
q{font-family:'Briefing Serif','Source Serif 4',Georgia,serif}
dt{font-weight:700;margin-top:8px;break-after:avoid}dd{margin:0 0 2px 24px}
@media (max-width:700px){body{padding:16px}h1{font-size:30px}h2{font-size:23px}}
@page{size:A4 landscape;margin:11mm 14mm}
@media print{
html{font-size:10.5pt}body{max-width:none;padding:0}
h1{font-size:26pt}h2{font-size:16pt;margin:0 0 1mm}.page>p{font-size:9.5pt;margin:0 0 1mm}h3{font-size:11pt}
.page{break-after:page;break-inside:avoid;margin:0}
.page:last-child{break-after:auto}
#gaps,.evidence{break-inside:auto}.evidence{break-after:page;columns:2;column-gap:10mm;font-size:8.5pt;margin:0}
.evidence h2,.evidence>p{column-span:all}
article{break-inside:avoid;padding:2mm 0 0}
.chart{overflow:visible;margin:3mm 0}
.chart svg{min-width:0;width:auto;max-width:100%;max-height:@TALL@mm;margin:0 auto}
.line{font-size:9pt}details{display:none}#gaps dl{columns:2;column-gap:10mm;font-size:9pt}
dd{break-inside:avoid}
table{font-size:9pt}
}
""".replace("@TALL@", str(TALL)).replace("\n", "")

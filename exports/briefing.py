"""A briefing: views in order, each with all that its slide, page or picture needs."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pandas as pd

import query
from charts.axis import Axis
from charts.chart import Chart, chart, subtitle
from charts.grid import LeftOut
from loaders import Dataset
from query import CHARTS, Topic, View
from query.records import RECORDS
from query.wording import NOTE
from query.words import visible

LONGEST_HEADLINE = 200  # letters
LONGEST_LINK = 2_000  # characters: mail takes about as many, a hyperlink of PowerPoint 2,083
TOO_LONG = (
    "There is no link to all slides at once: it would be longer than "
    f"{LONGEST_LINK:,} characters, which mail and PowerPoint do not take. "
    "Two shorter briefings have one each."
)
INDEPENDENT = (
    "Counts are statements in these sources, not events. "
    "This project is independent of the organisation that it describes."
)


class Refused(ValueError):
    """What a briefing does not show: a view without rows, or a record without evidence. Says which."""


WHOLE = View()  # no filter


@dataclass(frozen=True)
class Item:
    """One entry of a briefing: a chart, its view, and a headline to print instead of the computed one."""

    topic: str
    view: View = WHOLE
    headline: str = ""


@dataclass(frozen=True)
class Quote:
    """Words of a source. `against`: they say otherwise than the record; `proves`: fields, in words."""

    text: str
    source: str
    paragraph: int
    against: bool
    proves: str


@dataclass(frozen=True)
class Record:
    """A record behind a slide; `inferences` are pairs of `Inferred: end.` and a reason.

    One that the program filled in has no quotes; `silence` says why.
    """

    id: str
    claim: str
    quotes: tuple[Quote, ...]
    inferences: tuple[tuple[str, str], ...] = ()
    note: str = ""
    silence: str = ""

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """What is said besides the quotes: pairs of a label, which may be empty, and a text."""
        pairs = (*self.inferences, (NOTE, self.note), ("", self.silence))
        return tuple((label, text) for label, text in pairs if text)


@dataclass(frozen=True)
class Source:
    """A source: `places` are the paragraphs that a slide's records quote."""

    id: str
    publisher: str
    title: str
    url: str
    printed: str
    places: int = 0

    @property
    def address(self) -> str:
        """The address if it is one that a browser may open, else an empty text."""
        return self.url if urlsplit(self.url).scheme in ("http", "https") else ""


@dataclass(frozen=True, eq=False)
class Slide:
    """One view, ready to be shown.

    `tables` are the rows that the view selects and what charts need besides; `axis` has the years of the
    whole briefing, `own` those of the view; `chosen` are the years of the axis that the view shows.
    """

    item: Item
    topic: Topic
    dataset: Dataset
    tables: Mapping[str, pd.DataFrame]
    axis: Axis
    own: Axis
    known: dict  # records that other slides of the briefing have made, by id and sources set aside

    @cached_property
    def chosen(self) -> tuple[int, ...]:
        return tuple(year for year in self.axis.years if year in self.own.years)

    @cached_property
    def chart(self) -> Chart:
        """The chart on the axis of the briefing, which says which years the view leaves out."""
        return chart(self.topic.name, self.tables, self.axis)

    @cached_property
    def own_chart(self) -> Chart:
        """The chart on the axis of the view, as its page shows it."""
        return chart(self.topic.name, self.tables, self.own)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What the view selects and its chart cannot place."""
        return self.own_chart.grid.left_out

    @property
    def headline(self) -> str:
        return self.item.headline or self.own_chart.headline

    @property
    def subtitle(self) -> str:
        return subtitle(self.topic.name)

    @cached_property
    def sentence(self) -> str:
        return query.sentence(self.dataset.tables, self.item.view, self.topic.name)

    @property
    def alt(self) -> str:
        return self.own_chart.alt

    @property
    def twin(self) -> pd.DataFrame:
        return self.own_chart.twin

    @cached_property
    def coverage(self) -> tuple[tuple[int, str], ...]:
        """Each year of the axis with the sources that speak about it, or the words for their absence."""
        return tuple(
            (year, ", ".join(query.reporting(self.axis.coverage, year)) or query.UNCOVERED)
            for year in self.axis.years
        )

    @cached_property
    def rows(self) -> dict[str, pd.DataFrame]:
        """The rows that the slide shows, by table, the places that nobody mentions among them."""
        return query.rows_shown(self.tables, self.topic)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """What stands behind the slide, in the order of the chart, then what is not drawn."""
        if self.topic.table not in RECORDS:
            return tuple(_paragraph(self.tables, row) for row in self.rows["paragraphs"].to_dict("records"))
        places = _places(self.tables)
        found = {}
        for rows in self.rows.values():
            for row in rows.to_dict("records"):
                key = (row["id"], self.item.view.without)
                if key not in self.known:
                    self.known[key] = _record(self.tables, row, places)
                found[row["id"]] = self.known[key]
        order = [item.address for item in self.chart.grid.records if item.address in found]
        return tuple(found[name] for name in dict.fromkeys([*order, *found]))

    def record(self, name: str) -> Record:
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> dict[str, Record]:
        return {record.id: record for record in self.records}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the rows cite, in file order."""
        places: dict[str, set[int]] = {}
        for record in self.records:
            for words in record.quotes:
                places.setdefault(words.source, set()).add(words.paragraph)
        cited = query.cited(self.tables, chain(*(rows["source"] for rows in self.rows.values())))
        return tuple(
            replace(source, places=len(places.get(source.id, ())))
            for source in all_sources(self.tables)
            if source.id in cited
        )

    @property
    def uncited(self) -> str:
        """Why there are no sources, in place of their names."""
        return "" if self.sources else query.uncited(self.rows.values())


# ---- entries of the URL's tray ----


def read_item(text: str, tables: Mapping[str, pd.DataFrame]) -> tuple[Item | None, tuple[str, ...]]:
    """The entry `TOPIC?QUERY`, and a notice for each of its values that was dropped. Never raises."""
    topic, _, parameters = text.partition("?")
    if topic not in CHARTS:
        return None, (f"{query.excerpt(topic)} is not a chart: those are {', '.join(CHARTS)}.",)
    try:
        values, repeated = query.united(parse_qsl(parameters, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return None, ("The entry has too many parameters.",)
    headline = visible(values.pop("headline", ""))[:LONGEST_HEADLINE].strip()
    view, notices = query.parse(values, tables)
    notices = (*repeated, *notices)
    if CHARTS[topic].of_pair and not view.compare:
        return None, (*notices, f"“{topic}” is of two years or speakers: {topic}?compare=2022%7E2023")
    return Item(topic, _chart_alone(topic, view), headline), notices


def read_items(
    entries: Sequence[str], tables: Mapping[str, pd.DataFrame]
) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The entries of a tray that are known, and a notice for each and for each value that was left out."""
    items, notices = [], []
    for place, text in enumerate(entries, 1):
        item, some = read_item(text, tables)
        items += [item] if item else []
        notices += [f"Slide {place}: {notice}" for notice in some]
    return tuple(items), query.bounded(notices)


def dump_item(item: Item) -> str:
    """An entry as a part of `tray`: text without `~`. Inverts `read_item`.

    Percent-encoded is only what would end a value: the address encodes all of it, and to do so twice makes of
    a Cyrillic letter ten characters in place of six.
    """
    values = query.dump(_chart_alone(item.topic, item.view))
    values |= {"headline": item.headline} if item.headline else {}
    return item.topic + (
        "?" + "&".join(f"{name}={_plain(text)}" for name, text in values.items()) if values else ""
    )


def _plain(text: str) -> str:
    return re.sub("[%&+~]", lambda sign: f"%{ord(sign[0]):02X}", text)


def standard(tables: Mapping[str, pd.DataFrame]) -> tuple[Item, ...]:
    """The standard briefing: the main charts without a filter, those that have rows."""
    main = (topic for topic in CHARTS.values() if topic.standard)
    return tuple(Item(topic.name) for topic in main if any(len(tables[table]) for table in topic.tables))


def link(dataset: Dataset, items: Iterable[Item], base_url: str = "") -> str:
    """The address that restores a briefing; without a base, or with one of this machine, the query alone.

    It is never longer than LONGEST_LINK: where that is too short for all headlines that were written, the
    last ones are left out; where it is too short for the slides, there is none. `link_remark` says so.
    """
    return _link(dataset, tuple(items), base_url)[0]


def link_remark(dataset: Dataset, items: Iterable[Item], base_url: str = "") -> str:
    """What the link of a briefing leaves out, or why there is none; an empty text where it has everything."""
    items = tuple(items)
    address, written = _link(dataset, items, base_url)
    if not address:
        return TOO_LONG
    out = [place for place, item in enumerate(items, 1) if item.headline and place > written]
    if not out:
        return ""
    lost = f"headline of slide {out[0]}" if len(out) == 1 else f"headlines from slide {out[0]} on"
    return (
        f"The link leaves out your own {lost}: it would be longer than {LONGEST_LINK:,} characters, "
        "which mail and PowerPoint do not take. Whoever opens it sees what is computed there."
    )


def _link(dataset: Dataset, items: tuple[Item, ...], base_url: str) -> tuple[str, int]:
    """The longest address that is a link, and how many slides from the first on have their headline in it."""
    computed = tuple(replace(item, headline="") for item in items)

    def address(written: int) -> str:
        return _address(dataset, (*items[:written], *computed[written:]), base_url)

    too_long = bisect(range(len(items) + 1), False, key=lambda written: len(address(written)) > LONGEST_LINK)
    return (address(too_long - 1), too_long - 1) if too_long else ("", 0)


def _address(dataset: Dataset, items: Iterable[Item], base_url: str) -> str:
    slides = query.dump(View(tray=tuple(map(dump_item, items)))).get("tray", "")
    asked = f"?tray={quote_plus(slides, safe='~?=:,/')}&data={dataset.hash}"
    base = base_url.rstrip("/") if _is_public(base_url) else ""
    return f"{base}/briefing{asked}" if base else asked


def public_link(dataset: Dataset, items: Iterable[Item], base_url: str = "") -> str:
    """The address that restores a briefing, or an empty text: on another machine there is none to open."""
    return link(dataset, items, base_url) if _is_public(base_url) else ""


def public_remark(dataset: Dataset, items: Iterable[Item], base_url: str = "") -> str:
    """What is to be said of `public_link`."""
    return link_remark(dataset, items, base_url) if _is_public(base_url) else ""


# ---- slides ----


def slides(dataset: Dataset, items: Sequence[Item]) -> tuple[Slide, ...]:
    """The slides of a briefing, on one time axis. Raises Refused."""
    if not items:
        raise Refused("a briefing without a view has nothing to show")
    years = years_of(dataset.tables, items)
    known: dict = {}
    made = []
    for place, item in enumerate(items, 1):
        try:
            made.append(slide(dataset, item, years, known))
        except Refused as refused:
            raise Refused(f"Slide {place}: {refused}" if len(items) > 1 else str(refused)) from None
    return tuple(made)


def years_of(tables: Mapping[str, pd.DataFrame], items: Iterable[Item]) -> tuple[int, ...]:
    """The one time axis: from the first to the last year that any of the items shows."""
    shown = [year for item in items for year in _own_years(tables, item)]
    return tuple(range(min(shown), max(shown) + 1)) if shown else ()


def slide(dataset: Dataset, item: Item, years: tuple[int, ...], known: dict | None = None) -> Slide:
    """One view on the years of its briefing. Raises Refused for a view without rows, or without evidence.

    Slides of one briefing share `known`, the records that they have in common.
    """
    topic, view, everything = CHARTS[item.topic], item.view, dataset.tables
    supported = query.select(everything, View(without=view.without))
    shown = query.on_page(view, item.topic)
    tables = query.select(everything, shown)
    if shown.years:  # years that a view leaves out say so, whatever else is known of them
        cut = {name: tables.whole[name] for name in ("documents", "attendance")}
        cut = {name: rows[rows["year"].isin(shown.years)] for name, rows in cut.items()}
        tables = query.Selection(tables, whole={**tables.whole, **cut}, years=tables.years, pair=tables.pair)
    coverage = query.coverage(supported)
    own = Axis(_own_years(everything, item), coverage)
    axis = Axis(years, coverage, frozenset(years) - set(own.years))
    made = Slide(item, topic, dataset, tables, axis, own, {} if known is None else known)
    if not any(len(rows) for rows in made.rows.values()):
        raise Refused(f"{_named(item)}: this view has no rows. {made.sentence}")
    if topic.table in RECORDS:
        proven = set(tables["evidence"]["record"])
        for name in (name for rows in made.rows.values() for name in rows["id"]):
            if name not in proven and "." not in name:  # a place that nobody mentions has a dot
                raise Refused(f"{_named(item)}: the record {name} has no evidence, so it is not shown")
    return made


def _named(item: Item) -> str:
    """A view as its address has it, by which a refusal names it."""
    return dump_item(replace(item, headline=""))


def all_sources(tables: Mapping[str, pd.DataFrame]) -> tuple[Source, ...]:
    """Every source, in file order."""
    return tuple(
        Source(
            row["id"],
            row["publisher"],
            row["title"],
            row["url"],
            query.printed(row),
        )
        for row in tables["sources"].to_dict("records")
    )


def _own_years(tables: Mapping[str, pd.DataFrame], item: Item) -> tuple[int, ...]:
    return query.on_page(item.view, item.topic).years or query.axis_years(tables)


def _chart_alone(topic: str, view: View) -> View:
    """The chart and its filters: what was selected or linked, or compared by another chart, does not go into
    a briefing.
    """
    pair = view.compare if CHARTS[topic].of_pair else ()
    return replace(view, sel="", data="", compare=pair, tray=(), present="")


def _places(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[Quote, ...]]:
    """record -> its quoted places in file order: `query.evidence` for all records at once."""
    fields: dict[tuple, list[str]] = {}
    columns = ["record", "source", "paragraph", "quote", "relation", "field"]
    for *place, field in tables["evidence"][columns].itertuples(index=False):
        fields.setdefault(tuple(place), []).append(field)
    places: dict[str, list[Quote]] = {}
    for (record, source, paragraph, words, relation), names in fields.items():
        proves = query.proved("~".join(names))
        made = Quote(words, source, int(paragraph), relation == "contradicts", proves)
        places.setdefault(record, []).append(made)
    return {record: tuple(quotes) for record, quotes in places.items()}


def _record(tables: Mapping[str, pd.DataFrame], row: Mapping, places: Mapping) -> Record:
    name = row["id"]
    if "." in name:  # a place that nobody mentions
        read = ", ".join(tables["sources"]["publisher"])
        return Record(name, query.claim(tables, name), (), silence=f"Read without finding it: {read}.")
    rows = tables["inferences"]
    reasons = rows.loc[rows["record"] == name, ["field", "reason"]].itertuples(index=False)
    inferences = tuple((query.inferred(field), reason) for field, reason in reasons)
    return Record(name, query.claim(tables, name), places.get(name, ()), inferences, row["note"])


def _paragraph(tables: Mapping[str, pd.DataFrame], row: Mapping) -> Record:
    """A paragraph with the words quoted from it, or the reason why nothing was coded."""
    name, evidence = f"{row['source']}.{row['paragraph']}", tables["evidence"]
    here = evidence[(evidence["source"] == row["source"]) & (evidence["paragraph"] == row["paragraph"])]
    quotes = tuple(
        Quote(words, row["source"], int(row["paragraph"]), False, f"{held['record'].nunique()} records")
        for words, held in here.groupby("quote", sort=False)
    )
    silence = f"Read and not coded: {row['reason']}" if row["use"] == "skipped" else ""
    return Record(name, query.claim(tables, name), quotes, silence=silence)


def _is_public(base_url: str) -> bool:
    """Whether an address means the same on another machine."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_own = re.fullmatch(r"localhost|.*\.localhost|127\..*|0\.0\.0\.0|::1?", host)
    return parts.scheme in ("http", "https") and bool(host) and not is_own

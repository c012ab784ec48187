"""The views that the net looks at; who and what they name is taken from the data, so that it may grow."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from query import CHARTS
from tests.net import expected

Params = Mapping[str, list[str]]


@dataclass(frozen=True)
class Item:
    """A chart under a view, as the URL has it."""

    chart: str
    params: Params = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The address of the page that shows the chart."""
        return CHARTS[self.chart].address

    @property
    def query(self) -> str:
        return urlencode({name: "~".join(values) for name, values in self.params.items()}, safe="~")


@dataclass(frozen=True)
class Case:
    """One of the views: the charts that it is looked at on, and for a tray each slide with its own view."""

    name: str
    items: tuple[Item, ...]
    tray: bool = False
    empty: bool = False

    @property
    def charts(self) -> tuple[str, ...]:
        return tuple(item.chart for item in self.items)


NAMES = (
    "no filter",
    "one year",
    "two years",
    "a year no source covers",
    "one speaker",
    "threats only",
    "one category",
    "a document status",
    "a search",
    "a search for who only came",
    "stated only",
    "without a source that others confirm",
    "without a source that stands alone",
    "one row",
    "no row",
    "a tray",
)


def cases(tables: expected.Tables) -> dict[str, Case]:
    """name -> view, as the data offer them."""
    threats, documents = tables["threats"], tables["documents"]
    covered = sorted(expected.coverage(tables, []))
    silent = [year for year in expected.axis(tables) if year not in covered]
    speakers = [name for name, _ in Counter(threats["speaker"]).most_common()]
    category = Counter(threats["category"]).most_common(1)[0][0]
    status = Counter(part for cell in documents["status"] for part in cell.split("~")).most_common(1)[0][0]
    cells = Counter(zip(threats["speaker"], threats["category"], strict=True))
    single = next((cell for cell, number in cells.items() if number == 1), None)
    missing = next((s, c) for s in speakers for c in threats["category"] if not cells[s, c])
    attended = (
        set(tables["attendance"]["person"]) - set(threats["speaker"]) - set(tables["chairmanships"]["person"])
    )
    guest = next(row["name"] for row in tables["people"].to_dict("records") if row["id"] in attended)
    sources = Counter(source for cell in threats["source"] for source in cell.split("~"))
    aside = [name for name, _ in sources.most_common()]
    both = [
        s
        for s in tables["sources"]["id"]
        if any(s in cell.split("~") and "~" in cell for cell in threats["source"])
    ]
    first, second = (both or aside)[-1], next(s for s in aside if s != (both or aside)[-1])

    def case(name: str, charts: str, empty: bool = False, **params: list[str]) -> Case:
        return Case(name, tuple(Item(chart, params) for chart in charts.split()), empty=empty)

    found = [
        case("no filter", " ".join(CHARTS)),
        case("one year", "overview attendance documents threats", years=covered[1:2]),
        case("two years", "overview threats", years=covered[-2:]),
        case("a year no source covers", "overview attendance documents threats", years=silent[:1]),
        case("one speaker", "threats speakers", speakers=speakers[1:2]),
        case("threats only", "threats overview", expressed=["threat"]),
        case("one category", "threats", categories=[category]),
        case("a document status", "documents", status=[status]),
        case("a search", "overview threats", q=["Afghanistan"]),
        case("a search for who only came", "overview attendance", q=[guest.split()[-1]]),
        case("stated only", "overview attendance documents", basis=["stated"]),
        case(
            "without a source that others confirm",
            "overview chairmanship attendance documents threats",
            without=[first],
        ),
        case(
            "without a source that stands alone",
            "overview chairmanship",
            without=[second],
        ),
        case("one row", "threats", speakers=[single[0]], categories=[single[1]]),
        case("no row", "threats", empty=True, speakers=[missing[0]], categories=[missing[1]]),
        Case(
            "a tray",
            (
                Item("threats", {"years": covered[1:2]}),
                Item("documents", {"years": covered[-2:-1]}),
                Item("overview", {"years": [covered[0]]}),
                Item("attendance", {"years": [covered[0], covered[-2]]}),
                Item("threats", {"expressed": ["threat"], "years": covered[-2:]}),
                Item("chairmanship"),
                Item("speakers", {"years": covered[-1:]}),
            ),
            tray=True,
        ),
    ]
    return {one.name: one for one in found}

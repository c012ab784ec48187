"""The registry of topics: every chart and every page, and the filters that a page can have.

All other modules look a chart or a page up here. A new chart is `charts/NAME.py` and an entry of TOPICS; a
new page is `pages/NAME.py` and an entry of TOPICS; a new filter is a field of `query.view.View` and a Filter
here, named in the entries of the pages that show it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from query import vocabulary
from query.coverage import axis_years
from query.nouns import (
    ACTION,
    ANNOUNCED_EVENT,
    ANNOUNCED_SESSION,
    DOCUMENT,
    EVENT,
    MATTER,
    PARAGRAPH,
    PRIORITY,
    REPORTED_NUMBER,
    SEAT,
    SESSION,
    STATEMENT,
    TERM,
    THREAT,
    Noun,
)
from query.records import ATTENDANCE, Tables, only, parts_of, rows_in

HOME = "overview"  # the page at `/`, whose file is the one that `streamlit run` takes


@dataclass(frozen=True, eq=False)
class Filter:
    """A list of the view that cuts tables.

    - `name`: its field in the view and its parameter in the URL
    - `label`: what pages call it
    - `about`: what it restricts, as the README says it
    - `columns`: for each table that it cuts, the column that it looks into
    - `order`: makes of the tables what it may hold, in the order in which that is shown; without it, that is
      what the columns hold, in the order of the rows
    - `called`: what each choice is called; without it, choices have the names that the tables give them
    - `before`: what stands before the choices in a sentence
    """

    name: str
    label: str
    about: str
    columns: Mapping[str, str]
    order: Callable[[Tables], Iterable] | None = None
    called: Mapping[str, str] = field(default_factory=dict)
    before: str = ""

    def choices(self, tables: Tables) -> tuple:
        """What the list may hold, in the order in which it is shown. `tables` are all tables."""
        if self.order:
            return tuple(self.order(tables))
        return tuple(parts_of(cell for table, name in self.columns.items() for cell in tables[table][name]))


def _speakers(tables: Tables) -> list[str]:
    """People, then bodies, in the order of the file, then voices that no table names."""
    spoken = parts_of(tables["threats"]["speaker"])
    named = [*tables["people"]["id"], *tables["bodies"]["id"]]
    return sorted(spoken, key=lambda who: named.index(who) if who in named else len(named))


def _status(tables: Tables) -> list[str]:
    """Words for attendance, silence last, then words for documents."""
    attendance = sorted(parts_of(tables["attendance"]["status"]), key=ATTENDANCE.index)
    return list(dict.fromkeys([*attendance, *parts_of(tables["documents"]["status"])]))


DATED = ("events", "attendance", "documents", "document_counts", "threats")
YEARS = Filter(
    "years",
    "Years",
    "years, each one listed: `2020~2022` is not 2021",
    dict.fromkeys(DATED, "year"),
    axis_years,
)
EXPRESSED = Filter(
    "expressed",
    "Threats or actions",
    "`threat`, `priority`",
    {"threats": "expressed_as"},
    called={"threat": THREAT.many, "priority": ACTION.many},
)
SPEAKERS = Filter(
    "speakers",
    "Speakers",
    "statements by speaker: ids of people and bodies, or `source_text`",
    {"threats": "speaker"},
    _speakers,
    before="by ",
)
CATEGORIES = Filter(
    "categories",
    "Categories",
    "statements by category id",
    {"threats": "category"},
    lambda tables: tables["categories"]["id"],
    before="on ",
)
STATES = Filter(
    "states",
    "Parties",
    "attendance by party: state codes, or `SG` for the Secretary General",
    {"attendance": "party"},
)
STATUS = Filter(
    "status",
    "Status",
    "attendance (`present`, `absent`, `not_stated`) and documents (`signed`, `adopted`, …)",
    {"attendance": "status", "documents": "status"},
    _status,
    called=vocabulary.ATTENDANCE | vocabulary.DOCUMENT_STATUS,
)
# name -> filter, in the order in which the sentence under a title says what restricts it
FILTERS = {one.name: one for one in (YEARS, EXPRESSED, SPEAKERS, CATEGORIES, STATES, STATUS)}


@dataclass(frozen=True, eq=False)
class Topic:
    """A chart, a page, or both under one name, which finds its files: `charts/NAME.py` and `pages/NAME.py`.

    A topic with nouns is a chart, one with a question is a page. A page shows its own chart, then those that
    stand `on` it; one without any is about the slides that were chosen.

    - `label`: what navigation and briefing call it; `question`: the title of its page
    - `nouns`: what its chart counts, in the order of the sentence under the title. Rows that are one of them
      are those of the chart; those of the first noun's table are the rows of its CSV file
    - `rows`: what the rows of the CSV file are, where that is not the plural of the first noun
    - `beside`: what it tells besides: numbers beside the marks, records that its evidence panel opens
    - `filters`: those of its page, in the order in which they stand there
    - `by_year`: what the ribbon counts by year on its page
    - `standard`: whether the standard briefing has it
    - `of_pair`: whether it is about the two years or speakers that are compared, and is there for those alone
    """

    name: str
    label: str
    question: str = ""
    on: str = ""
    nouns: tuple[Noun, ...] = ()
    rows: str = ""
    beside: tuple[Noun, ...] = ()
    filters: tuple[Filter, ...] = ()
    by_year: Noun | None = None
    standard: bool = False
    of_pair: bool = False

    @property
    def page(self) -> "Topic":
        """The page that shows it."""
        return TOPICS[self.on] if self.on else self

    @property
    def charts(self) -> tuple["Topic", ...]:
        """The charts of the page, in the order in which they stand there."""
        return tuple(chart for chart in CHARTS.values() if chart.page is self)

    @property
    def address(self) -> str:
        """The address of its page, from the root of the dashboard."""
        return "/" if self.page.name == HOME else f"/{self.page.name}"

    @property
    def relative(self) -> str:
        """The same as pages link to it, under whatever path the dashboard stands."""
        return f".{self.address}" if self.page.name == HOME else self.page.name

    @property
    def file(self) -> str:
        """The script of its page."""
        return "dashboard.py" if self.page.name == HOME else f"pages/{self.page.name}.py"

    @property
    def table(self) -> str:
        """The table that its filters are about, and whose rows its CSV file holds."""
        return self.nouns[0].table

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose rows stand on its chart: terms first, for charts draw them over all else."""
        return tuple(dict.fromkeys(sorted(_tables(self.nouns), key=lambda table: table != TERM.table)))

    @property
    def of_terms(self) -> bool:
        """Whether its marks are the terms of the ribbon.

        They are the time axis of their page, so years do not cut it, and the ribbon opens terms.
        """
        return TERM in self.nouns[:1]

    @property
    def of_years(self) -> bool:
        """Whether years cut what it shows: then its page has the ribbon with its years."""
        return not self.of_terms and bool(self.cut_by(YEARS))

    def cut_by(self, one: Filter) -> str:
        """The first of its tables that a filter cuts, of those beside the chart too; or an empty text."""
        return next((table for table in _tables((*self.nouns, *self.beside)) if table in one.columns), "")


def _tables(nouns: Iterable[Noun]) -> list[str]:
    return [noun.table for noun in nouns]


# name -> topic, in the order of navigation
TOPICS = {
    topic.name: topic
    for topic in (
        Topic(
            "overview",
            "Overview",
            "What do our sources say about the CSTO, and how far can it be trusted?",
            nouns=(EVENT, ANNOUNCED_EVENT, DOCUMENT, MATTER, STATEMENT, TERM),
            by_year=STATEMENT,
            standard=True,
        ),
        Topic(
            "chairmanship",
            "Chairmanship",
            "Who chaired when, and what did they set out to do?",
            nouns=(TERM, SESSION, ANNOUNCED_SESSION),
            beside=(DOCUMENT, STATEMENT, PRIORITY),
            standard=True,
        ),
        Topic(
            "attendance",
            "Attendance",
            "Who came, and where do we not know?",
            nouns=(SEAT,),
            filters=(STATUS, STATES),
            by_year=SESSION,
            standard=True,
        ),
        Topic(
            "documents",
            "Documents",
            "What was signed, adopted, or only proposed?",
            nouns=(DOCUMENT, MATTER, REPORTED_NUMBER),
            rows="documents, proposals and other matters",
            filters=(STATUS,),
            by_year=DOCUMENT,
            standard=True,
        ),
        Topic(
            "threats",
            "Threats",
            "Which threats were stated, and by whom?",
            nouns=(STATEMENT,),
            filters=(EXPRESSED, SPEAKERS, CATEGORIES),
            by_year=STATEMENT,
            standard=True,
        ),
        Topic("speakers", "Speakers", on="threats", nouns=(STATEMENT,)),
        Topic("comparison", "Comparison", on="threats", nouns=(STATEMENT,), of_pair=True),
        Topic("sources", "Sources", "What does all this rest on?", nouns=(PARAGRAPH,)),
        Topic("briefing", "Briefing", "Which slides go into the meeting?"),
    )
}
CHARTS = {name: topic for name, topic in TOPICS.items() if topic.nouns}
PAGES = {name: topic for name, topic in TOPICS.items() if topic.question}


def shown_by(table: str) -> Topic:
    """The chart to which the rows of a table lead: whose own they are, else one that draws them among others,
    else one that tells them beside its marks. Raises LookupError for a table that no topic tells.
    """
    own = (topic for topic in CHARTS.values() if topic.table == table)
    among = (topic for topic in CHARTS.values() if table in topic.tables)
    beside = (topic for topic in CHARTS.values() if table in _tables(topic.beside))
    for topics in (own, among, beside):
        if topic := next(topics, None):
            return topic
    raise LookupError(f"no topic tells rows of {table}")


def rows_shown(tables: Tables, topic: Topic) -> dict[str, pd.DataFrame]:
    """The rows that a chart is about, by table: those of `tables` that are one of its nouns.

    Those that it cannot place are among them.
    """
    shown = {}
    for name in topic.tables:
        kinds = [noun.holds for noun in topic.nouns if noun.table == name]
        rows = tables[name]
        keep = [any(holds(row) for holds in kinds) for row in rows_in(tables, name)]
        shown[name] = only(rows, pd.Series(keep, dtype=bool))
    return shown

"""What is on screen: the view and its URL, the rows it selects, what is said about them.

Tables in, tables and sentences out. Pure: no Streamlit, no files, no clock.
"""

from query.address import Address, resolve, row_of
from query.agreement import CODED_BY, CODERS, FEWEST, agreement, differences
from query.citation import bibtex, citation, cited, passage, report, uncited
from query.compare import compare, sides
from query.coverage import (
    NONE_REPORTED,
    UNCOVERED,
    axis_years,
    coverage,
    covered_years,
    reporting,
    uncovered,
    years_covered,
)
from query.elsewhere import Hits, elsewhere
from query.evidence import evidence, facts_of_paragraph, places, records_of_event
from query.nouns import is_announced, is_document, number, rows_of
from query.quality import quality
from query.records import CLAIM, Tables, row_with, whole
from query.sample import by_source, by_speaker, by_year, gaps, resting_on
from query.select import by_years, counts, options, select
from query.selection import Selection, remembered
from query.sentence import sentence
from query.term import TALLIED, attendance_numbers, by_term, of_term, tally, term_of, term_years, unsettled
from query.topics import CHARTS, PAGES, TOPICS, Topic, rows_shown
from query.view import View, choices, dump, on_page, parse, restricting
from query.wording import (
    FIELDS,
    claim,
    disagreeing,
    documents_named,
    event_kind,
    events,
    fields,
    label,
    label_of_many,
    name_of,
    occasion,
    outline,
    parties,
    party_of,
    printed,
    publishers,
    term_dates,
    threats_and_actions,
    title_and_place,
)

__all__ = [
    "CHARTS",
    "CLAIM",
    "CODED_BY",
    "CODERS",
    "FEWEST",
    "FIELDS",
    "NONE_REPORTED",
    "PAGES",
    "TALLIED",
    "TOPICS",
    "UNCOVERED",
    "Address",
    "Hits",
    "Selection",
    "Tables",
    "Topic",
    "View",
    "agreement",
    "attendance_numbers",
    "axis_years",
    "bibtex",
    "by_source",
    "by_speaker",
    "by_term",
    "by_year",
    "by_years",
    "choices",
    "citation",
    "cited",
    "claim",
    "compare",
    "counts",
    "coverage",
    "covered_years",
    "differences",
    "disagreeing",
    "documents_named",
    "dump",
    "elsewhere",
    "event_kind",
    "events",
    "evidence",
    "facts_of_paragraph",
    "fields",
    "gaps",
    "is_announced",
    "is_document",
    "label",
    "label_of_many",
    "name_of",
    "number",
    "occasion",
    "of_term",
    "on_page",
    "options",
    "outline",
    "parse",
    "parties",
    "party_of",
    "passage",
    "places",
    "printed",
    "publishers",
    "quality",
    "records_of_event",
    "remembered",
    "report",
    "reporting",
    "resolve",
    "resting_on",
    "restricting",
    "row_of",
    "row_with",
    "rows_of",
    "rows_shown",
    "select",
    "sentence",
    "sides",
    "tally",
    "term_dates",
    "term_of",
    "term_years",
    "threats_and_actions",
    "title_and_place",
    "uncited",
    "uncovered",
    "unsettled",
    "whole",
    "years_covered",
]

"""What is on screen: the view and its URL, the rows it selects, what is said about them.

Tables in, tables and sentences out. Pure: no Streamlit, no files, no clock.
"""

from query.address import Address, resolve, row_of
from query.agreement import CODED_BY, CODERS, FEWEST, agreement, differences
from query.citation import bibtex, citation, cited, passage, report, uncited
from query.claims import claim
from query.compare import compare, sides
from query.coverage import (
    NONE_REPORTED,
    UNCOVERED,
    axis_years,
    coverage,
    covered_years,
    uncovered,
    years_covered,
)
from query.elsewhere import Hits, elsewhere
from query.evidence import evidence, facts_of_paragraph, places, records_of_event
from query.memory import Remembering, remembered
from query.names import name_of, occasion, occasion_of
from query.nouns import is_announced, is_document, number, rows_of
from query.quality import quality
from query.records import CLAIM, Tables, row_with
from query.sample import by_source, by_speaker, by_year, gaps, resting_on
from query.select import by_years, counts, options, select
from query.sentence import sentence
from query.term import attendance_numbers, by_term, of_term, term_of, term_years, unsettled
from query.topics import CHARTS, PAGES, TOPICS, Topic, rows_shown
from query.view import View, choices, dump, on_page, parse, restricting

__all__ = [
    "CHARTS",
    "CLAIM",
    "CODED_BY",
    "CODERS",
    "FEWEST",
    "NONE_REPORTED",
    "PAGES",
    "TOPICS",
    "UNCOVERED",
    "Address",
    "Hits",
    "Remembering",
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
    "dump",
    "elsewhere",
    "evidence",
    "facts_of_paragraph",
    "gaps",
    "is_announced",
    "is_document",
    "name_of",
    "number",
    "occasion",
    "occasion_of",
    "of_term",
    "on_page",
    "options",
    "parse",
    "passage",
    "places",
    "quality",
    "records_of_event",
    "remembered",
    "report",
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
    "term_of",
    "term_years",
    "uncited",
    "uncovered",
    "unsettled",
    "years_covered",
]

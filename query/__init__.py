"""What is on screen: the view and its URL, the rows it selects, what is said about them.

Tables in, tables and sentences out. Pure: no Streamlit, no files, no clock.
"""

from query.address import Address, resolve, row_of
from query.agreement import CODERS, FEWEST, agreement, differences
from query.citation import bibtex, citation, passage, report
from query.claims import claim
from query.compare import compare, sides
from query.coverage import axis_years, coverage, covered_years, years_covered
from query.evidence import evidence, facts_of_paragraph, places, records_of_event
from query.memory import Remembering, remembered
from query.names import name_of, occasion
from query.quality import quality
from query.records import CLAIM, row_with
from query.sample import by_source, by_speaker, by_year, gaps, resting_on
from query.select import counts, options, select
from query.sentence import sentence
from query.term import attendance_numbers, of_term, term_of, term_years
from query.view import View, bare, choices, dump, full, on_page, parse, restricting

__all__ = [
    "CLAIM",
    "CODERS",
    "FEWEST",
    "Address",
    "Remembering",
    "View",
    "agreement",
    "attendance_numbers",
    "axis_years",
    "bare",
    "bibtex",
    "by_source",
    "by_speaker",
    "by_year",
    "choices",
    "citation",
    "claim",
    "compare",
    "counts",
    "coverage",
    "covered_years",
    "differences",
    "dump",
    "evidence",
    "facts_of_paragraph",
    "full",
    "gaps",
    "name_of",
    "occasion",
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
    "select",
    "sentence",
    "sides",
    "term_of",
    "term_years",
    "years_covered",
]

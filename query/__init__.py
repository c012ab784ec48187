"""What is on screen: the view and its URL, the rows it selects, what is said about them.

Tables in, tables and sentences out. Pure: no Streamlit, no files, no clock.
"""

from query.address import Address, resolve, row_of
from query.claims import claim
from query.coverage import axis_years, coverage, covered_years
from query.evidence import evidence, facts_of_paragraph, records_of_event
from query.names import name_of, occasion
from query.records import CLAIM
from query.select import counts, options, select
from query.sentence import sentence
from query.term import attendance_numbers, of_term, term_of, term_years
from query.view import View, bare, choices, dump, full, parse

__all__ = [
    "CLAIM",
    "Address",
    "View",
    "attendance_numbers",
    "axis_years",
    "bare",
    "choices",
    "claim",
    "counts",
    "coverage",
    "covered_years",
    "dump",
    "evidence",
    "facts_of_paragraph",
    "full",
    "name_of",
    "occasion",
    "of_term",
    "options",
    "parse",
    "records_of_event",
    "resolve",
    "row_of",
    "select",
    "sentence",
    "term_of",
    "term_years",
]

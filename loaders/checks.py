"""Checks: a file into records that keep every rule, or into all the problems that it has."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from loaders import rules_between, rules_within
from loaders.problems import MOST_PROBLEMS, InvalidData, Problem
from loaders.reading import read
from loaders.validation import Finding, Records, validate

Rule = Callable[[Records], Iterator[Finding]]

RULES_ALWAYS = (
    rules_within.dates_are_quoted,
    rules_within.referred_ids_exist,
    rules_within.terms_do_not_end_before_they_start,
    rules_within.titles_are_short,
    rules_within.quotes_are_fragments,
    rules_within.every_field_is_proven,
    rules_within.evidence_proves_fields_of_its_record,
    rules_within.inferred_fields_stand_in_the_record,
    rules_between.ids_are_unique,
)
# These count over all records, and would say false things about a file in which some records are broken.
RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED = (
    rules_between.retired_records_are_replaced_by_records,
    rules_between.examples_are_threats_of_their_category,
    rules_between.decoys_are_not_coded,
    rules_between.terms_are_open_only_at_the_ends,
    rules_between.terms_do_not_overlap,
    rules_between.priorities_of_a_term_have_different_places,
    rules_between.a_party_attends_an_event_once,
    rules_between.a_threat_is_one_record,
    rules_between.attended_events_were_held,
    rules_between.no_paragraph_is_used_twice,
    rules_between.every_paragraph_is_accounted_for,
)
# Broken while a text is being coded: no reason not to look up the quotes that are there.
RULES_OF_PARAGRAPHS = (
    rules_between.no_paragraph_is_used_twice,
    rules_between.every_paragraph_is_accounted_for,
)


def check(path: Path, name: str) -> Records:
    """The records of a file that keeps every rule; `name` is how messages call it. Raises InvalidData."""
    return check_bytes(content(path, name), name)


def content(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises InvalidData when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        rule = f"must be a file that can be read ({error.strerror})"
        raise InvalidData([Problem.of_file(name, rule)]) from None


def check_bytes(data: bytes, name: str, *, aside: Sequence[Rule] = ()) -> Records:
    """The records in a file's bytes, every rule kept. Raises InvalidData with all problems, at most 1000.

    The rules set `aside` may be broken where nothing else is wrong.
    """
    records = validate(read(data, name))
    rules = RULES_ALWAYS if records.problems else RULES_ALWAYS + RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED
    malformed = ((None, problem) for problem in records.problems)
    broken = ((rule, records.file.problem(*finding)) for rule in rules for finding in rule(records))
    problems = list(islice(chain(malformed, broken), MOST_PROBLEMS))
    if any(rule not in aside for rule, _ in problems):
        raise InvalidData(problem for _, problem in problems)
    return records

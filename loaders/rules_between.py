"""Rules between records. One rule is one generator, and its name says what must hold.

A rule yields findings: where (a location in the file) and what (the rule in words, then what stands there).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from datetime import date

from loaders import dates, quotes
from loaders.problems import did_you_mean, shown, stands
from loaders.reading import Location
from loaders.records import SECTIONS, Chairmanship, Decoy, Record, Threat
from loaders.validation import Finding, Records

# what to do in place of a second record of the same thing
FURTHER = "add its quotes to that one's evidence, with `relation: contradicts` where they say otherwise"


def ids_are_unique(records: Records) -> Iterator[Finding]:
    """An id of a record that was taken back is not free: old links lead to it."""
    retired = {record.id: (location, record) for location, record in records.each("retired")}
    first: dict[str, Location] = {}
    for section in records.sections:
        for location, identifier in records.ids(section):
            if identifier in retired and section != "retired":
                place, record = retired[identifier]
                rule = f"must be an id that was never used{stands(identifier)}"
                where = f"retired on line {records.file.lines[place]}"
                yield location, f"{rule}, {where}: {shown(record.reason)}"
            elif identifier in first and (section != "retired" or first[identifier][0] == section):
                line = records.file.lines[first[identifier]]
                yield location, f"must be unique in the whole file{stands(identifier)}, as on line {line}"
            first.setdefault(identifier, location)


def retired_records_are_replaced_by_records(records: Records) -> Iterator[Finding]:
    known = {identifier: None for section in SECTIONS for _, identifier in records.ids(section)}
    for location, record in records.each("retired"):
        if record.replaced_by and record.replaced_by not in known:
            rule = "must be the id of a record that is there"
            meant = did_you_mean(record.replaced_by, known)
            yield (*location, "replaced_by"), rule + stands(record.replaced_by) + meant


def examples_are_threats_of_their_category(records: Records) -> Iterator[Finding]:
    for location, category in records.each("categories"):
        known = [threat.id for threat in records["threats"] if threat.category == category.id]
        if category.example and category.example not in known:
            rule = "must be the id of a threat of this category"
            meant = did_you_mean(category.example, known)
            yield (*location, "example"), rule + stands(category.example) + meant


def decoys_are_not_coded(records: Records) -> Iterator[Finding]:
    """No threat of the category rests on words of its decoy."""
    for location, category in records.each("categories"):
        for threat in records["threats"] if category.decoy else ():
            if threat.category == category.id and _rests_on(threat, category.decoy):
                rule = f"must not be coded under this category; {threat.id} quotes the same words"
                yield (*location, "decoy"), rule


def _rests_on(threat: Threat, decoy: Decoy) -> bool:
    """Whether a quote that states the threat shares three neighbouring words with a decoy."""
    windows = set(quotes.fingerprint(quotes.words(decoy.quote)))
    return any(
        windows & set(quotes.fingerprint(quotes.words(evidence.quote)))
        for evidence in threat.evidence
        if (evidence.source, evidence.paragraph) == (decoy.source, decoy.paragraph)
        and (not evidence.proves or "expressed_as" in evidence.proves)
    )


def terms_are_open_only_at_the_ends(records: Records) -> Iterator[Finding]:
    terms = _terms_by_start(records)
    for location, term in terms[1:]:
        if not term.start:
            yield location, "must have a start; only the first term may lack one"
    for location, term in terms[:-1]:
        if not term.end:
            yield location, "must have an end; only the last term may be open"


def terms_do_not_overlap(records: Records) -> Iterator[Finding]:
    """Judged on days that certainly belong to a term, so that two terms may share a year of handover."""
    terms = sorted(records.each("chairmanships"), key=lambda item: _surely_began(item[1]))
    for position, (_, before) in enumerate(terms):
        for later in range(position + 1, len(terms)):
            location, after = terms[later]
            if _surely_began(after) >= _surely_not_ended(before):
                break  # and so do all that begin later still
            if not before.end or not after.start:  # the rule above refuses that
                continue
            if _surely_began(before) < _surely_not_ended(after):
                yield location, f"must not overlap with the term {before.id}, which ends in {before.end!r}"


def _terms_by_start(records: Records) -> list[tuple[Location, Chairmanship]]:
    def start(item: tuple[Location, Chairmanship]) -> date:
        return dates.parse(item[1].start).earliest if item[1].start else date.min

    return sorted(records.each("chairmanships"), key=start)


def _surely_began(term: Chairmanship) -> date:
    """The first day on which the term is certainly under way."""
    return dates.parse(term.start).latest if term.start else date.min


def _surely_not_ended(term: Chairmanship) -> date:
    """The last day on which the term is certainly not over."""
    return dates.parse(term.end).earliest if term.end else date.max


def priorities_of_a_term_have_different_places(records: Records) -> Iterator[Finding]:
    def key(priority) -> Hashable:
        return priority.chairmanship, priority.order

    yield from _repeated(records, "priorities", "order", key, "give it a place of its own")


def a_party_attends_an_event_once(records: Records) -> Iterator[Finding]:
    yield from _repeated(records, "attendance", "party", lambda record: (record.event, record.party))


def a_threat_is_one_record(records: Records) -> Iterator[Finding]:
    """A further mention is one more piece of evidence. Only `other` gathers different threats."""

    def key(threat) -> Hashable:
        parts = (threat.event, threat.speaker, threat.category, threat.expressed_as)
        return None if threat.category == "other" else parts

    yield from _repeated(records, "threats", "category", key)


def _repeated(
    records: Records, section: str, field: str, key: Callable[[Record], Hashable], instead: str = FURTHER
) -> Iterator[Finding]:
    """A finding for each record that has the key of an earlier one, with what to do `instead`.

    None as key is no key.
    """
    first: dict[Hashable, str] = {}
    for location, record in records.each(section):
        value = key(record)
        if value is not None and value in first:
            same = ", ".join(map(str, value))
            rule = f"must not repeat the record {first[value]}; stands {same} again"
            yield (*location, field), f"{rule}; {instead}"
        first.setdefault(value, record.id)


def attended_events_were_held(records: Records) -> Iterator[Finding]:
    status = {event.id: event.status for event in records["events"]}
    for location, record in records.each("attendance"):
        if status.get(record.event) == "planned":
            yield (*location, "event"), f"must be an event that was held; {record.event} is only planned"


def no_paragraph_is_used_twice(records: Records) -> Iterator[Finding]:
    """Cited or skipped, never both."""
    cited = cited_paragraphs(records)
    for location, source in records.each("sources"):
        seen: set[int] = set()
        for position, skipped in enumerate(source.skipped):
            place = (*location, "skipped", position, "paragraph")
            if skipped.paragraph in cited[source.id]:
                record = cited[source.id][skipped.paragraph]
                yield (
                    place,
                    f"must be cited or skipped, not both; {record} cites paragraph {skipped.paragraph}",
                )
            elif skipped.paragraph in seen:
                yield place, f"must be skipped once; stands {skipped.paragraph} again"
            seen.add(skipped.paragraph)


def every_paragraph_is_accounted_for(records: Records) -> Iterator[Finding]:
    """Cited or skipped, without a gap up to the highest."""
    cited = cited_paragraphs(records)
    for location, source in records.each("sources"):
        seen = set(cited[source.id]).union(skipped.paragraph for skipped in source.skipped)
        yield from ((location, message) for message in missing_paragraphs(seen, max(seen, default=0)))


def cited_paragraphs(records: Records) -> defaultdict[str, dict[int, str]]:
    """By source and paragraph, the first record that cites it."""
    cited: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for _, claim in records.claims():
        for evidence in claim.evidence:
            cited[evidence.source].setdefault(evidence.paragraph, claim.id)
    return cited


def missing_paragraphs(seen: set[int], last: int) -> Iterator[str]:
    """One message for each run of paragraphs from 1 to `last` that were not seen."""
    before = 0
    for number in sorted({number for number in seen if number <= last} | {last + 1}):
        if number - before > 1:
            first, final = before + 1, number - 1
            which = f"paragraph {first} is" if first == final else f"paragraphs {first} to {final} are"
            yield f"must account for every paragraph; {which} neither cited nor skipped"
        before = number

"""Rules within one record. One rule is one generator, and its name says what must hold.

A rule yields findings: where (a location in the file) and what (the rule in words, then what stands there).
These rules judge each record alone, so they can be applied to a file in which other records are broken.
"""

from collections.abc import Iterator
from itertools import chain

from loaders import dates, quotes
from loaders.problems import did_you_mean, stands
from loaders.reading import Location
from loaders.records import OTHER_WORDS, REFERS_TO, Claim, Decoy, Evidence, Record, Retired, field_names
from loaders.validation import Finding, Records

DATE_FIELDS = {"date", "printed_date", "start", "end"}
QUOTE_WORDS = range(3, 13)
TITLE_WORDS = 12
# Fields that need no proof: our own words, and what ties a record to others (event, category, and for a
# priority its term and place), which follows from where the quotes stand. Evidence may prove them as well.
UNPROVEN = {"id", "event", "category", "summary", "chairmanship", "order", "note"}

UNPROVABLE = {"id", "inferred", "evidence"}  # no coded fields


def referred_ids_exist(records: Records) -> Iterator[Finding]:
    ids = {section: [identifier for _, identifier in records.ids(section)] for section in records.sections}
    known = {  # dicts and not lists, because each word of the file is looked up in them
        field: dict.fromkeys([*chain(*(ids[section] for section in sections)), *OTHER_WORDS.get(field, ())])
        for field, sections in REFERS_TO.items()
    }
    retired = {record.id: record for record in records["retired"]}
    for location, record in _records_and_quotes(records):
        for field in REFERS_TO.keys() & set(field_names(type(record))):
            for place, word in _words((*location, field), getattr(record, field)):
                if word not in known[field]:
                    rule = f"must be the id of one of the {' or '.join(REFERS_TO[field])}"
                    rule += "".join(f", or {other}" for other in OTHER_WORDS.get(field, ()))
                    rule += stands(word)
                    gone = retired.get(word)
                    yield place, rule + (_retirement(gone) if gone else did_you_mean(word, known[field]))


def _retirement(record: Retired) -> str:
    """The part of a message that says why an id is not used any more: `, which was retired: …; use …`."""
    instead = f"; use {record.replaced_by!r}" if record.replaced_by else ""
    return f", which was retired: {record.reason.removesuffix('.')}{instead}"


def _words(location: Location, value: str | tuple[str, ...] | None) -> Iterator[tuple[Location, str]]:
    """Location and text of what a field holds: of each item, where it is a list."""
    if isinstance(value, tuple):
        yield from (((*location, position), item) for position, item in enumerate(value))
    elif value is not None:
        yield location, value


def _records_and_quotes(records: Records) -> Iterator[tuple[Location, Record]]:
    yield from records.each(*records.sections)
    yield from _quotes(records)


def _quotes(records: Records) -> Iterator[tuple[Location, Evidence | Decoy]]:
    """Everything that quotes a paragraph: evidence, and the decoys of categories."""
    for location, claim in records.claims():
        for position, evidence in enumerate(claim.evidence):
            yield (*location, "evidence", position), evidence
    for location, category in records.each("categories"):
        if category.decoy:
            yield (*location, "decoy"), category.decoy


def dates_are_quoted(records: Records) -> Iterator[Finding]:
    for location in records.file.plain:
        if location[-1] in DATE_FIELDS and "inferred" not in location:
            yield location, 'must be a date in quotation marks, such as "2023-11"; stands without them'


def terms_do_not_end_before_they_start(records: Records) -> Iterator[Finding]:
    for location, term in records.each("chairmanships"):
        if term.start and term.end and dates.parse(term.end).latest < dates.parse(term.start).earliest:
            yield (*location, "end"), f"must not lie before the start {term.start!r}{stands(term.end)}"


def titles_are_short(records: Records) -> Iterator[Finding]:
    for location, record in records.each("sources", "events", "documents"):
        if record.title and (count := len(quotes.words(record.title))) > TITLE_WORDS:
            rule = f"must have at most {TITLE_WORDS} words, cut with … where more are printed; has {count}"
            yield (*location, "title"), rule


def quotes_are_fragments(records: Records) -> Iterator[Finding]:
    for location, quoted in _quotes(records):
        count = len(quotes.words(quoted.quote))
        if is_whole(quoted) and count in QUOTE_WORDS:
            yield (*location, "whole"), f"must be left out; only one or two words need it, these are {count}"
        elif count not in (range(1, QUOTE_WORDS[0]) if is_whole(quoted) else QUOTE_WORDS):
            rule = f"must have {QUOTE_WORDS[0]} to {QUOTE_WORDS[-1]} words; has {count}{stands(quoted.quote)}"
            short = 0 < count < QUOTE_WORDS[0] and isinstance(quoted, Evidence)
            whole = "; if that is the whole paragraph, add `whole: true`" if short else ""
            yield (*location, "quote"), rule + whole


def is_whole(quoted: Evidence | Decoy) -> bool:
    """Whether a quote is said to be a whole paragraph, and so may have fewer than three words."""
    return isinstance(quoted, Evidence) and quoted.whole is not None


def _coded(claim: Claim) -> list[str]:
    """The fields that a record has and that evidence may prove."""
    names = [name for name in field_names(type(claim)) if name not in UNPROVABLE]
    return [name for name in names if getattr(claim, name) not in (None, ())]


def every_field_is_proven(records: Records) -> Iterator[Finding]:
    for location, claim in records.claims():
        supporting = [evidence for evidence in claim.evidence if evidence.relation == "supports"]
        proven = {name for evidence in supporting for name in evidence.proves}
        for name in _coded(claim):
            if name not in UNPROVEN | proven:
                yield (*location, name), "must be proven: add it to `proves` of the quote that says it"


def evidence_proves_fields_of_its_record(records: Records) -> Iterator[Finding]:
    for location, claim in records.claims():
        coded = _coded(claim)
        for position, evidence in enumerate(claim.evidence):
            place = (*location, "evidence", position, "proves")
            further_mention = location[0] == "threats" and evidence.relation == "supports"
            if not evidence.proves and not further_mention:
                yield place, "must name at least one field; only a further mention of a threat proves none"
            for item, name in _words(place, evidence.proves):
                if name not in coded:
                    rule = "must name fields that this record has"
                    yield item, rule + stands(name) + did_you_mean(name, coded)


def inferred_fields_stand_in_the_record(records: Records) -> Iterator[Finding]:
    for location, claim in records.claims():
        coded = [name for name in _coded(claim) if name != "note"]
        for name in claim.inferred:
            if name not in coded:
                rule = "must be a field that this record has"
                yield (*location, "inferred", name), rule + stands(name) + did_you_mean(name, coded)

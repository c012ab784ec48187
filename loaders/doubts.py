"""Doubts: what a good editor would ask about a file that keeps every rule. One doubt is one generator.

Its name says what should hold, its docstring what it asks. It yields findings as the rules do: where, and
what should hold, what stands there, what to do. None makes a file wrong. Each can be answered in the file, in
the section `answers`, with the record, the rule and the reason; then it is not asked again.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from loaders import dates, naming, quotes
from loaders.problems import Problem, did_you_mean, stands
from loaders.reading import Location
from loaders.records import Claim, Evidence, Person
from loaders.validation import Finding, Records

DATES = {"events": ("date",), "chairmanships": ("start", "end"), "documents": ("date",)}
PEOPLE = {"events": "chair", "chairmanships": "person", "attendance": "person", "threats": "speaker"}
STATES = {"chairmanships": "state", "attendance": "party"}
OFFICES = {"SG": "Secretary General"}  # parties that are no state
DONE = {"held", "signed", "adopted", "approved", "decided", "in_force", "present", "absent"}
COUNTED = {  # nouns of a title -> the section that they count
    **dict.fromkeys(("documents", "sources", "texts"), "sources"),
    **dict.fromkeys(("states", "members"), "states"),
}
FAR = 60  # years between a date and most others
DECOY_WORDS = 3  # neighbouring words that a quote must share with a decoy
MARKED = ("title", "motto", "summary", "name", "also_spelled", "label", "verb")  # texts, beside quotes
APOSTROPHES = "‘’‚‛'＇"
MARKS = (quotes.DOUBLE_MARKS, "«»", "‹›", "「」『』", APOSTROPHES)  # quotation marks, those that go together


def stated_dates_stand_in_quotes(records: Records) -> Iterator[Finding]:
    """A stated date whose year, month or day stands in none of the quotes that prove it."""
    english = _english(records)
    for section, fields in DATES.items():
        for location, record in records.each(section):
            for name in (name for name in fields if getattr(record, name) and name not in record.inferred):
                proving, date = list(_proving(record, name)), getattr(record, name)
                missing = naming.unnamed_parts(date, [item.quote for item in proving])
                if not all(map(english, proving)):  # a month in words could be there
                    missing = [part for part in missing if part not in ("month", "quarter")]
                if missing:
                    yield (*location, name), _undated(date, missing, proving)


def _undated(date: str, missing: list[str], proving: list[Evidence]) -> str:
    rule = f"must have its {' and '.join(missing)} in a quote that proves it{stands(date)}"
    if naming.is_relative(item.quote for item in proving):
        return f"{rule}, and the words only tell the distance; say under `inferred` how it follows"
    return f"{rule}; quote the words that say it, write the date less exactly, or say why under `inferred`"


def people_are_named_in_quotes(records: Records) -> Iterator[Finding]:
    """A person, chair or speaker whom no quote that proves it names, in any listed spelling."""
    people = {person.id: person for person in records["people"]}
    english = _english(records)
    for section, name in PEOPLE.items():
        for location, record in records.each(section):
            person = people.get(getattr(record, name) or "")
            if person and not _is_named(person, _proving(record, name), english):
                spelled = " or ".join(map(repr, (person.name, *person.also_spelled)))
                rule = f"must be named in a quote that proves it; no quote has the family name of {spelled}"
                advice = "quote the name, list its spelling, or leave out who is not named"
                yield (*location, name), f"{rule}; {advice}"


def _is_named(person: Person, items: Iterable[Evidence], english: Callable[[Evidence], bool]) -> bool:
    spellings = (person.name, *person.also_spelled)
    return any(naming.names_person(spellings, item.quote, inflected=not english(item)) for item in items)


def parties_are_named_in_quotes(records: Records) -> Iterator[Finding]:
    """A party or chairing state that no quote of its record names; if absent, no quote that proves it."""
    names = {state.id: state.name for state in records["states"]} | OFFICES
    people = {person.id: person for person in records["people"]}
    english = _english(records)
    for section, name in STATES.items():
        for location, record in records.each(section):
            absent = record.status == "absent"
            items = list(_proving(record, "status") if absent else _supporting(record))
            party, person = names[getattr(record, name)], people.get(record.person or "")
            says = naming.says if getattr(record, name) in OFFICES else naming.names_state
            named = any(says(party, item.quote) or not english(item) for item in items)
            if not named and not (absent and person and _is_named(person, items, english)):
                which = "a quote that proves the absence" if absent else "a quote of its record"
                rule = f"must be named in {which}; no such quote has {party!r}"
                yield (*location, name), f"{rule}; quote words that name it, or take the record out"


def held_events_are_not_later_than_their_source(records: Records) -> Iterator[Finding]:
    """What is held, but later than the date printed on the page that reports it.

    Where the page prints the later date itself, the printed date of the source is asked for instead, once.
    """
    printed = {source.id: source.printed_date for source in records["sources"] if source.printed_date}
    by_their_words: defaultdict[str, list[str]] = defaultdict(list)
    for section, name in (("events", "date"), ("chairmanships", "start")):
        for location, record in records.each(section):
            date = getattr(record, name)
            reporting = {item.source for item in _proving(record, "status")} & printed.keys()
            for source in sorted(reporting) if date and record.status == "held" else ():
                if dates.parse(date).earliest <= dates.parse(printed[source]).latest:
                    continue
                said = [item for item in record.evidence if item.source == source]
                future = any(naming.future(item.quote) for item in said if "status" in item.proves)
                if future or naming.unnamed_parts(date, [item.quote for item in said if name in item.proves]):
                    rule = f"must not be later than {printed[source]!r}, the printed date of {source}"
                    advice = f"correct one of them, or take `status` from {source} if it only announces it"
                    yield (*location, name), f"{rule}, which reports it as held{stands(date)}; {advice}"
                else:
                    by_their_words[source].append(record.id)
    for location, source in records.each("sources"):
        if later := by_their_words[source.id]:
            rule = f"must not be earlier than what the page reports as held{stands(source.printed_date)}"
            which = f"and in its own words {', '.join(later)} {'is' if len(later) == 1 else 'are'} later"
            yield (*location, "printed_date"), f"{rule}, {which}; look whether it is the date of the page"


def what_is_done_is_not_still_to_come(records: Records) -> Iterator[Finding]:
    """A status such as `held`, `adopted`, `present`, proven by words of the future: will, to be, plans to."""
    for location, record in records.claims():
        status = getattr(record, "status", None) or ()
        done = [word for word in ((status,) if isinstance(status, str) else status) if word in DONE]
        for position, item in enumerate(record.evidence if done else ()):
            proves = item.relation == "supports" and "status" in item.proves
            if proves and (words := naming.future(item.quote)):
                rule = f"must not prove {' and '.join(done)} with words of what is to come; has {words!r}"
                advice = "take `status` out of its `proves`, and quote words that report it"
                yield (*location, "evidence", position, "quote"), f"{rule}{stands(item.quote)}; {advice}"


def held_events_are_not_called_announced(records: Records) -> Iterator[Finding]:
    """A held event or term whose title or note still speaks of it as announced.

    Not asked where a quote says so too and is kept as `contradicts` of the `status`.
    """
    for location, record in records.each("events", "chairmanships"):
        open_contradiction = any(
            item.relation == "contradicts" and "status" in item.proves for item in record.evidence
        )
        for name in ("title", "note") if record.status == "held" and not open_contradiction else ():
            text = getattr(record, name, None) or ""
            if words := naming.announcement(text):
                rule = f"must not speak of it as announced, since its status is held; has {words!r}"
                advice = "write it as the report has it, and prove it with its words"
                yield (*location, name), f"{rule}{stands(text)}; {advice}"


def threats_do_not_have_the_words_of_a_decoy(records: Records) -> Iterator[Finding]:
    """A threat whose quote has three neighbouring words of its category's decoy, in any source."""
    decoys = {category.id: category.decoy for category in records["categories"] if category.decoy}
    windows = {name: set(quotes.fingerprint(quotes.words(decoy.quote))) for name, decoy in decoys.items()}
    for location, threat in records.each("threats"):
        for position, item in enumerate(threat.evidence if threat.category in decoys else ()):
            states = item.relation == "supports" and (not item.proves or "expressed_as" in item.proves)
            shared = windows[threat.category] & set(quotes.fingerprint(quotes.words(item.quote)))
            if states and shared:
                decoy = decoys[threat.category]
                rule = f"must not have the words of the decoy of {threat.category}, {decoy.quote!r}"
                why = f"which is not coded: {decoy.why.removesuffix('.')}"
                place = (*location, "evidence", position, "quote")
                yield place, f"{rule}, {why}{stands(item.quote)}; judge whether this is the same"


def summaries_say_no_more_than_quotes(records: Records) -> Iterator[Finding]:
    """A summary with a number, a name or a year that no quote of its record has."""
    people = {person.id: (person.name, *person.also_spelled) for person in records["people"]}
    known, english = [item.title for item in records["dataset"]], _english(records)
    for location, record in records.each("threats", "priorities"):
        said = [item.quote for item in record.evidence]
        about = [*known, *people.get(getattr(record, "speaker", ""), ()), getattr(record, "role", "") or ""]
        there = {number for quote in said for number in naming.numbers(quote)}
        unsaid = [word for number, word in naming.numbers(record.summary).items() if number not in there]
        if all(map(english, record.evidence)):
            unsaid += naming.unsaid_names(record.summary, [*said, *about])
        else:  # names and words for numbers are others there
            unsaid = [word for word in unsaid if word[0].isdigit()]
        if unsaid:
            rule = f"must say no more than the quotes; none of them has {', '.join(map(repr, unsaid))}"
            advice = "quote the words that say it with `proves: [summary]`, or take it out"
            yield (*location, "summary"), f"{rule}; {advice}"


def priorities_have_no_gap(records: Records) -> Iterator[Finding]:
    """Priorities of a term with a gap in their order."""
    terms: defaultdict[str, list[tuple[int, Location]]] = defaultdict(list)
    for location, record in records.each("priorities"):
        terms[record.chairmanship].append((record.order, location))
    for term, places in terms.items():
        before = 0
        for order, location in sorted(places):
            if order > before + 1:
                rule = f"must follow {before or 'the start'} without a gap among the priorities of {term}"
                yield (*location, "order"), f"{rule}{stands(order)}; add what is missing, or count anew"
            before = order


def titles_count_what_is_there(records: Records) -> Iterator[Finding]:
    """A title of the dataset, or a remark above it, that counts other documents or states than there are."""
    texts = [(("dataset", "title"), record.title) for record in records["dataset"]]
    texts += [(("dataset",), f"line {number}: {line}") for number, line in records.file.head]
    sizes = {section: len(records[section]) for section in COUNTED.values()}
    for location, text in texts:
        for noun, size in miscounted(text, sizes):
            rule = f"must count the {noun}, of which the file has {size}{stands(text)}"
            yield location, f"{rule}; write the number anew, here and in CITATION.cff"


def miscounted(text: str, sizes: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Each noun that a text gives another number of than there are, by section, and the right one."""
    words = quotes.words(text)
    for at, word in enumerate(words):
        number = next(iter(naming.numbers(word)), "1" if word == "one" else "")
        noun = next((noun for noun in words[at + 1 : at + 3] if noun in COUNTED), "")
        if number.isdecimal() and noun and int(number) != sizes[COUNTED[noun]]:
            yield noun, sizes[COUNTED[noun]]


def years_are_near_one_another(records: Records) -> Iterator[Finding]:
    """A date that is more than 60 years away from most dates of the file, as after a slip of digits."""
    sections = DATES | {"dataset": ("date",), "sources": ("printed_date",)}
    dated = [(dates.parse(date).earliest.year, place, date) for place, date in _dated(records, sections)]
    groups: list[list[tuple[int, Location, str]]] = []
    for year, place, date in sorted(dated, key=lambda one: one[0]):
        if not groups or year > groups[-1][-1][0] + FAR:
            groups.append([])
        groups[-1].append((year, place, date))
    most = max(groups, key=len, default=[])
    for _, place, date in (one for group in groups if group is not most for one in group):
        rule = f"must be within {FAR} years of the other dates, {most[0][0]} to {most[-1][0]}{stands(date)}"
        yield place, f"{rule}; look for a slip in its digits"


def inferred_years_are_near_those_of_the_texts(records: Records) -> Iterator[Finding]:
    """An inferred date whose year no quote and no printed date of the file has, nor the year beside it."""
    said = naming.date_words(item.quote for _, claim in records.claims() for item in claim.evidence).year
    said |= {dates.parse(date).earliest.year for _, date in _dated(records, {"sources": ("printed_date",)})}
    for place, date in _dated(records, DATES):
        section, number, name = place
        year = dates.parse(date).earliest.year
        inferred = name in records.sections[section][number].inferred
        if inferred and said and 1 < min(abs(year - one) for one in said) <= FAR:
            rule = f"must have a year that a quote or a printed date has, or the year beside it{stands(date)}"
            yield place, f"{rule}; look for a slip in its digits"


def sources_are_not_printed_after_the_dataset(records: Records) -> Iterator[Finding]:
    """A printed date of a source that is later than the date of the dataset."""
    for dataset in records["dataset"]:
        for place, date in _dated(records, {"sources": ("printed_date",)}):
            if dates.parse(date).earliest > dates.parse(dataset.date).latest:
                rule = f"must not be later than {dataset.date!r}, the date of the dataset{stands(date)}"
                yield place, f"{rule}; correct one of them"


def _dated(records: Records, sections: Mapping[str, Iterable[str]]) -> Iterator[tuple[Location, str]]:
    """Where dates stand in these fields, and each date."""
    for section, names in sections.items():
        for location, record in records.each(section):
            for name in names:
                if date := getattr(record, name):
                    yield (*location, name), date


def texts_have_no_quotation_marks_around_them(records: Records) -> Iterator[Finding]:
    """A quote, title, name or summary with quotation marks around it, or a lone one at an edge."""
    for location, record in records.each(*records.sections):
        texts = [((*location, name), getattr(record, name, None) or ()) for name in MARKED]
        for position, item in enumerate(getattr(record, "evidence", ())):
            texts.append(((*location, "evidence", position, "quote"), item.quote))
        for place, some in texts:
            for text in (some,) if isinstance(some, str) else some:
                if fault := _marks_at_edges(text):
                    yield place, f"must stand without {fault}{stands(text)}; take away what is not part of it"


def _marks_at_edges(text: str) -> str:
    """What is wrong with quotation marks at the edges of a text; empty if nothing is."""
    for marks in MARKS if {text[0], text[-1]} & set("".join(MARKS)) else ():
        at = [match.start() for match in re.finditer(f"(?<!\\w)[{marks}]|[{marks}](?!\\w)", text)]
        if at == [0, len(text) - 1]:
            return "the quotation marks around it"
        if at in ([0], [len(text) - 1]) and marks not in APOSTROPHES:
            return "the quotation mark at its edge, which has no other"
    return ""


RULES: tuple[Callable[[Records], Iterator[Finding]], ...] = (
    stated_dates_stand_in_quotes,
    people_are_named_in_quotes,
    parties_are_named_in_quotes,
    held_events_are_not_later_than_their_source,
    what_is_done_is_not_still_to_come,
    held_events_are_not_called_announced,
    threats_do_not_have_the_words_of_a_decoy,
    summaries_say_no_more_than_quotes,
    priorities_have_no_gap,
    titles_count_what_is_there,
    years_are_near_one_another,
    inferred_years_are_near_those_of_the_texts,
    sources_are_not_printed_after_the_dataset,
    texts_have_no_quotation_marks_around_them,
)


def doubts(records: Records) -> list[Problem]:
    """What is asked and not answered, and answers that nothing asks for. The file must keep every rule."""
    asked = defaultdict(list)
    for rule in RULES:
        for location, message in rule(records):
            asked[_record(records, location), rule.__name__].append((location, message))
    answers = [(location, (answer.record, answer.rule)) for location, answer in records.each("answers")]
    answered = {what for _, what in answers}
    unanswered = [
        (location, f"{message}; if it is right, answer: {{record: {record}, rule: {rule}, reason: …}}")
        for (record, rule), findings in asked.items()
        if (record, rule) not in answered
        for location, message in findings
    ]
    needless = [(location, _needless(what[1])) for location, what in answers if what not in asked]
    return sorted(records.file.problem(*finding) for finding in (*unanswered, *needless))


def _needless(rule: str) -> str:
    names = [known.__name__ for known in RULES]
    meant = "" if rule in names else did_you_mean(rule, names)
    return f"must answer a warning, but none asks for it{stands(rule)}{meant or '; take it out'}"


def _record(records: Records, location: Location) -> str:
    section, *position = location
    return section if section == "dataset" else records.sections[section][position[0]].id


def _supporting(record: Claim) -> Iterator[Evidence]:
    return (item for item in record.evidence if item.relation == "supports")


def _proving(record: Claim, name: str) -> Iterator[Evidence]:
    """The quotes that are said to prove a field."""
    return (item for item in _supporting(record) if name in item.proves)


def _english(records: Records) -> Callable[[Evidence], bool]:
    """Whether a quote is in English: in its own language, or in that of its source."""
    languages = {source.id: source.language for source in records["sources"]}
    return lambda item: (item.language or languages[item.source]).casefold().partition("-")[0] == "en"

"""Records: the schema of the dataset. One class is one kind of record; its fields are those of the YAML file.

The classes generate the codebook and the JSON schema, so every description is written for a reader of the
data, and every field has an invented example of a good value and of one that is refused. A field that a
source does not state is left out: it is None here, or an empty tuple. Rules between fields and between
records are in `loaders.rules_within` and `loaders.rules_between`.
"""

from typing import Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from loaders.fields import (
    AttendanceStatus,
    CategoryId,
    Date,
    DocumentKind,
    DocumentStatus,
    EventFormat,
    EventKind,
    EventStatus,
    ExpressedAs,
    FileName,
    Id,
    Item,
    Number,
    RecordId,
    Relation,
    RuleName,
    SourceKind,
    StateId,
    Text,
    Url,
    Whole,
    several,
)

# The sections whose ids a field of this name holds, in whatever record; then the other words it may hold.
REFERS_TO = {
    "event": ("events",),
    "body": ("bodies",),
    "chair": ("people",),
    "person": ("people",),
    "state": ("states",),
    "party": ("states",),
    "signatories": ("states",),
    "speaker": ("people", "bodies"),
    "category": ("categories",),
    "chairmanship": ("chairmanships",),
    "source": ("sources",),
}
OTHER_WORDS = {"party": ("SG",), "speaker": ("source_text",)}


def described(description: str, good: Any, bad: Any, default: Any = ..., **more: Any) -> Any:
    """A field with its meaning, a value that may stand in it, and one that is refused."""
    extra = {"examples_bad": [bad]}
    return Field(default, description=description, examples=[good], json_schema_extra=extra, **more)


class Record(BaseModel):
    """Anything that the file writes as named fields; a field that the class does not have is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dataset(Record):
    """The file itself: under which name, version and licence it may be cited."""

    title: Text = described("Name of the dataset", "What five documents say about the CSTO", "TODO")
    version: Text = described("Version of the file, such as 1.0.0", "1.0.0", "not stated")
    date: Date = described("Day of this version", "2026-11-25", "25 November 2026")
    licence: Text = described("Licence of the data, as an SPDX identifier", "CC0-1.0", "unknown")


class Skipped(Record):
    """A paragraph that was read and holds nothing to code."""

    paragraph: Number = described(
        "Number of the paragraph, counted from 1 over lines that are not blank", 4, 0
    )
    reason: Text = described("Why nothing is coded from it, in our words", "Bilateral meeting.", "TODO")


class Source(Record):
    """One document that was read. Each of its paragraphs is cited by a record or skipped with a reason."""

    id: Id = described("Frozen name of the source, such as s001", "s900", "S 900")
    file: FileName = described(
        "File name of the text, which is not part of the project", "lakes.txt", "texts/lakes.txt"
    )
    title: Text = described(
        "Title as printed, cut to 12 words with …; in [brackets] where none is printed",
        "Leaders meet at Blue Lake",
        "A title in which the one who entered it kept more than twelve words",
    )
    publisher: Text = described("Site that published the document", "example.org", "unknown")
    url: Url | None = described("Address of the document", "https://example.org/page", "example.org", None)
    kind: SourceKind = described(
        "Whose voice it is: a news report, a government's own news, a speech", "news_report", "news report"
    )
    language: Text = described("Language of the text, as an ISO 639-1 code such as en", "en", "unknown")
    printed_date: Date | None = described(
        "Date printed on the page: not the date of any event", "2023-11-28", "28.11.2023", None
    )
    caveats: several(Item) = described(
        "What to keep in mind when citing it, one sentence each",
        ["The text prints no date."],
        "The text prints no date.",
        (),
    )
    skipped: tuple[Skipped, ...] = described(
        "Paragraphs from which nothing is coded, each with a reason",
        [{"paragraph": 4, "reason": "Bilateral meeting."}],
        [4],
        (),
    )


class State(Record):
    """One member state."""

    id: StateId = described("ISO 3166-1 alpha-3 code", "UPL", "Upland")
    name: Text = described("Name of the state", "Upland", "unknown")


class Person(Record):
    """One person whom a source names."""

    id: Id = described("Frozen name of the record", "stone", "Mira Stone")
    name: Text = described("Name in the spelling that this dataset uses", "Mira Stone", "unknown")
    also_spelled: several(Item) = described(
        "Other spellings in the sources", ["Mirra Stone"], "Mirra Stone", ()
    )


class Body(Record):
    """One body that meets or speaks as a whole."""

    id: Id = described("Frozen name of the record", "lakes-council", "Council of Lakes")
    name: Text = described("Name; long names are shortened in our words", "Council of Lakes", "unknown")


class Decoy(Record):
    """Words of a source that look like a category and must not be coded so."""

    source: Text = described("Source that has the words", "s900", "Lake Herald")
    paragraph: Number = described(
        "Paragraph of the source, counted from 1 over lines that are not blank", 5, "p. 5"
    )
    quote: Text = described(
        "3 to 12 neighbouring words as printed, found exactly once in the paragraph",
        "guests bought gifts at the shores",
        "gifts",
    )
    why: Text = described("Why they must not be coded so", "Trade that nobody hides.", "TODO")


class Category(Record):
    """One category of threats, with its borders."""

    id: CategoryId = described("Frozen name of the category", "lake_smuggling", "lake-smuggling")
    label: Text = described("Name on screen", "Smuggling", "TODO")
    includes: Text = described("What is coded under it", "Goods moved across the lakes in secret.", "TODO")
    excludes: Text = described("What is not, and where that goes instead", "Theft (theft).", "TODO")
    definition: Text | None = described(
        "What the category is about, in one sentence", "Trade that is hidden from the law.", "TODO", None
    )
    example: Id | None = described(
        "A threat that is coded under it, by its id", "stone-2031-smuggling", "Stone 2031", None
    )
    decoy: Decoy | None = described(
        "Words that look like it and must not be coded so",
        {"source": "s900", "paragraph": 5, "quote": "bought gifts at", "why": "Trade that nobody hides."},
        "bought gifts at",
        None,
    )


class Evidence(Record):
    """A few words of one paragraph of one source, and the fields that they prove."""

    source: Text = described("Source that is quoted", "s900", "Lake Herald")
    paragraph: Number = described(
        "Paragraph of the source, counted from 1 over lines that are not blank", 5, "p. 5"
    )
    quote: Text = described(
        "3 to 12 neighbouring words as printed, found exactly once in the paragraph",
        "Smugglers are a growing danger",
        "Smugglers",
    )
    proves: several(Item, at_least=0) = described(
        "Fields of the record that they prove; empty for a further mention of a threat", ["status"], ["statu"]
    )
    relation: Relation = described(
        "`contradicts` when the words say otherwise than the fields named in `proves`",
        "contradicts",
        "denies",
        "supports",
    )
    whole: Whole | None = described(
        "`true` when the quote is a whole paragraph of one or two words", "true", "false", None
    )
    language: Text | None = described(
        "Language of the quote, as an ISO 639-1 code, where it is not that of its source",
        "ru",
        "unknown",
        None,
    )


class Claim(Record):
    """A record that states facts, and shows for each of its fields what they rest on."""

    claim: ClassVar[
        tuple[str, ...]
    ]  # the fields that make up the record's claim; inferred ones make its basis inferred

    inferred: dict[str, Text] = described(
        "Fields that no source states in words, each with one sentence why they hold",
        {"date": "The text says October; the year is that of its posting."},
        {"date": "TODO"},
        {},
        min_length=1,
    )
    note: Text | None = described(
        "What a reader should know beside the fields", "The text only announces it.", "TODO", None
    )
    evidence: tuple[Evidence, ...] = described(
        "Quotes that together prove every coded field",
        [{"source": "s900", "paragraph": 4, "quote": "Lowland stayed away", "proves": ["status"]}],
        [],
        min_length=1,
    )


class Event(Claim):
    """One meeting, conference, operation or milestone of the organisation."""

    claim = ("status",)

    id: Id = described("Frozen name of the record", "blue-lake-2031", "Blue Lake 2031")
    kind: EventKind = described("What kind of event it is", "session", "meeting")
    body: Text | None = described("Body that met", "lakes-council", "Council of Lakes", None)
    title: Text | None = described(
        "Title as printed, cut to 12 words with …",
        "Leaders meet at Blue Lake",
        "A title in which the one who entered it kept more than twelve words",
        None,
    )
    date: Date | None = described(
        "When it took place, as precisely as a source states it", "2031-05", "May 2031", None
    )
    place: Text | None = described("Where it took place", "Blue Lake", "not stated", None)
    format: EventFormat | None = described("Whether people met in one place", "video", "online", None)
    chair: Text | None = described("Person who chaired it", "stone", "President of Upland", None)
    status: EventStatus = described("Whether it is reported as held, or only as planned", "held", "done")


class Chairmanship(Claim):
    """One term of one state in the chair of the organisation."""

    claim = ("state",)

    id: Id = described("Frozen name of the record", "chair-upl-2031", "Upland 2031")
    state: Text = described("State that holds the chair", "UPL", "Upland")
    start: Date | None = described(
        "When the term begins; a term known by its year has it in both",
        "2024-01-01",
        "January 1st, 2024",
        None,
    )
    end: Date | None = described("When the term ends", "2023-12-31", "2023-11-31", None)
    person: Text | None = described("Person who chairs for the state", "stone", "the President", None)
    motto: Text | None = described(
        "Motto of the term, as one source prints it", "Towards peace and security", "unknown", None
    )
    status: EventStatus | None = described(
        "Whether a source reports the term, or the sources only announce it", "planned", "done", None
    )


class Priority(Claim):
    """One priority that a state set itself for one term."""

    claim = ("summary",)

    id: Id = described("Frozen name of the record", "priority-upl-1", "Priority 1")
    chairmanship: Text = described("Term that the priority belongs to", "chair-upl-2031", "UPL")
    order: Number = described("Its place among the priorities of the term, from 1", 1, "First")
    summary: Text = described(
        "The priority in our words", "Preventing emergencies and removing their consequences", "TODO"
    )


class Attendance(Claim):
    """One party at one event, where a source speaks of it; the program fills in others as `not_stated`."""

    claim = ("status",)

    id: Id = described("Frozen name of the record", "blue-lake-2031-upl", "blue-lake-2031.UPL")
    event: Text = described("Event that was held", "blue-lake-2031", "Blue Lake")
    party: Text = described(
        "State, or SG for the Secretary General of the organisation", "SG", "Secretary General"
    )
    status: AttendanceStatus = described(
        "Whether the source says the party was there or was not", "absent", "not stated"
    )
    person: Text | None = described("Person who came for the party", "stone", "the President", None)
    role: Text | None = described("Office of that person, as printed", "President of Upland", "unknown", None)


class Document(Claim):
    """One document of the organisation, or one that founded it."""

    claim = ("status",)

    id: Id = described("Frozen name of the record", "declaration-2031", "Declaration 2031")
    event: Text | None = described("Event at which it was dealt with", "blue-lake-2031", "Blue Lake", None)
    date: Date | None = described(
        "Date of the document itself, not of the event", "1992-05-15", "May 15, 1992", None
    )
    title: Text = described(
        "Title as printed, cut to 12 words with …; in [brackets] where none is printed",
        "[The budget of the council]",
        "A title in which the one who entered it kept more than twelve words",
    )
    kind: DocumentKind = described("What kind of document it is", "declaration", "agreement")
    status: several(DocumentStatus) = described(
        "What a source says was done with it", ["signed", "adopted"], ["planned"]
    )
    signatories: several(Item) = described(
        "States that signed it; absent means not stated", ["LOW", "UPL"], ["Upland"], ()
    )


class DocumentCount(Claim):
    """One number of documents that a source reports for an event, beside those that it names."""

    claim = ("count",)

    id: Id = described("Frozen name of the record", "count-2031", "15 documents")
    event: Text = described("Event that the number is reported for", "blue-lake-2031", "Blue Lake")
    count: Number = described("Number of documents", 15, "fifteen")
    verb: Text = described(
        "What was done with them, in the source's own verb", "approved and adopted", "unknown"
    )


class Threat(Claim):
    """One category of threats, stated by one speaker at one event in one way, however often."""

    claim = ("speaker", "expressed_as")

    id: Id = described("Frozen name of the record", "stone-2031-smuggling", "Stone 2031")
    event: Text = described("Event at which it was stated", "blue-lake-2031", "Blue Lake")
    speaker: Text = described(
        "Person or body that states it, or source_text for the article's own voice",
        "source_text",
        "the article",
    )
    role: Text | None = described("Office of the speaker, as printed", "President of Upland", "unknown", None)
    category: Text = described("Category of the threat", "smuggling", "smugglers")
    expressed_as: ExpressedAs = described(
        "threat: presented as a danger or concern; priority: the text commits to act against it",
        "threat",
        "danger",
    )
    summary: Text = described(
        "What is stated, in our words", "Calls smugglers a danger that is growing", "TODO"
    )
    region: Text | None = described("Region that it is about, as printed", "the lakes", "not stated", None)


class Retired(Record):
    """A record that was taken back. Its id stays: an old link finds out why, and no other record gets it."""

    id: RecordId = described("Id of the record", "lakes-2031-05", "Lakes 2031")
    was: Literal[
        "sources",
        "states",
        "people",
        "bodies",
        "categories",
        "events",
        "chairmanships",
        "priorities",
        "attendance",
        "documents",
        "document_counts",
        "threats",
    ] = described("Section that the record stood in", "events", "event")
    reason: Text = described(
        "Why it was taken back, in our words", "Entered twice: two texts report one session.", "TODO"
    )
    date: Date | None = described("When it was taken back", "2032-02-01", "last week", None)
    replaced_by: RecordId | None = described(
        "Id of the record that holds the fact now", "blue-lake-2031", "Blue Lake 2031", None
    )


class Answer(Record):
    """Why a warning of `check` is not followed. It holds for one rule in one record, and is in no table."""

    record: RecordId = described(
        "Id of the record that is warned of, or `dataset`", "blue-lake-2031", "Blue Lake 2031"
    )
    rule: RuleName = described(
        "Rule that asks, as the warning names it", "stated_dates_stand_in_quotes", "Dates!"
    )
    reason: Text = described(
        "Why it is right as it is, in our words", "The page counts the year from 1 April.", "TODO"
    )


class Curated(Record):
    """The whole file: its sections in order. The last line of the file is `complete: true`."""

    dataset: Dataset = Field(description="The file itself")
    sources: tuple[Source, ...] = Field(description="Documents that were read")
    states: tuple[State, ...] = Field(description="Member states")
    people: tuple[Person, ...] = Field(description="People whom the sources name")
    bodies: tuple[Body, ...] = Field(description="Bodies that meet or speak")
    categories: tuple[Category, ...] = Field(description="Categories of threats")
    events: tuple[Event, ...] = Field(description="Events")
    chairmanships: tuple[Chairmanship, ...] = Field(description="Terms in the chair")
    priorities: tuple[Priority, ...] = Field(description="Priorities of the terms")
    attendance: tuple[Attendance, ...] = Field(description="Who came to an event, and who stayed away")
    documents: tuple[Document, ...] = Field(description="Documents")
    document_counts: tuple[DocumentCount, ...] = Field(description="Numbers of documents")
    threats: tuple[Threat, ...] = Field(description="Threats that were stated")
    retired: tuple[Retired, ...] = Field((), description="Ids of records that were taken back")
    answers: tuple[Answer, ...] = Field((), description="Answers to warnings of `check`")


def field_names(record_type: type[Record]) -> list[str]:
    """The fields of a record type in the order of the file: its own, then those that all claims have."""
    shared = Claim.model_fields if issubclass(record_type, Claim) else {}
    return [name for name in record_type.model_fields if name not in shared] + list(shared)


# section -> the class of its records; `dataset` alone is one record and not a list of them
SECTIONS: dict[str, type[Record]] = {
    name: (get_args(field.annotation) or [field.annotation])[0]
    for name, field in Curated.model_fields.items()
    if field.is_required()
}
# a file may leave them out
OPTIONAL_SECTIONS: dict[str, type[Record]] = {"retired": Retired, "answers": Answer}
CLAIMS = [section for section, record_type in SECTIONS.items() if issubclass(record_type, Claim)]

"""Records: the schema of the dataset. One class is one kind of record; its fields are those of the YAML file.

The classes generate the codebook and the JSON schema, so every description is written for a reader of the
data. A field that a source does not state is left out: it is None here, or an empty tuple. Rules between
fields and between records are in `loaders.rules_within` and `loaders.rules_between`.
"""

from typing import ClassVar, get_args

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
    Relation,
    SourceKind,
    StateId,
    Text,
    Url,
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


class Record(BaseModel):
    """Anything that the file writes as named fields; a field that the class does not have is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dataset(Record):
    """The file itself: under which name, version and licence it may be cited."""

    title: Text = Field(description="Name of the dataset")
    version: Text = Field(description="Version of the file, such as 1.0.0")
    date: Date = Field(description="Day of this version")
    licence: Text = Field(description="Licence of the data, as an SPDX identifier")


class Skipped(Record):
    """A paragraph that was read and holds nothing to code."""

    paragraph: Number = Field(
        description="Number of the paragraph, counted from 1 over lines that are not blank"
    )
    reason: Text = Field(description="Why nothing is coded from it, in our words")


class Source(Record):
    """One document that was read. Each of its paragraphs is cited by a record or skipped with a reason."""

    id: Id = Field(description="Frozen name of the source, such as s001")
    file: FileName = Field(description="File name of the text, which is not part of the project")
    title: Text = Field(
        description="Title as printed, cut to 12 words with …; in [brackets] where none is printed"
    )
    publisher: Text = Field(description="Site that published the document")
    url: Url | None = Field(None, description="Address of the document")
    kind: SourceKind = Field(
        description="Whose voice it is: a news report, a government's own news, a speech"
    )
    language: Text = Field(description="Language of the text, as an ISO 639-1 code such as en")
    printed_date: Date | None = Field(None, description="Date printed on the page: not the date of any event")
    caveats: several(Item) = Field((), description="What to keep in mind when citing it, one sentence each")
    skipped: tuple[Skipped, ...] = Field(
        (), description="Paragraphs from which nothing is coded, each with a reason"
    )


class State(Record):
    """One member state."""

    id: StateId = Field(description="ISO 3166-1 alpha-3 code")
    name: Text = Field(description="Name of the state")


class Person(Record):
    """One person whom a source names."""

    id: Id = Field(description="Frozen name of the record")
    name: Text = Field(description="Name in the spelling that this dataset uses")
    also_spelled: several(Item) = Field((), description="Other spellings in the sources")


class Body(Record):
    """One body that meets or speaks as a whole."""

    id: Id = Field(description="Frozen name of the record")
    name: Text = Field(description="Name; long names are shortened in our words")


class Category(Record):
    """One category of threats, with its borders."""

    id: CategoryId = Field(description="Frozen name of the category")
    label: Text = Field(description="Name on screen")
    includes: Text = Field(description="What is coded under it")
    excludes: Text = Field(description="What is not, and where that goes instead")


class Evidence(Record):
    """A few words of one paragraph of one source, and the fields that they prove."""

    source: Text = Field(description="Source that is quoted")
    paragraph: Number = Field(
        description="Paragraph of the source, counted from 1 over lines that are not blank"
    )
    quote: Text = Field(
        description="3 to 12 neighbouring words as printed, found exactly once in the paragraph"
    )
    proves: several(Item, at_least=0) = Field(
        description="Fields of the record that they prove; empty for a further mention of a threat"
    )
    relation: Relation = Field(
        "supports",
        description="`contradicts` when the words say otherwise than the fields named in `proves`",
    )


class Claim(Record):
    """A record that states facts, and shows for each of its fields what they rest on."""

    claim: ClassVar[
        tuple[str, ...]
    ]  # the fields that make up the record's claim; inferred ones make its basis inferred

    inferred: dict[str, Text] = Field(
        {},
        min_length=1,
        description="Fields that no source states in words, each with one sentence why they hold",
    )
    note: Text | None = Field(None, description="What a reader should know beside the fields")
    evidence: tuple[Evidence, ...] = Field(
        min_length=1, description="Quotes that together prove every coded field"
    )


class Event(Claim):
    """One meeting, conference, operation or milestone of the organisation."""

    claim = ("status",)

    id: Id = Field(description="Frozen name of the record")
    kind: EventKind = Field(description="What kind of event it is")
    body: Text | None = Field(None, description="Body that met")
    title: Text | None = Field(None, description="Title as printed, cut to 12 words with …")
    date: Date | None = Field(None, description="When it took place, as precisely as a source states it")
    place: Text | None = Field(None, description="Where it took place")
    format: EventFormat | None = Field(None, description="Whether people met in one place")
    chair: Text | None = Field(None, description="Person who chaired it")
    status: EventStatus = Field(description="Whether it is reported as held, or only as planned")


class Chairmanship(Claim):
    """One term of one state in the chair of the organisation."""

    claim = ("state",)

    id: Id = Field(description="Frozen name of the record")
    state: Text = Field(description="State that holds the chair")
    start: Date | None = Field(
        None, description="When the term begins; a term known by its year has it in both"
    )
    end: Date | None = Field(None, description="When the term ends")
    person: Text | None = Field(None, description="Person who chairs for the state")
    motto: Text | None = Field(None, description="Motto of the term, as one source prints it")


class Priority(Claim):
    """One priority that a state set itself for one term."""

    claim = ("summary",)

    id: Id = Field(description="Frozen name of the record")
    chairmanship: Text = Field(description="Term that the priority belongs to")
    order: Number = Field(description="Its place among the priorities of the term, from 1")
    summary: Text = Field(description="The priority in our words")


class Attendance(Claim):
    """One party at one event, where a source says that it came or stayed away. Silence is not recorded."""

    claim = ("status",)

    id: Id = Field(description="Frozen name of the record")
    event: Text = Field(description="Event that was held")
    party: Text = Field(description="State, or SG for the Secretary General of the organisation")
    status: AttendanceStatus = Field(description="Whether the source says the party was there or was not")
    person: Text | None = Field(None, description="Person who came for the party")
    role: Text | None = Field(None, description="Office of that person, as printed")


class Document(Claim):
    """One document of the organisation, or one that founded it."""

    claim = ("status",)

    id: Id = Field(description="Frozen name of the record")
    event: Text | None = Field(None, description="Event at which it was dealt with")
    date: Date | None = Field(None, description="Date of the document itself, not of the event")
    title: Text = Field(
        description="Title as printed, cut to 12 words with …; in [brackets] where none is printed"
    )
    kind: DocumentKind = Field(description="What kind of document it is")
    status: several(DocumentStatus) = Field(description="What a source says was done with it")
    signatories: several(Item) = Field((), description="States that signed it; absent means not stated")


class DocumentCount(Claim):
    """One number of documents that a source reports for an event, beside those that it names."""

    claim = ("count",)

    id: Id = Field(description="Frozen name of the record")
    event: Text = Field(description="Event that the number is reported for")
    count: Number = Field(description="Number of documents")
    verb: Text = Field(description="What was done with them, in the source's own verb")


class Threat(Claim):
    """One category of threats, stated by one speaker at one event in one way, however often."""

    claim = ("speaker", "expressed_as")

    id: Id = Field(description="Frozen name of the record")
    event: Text = Field(description="Event at which it was stated")
    speaker: Text = Field(
        description="Person or body that states it, or source_text for the article's own voice"
    )
    role: Text | None = Field(None, description="Office of the speaker, as printed")
    category: Text = Field(description="Category of the threat")
    expressed_as: ExpressedAs = Field(
        description="threat: presented as a danger or concern; priority: the text commits to act against it"
    )
    summary: Text = Field(description="What is stated, in our words")
    region: Text | None = Field(None, description="Region that it is about, as printed")


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


def field_names(record_type: type[Record]) -> list[str]:
    """The fields of a record type in the order of the file: its own, then those that all claims have."""
    shared = Claim.model_fields if issubclass(record_type, Claim) else {}
    return [name for name in record_type.model_fields if name not in shared] + list(shared)


# section -> the class of its records; `dataset` alone is one record and not a list of them
SECTIONS: dict[str, type[Record]] = {
    name: (get_args(field.annotation) or [field.annotation])[0]
    for name, field in Curated.model_fields.items()
}
CLAIMS = [section for section, record_type in SECTIONS.items() if issubclass(record_type, Claim)]

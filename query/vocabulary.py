"""What each word of the schema is called, and what a chart says of a place where nothing stands.

One mapping for each closed vocabulary: the word of the data, or an empty text for none, to the words that a
reader sees. A word without an entry raises KeyError.
"""

ATTENDANCE = {"present": "present", "absent": "absent", "not_stated": "not stated"}
EXPRESSED = {"threat": "stated as a threat", "priority": "action named"}
# From the strongest to the weakest: a document with two statuses stands in the row of the first.
DOCUMENT_STATUS = {
    "signed": "signed",
    "adopted": "adopted",
    "approved": "approved",
    "decided": "decided",
    "in_force": "in force",
    "proposed": "proposed",
    "discussed": "discussed",
}
DOCUMENT_KIND = {
    "treaty": "treaty",
    "charter": "charter",
    "declaration": "declaration",
    "statement": "statement",
    "decision": "decision",
    "regulation": "regulation",
    "appointment": "appointment",
    "proposal": "proposal",
    "other": "other",
    "": "kind not stated",
}
EVENT_KIND = {
    "session": "session",
    "summit": "summit",
    "conference": "conference",
    "working_meeting": "working meeting",
    "operation": "operation",
    "milestone": "milestone",
    "": "event, its kind not stated",  # the source that states it is set aside
}
EVENT_STATUS = {"held": "held", "planned": "announced, not known to be held"}
TERM_STATUS = {
    "held": "held",
    "planned": "announced; no source read reports that it began",
    "": "not stated",
}
FORMAT = {"in_person": "in person", "video": "by video", "": "not stated"}
PARAGRAPH_USE = {"cited": "cited", "skipped": "read and not coded"}

NOT_STATED = "not stated"
LEFT_OUT = "left out of this view"  # of a year that other views of the same axis show
LEFT_OUT_SHORT = "left out"
NOTHING = "nothing on this chart matches this selection"
CONTRADICTED = "sources or passages disagree"
TO_THE_CONTRARY = "to the contrary: "  # before quoted words that say otherwise than the record

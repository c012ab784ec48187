import re

import pytest

from query import FIELDS, claim, fields, label, label_of_many, name_of, occasion, outline, row_with, words
from query.records import CLAIM
from query.selection import Selection
from query.wording import NAMED
from query.words import quotation

MONTHS = "January February March April May June July August September October November December".split()


def test_every_address_has_a_claim_that_reads_as_text(tables, addresses):
    for group in addresses.values():
        for address in group:
            text = claim(tables, address)
            assert re.fullmatch(r"\[?[A-Z0-9].*", text), address
            assert not re.search(r"[_~\n]|  |\bNone\b|<NA>", text), address


def test_a_claim_is_never_more_precise_than_the_date_of_its_event(tables):
    events = tables["events"].set_index("id")
    dated = dict(zip(tables["attendance"]["id"], tables["attendance"]["event"], strict=True))
    for record, event in (dated | {event: event for event in events.index}).items():
        text, precision = claim(tables, record), events.loc[event, "precision"]
        has_day = re.search(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b", text)
        has_month = re.search(rf"\b(?:{'|'.join(MONTHS)})\b", text)
        assert bool(has_day) == (precision == "day"), record
        assert bool(has_month) == (precision in ("day", "month")), record


def test_what_is_no_address_has_no_claim(tables):
    for text in ("", "..", "minsk-2023.XXX", "s001.0", "no-such-record"):
        assert claim(tables, text) == ""


REPORTED = [
    ("minsk-2023-arm", "Armenia is reported absent: "),
    ("minsk-2023.ARM", "Armenia is reported absent: "),
    ("session-2022-11.ARM", "No source says whether Armenia took part: "),
    ("count-2020", "The source counts 15 documents “approved and adopted”"),
    ("statement-2022", "Anniversary Statement of the Collective Security Council: signed and adopted"),
    ("csto-charter", "CSTO Charter: in force"),
    ("s001.5", "Paragraph 5 of sb.by"),
    ("chair-rus-2020", "Russia in the chair, into 2020: Vladimir Putin"),
    ("chair-arm-2022", "Armenia announced for the chair, 2022"),
    ("chair-kaz-2024", "Kazakhstan announced for the chair, from 2024: Kassym-Jomart Tokayev"),
    ("chair-blr-2023", "Belarus in the chair, 2023: Aleksandr Lukashenko"),
]


def test_a_claim_reports_what_is_coded(tables):
    said = [claim(tables, address) for address, _ in REPORTED]
    assert [text for text, (_, start) in zip(said, REPORTED, strict=True) if not text.startswith(start)] == []


def test_an_event_without_a_title_is_called_by_its_kind(changed):
    kind = changed("events", "minsk-2023", title="", kind="working_meeting")
    assert occasion(kind, "minsk-2023").startswith("working meeting, title not stated, Minsk")
    neither = changed("events", "minsk-2023", title="", kind="")
    assert occasion(neither, "minsk-2023").startswith("event, title not stated, Minsk")


def test_a_statement_is_claimed_with_its_speaker(tables):
    for row in tables["threats"].to_dict("records"):
        speaker = name_of(tables, row["speaker"])
        assert claim(tables, row["id"]).casefold().startswith(f"{speaker}: {row['summary']}".casefold())


def test_a_planned_event_is_said_to_be_announced(tables):
    for row in tables["events"].to_dict("records"):
        assert ("(announced)" in claim(tables, row["id"])) == (row["status"] == "planned")


@pytest.mark.parametrize(
    ("status", "said"), [("planned", "announced for the chair"), ("held", "in the chair")]
)
def test_a_term_that_is_only_announced_is_never_claimed_to_have_begun(tables, status, said):
    terms = {**tables, "chairmanships": tables["chairmanships"].assign(status=status)}
    for term in terms["chairmanships"]["id"]:
        assert f" {said}, " in claim(terms, term)


def test_an_inferred_claim_says_so_and_a_stated_one_does_not(tables):
    for name in CLAIM:
        for row in tables[name].to_dict("records"):
            assert ("(inferred: " in claim(tables, row["id"])) == (row["basis"] == "inferred"), row["id"]


def test_a_contradicted_claim_says_so(tables, changed):
    contested = changed("attendance", "minsk-2023-arm", contradicted="status")
    assert claim(contested, "minsk-2023-arm").endswith("(contradicted: status)")
    other = changed("attendance", "minsk-2023-arm", contradicted="role")
    assert claim(other, "minsk-2023-arm") == claim(tables, "minsk-2023-arm")


def test_a_bar_counts_its_statements(tables, addresses):
    for bar in addresses["bar"]:
        category, year = bar.split(".")
        rows = tables["threats"]
        number = (rows["category"].eq(category) & rows["year"].eq(int(year))).sum()
        noun = "statement" if number == 1 else "statements"
        assert claim(tables, bar) == f"{name_of(tables, category)} in {year}: {number} {noun}"


# ---- names ----


def test_every_id_of_a_vocabulary_has_a_name(tables):
    for table, column in NAMED.items():
        for row in tables[table].to_dict("records"):
            assert name_of(tables, row["id"]) == row[column]


def test_a_term_is_called_after_its_state_and_an_unknown_id_after_itself(tables):
    assert name_of(tables, "chair-arm-2022") == "Armenia"
    assert name_of(tables, "nobody") == "nobody"


def test_a_place_that_the_title_holds_is_not_said_twice(tables):
    for row in tables["events"].to_dict("records"):
        if row["place"]:
            assert occasion(tables, row["id"]).count(row["place"]) == 1


def test_an_event_outside_a_selection_keeps_its_name(tables):
    hidden = Selection({**tables, "events": tables["events"].iloc[:0]}, whole=tables)
    assert occasion(hidden, "minsk-2023") == occasion(tables, "minsk-2023")
    assert occasion(tables, "no-such-event") == "no-such-event"


# ---- marks and fields ----


def test_every_field_and_every_line_is_in_words_and_silence_is_said(tables):
    for table, row in ((name, row) for name in FIELDS for row in tables[name].to_dict("records")):
        lines, said = label(tables, row).split("\n"), fields(tables, row)
        assert list(said) == list(FIELDS[table])
        for text in (*lines, *(str(value) for column, value in said.items() if column not in FREE)):
            assert text == text.strip() != "", row
            assert not re.search(r"[_~]|\bNone\b|<NA>", text), row


FREE = ("Note", "Reason")  # in the curators' words, or empty


def test_a_mark_and_the_fields_of_its_record_say_the_same(tables):
    for row in tables["threats"].to_dict("records"):
        said = fields(tables, row)
        assert label(tables, row).startswith(f"{said['Category']}: {said['Expressed as']}\n{said['Summary']}")
    for row in tables["attendance"].to_dict("records"):
        said = fields(tables, row)
        assert label(tables, row).startswith(f"{said['Party']}: {said['Status']}\n")
    for row in tables["events"].to_dict("records"):
        said = fields(tables, row)
        assert label(tables, row).startswith(f"{said['Kind']}, {said['Status']}\n".capitalize())
        assert f"\nsource: {said['Sources']}" in label(tables, row)
        assert outline(tables, row)["Kind"] == f"{said['Kind']}, {said['Status']}"


def test_a_party_that_stands_alone_has_no_article(tables):
    for row in tables["attendance"].to_dict("records"):
        party = fields(tables, row)["Party"]
        assert party == ("Secretary General" if row["party"] == "SG" else name_of(tables, row["party"]))
        if row["party"] == "SG":
            assert claim(tables, row["id"]).startswith(
                ("The Secretary General ", "No source says whether the ")
            )


def test_fields_are_in_words_and_a_date_that_is_the_one_of_the_occasion_says_so(tables, changed):
    undated = changed("documents", "statement-2022", earliest="", date_words="date not stated")
    row = row_with(undated, "documents", "statement-2022")
    when = row_with(tables, "events", row["event"])["date_words"]
    assert fields(undated, row)["Date"] == f"{when} (the occasion's)"
    assert fields(undated, row)["Status"] == "signed and adopted"
    video = changed("events", "minsk-2023", format="video")
    assert fields(video, row_with(video, "events", "minsk-2023"))["Format"] == "by video"


def test_fields_that_are_inferred_are_named_in_words(changed):
    tables = changed("threats", "lukashenko-2023-arms-race", inferred="expressed_as~role")
    row = row_with(tables, "threats", "lukashenko-2023-arms-race")
    assert fields(tables, row)["Inferred"] == "expressed as and role"
    assert label(tables, row).endswith("\ninferred: expressed as and role")


def test_a_side_of_a_term_that_is_inferred_says_so_once(changed):
    tables = changed("chairmanships", "chair-blr-2023", inferred="end~person")
    row = row_with(tables, "chairmanships", "chair-blr-2023")
    assert fields(tables, row)["End"].endswith(" (inferred)")
    assert "inferred" not in fields(tables, row)["Start"]
    assert label(tables, row).endswith("\ninferred: person")


def test_a_mark_of_many_counts_what_it_stands_for(tables):
    rows = tables["threats"].head(2).assign(expressed_as=["threat", "priority"], contradicted=["", "role"])
    assert label_of_many("Made up, 2023", rows.to_dict("records"), opens_first=True).split("\n") == [
        "Made up, 2023: 2 statements",
        "1 threat and 1 action",
        "opens the first of them",
        "sources or passages disagree about 1 of them",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "no year"), ((2022,), "2022"), ((2022, 2020), "2020 and 2022"), ((2020, 2021), "2020 and 2021"),
        ((2020, 2021, 2022), "2020 to 2022"), ((2018, 2020, 2021, 2022), "2018 and 2020 to 2022"),
        ((2018, 2020, 2021, 2022, 2024), "2018, 2020 to 2022 and 2024"),
    ],
)  # fmt: skip
def test_years_in_a_row_are_said_as_one_span(values, said):
    assert words.years(values) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("information technologies “PROXY”", "“information technologies ‘PROXY’”"),
        ("“war” with monuments", "“‘war’ with monuments”"),
        ('the "war" („so called“', "“the ‘war’ (‘so called’”"),
        ("the “war” with monuments", "“the “war” with monuments”"),
        ("〝war〟 and＂peace＂", "“‘war’ and’peace’”"),
        ("the organisation’s budget", "“the organisation’s budget”"),
    ],
)
def test_quotation_marks_are_never_doubled(text, said):
    assert quotation(text) == said

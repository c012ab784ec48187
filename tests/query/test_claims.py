import re

import pytest

from query import claim, name_of, occasion
from query.wording import NAMED
from query.records import CLAIM

MONTHS = "January February March April May June July August September October November December".split()


def test_every_address_has_a_claim_that_reads_as_text(tables, addresses):
    for group in addresses.values():
        for address in group:
            text = claim(tables, address)
            assert re.fullmatch(r"\[?[A-Z0-9].*", text), address
            assert not re.search(r"[_~\n]|  |\bNone\b|<NA>", text), address


def test_a_claim_starts_with_a_capital_letter_after_any_bracket(tables, addresses):
    for record in addresses["record"]:
        start = claim(tables, record).lstrip("[")[0]
        # a title may begin with a number, as the 26th meeting of a council does
        assert start.isupper() or (start.isdigit() and record in set(tables["events"]["id"])), record


def test_a_claim_is_never_more_precise_than_the_date_of_its_event(tables):
    events = tables["events"].set_index("id")
    dated = {
        record: event
        for name in ("attendance",)
        for record, event in zip(tables[name]["id"], tables[name]["event"], strict=True)
    }
    for record, event in (dated | {event: event for event in events.index}).items():
        text, precision = claim(tables, record), events.loc[event, "precision"]
        has_day = re.search(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b", text)
        has_month = re.search(rf"\b(?:{'|'.join(MONTHS)})\b", text)
        assert bool(has_day) == (precision == "day"), record
        assert bool(has_month) == (precision in ("day", "month")), record


def test_the_session_in_minsk_has_no_day(tables):
    assert claim(tables, "minsk-2023").endswith("Minsk, November 2023, day not stated")


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
    hidden = {**tables, "events": tables["events"].iloc[:0], "all_events": tables["events"]}
    assert occasion(hidden, "minsk-2023") == occasion(tables, "minsk-2023")
    assert occasion(tables, "no-such-event") == "no-such-event"

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import UNCOVERED, Address, claim, parse, resolve, row_of


def test_a_record_id_is_an_address(tables, addresses):
    for record in addresses["record"]:
        address = resolve(record, tables)
        assert (address.kind, address.key) == ("record", record)
        assert row_of(tables, address)["id"] == record


@pytest.mark.parametrize(
    ("kind", "table"), [("cell", "attendance"), ("paragraph", "paragraphs"), ("bar", "threats")]
)
def test_a_silent_party_a_paragraph_and_a_stated_category_and_year_are_addresses(
    tables, addresses, kind, table
):
    assert addresses[kind]
    for address in addresses[kind]:
        assert resolve(address, tables) == Address(kind, table, *address.split("."))


def test_event_and_party_lead_to_the_record_where_there_is_one(tables, addresses):
    for seat in addresses["seat"]:
        event, party = seat.split(".")
        address = resolve(seat, tables)
        assert address.kind == "record"
        row = row_of(tables, address)
        assert (row["event"], row["party"]) == (event, party)


def test_a_category_and_a_year_without_a_statement_are_an_address_that_says_so(tables):
    assert resolve("water_resources.2022", tables).kind == "bar"
    assert claim(tables, "water_resources.2022").endswith(" in 2022: no statement reported")
    assert claim(tables, "water_resources.2021").endswith(f" in 2021: {UNCOVERED}")


NONSENSE = [
    "", ".", "..", "a.b.c", "minsk-2023.", ".ARM", "minsk-2023.XXX", "minsk-2023.arm", "MINSK-2023",
    "minsk-2023.ARM.", "minsk-2023 ", "minsk-2023\n", "conference-2023.ARM",
    "s001", "s001.0", "s001.065", "s001.65", "s001.9999", "s001.-1", "s001.1.0", "s001.1\n", "s001.+1",
    "s001.٣", "\ud800", "s001.³", "s001.1e1", "s999.1", "s001." + "9" * 5000,
    "drug_trafficking", "drug_trafficking.1999", "drug_trafficking.2019", "drug_trafficking.02023",
    "session-2022-11.ARM~session-2022-11.KAZ",
]  # fmt: skip


def test_nonsense_is_no_address(tables):
    for text in NONSENSE:
        assert resolve(text, tables) is None, text
        view, notices = parse({"sel": text}, tables)
        assert (view.sel, len(notices)) == ("", 1), text


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=())) | st.text(alphabet="s01.minsk-2023ARM_"))
def test_any_text_is_an_address_or_none(tables, text):
    address = resolve(text, tables)
    assert address is None or isinstance(address, Address)


def test_only_a_record_has_a_row(tables, addresses):
    for kind in ("cell", "paragraph", "bar"):
        address = resolve(addresses[kind][0], tables)
        with pytest.raises(KeyError):
            row_of(tables, address)

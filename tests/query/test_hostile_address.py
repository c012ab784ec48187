"""Addresses that someone else wrote: names that programs reserve, payloads of every kind, more than fits."""

import pytest

from query import View, dump, parse, select
from query.view import LONGEST_SHOWN, PARAMETERS
from tests import hostile

RESERVED = (
    "__proto__", "constructor", "prototype", "toString", "__class__", "__init__", "self", "%00", "\x00",
)  # fmt: skip


def test_a_name_that_programs_reserve_is_an_unknown_name_or_value(tables):
    for name in RESERVED:
        params = {name: "x"} | {parameter: name for parameter in PARAMETERS if parameter not in ("q", "tray")}
        view, notices = parse(params, tables)
        assert view == View()
        assert any("is not a part of a view" in notice for notice in notices), name


@pytest.mark.parametrize("parameter", ["speakers", "compare", "sel"])
def test_a_payload_is_left_out_with_a_notice_that_shows_it_as_written(tables, parameter):
    for payload in hostile.ALL:
        view, notices = parse({parameter: payload}, tables)
        assert view == View()
        visible = "".join(sign for sign in payload if sign not in "\u200b\u200c\u200d\u2060")
        for part in visible.split("~") if parameter == "speakers" else [visible]:
            if words := " ".join(part.split()):
                assert any(f"“{words[:LONGEST_SHOWN]}" in notice for notice in notices), words


def test_a_payload_can_be_searched_and_survives_the_link(tables):
    for payload in hostile.ALL:
        view, notices = parse({"q": payload}, tables)
        words = any(letter.isalnum() for letter in payload)
        assert (bool(view.q), len(notices)) == (words, not words), payload
        assert parse(dump(view), tables) == (view, ())


def test_words_are_found_as_they_were_written_with_signs_that_nobody_sees(changed):
    written = "می‌خواهم and xy\u00adzzy"
    tables = changed("threats", "lukashenko-2023-arms-race", summary=written)
    for words in ("می‌خواهم", "میخواهم", "xyzzy"):
        view, _ = parse({"q": words}, tables)
        assert list(select(tables, view)["threats"]["id"]) == ["lukashenko-2023-arms-race"]

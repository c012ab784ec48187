from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import quote_plus

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from query import View, choices, dump, parse, select, united
from query.view import (
    LISTS,
    LONGEST_PLAIN,
    LONGEST_SEARCH,
    LONGEST_SHOWN,
    MOST_NOTICES,
    MOST_SLIDES,
    PACKED,
    PARAMETERS,
    bare,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


def parameters(tables, addresses) -> st.SearchStrategy[dict[str, str]]:
    """URL parameters: known values, half-known lists and nonsense."""
    known = {name: [str(choice) for choice in chosen] for name, chosen in choices(tables).items()}
    fields = {}
    for name in PARAMETERS:
        value = ANY_TEXT
        if name in known:
            mixed = st.lists(st.sampled_from(known[name]) | st.text(max_size=5), max_size=6)
            value |= mixed.map("~".join)
        fields[name] = value
    fields["sel"] |= st.sampled_from([address for group in addresses.values() for address in group])
    slide = st.text(max_size=200).map("threats?headline={}".format)
    slides = st.lists(slide, max_size=MOST_SLIDES).map("~".join)
    fields["tray"] |= slides | slides.map(packed) | ANY_TEXT.map(f"{PACKED}{{}}".format)
    fields["data"] |= st.from_regex("[0-9a-f]{8}", fullmatch=True)
    return st.fixed_dictionaries({}, optional=fields)


def packed(slides: str | bytes) -> str:
    """As docs say that it is done: the base64url of their brotli."""
    data = slides if isinstance(slides, bytes) else slides.encode(errors="replace")
    return PACKED + urlsafe_b64encode(brotli.compress(data)).decode().rstrip("=")


# ---- parse and dump ----


@settings(max_examples=25)
@given(data=st.data())
def test_what_parse_gives_survives_the_url_without_a_notice(tables, addresses, data):
    view, _ = parse(data.draw(parameters(tables, addresses)), tables)
    assert parse(dump(view), tables) == (view, ())


def test_the_default_view_needs_no_parameters(tables):
    assert dump(View()) == {}
    assert parse({}, tables) == (View(), ())


def test_every_choice_of_every_list_survives_the_url(tables):
    for name, chosen in choices(tables).items():
        for choice in chosen:
            view = View(**{name: (choice,)})
            assert parse(dump(view), tables) == (view, ())


def test_years_are_numbers_joined_with_tildes_and_never_a_range(tables):
    view, notices = parse({"years": "2020~2022"}, tables)
    assert (view.years, notices) == ((2020, 2022), ())
    assert dump(view) == {"years": "2020~2022"}


def test_values_stand_in_the_order_of_the_choices_and_once(tables):
    view, notices = parse({"years": "2023~2020~2023", "states": "SG~ARM"}, tables)
    assert (view.years, view.states, notices) == ((2020, 2023), ("ARM", "SG"), ())


UNKNOWN = [
    {"years": "2022~1492"}, {"years": "٢٠٢٢"}, {"years": " 2022"}, {"speakers": "nobody"},
    {"categories": "drug_trafficking~Terrorism"}, {"expressed": "hope"}, {"states": "arm"},
    {"status": "maybe"}, {"basis": "guessed"}, {"without": "s999"}, {"sel": "no-such-record"},
    {"data": "not-a-hash"}, {"colour": "red"},
]  # fmt: skip


def test_an_unknown_value_is_dropped_with_a_notice_that_names_it(tables):
    for params in UNKNOWN:
        ((name, value),) = params.items()
        named = name if name == "colour" else value.split("~")[-1].strip()
        view, (notice,) = parse(params, tables)
        assert f"“{named}”" in notice
        assert named not in "~".join(dump(view).values()).split("~")


def test_a_notice_says_what_of_a_value_cannot_be_seen(tables):
    for value, said in {
        " 2022": "“2022” (with a blank in front) is not known",
        "2022\u00a0": "“2022” (with a blank behind) is not known",
        "20\u200b22": "“2022” (with a sign that cannot be seen) is not known",
    }.items():
        _, (notice,) = parse({"years": value}, tables)
        assert notice.startswith(said)


def test_an_empty_value_restricts_nothing_and_is_named(tables):
    for name in PARAMETERS:
        for value in ("", " ", "~"):
            assert parse({name: value}, tables) == (View(), (f"“{name}” is empty and was left out.",))


def test_what_is_repeated_of_a_list_all_counts_and_of_another_value_none(tables):
    values, notices = united([("years", "2022"), ("compare", "2022"), ("years", "2023"), ("compare", "2023")])
    assert (values, notices) == ({"years": "2022~2023", "compare": "2022~2023"}, ())
    assert united([("q", "drug"), ("q", "drug")]) == ({"q": "drug"}, ())
    values, (notice,) = united([("q", "drug"), ("years", "2022"), ("q", "arms")])
    assert values == {"years": "2022"}
    assert notice == "“q” is there more than once, with “drug” first, and was left out."


def test_a_search_without_a_word_is_named_and_not_made(tables):
    view, (notice,) = parse({"q": "(?)"}, tables)
    assert view == View()
    assert notice.startswith("“(?)” has no letter or digit to look for")


def test_a_huge_value_is_harmless(tables):
    huge = "~".join(f"x{number}" for number in range(4000))
    for name in PARAMETERS:
        view, notices = parse({name: huge}, tables)
        assert len(notices) <= MOST_NOTICES + 1, name
        assert all(len(notice) < 200 for notice in notices), name
        assert len("".join(dump(view).values())) <= LONGEST_SEARCH, name


def test_more_dropped_values_than_anyone_reads_are_counted(tables):
    many = [f"x{number}" for number in range(MOST_NOTICES + 5)]
    for params in ({"years": "~".join(many)}, dict.fromkeys(many, "y")):
        _, notices = parse(params, tables)
        assert len(notices) == MOST_NOTICES + 1
        assert notices[-1] == "5 more values were left out."


def test_a_long_unknown_value_is_named_by_its_beginning(tables):
    _, (notice,) = parse({"speakers": "a" * 1000}, tables)
    assert "“" + "a" * LONGEST_SHOWN + "…”" in notice


def test_control_characters_reach_neither_the_view_nor_a_notice(tables):
    for name in PARAMETERS:
        view, notices = parse({name: "a\x00b\u202ec\ud800d\ne", "\x1b[2J": "x"}, tables)
        written = "".join([*dump(view).values(), *notices])
        assert not set(written) & set("\x00\u202e\ud800\n\x1b"), name


def test_a_search_is_one_line_of_visible_text(tables):
    assert parse({"q": " drug\u00a0\t traf\u00adficking\n"}, tables)[0].q == "drug trafficking"


def test_a_search_that_is_cut_is_said_to_be(tables):
    view, notices = parse({"q": "a" * (LONGEST_SEARCH + 1)}, tables)
    assert (len(view.q), len(notices)) == (LONGEST_SEARCH, 1)


# ---- the slides of a briefing ----


def test_slides_are_packed_in_an_address_only_when_they_are_long(tables):
    short, long = (View(tray=(f"threats?headline={'Кто ' * number}",) * 3) for number in (1, 50))
    assert dump(short)["tray"] == "~".join(short.tray)
    assert dump(long)["tray"].startswith(PACKED)
    assert len(quote_plus("~".join(short.tray))) < LONGEST_PLAIN < len(quote_plus("~".join(long.tray)))
    for view in (short, long):
        assert parse(dump(view), tables) == (view, ())


def test_packed_slides_stand_beside_plain_ones_as_an_old_program_may_put_them(tables):
    view, notices = parse({"tray": f"threats~{packed('sources~documents?q=a')}~overview"}, tables)
    assert view.tray == ("threats", "sources", "documents?q=a", "overview")
    assert notices == ()


@pytest.mark.parametrize(
    "code",
    [
        "", "A", "AAAA", "Ж", "~", "*", packed("threats~sources").removeprefix(PACKED)[:-4],
        packed("threats").removeprefix(PACKED) + "AAAA", packed(b"\xff\xfe").removeprefix(PACKED),
        packed("a" * 10**6).removeprefix(PACKED),
    ],
    ids=[
        "nothing", "a letter", "zeros", "another script", "a separator", "no letter of it", "cut off",
        "more behind", "no text", "far more than is told",
    ],
)  # fmt: skip
def test_slides_that_cannot_be_unpacked_are_left_out_with_a_notice(tables, code):
    view, notices = parse({"tray": f"threats~{PACKED}{code}"}, tables)
    assert view.tray == ("threats",)
    assert [notice for notice in notices if "Open the whole link." in notice]


def test_of_slides_that_are_packed_more_than_once_the_first_are_unpacked_and_no_others(tables):
    """One address has room for hundreds of such parts, each of which may hold 252 KB."""
    view, notices = parse({"tray": f"sources~{packed('threats')}~{packed('overview')}"}, tables)
    assert view.tray == ("sources", "threats")
    assert notices == ("1 slide of the briefing was left out (tray).",)


# ---- choices ----


def test_years_to_choose_run_from_the_first_to_the_last_covered_one_gaps_included(tables):
    assert choices(tables)["years"] == (2020, 2021, 2022, 2023, 2024)


def test_no_choice_is_empty_and_none_stands_twice(tables):
    for chosen in choices(tables).values():
        assert len(set(chosen)) == len(chosen)
        assert "" not in chosen


def test_silence_is_the_last_status_of_attendance(tables):
    assert choices(tables)["status"][:3] == ("present", "absent", "not_stated")


# ---- a list of every choice ----


def test_a_long_link_of_old_lights_no_filter_that_was_not_set(tables):
    """It has every choice of every list written out, and selects the same rows as one without them."""
    every = {name: chosen for name, chosen in choices(tables).items() if name != "without"}
    for chosen in ({}, {"years": (2022,)}, {"expressed": ("threat",), "q": "drug"}):
        view, long = View(**chosen), View(**every | chosen)
        assert parse(dump(long), tables) == (view, ())
        shown, expected = select(tables, long), select(tables, view)
        for name in expected:
            assert_frame_equal(shown[name], expected[name])


def test_all_sources_set_aside_are_a_restriction(tables):
    view = View(without=choices(tables)["without"])
    assert bare(view, tables) == view


def test_a_list_that_lacks_one_choice_is_a_restriction(tables):
    for name in set(LISTS) - {"without"}:
        view = replace(View(), **{name: choices(tables)[name][1:]})
        assert bare(view, tables) == view


def test_a_record_that_was_taken_back_says_why_and_what_took_its_place(tables):
    gone = tables["retired"].reindex(range(1)).astype("str")
    gone.loc[0] = ["old", "events", "Entered twice.", "", "minsk-2023"]
    view, notices = parse({"sel": "old"}, {**tables, "retired": gone})
    assert view.sel == ""
    assert notices == ("The record “old” was taken back: Entered twice. Its place is taken by minsk-2023.",)

import pytest

from query import View, select


def found(tables, words: str, name: str) -> set[str]:
    return set(select(tables, View(q=words))[name]["id"])


def test_a_search_finds_a_record_by_its_own_text(tables):
    assert found(tables, "budget", "documents") == {"budget-2023"}


def test_a_search_finds_a_record_by_its_quotes(tables):
    absence = "minsk-2023-arm"
    row = tables["attendance"].set_index("id").loc[absence]
    quotes = tables["evidence"].loc[tables["evidence"]["record"] == absence, "quote"]
    for quote in quotes:
        assert quote not in row["role"] + row["note"]
        assert absence in found(tables, quote.upper(), "attendance")


@pytest.mark.parametrize(
    ("words", "table", "column", "value"),
    [
        ("Armenia", "attendance", "party", "ARM"),
        ("Alexander Lukash", "threats", "speaker", "lukashenko"),
        ("military use of ai", "threats", "category", "military_ai"),
        ("secretary general", "attendance", "party", "SG"),
        ("kazakhstan", "chairmanships", "state", "KAZ"),
    ],
)
def test_a_search_finds_a_record_by_a_name_that_it_points_at(tables, words, table, column, value):
    expected = set(tables[table].loc[tables[table][column] == value, "id"])
    assert expected
    assert expected <= found(tables, words, table)


@pytest.mark.parametrize(
    "words", ["cross border", "cross–border", "CROSS-BORDER", "“cross-border”", "cross\u2011border"]
)
def test_a_search_compares_words_as_verify_does(tables, words):
    plain = found(tables, "cross-border", "threats")
    assert plain
    assert found(tables, words, "threats") == plain


def test_quotation_marks_and_the_form_of_a_letter_make_no_difference(tables, changed):
    assert found(tables, '"arms race"', "threats") == found(tables, "arms race", "threats") != set()
    spelled = changed("states", "ARM", name="Örménia")
    assert (
        found(spelled, "O\u0308rme\u0301nia", "attendance") == found(tables, "Armenia", "attendance") != set()
    )


def test_large_letters_and_the_kind_of_apostrophe_make_no_difference(tables):
    title = "[The organisation's budget]"
    assert tables["documents"]["title"].eq(title).any()
    assert found(tables, title.upper().replace("'", "’"), "documents") == {"budget-2023"}


@pytest.mark.parametrize("words", ["(", ".*", "\\", "[", "~"])
def test_signs_in_a_search_stand_for_themselves(tables, words):
    for row in select(tables, View(q=words))["documents"].to_dict("records"):
        quotes = tables["evidence"].loc[tables["evidence"]["record"] == row["id"], "quote"]
        assert words in row["title"] + row["note"] + "".join(quotes)


def test_words_that_nobody_uses_leave_no_record(tables):
    assert not found(tables, "xylophone", "threats")
    assert len(select(tables, View(q="xylophone"))["paragraphs"]) == len(tables["paragraphs"])

"""What an address asks for twice, or with nothing, is shown or named: never one of two in silence."""

from tests.pages.conftest import links, markup, open_page


def test_years_that_are_repeated_are_all_shown_and_their_links_keep_them():
    repeated, joined = open_page("threats", years=["2022", "2023"]), open_page("threats", years="2022~2023")
    assert markup(repeated) == markup(joined)
    assert links(repeated) == links(joined)


def test_a_value_that_cannot_be_repeated_and_an_empty_one_are_named():
    said = markup(open_page("threats", q=["drug", "arms"], years=""))
    assert "“q” is there more than once, with “drug” first, and was left out." in said
    assert "“years” is empty and was left out." in said

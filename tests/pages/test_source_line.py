"""The line of a page that names the sources of what it shows; tests/net holds every other medium to it."""

import html
import re

import pytest

from tests.pages.conftest import DATASET, markup, open_page, table_of

PUBLISHERS = DATASET.tables["sources"]["publisher"].tolist()
NOTHING = "No source is cited, for nothing is shown."
SILENT = "No source is cited, for none speaks on what is shown."


def line(shown: str) -> str:
    """The first source line of a page, without what is said of the dataset."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", re.findall('<p class="source">.*?</p>', shown)[0]))
    (said,) = re.findall(r"(Source: our reading of .+?\.|No source is cited, .+?\.)(?= |$)", text)
    return said


@pytest.mark.parametrize("parameters", [{"q": "Afghanistan"}, {"years": "2022"}])
def test_the_overview_names_the_sources_of_every_row_that_its_table_shows(parameters):
    shown = markup(open_page("overview", **parameters))
    rows = re.findall(r"<tr>(<td>.*?)</tr>", table_of("overview", columns="all", **parameters))
    outside = "not among the years shown"
    cited = {name for row in rows if outside not in row for name in PUBLISHERS if name in row}
    assert cited
    named = {publisher for publisher in PUBLISHERS if publisher in line(shown)}
    assert named == cited


def test_only_where_nothing_is_shown_the_line_says_that_nothing_is_shown():
    for name, parameters, said in (
        ("overview", {"q": "no such word"}, NOTHING),
        ("threats", {"q": "no such word"}, NOTHING),
        ("attendance", {"status": "not_stated"}, SILENT),
    ):
        assert line(markup(open_page(name, **parameters))) == said

"""The line that names the sources of what is shown: on the page, presented, as picture, page and slide."""

import html
import re
from io import BytesIO

import pytest
from pptx import Presentation

from exports import Item, slides
from exports.brief import brief
from exports.deck import deck
from exports.picture import picture_svg
from query import parse
from tests.pages.test_pages import DATASET, markup, open_page

PUBLISHERS = set(DATASET.tables["sources"]["publisher"])
NOTHING = "No source is cited, for nothing is shown."
SILENT = "No source is cited, for none speaks on what is shown."
VIEWS = [
    ("overview", {"q": "Afghanistan"}),
    ("attendance", {"status": "not_stated"}),
    ("documents", {"years": "2023"}),
    ("sources", {"without": "s000"}),
]


def plain(markup_text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup_text)).split())


def line(text: str) -> str:
    """The source line of a text: up to what is said of the dataset."""
    said = re.findall(r"(Source: our reading of .+?\.|No source is cited, .+?\.)(?= |$)", text)
    assert len(said) == 1, said
    return said[0]


def names(text: str) -> set[str]:
    return {publisher for publisher in PUBLISHERS if publisher in line(text)}


def on_page(name: str, **parameters: str) -> str:
    return plain(re.findall('<p class="source">.*?</p>', markup(open_page(name, **parameters)))[0])


def in_every_medium(name: str, parameters: dict[str, str]) -> dict[str, str]:
    """Medium -> its words, for one view."""
    item = Item(name, parse(parameters, DATASET.tables)[0])
    pages = Presentation(BytesIO(deck(DATASET, [item]))).slides
    foot = next(shape for shape in pages[1].shapes if shape.name == "Coverage and sources")
    section = re.search(r'<section class="page" id="view-1".*?</section>', brief(DATASET, [item]).decode())[0]
    return {
        "page": on_page(name, **parameters),
        "presented": on_page(name, **parameters, present="1"),
        "picture": plain(picture_svg(slides(DATASET, [item])[0]).partition("</style>")[2]),
        "offline page": plain(section),
        "slide": foot.text_frame.text.replace("\n", " "),
    }


@pytest.mark.parametrize(("name", "parameters"), VIEWS)
def test_every_medium_names_the_same_sources(name, parameters):
    media = in_every_medium(name, parameters)
    named = {medium: names(text) for medium, text in media.items()}
    assert all(found == named["page"] for found in named.values()), named
    if not named["page"]:
        assert {medium: line(text) for medium, text in media.items()} == dict.fromkeys(media, SILENT)


@pytest.mark.parametrize("parameters", [{"q": "Afghanistan"}, {"years": "2022"}, {"years": "2021"}, {}])
def test_the_overview_names_the_sources_of_every_row_that_its_table_shows(parameters):
    app = open_page("overview", **parameters)
    app.session_state["twin_overview"] = True
    shown = markup(app.run())
    rows = re.findall(r"<tr>(<td>.*?)</tr>", shown)
    outside = "not among the years shown"
    cited = {name for row in rows if outside not in row for name in re.findall(r"\bs\d{3}\b", row)}
    publishers = dict(DATASET.tables["sources"][["id", "publisher"]].itertuples(index=False))
    assert cited
    assert names(plain(re.findall('<p class="source">.*?</p>', shown)[0])) == {
        publishers[source] for source in cited
    }


@pytest.mark.parametrize("name", ["overview", "documents", "threats"])
def test_only_where_nothing_is_shown_the_line_says_that_nothing_is_shown(name):
    assert line(on_page(name, q="no such word")) == NOTHING

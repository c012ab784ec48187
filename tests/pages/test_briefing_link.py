"""The link of the Briefing page, and the address that holds its headlines."""

import re
from html import unescape
from random import Random
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest

from exports import Item, dump_item
from exports.briefing import LONGEST_LINK
from query import View, dump, parse
from tests.headlines import SCRIPTS, headlines
from tests.pages.conftest import markup, open_page
from ui.state import LONGEST_ADDRESS, addressed, served, too_long

ADDRESS = "https://dashboard.example.org/tools/csto/briefing"


def copied(app) -> str:
    return unescape(re.search(r'id="copy_link" data-copies="([^"]*)"', markup(app))[1])


def test_the_link_of_a_briefing_can_be_copied_with_its_headlines():
    app = open_page("briefing", tray=dump_item(Item("threats", headline="Кто сказал")))
    assert copied(app).count(quote_plus("Кто сказал")) == 1
    assert "leaves out" not in markup(app)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_address_of_a_briefing_holds_thirty_long_headlines_in_any_script(script):
    """And nginx takes it, as it is by default: a line of at most 8 KiB."""
    items = [Item("threats", headline=text) for text in headlines(script)]
    address = addressed(ADDRESS, dump(view_of(items)))
    assert len(address) <= LONGEST_ADDRESS
    assert len(f"GET {address} HTTP/1.1\r\n") <= 8192


def test_a_chart_joins_a_long_briefing_and_leaves_it_in_an_address_that_servers_take():
    items = [Item("threats", headline=text) for text in headlines("Cyrillic")[:29]]
    for before in (items, [*items, Item("attendance")]):
        app = open_page("attendance", **dump(view_of(before)))
        way = unescape(re.search(r'id="add_attendance"[^>]* href="([^"]*)"', markup(app))[1])
        assert len(way) <= LONGEST_ADDRESS
        view, _ = parse({"tray": parse_qs(urlsplit(way).query)["tray"][0]}, served().dataset.tables)
        assert len(view.tray) == {29: 30, 30: 29}[len(before)]


def test_a_link_that_would_be_too_long_leaves_out_headlines_and_says_so():
    app = open_page(
        "briefing", **dump(view_of([Item("threats", headline=text) for text in headlines("Cyrillic")]))
    )
    assert len(copied(app)) <= LONGEST_LINK
    view, notices = parse({"tray": parse_qs(urlsplit(copied(app)).query)["tray"][0]}, served().dataset.tables)
    kept = sum("headline" in slide for slide in view.tray)
    assert (len(view.tray), notices) == (30, ())
    assert 5 <= kept < 30
    assert f"The link leaves out your own headlines from slide {kept + 1} on" in markup(app)
    assert "The address of this page has all of it" in markup(app)


def test_a_headline_that_the_address_cannot_hold_is_not_kept_and_that_is_said():
    *long, last = (Item("threats", headline=text) for text in incompressible(31))
    fitting = max(n for n in range(31) if not too_long(view_of([*long[:n], Item("threats")]), ADDRESS))
    items = [*long[:fitting], Item("threats")]
    app = open_page("briefing", **dump(view_of(items)))
    assert f"no more than {LONGEST_ADDRESS:,}" not in markup(app)
    tray = app.query_params["tray"]
    app.text_input(key=f"headline_{fitting}").set_value(last.headline).run()
    assert not app.exception
    assert f"The headline “{last.headline}” was not kept." in unescape(markup(app))
    assert app.query_params["tray"] == tray
    app.text_input(key=f"headline_{fitting}").set_value("Кто").run()
    assert "was not kept" not in markup(app)
    assert app.text_input(key=f"headline_{fitting}").value == "Кто"


def test_slides_and_values_that_are_not_known_are_named_above_the_others():
    app = open_page("briefing", tray="zzz~threats?years=1822")
    assert "Slide 1: “zzz” is not a chart" in markup(app)
    assert "Slide 2: “1822” is not known" in markup(app)
    assert "1 slide chosen." in markup(app)


def view_of(items) -> View:
    return View(tray=tuple(map(dump_item, items)))


def incompressible(number: int) -> list[str]:
    """Headlines in which no letter says anything of the next."""
    random = Random(1)
    return ["".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(200)) for _ in range(number)]

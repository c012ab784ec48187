"""The link of the Briefing page, and the address that holds its headlines."""

import re
from html import unescape
from urllib.parse import quote_plus

from exports import Item, dump_item
from exports.briefing import LONGEST_LINK
from tests.pages.conftest import markup, open_page
from ui.state import LONGEST_ADDRESS

LONG = "ж" * 200


def copied(app) -> str:
    return unescape(re.search(r'id="copy_link" data-copies="([^"]*)"', markup(app))[1])


def test_the_link_of_a_briefing_can_be_copied_with_its_headlines():
    app = open_page("briefing", tray=dump_item(Item("threats", headline="Кто сказал")))
    assert copied(app).count(quote_plus("Кто сказал")) == 1
    assert "leaves out" not in markup(app)


def test_a_link_that_would_be_too_long_leaves_out_headlines_and_says_so():
    app = open_page("briefing", tray="~".join([dump_item(Item("threats", headline=LONG))] * 3))
    assert len(copied(app)) < LONGEST_LINK
    assert "headline" not in copied(app).partition("?")[2]
    assert "The link leaves out headlines of your own" in markup(app)


def test_a_headline_that_the_address_cannot_hold_is_not_kept_and_that_is_said():
    tray = "~".join([*[dump_item(Item("threats", headline=LONG))] * 6, "attendance"])
    app = open_page("briefing", tray=tray)
    assert f"no more than {LONGEST_ADDRESS:,}" not in markup(app)
    app.text_input(key="headline_6").set_value(LONG).run()
    assert not app.exception
    assert f"The headline “{LONG}” was not kept." in markup(app)
    assert app.query_params["tray"] in (tray, [tray])
    app.text_input(key="headline_6").set_value("Кто").run()
    assert "was not kept" not in markup(app)
    assert "Кто" in "".join(app.query_params["tray"]).split("~")[-1]

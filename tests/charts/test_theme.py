"""Colours have their translation, and every word that is drawn has its look."""

from typing import get_args

import pytest

from charts import theme, words
from loaders import records


def test_every_colour_is_translated_for_the_dark_edition():
    assert theme.INK.keys() == theme.NIGHT.keys()
    css = theme.editions()
    for name, code in theme.INK.items():
        assert f"--{name}:light-dark({code},{theme.NIGHT[name]})" in css
    assert list(theme.drawn().values()) == list(theme.INK)
    assert theme.drawn()["rgb(26, 26, 26)"] == "ink"


def test_no_size_is_below_12_px():
    assert min(theme.SIZE.values()) == 12


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        (theme.ATTENDANCE, (*get_args(records.AttendanceStatus), "not_stated")),
        (theme.EXPRESSED, get_args(records.ExpressedAs)),
        (theme.DOCUMENT_STATUS, get_args(records.DocumentStatus)),
        (theme.EVENT_KIND, (*get_args(records.EventKind), "")),
        (theme.EVENT_STATUS, get_args(records.EventStatus)),
        (theme.PARAGRAPH_USE, ("cited", "skipped")),
    ],
)
def test_every_word_of_a_vocabulary_has_its_look_and_no_other(looks, words):
    assert sorted(looks) == sorted(words)


@pytest.mark.parametrize(
    "looks", [theme.ATTENDANCE, theme.EXPRESSED, theme.EVENT_STATUS, theme.PARAGRAPH_USE]
)
def test_states_differ_by_shape_or_fill(looks):
    assert len({(look.shape, look.fill) for look in looks.values()}) == len(looks)


def test_kinds_of_events_differ_by_shape():
    shapes = [look.shape for kind, look in theme.EVENT_KIND.items() if kind]
    assert len(set(shapes)) == len(shapes)


def test_text_is_escaped_once():
    assert words.escape("<a> & b") == "&lt;a&gt; &amp; b"
    assert words.folded("a & b <c>", 5) == "a &amp; b<br>&lt;c&gt;"

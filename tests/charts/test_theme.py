"""Colours have their translation, and every word that is drawn has its look."""

from typing import get_args

from charts import theme
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


def test_every_word_of_a_vocabulary_has_its_look_and_no_other():
    for looks, words in (
        (theme.ATTENDANCE, (*get_args(records.AttendanceStatus), "not_stated")),
        (theme.EXPRESSED, get_args(records.ExpressedAs)),
        (theme.DOCUMENT_STATUS, get_args(records.DocumentStatus)),
        (theme.EVENT_KIND, (*get_args(records.EventKind), "")),
        (theme.EVENT_STATUS, get_args(records.EventStatus)),
        (theme.PARAGRAPH_USE, ("cited", "skipped")),
    ):
        assert sorted(looks) == sorted(words)


def test_states_differ_by_shape_or_fill_and_kinds_of_events_by_shape():
    for looks in (theme.ATTENDANCE, theme.EXPRESSED, theme.EVENT_STATUS, theme.PARAGRAPH_USE):
        assert len({(look.shape, look.fill) for look in looks.values()}) == len(looks)
    shapes = [look.shape for kind, look in theme.EVENT_KIND.items() if kind]
    assert len(set(shapes)) == len(shapes)

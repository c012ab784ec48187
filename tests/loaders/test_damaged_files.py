"""Whatever a file holds, it is a dataset that can be shown or a list of problems, never another exception."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import export, load
from loaders.checks import check_bytes
from loaders.problems import InvalidData
from query import parse, quality, select

HERE = Path(__file__).parent
VALID = (HERE / "valid.yaml").read_bytes()
LINES = VALID.splitlines(keepends=True)
TREE = yaml.load(VALID, yaml.BaseLoader)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "x.yaml"


def shown_or_refused(file: Path, data: bytes) -> bool:
    """Whether there is a dataset; then all that is made of it works."""
    file.write_bytes(data)
    try:
        dataset = load(file)
    except InvalidData as invalid:
        if not invalid.problems or not all(
            problem.line > 0 and problem.message for problem in invalid.problems
        ):
            raise AssertionError("no problem says what is wrong") from invalid
        return False
    view, _ = parse({}, dataset.tables)
    select(dataset.tables, view)
    quality(dataset.tables, dataset.unconfirmed)
    for table in dataset.tables.values():
        assert export.csv(table)
    return True


def test_the_undamaged_file_is_shown(file):
    assert shown_or_refused(file, VALID)
    assert shown_or_refused(file, written(TREE))


@pytest.mark.parametrize("place", [b"Clean water", b"id: NOR"])
def test_any_byte_in_any_place_is_read_or_refused(place):
    at = VALID.index(place) + len(place) // 2
    for number in range(256):
        try:
            check_bytes(VALID[:at] + bytes([number]) + VALID[at:], "x")
        except InvalidData as invalid:
            assert invalid.problems  # noqa: PT017
        else:
            assert chr(number).isascii()
            assert chr(number).isprintable() or chr(number) in "\t\n"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "latin-1", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding_is_refused(file, encoding):
    word = "вода" if encoding in ("cp1251", "koi8-r") else "eau brûlée"
    text = VALID.decode().replace("Clean water", word).replace("”", "'")
    assert not shown_or_refused(file, text.encode(encoding))


def written(tree: Any) -> bytes:
    """A tree as YAML, of which JSON without a single sign of its own is a part; dates need their quotes."""
    body = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in tree.items()
        if name != "complete"
    )
    return (body + "complete: true\n").encode("utf-8", "surrogatepass")


ANYTHING = st.recursive(
    st.text(max_size=8)
    | st.sampled_from(
        ["", "1", "~", "2031", "2031-03", "2031-02-30", "NOR", "SG", "brook", "alpha", "other"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "date"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=12)
@given(data=st.data())
def test_a_file_with_any_value_in_place_of_another_is_shown_or_refused(file, data):
    tree = json.loads(json.dumps(TREE))
    for _ in range(data.draw(st.integers(1, 3))):
        here = tree
        while True:
            inner = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = data.draw(st.sampled_from([name for name in inner if name != "complete"]))
            if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.integers(0, 3)) == 0:
                break
            here = here[key]
        if data.draw(st.booleans()):
            here[key] = data.draw(ANYTHING)
        elif len(here) > 1:
            del here[key]
    shown_or_refused(file, written(tree))

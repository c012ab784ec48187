"""What reading costs as a dataset grows, counted in lines that run: every machine counts the same."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import growth
from loaders import ROOT, fingerprints, load
from loaders.checks import check
from loaders.citations import verify

SIZES = (6, 8, 10)  # times the real dataset; from six on, each copy has the same records as the one before
PLACE = f"{ROOT / 'loaders'}/"


def verified(file: Path) -> None:
    known = fingerprints.read(file.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    assert not verify(check(file, file.name), None, known).problems


@pytest.mark.parametrize("reading", [load, verified])
def test_each_further_record_takes_every_function_as_many_steps_as_the_one_before(reading, tmp_path):
    small, middle, large = (lines_run(reading, written(tmp_path, times)) for times in SIZES)
    steps = {name: (middle[name] - small[name], large[name] - middle[name]) for name in large}
    more_than_linear = {name: step for name, step in steps.items() if step[1] > 1.01 * max(step[0], 0)}
    assert more_than_linear == {}


def written(folder: Path, times: int) -> Path:
    file = folder / f"{times}" / "curated.yaml"
    file.parent.mkdir()
    growth.write(file, times)
    return file


def lines_run(reading: Callable[[Path], object], file: Path) -> Counter[str]:
    """How many lines of each function of the loaders run, each round of a comprehension counted again."""
    lines = Counter()

    def line(frame, event, _):
        if event == "line":
            code = frame.f_code
            lines[f"{code.co_filename.removeprefix(PLACE)} {code.co_qualname}"] += 1
        return line

    def call(frame, *_):
        return line if frame.f_code.co_filename.startswith(PLACE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        reading(file)
    finally:
        sys.settrace(before)
    return lines

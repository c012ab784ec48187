"""What reading costs as a dataset grows, counted in lines that run: every machine counts the same."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import yaml

from loaders import ROOT, fingerprints, load
from loaders.checks import check
from loaders.citations import verify

SIZES = (2, 4, 6)  # times what valid.yaml holds
GROWING = ("sources", "events", "attendance", "documents", "document_counts", "threats")
TERM = ["state", "start", "end"]
PLACE = f"{ROOT / 'loaders'}/"


def test_each_further_record_takes_every_function_as_many_steps_as_the_one_before(valid, originals, tmp_path):
    small, middle, large = (lines_run(written(tmp_path, valid, originals, times)) for times in SIZES)
    steps = {name: (middle[name] - small[name], large[name] - middle[name]) for name in large}
    more_than_linear = {name: step for name, step in steps.items() if step[1] > 1.01 * max(step[0], 0)}
    assert more_than_linear == {}


def written(folder: Path, valid: str, originals: Path, times: int) -> Path:
    """A file with many copies of every source and of what rests on it, beside the fingerprints of all."""
    tree = yaml.load(valid.removesuffix("complete: true\n"), yaml.BaseLoader)
    term = {"source": "alpha", "paragraph": "2", "quote": "Council of Rivers met", "proves": TERM}
    mention = {"source": "beta", "paragraph": "1", "quote": "Ben Dale told the", "proves": []}
    tree["threats"][0]["evidence"].append(mention)  # else only terms cite this paragraph, and they stand once
    tree["chairmanships"][1]["start"] = "2500"
    tree["chairmanships"] += [
        {"id": f"t{year}", "state": "NOR", "start": f"{year}", "end": f"{year}", "evidence": [term]}
        for year in range(2100, 2100 + 20 * times)
    ]
    ids = re.compile(rf"\b({'|'.join(record['id'] for name in GROWING for record in tree[name])})\b")
    many, *others = (json.loads(ids.sub(rf"\1-x{number}", json.dumps(tree))) for number in range(times))
    for name in GROWING:
        many[name] += [record for other in others for record in other[name]]
    known = {}
    for source in many["sources"]:
        known[source["file"]] = fingerprints.of_file(originals / re.sub(r"-x\d+", "", source["file"]))
    file = folder / f"{times}" / "many.yaml"
    file.parent.mkdir()
    fingerprints.write(file.with_name(fingerprints.FILE_NAME), known)
    sections = [f"{name}: {json.dumps(records)}\n" for name, records in many.items()]
    file.write_text("".join([*sections, "complete: true\n"]), encoding="utf-8")
    return file


def lines_run(file: Path) -> Counter[str]:
    """How many lines of each function of the loaders run, each round of a comprehension counted again."""
    lines = Counter()

    def line(frame, event, _):
        if event == "line":
            code = frame.f_code
            lines[f"{code.co_filename.removeprefix(PLACE)} {code.co_qualname}"] += 1
        return line

    def call(frame, *_):
        return line if frame.f_code.co_filename.startswith(PLACE) else None

    known = fingerprints.read(file.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    records = check(file, file.name)
    before = sys.gettrace()
    sys.settrace(call)
    try:
        load(file)
        result = verify(records, None, known)
    finally:
        sys.settrace(before)
    assert not result.problems
    return lines

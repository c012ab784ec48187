"""The parts of the benchmarks that measure nothing themselves: their arithmetic and their refusals."""

import json
import random
import subprocess
import sys
from types import FrameType
from xml.etree import ElementTree

import pytest
from streamlit.proto.Element_pb2 import Element

import query
from bench import growth, load, profile, serving, speed
from loaders import load as load_dataset
from tests.frozen import FROZEN


def use(memory: float):
    return serving.Use(memory, seconds=1, threads=6, files=28)


@pytest.mark.parametrize(("share", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100)])
def test_a_percentile_is_one_of_the_values(share, expected):
    assert load.percentile([float(value) for value in range(100, 0, -1)], share) == expected


def test_the_percentile_of_one_value_is_that_value():
    assert load.percentile([0.2], 95) == 0.2


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1"])
def test_this_machine_may_be_put_under_load(host):
    assert serving.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "192.0.2.1", "8.8.8.8", "::", "", "a b"])
def test_no_other_machine_may_be_put_under_load(host):
    assert not serving.is_loopback(host)


@pytest.mark.parametrize(
    "address",
    ["http://192.0.2.1:80", "https://127.0.0.1:1", "127.0.0.1:8501", "http://127.0.0.1", "file:///"],
)
def test_an_address_elsewhere_or_of_another_form_is_refused(address):
    with pytest.raises(ValueError, match=r"an address looks like|only this machine"):
        serving.running(address)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--viewers", "1001"],
        ["--viewers", "0"],
        ["--slow", "-1"],
        ["--soak", "20001"],
        ["--interactions", "100", "--think", "100"],
    ],
)
def test_what_is_too_much_is_refused(arguments):
    with pytest.raises(SystemExit):
        load._options(arguments)


def test_growth_is_counted_from_a_thousand_sessions_on():
    uses = [(500, use(100)), (1000, use(200)), (2000, use(205)), (3000, use(210))]
    assert load.growth(uses, 3000) == (1000, pytest.approx(5))


def test_growth_of_a_short_soak_is_counted_from_its_middle():
    assert load.growth([(20, use(100)), (60, use(200)), (100, use(150))], 100) == (60, pytest.approx(-25))


def test_a_click_adds_a_choice_or_takes_it_away():
    chance = random.Random(1)
    for _ in range(20):
        state = load.toggled("w", ["b"], ["a", "b", "c"], 1, chance)
        assert len(set(state.string_array_value.data) ^ {"b"}) == 1
        assert list(load.toggled("w", ["a"], ["a"], 0, chance).string_array_value.data) == []


def test_the_selected_mark_is_not_clicked_again():
    figure = {
        "data": [
            {"customdata": ["one", "two"]},
            {"customdata": [["three"], ""]},
            {"customdata": ["hidden"], "hoverinfo": "skip"},
            {"x": [1]},
        ]
    }
    assert load.clickable(figure, "one") == [(0, 1, "two"), (1, 0, ["three"])]


def test_nonsense_is_the_same_for_the_same_seed():
    frames = [load.nonsense(random.Random(seed)) for seed in range(20)]
    assert frames == [load.nonsense(random.Random(seed)) for seed in range(20)]
    assert {type(frame) for frame in frames} == {bytes, str}


def test_the_picture_of_the_growth_has_a_panel_each_with_every_size_and_nothing_outside():
    found = {
        size: {name: place * size**0.5 for place, (name, _) in enumerate(growth.PANELS, 1)}
        for size in growth.SIZES
    }
    drawn = ElementTree.fromstring(growth.picture(found))
    wide, high = float(drawn.get("width")), float(drawn.get("height"))
    texts = [text.text for text in drawn.iterfind(".//{*}text")]
    assert all(texts.count(label) == 1 for _, label in growth.PANELS)
    assert all(texts.count(f"{size:,}×") == len(growth.PANELS) for size in growth.SIZES)
    points = [point for line in drawn.iterfind(".//{*}polyline") for point in line.get("points").split()]
    assert len(points) == len(growth.PANELS) * len(growth.SIZES)
    assert all(0 < float(x) < wide and 0 < float(y) < high for x, y in (point.split(",") for point in points))


def test_what_stands_around_a_part_that_ran_by_itself_stays_on_the_page():
    tab = load.Tab("http://127.0.0.1", None)
    for place, fragment in {
        (0, 1): "",
        (0, 5, 0, 0): "part",
        (0, 5, 0, 1): "part",
        (0, 5, 0, 1, 2): "inner",
    }.items():
        tab.page.elements[place] = load.Placed(Element(), "", fragment)
    assert list(tab._around(["part"])) == [(0, 1)]
    assert list(tab._around([])) == []


def inside(*files: str, script: bool = True) -> FrameType:
    """The innermost of functions that call one another, one in each file; the first runs a page script."""
    said: dict = {"innermost": lambda: sys._getframe().f_back}
    name = "innermost"
    for number, file in enumerate(reversed(files)):
        caller = "_run_script" if script and number == len(files) - 1 else f"call{number}"
        exec(compile(f"def {caller}():\n    return {name}()", file, "exec"), said)
        name = caller
    return said[name]()


STREAMLIT, PANDAS = "/lib/streamlit/runtime.py", "/lib/pandas/core/frame.py"
OURS = str(serving.ROOT / "ui" / "card.py")


@pytest.mark.parametrize(
    ("files", "owner"),
    [
        ((STREAMLIT,), "Streamlit"),
        ((STREAMLIT, OURS), "ours"),
        ((STREAMLIT, OURS, "/lib/json/encoder.py"), "ours"),
        ((STREAMLIT, OURS, PANDAS, "/lib/numpy/core.py"), "pandas"),
        ((STREAMLIT, OURS, STREAMLIT, "/lib/google/protobuf.py"), "Streamlit"),
    ],
)
def test_a_moment_of_a_page_script_belongs_to_whoever_is_innermost(files, owner):
    assert profile.running(inside(*files)) == owner


def test_a_moment_outside_page_scripts_belongs_to_nobody():
    assert profile.running(inside(STREAMLIT, OURS, script=False)) == ""
    assert profile.running(None) == ""


@pytest.mark.slow
def test_the_server_is_profiled_with_streamlit_and_our_code_in_every_kind_of_run():
    asked = "import json; from bench import profile; profile.VIEWS = 1; "
    asked += "print(json.dumps(profile.on_server(['threats'])))"
    ran = subprocess.run(  # it changes how often this process looks for garbage
        [sys.executable, "-c", asked], cwd=serving.ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    kinds = ["years", "expressed", "speakers", "categories", "basis", "without sources", "search"]
    kinds += ["a mark is opened", "seen before"]
    assert list(found) == [f"threats: {kind}" for kind in kinds]
    assert [kind for kind, spent in found.items() if not {"ours", "Streamlit"} <= spent.keys()] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameter", ["years", "speakers", "categories", "expressed", "basis", "without", "q"]
)
def test_the_profile_asks_for_enough_views_and_each_restricts_something(parameter):
    tables = load_dataset(FROZEN).tables
    views = profile.changes(parameter, tables)
    assert len(views) == len(set(views)) >= profile.VIEWS
    assert all(query.parse(query.dump(view), tables) == (view, ()) != (query.View(), ()) for view in views)


def test_a_target_that_is_missed_is_named_and_ends_the_measurement_with_1(capsys):
    assert speed.judged([("fast", 0.5, 1.0), ("slow", 1.5, 1.0)]) == 1
    assert capsys.readouterr().out == "met     fast: 0.50, at most 1.0\nmissed  slow: 1.50, at most 1.0\n"
    assert speed.judged([("just so", 1.0, 1.0)]) == 0

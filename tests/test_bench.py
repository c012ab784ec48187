"""The parts of the benchmarks that measure nothing themselves: their arithmetic and their refusals."""

from argparse import ArgumentTypeError

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from bench import load, serving


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1:80", "http://0.0.0.0:80", "https://127.0.0.1:1", "127.0.0.1:8501",
        "http://127.0.0.1", "file:///",
    ],
)  # fmt: skip
def test_an_address_elsewhere_or_of_another_form_is_refused(address):
    with pytest.raises(ArgumentTypeError, match="this machine alone"):
        serving.running(address)


@pytest.mark.parametrize(
    ("memory", "per_cent"),
    [({500: 100, 1000: 200, 2000: 205, 3000: 210}, 5), ({20: 100, 60: 200, 100: 150}, -25)],
)
def test_growth_is_counted_from_a_thousand_sessions_on_or_from_the_middle_of_a_short_soak(memory, per_cent):
    assert load.growth(pd.Series(memory)) == pytest.approx(per_cent)


@pytest.mark.slow
def test_the_app_of_one_chart_draws_the_chart_that_the_dashboard_draws():
    app = AppTest.from_file(str(serving.ROOT / "bench" / "apps" / "in_streamlit" / "home.py")).run(timeout=60)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


def test_a_target_that_is_missed_is_named_and_ends_the_measurement_with_1(capsys):
    assert serving.judged([("fast", 0.5, 1.0), ("slow", 1.5, 1.0)]) == 1
    assert capsys.readouterr().out == "met     fast: 0.5, at most 1.0\nmissed  slow: 1.5, at most 1.0\n"
    assert serving.judged([("just so", 1.0, 1.0)]) == 0

"""Settings that all tests share, and which of them drive a browser."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from tests.frozen import FROZEN

# No deadline: a test's first example pays for imports. In CI the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def installed_browser() -> str | None:
    """Return the path of the Chromium to drive, or None."""
    search = ["sh", Path(__file__).parent / "browser" / "install.sh", "--find"]
    answer = subprocess.run(search, stdout=subprocess.PIPE, text=True, check=False)
    return answer.stdout.strip() or None


def pytest_configure() -> None:
    """Have the frozen file served, here and by servers of a process of their own, unless a test names one."""
    os.environ["CSTO_DATA"] = str(FROZEN)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the files with tests in a browser last, and leave these tests out where there is none.

    Last, because playwright's event loop then runs in the main thread, where asyncio starts no second one.
    The net is the longest file: begun first, it does not keep one process busy alone at the end.
    """
    ours = [item for item in items if "playwright" in getattr(item, "fixturenames", ())]
    for item in ours:
        item.add_marker("browser")
    driven = {item.path for item in ours}
    items.sort(key=lambda item: (item.path in driven, "net" not in item.path.parts))
    if ours and not installed_browser():
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not installed_browser():
        terminalreporter.write_line(
            "tests in a browser left out: no Chromium found; `make browser` installs it or says how",
            yellow=True,
        )

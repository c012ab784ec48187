"""Settings that all tests share, and which of them drive a browser or nginx."""

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


# what tests with a marker drive, and what they are called
DRIVEN = {"browser": ("chromium", "tests in a browser"), "nginx": ("nginx", "tests behind nginx")}


def installed(program: str) -> str | None:
    """The path of the program to drive, `chromium` or `nginx`, or None."""
    search = ["sh", Path(__file__).parent / "browser" / "install.sh", "--find", program]
    answer = subprocess.run(search, stdout=subprocess.PIPE, text=True, check=False)
    return answer.stdout.strip() or None


def pytest_configure() -> None:
    """Have the frozen file served, here and by servers of a process of their own, unless a test names one."""
    os.environ["CSTO_DATA"] = str(FROZEN)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the files with tests in a browser last, and leave out tests whose program is not installed.

    Last, because playwright's event loop then runs in the main thread, where asyncio starts no second one.
    The net is the longest file: begun first, it does not keep one process busy alone at the end.
    """
    ours = [item for item in items if "playwright" in getattr(item, "fixturenames", ())]
    for item in ours:
        item.add_marker("browser")
    driven = {item.path for item in ours}
    items.sort(key=lambda item: (item.path in driven, "net" not in item.path.parts))
    for marker, (program, _) in DRIVEN.items():
        left_out = [item for item in items if item.get_closest_marker(marker)]
        if left_out and not installed(program):
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for program, tests in DRIVEN.values():
        if not installed(program):
            terminalreporter.write_line(
                f"{tests} left out: no {program} found; `make browser` fetches it or says how", yellow=True
            )

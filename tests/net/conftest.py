"""One server, one browser and the exported files for all tests of this folder; each medium is made once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from loaders import ROOT
from tests.browser.conftest import Dashboard, Server, launch_options, start_server
from tests.frozen import FROZEN, served
from tests.net import expected
from tests.net.claims import Finder
from tests.net.press import Press


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | launch_options()


@pytest.fixture(scope="session")
def net_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_server(tmp_path_factory.mktemp("net"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> expected.Tables:
    """The files that `python -m loaders export` writes."""
    return exported(FROZEN, tmp_path_factory.mktemp("csv"))


def exported(data: Path, folder: Path) -> expected.Tables:
    subprocess.run(
        [sys.executable, "-m", "loaders", "export", folder, data],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return expected.read(folder)


@pytest.fixture(scope="session")
def press(browser: Browser, net_server: Server) -> Iterator[Press]:
    """The product's media, of the data that the server has."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    paper = browser.new_context()  # a tab behind another one in the same window draws once a second
    dashboard = Dashboard(context.new_page(), net_server.address)
    yield Press(served(), dashboard, paper.new_page())
    context.close()
    paper.close()


@pytest.fixture(scope="session")
def finder(tables: expected.Tables) -> Finder:
    return Finder(tables)

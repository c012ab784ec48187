"""What the tests of the loaders share: a small valid file with invented content, and a way to change it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.checks import check_bytes
from loaders.validation import Records

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def valid() -> str:
    """The text of valid.yaml."""
    return (HERE / "valid.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder of the texts that valid.yaml cites."""
    return HERE / "originals"


@pytest.fixture
def changed(valid: str) -> Callable[..., Records]:
    """Checks valid.yaml with some texts replaced where they stand first; each must be there."""

    def check_changed(*replacements: tuple[str, str]) -> Records:
        text = valid
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        return check_bytes(text.encode(), "changed.yaml")

    return check_changed

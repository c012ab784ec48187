"""Watching: a report at every save of a file."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SECONDS = 1  # between two looks

Stamp = tuple[int, ...]  # changes with every save


def watch(stamps: Iterable[Stamp], report: Callable[[], int]) -> int:
    """Report at the first stamp and whenever it is another one, until Ctrl-C; returns the last exit code."""
    code, last = 0, None
    try:
        for stamp in stamps:
            if stamp != last:
                code, last = report(), stamp
    except KeyboardInterrupt:
        pass
    return code


def stamps(path: Path) -> Iterator[Stamp]:
    """The stamp of a file at every look, without end; an empty one while it is not there."""
    while True:
        try:
            status = path.stat()
            yield status.st_mtime_ns, status.st_size, status.st_ino
        except OSError:
            yield ()
        pause()


def pause() -> None:
    time.sleep(SECONDS)

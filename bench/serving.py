"""The servers that are measured, each in a process of its own, and how what was found is judged."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from typing import NamedTuple

import psutil

from deploy import health

ROOT = Path(__file__).parents[1]
STREAMLIT = (sys.executable, "-m", "streamlit", "run")
DASHBOARD = (*STREAMLIT, "dashboard.py", "--server.port", "PORT")
START_SECONDS = 60  # a start on a busy machine; usually 1
MIB = 1024 * 1024
LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")


class Use(NamedTuple):
    """What a process uses at one moment; all are `nan` when it has ended or is unknown."""

    memory: float = nan  # MiB that are resident
    seconds: float = nan  # of processor time since it started
    threads: float = nan
    files: float = nan  # open files and connections


@dataclass
class Server:
    """A server on this machine. Its process is None where this machine does not say who listens."""

    address: str  # http://127.0.0.1:PORT
    process: psutil.Process | None
    log_file: Path = Path(os.devnull)
    begun: float = field(default_factory=time.perf_counter)

    def healthy(self) -> bool:
        return health.check(self.address)[0] == health.WELL

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def listening(self) -> bool:
        """Whether it takes connections, whatever it would answer."""
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def use(self) -> Use:
        with suppress(psutil.Error):
            if process := self.process:
                spent, memory = process.cpu_times(), process.memory_info().rss / MIB
                return Use(memory, spent.user + spent.system, process.num_threads(), process.num_fds())
        return Use()

    def peak(self) -> float:
        """The most memory that was ever resident, in MiB; off Linux, what is resident now."""
        with suppress(OSError):
            status = Path(f"/proc/{self.process.pid if self.process else 0}/status").read_text()
            if highest := re.search(r"VmHWM:\s+(\d+)", status):
                return int(highest[1]) / 1024
        return self.use().memory


@contextmanager
def started(
    *command: object,
    folder: Path = ROOT,
    port: int = 0,
    ready: Callable[[Server], bool] = Server.healthy,
    **environment: str,
) -> Iterator[Server]:
    """A server from when it is ready, as the dashboard is when its data are read; stopped after the block.

    `PORT` in a command becomes `port`, or a free one. `environment` is added to ours. Raises SystemExit with
    the server's log when it does not become ready.
    """
    port = port or free_port()
    words = [str(word).replace("PORT", str(port)) for word in command or DASHBOARD]
    # without compiled files, which those who serve it do write, it would start later than theirs
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = psutil.Popen(
            words, cwd=folder, env=ours | environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        server = Server(f"http://127.0.0.1:{port}", process, Path(log.name))
        try:
            while not ready(server):
                if process.poll() is not None or time.perf_counter() > server.begun + START_SECONDS:
                    text = server.log_file.read_text(errors="replace")
                    raise SystemExit(f"{' '.join(words)} did not start; its log:\n{text}")
                time.sleep(0.02)
            yield server
        finally:
            with suppress(psutil.NoSuchProcess):  # it may have been killed as part of a measurement
                process.terminate()
            try:
                process.wait(10)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait()


def running(address: str) -> Server:
    """The dashboard at an address; argparse's error for one elsewhere, which has asked for no load."""
    if not LOCAL.fullmatch(address):
        raise ArgumentTypeError(f"{address}: load is for this machine alone, as http://127.0.0.1:8501")
    server = Server(address, None)
    with suppress(psutil.Error):
        for one in psutil.net_connections("tcp"):
            if one.status == psutil.CONN_LISTEN and one.laddr.port == server.port and one.pid:
                server.process = psutil.Process(one.pid)
    if not server.healthy():
        raise ArgumentTypeError(f"{address}: no dashboard with good data answers there")
    return server


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def judged(targets: Iterable[tuple[str, float, float]]) -> int:
    """Print each target (what it is, what was found, the most allowed); return 1 when one is missed, else 0.

    A figure that could not be measured, `nan`, misses no target.
    """
    missed = False
    for label, value, most in targets:
        missed |= value > most
        print(f"{'missed' if value > most else 'met':6}  {label}: {value:.4g}, at most {most}", flush=True)
    return int(missed)

"""The server that a benchmark measures, in a process of its own, and what that process uses.

    with serving.started() as server:  # `streamlit run dashboard.py` on a free port of 127.0.0.1
        ...
        print(server.use().memory, server.peak())

`serving.running(address)` takes a server that somebody else has started, on this machine only.
"""

import ipaddress
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import psutil

ROOT = Path(__file__).parents[1]
START_SECONDS = 60  # a start on a busy machine; usually 1
MIB = 1024 * 1024


@dataclass(frozen=True)
class Use:
    """What a process uses at one moment."""

    memory: float  # MiB that are resident
    seconds: float  # of processor time since it started
    threads: int
    files: int  # open files and connections


@dataclass
class Server:
    """A server and its process, which is unknown (None) where this machine does not say who listens."""

    address: str  # http://127.0.0.1:PORT
    process: psutil.Process | None
    log_file: Path | None = None

    def healthy(self) -> bool:
        # Streamlit answers unknown paths with 200 and a page, so the body decides.
        return _get(self.address, "/healthz").startswith(b"{")

    def use(self) -> Use | None:
        """What the process uses now; None once it has ended, or when it is unknown."""
        if self.process is None:
            return None
        with suppress(psutil.Error), self.process.oneshot():
            spent = self.process.cpu_times()
            return Use(
                self.process.memory_info().rss / MIB,
                spent.user + spent.system,
                self.process.num_threads(),
                self.process.num_fds() if hasattr(self.process, "num_fds") else self.process.num_handles(),
            )
        return None

    def peak(self) -> float | None:
        """The most memory that was ever resident, in MiB; off Linux, what is resident now."""
        if self.process is None:
            return None
        with suppress(OSError):
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii", errors="replace")
            if found := re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE):
                return int(found[1]) / 1024
        use = self.use()
        return use.memory if use else None

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file else ""


def answers(address: str, path: str) -> bool:
    """Whether anything good comes from a path."""
    return bool(_get(address, path))


def _get(address: str, path: str) -> bytes:
    """What a path answers; nothing where there is no answer, or none of status 200."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status == 200 else b""
    except (OSError, HTTPException):
        return b""
    finally:
        connection.close()


@contextmanager
def started(*, within: float = START_SECONDS, **environment: str) -> Iterator[Server]:
    """Start the dashboard as `make run` does, and stop it afterwards. `environment` is added to ours.

    Begins when the data are read, which has to be `within` some seconds.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log_file = Path(folder) / "server.log"
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
                cwd=ROOT,  # where .streamlit/config.toml is read
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        server = Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid), log_file)
        try:
            deadline = time.monotonic() + within
            while not server.healthy():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"The dashboard did not start; its log:\n{server.log()}")
                time.sleep(0.05)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def running(address: str) -> Server:
    """The server at an address of this machine. Another machine is refused: it did not ask for load."""
    parts = urlsplit(address)
    if parts.scheme != "http" or not parts.hostname or not parts.port:
        raise ValueError(f"{address}: an address looks like http://127.0.0.1:8501")
    if not is_loopback(parts.hostname):
        raise ValueError(f"{address}: only this machine itself may be put under load, as 127.0.0.1")
    server = Server(f"http://{parts.netloc}", _listening(parts.port))
    if not server.healthy():
        raise ValueError(f"{address}: no dashboard answers there")
    return server


def is_loopback(host: str) -> bool:
    """Whether every address that a name stands for is this machine itself."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
        return bool(found) and all(ipaddress.ip_address(one).is_loopback for one in found)
    except (OSError, ValueError, UnicodeError):
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _listening(port: int) -> psutil.Process | None:
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return psutil.Process(connection.pid)
    return None

"""Whether replicas serve good data, one line for each. Needs nothing but Python.

    python deploy/health.py http://127.0.0.1:8511 http://127.0.0.1:8512
    python deploy/health.py http://127.0.0.1:8511 --dataset 73d6616d

The body of /healthz decides, whatever else may answer there. Exit codes: 0 every replica serves
good data, the same everywhere and the one that --dataset names; 1 one of them does not; 2 wrong usage; 3 one
of them gives no answer, so that a restart may help.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

GOOD = ("ok", "last good version")
MOST = 1_000_000  # bytes of an answer
WELL, NOT_WELL, SILENT = 0, 1, 3


def check(address: str, dataset: str = "", timeout: float = 5) -> tuple[int, str, str]:
    """The exit code for one replica, the line about it, and the hash of what it serves."""
    opener = build_opener(ProxyHandler({}))  # a replica is asked directly, whatever the environment says
    try:
        request = Request(address.rstrip("/") + "/healthz", headers={"Accept": "application/json"})
        with opener.open(request, timeout=timeout) as answer:
            status, text = answer.status, answer.read(MOST)
    except HTTPError as error:
        with error:
            status, text = error.code, error.read(MOST)
    except (OSError, HTTPException) as error:
        return SILENT, f"no answer ({type(error).__name__})", ""
    try:
        body = json.loads(text)
        state, served = body["status"], body["dataset"]
    except (ValueError, TypeError, KeyError):
        return NOT_WELL, f"{status}, but the answer is not that of /healthz", ""
    if status != 200 or state not in GOOD or not served:
        return NOT_WELL, f"{status}, {state}", served or ""
    if dataset and served != dataset:
        return NOT_WELL, f"{state}, but serves {served} and not {dataset}", served
    return WELL, f"{state}, serves {served}", served


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise argparse.ArgumentTypeError(f"{text!r}: an address looks like http://127.0.0.1:8511")
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("addresses", nargs="+", type=_address, metavar="ADDRESS")
    parser.add_argument("--dataset", default="", help="the hash that must be served")
    parser.add_argument("--timeout", type=float, default=5, help="seconds that an answer may take; usually 5")
    options = parser.parse_args(arguments)
    worst, hashes = WELL, set()
    for address in options.addresses:
        code, line, served = check(address, options.dataset, options.timeout)
        print(f"{address}: {line}", flush=True)
        worst = max(worst, code)
        hashes |= {served} - {""}
    if len(hashes) > 1:
        print(f"The replicas serve different data: {', '.join(sorted(hashes))}")
        worst = max(worst, NOT_WELL)
    return worst


if __name__ == "__main__":
    sys.exit(main())

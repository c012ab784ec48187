"""How much a hostile YAML file costs our reader, and how much PyYAML's own: `python -m bench.yaml_bombs`.

Every file is read in a process of its own, which is ended after 20 seconds. Prints one row for each: the
seconds, the peak memory, and what became of it.
"""

import resource
import subprocess
import sys
import time

import yaml

from loaders import reading
from loaders.problems import InvalidData

SECONDS = 20
MIB = 1024 * 1024
NAMES = b"abcdefghijklmnopqrstuvwxyz"
END = b"\ncomplete: true\n"
READERS = ("ours", "SafeLoader", "CSafeLoader")


LINKS = [(NAMES[place : place + 1], NAMES[place + 1 : place + 2]) for place in range(21)]
# Each list holds the one before it nine times: nine to the power of its level items.
ALIASES = [b"a: &a [" + b", ".join([b"lol"] * 9) + b"]"]
ALIASES += [b"%b: &%b [%b]" % (name, name, b", ".join([b"*" + before] * 9)) for before, name in LINKS]
# Each map merges the one before it twice: its pairs double, and a loader copies all of them.
MERGES = [b"a: &a {x: b}", *(b"%b: &%b {<<: [*%b, *%b]}" % (name, name, old, old) for old, name in LINKS)]

# name -> the bytes of a file, whole in every way that is looked at before it is read as YAML
BOMBS = {
    "aliases, 9 levels": b"\n".join(ALIASES[:9]),
    "merge keys, 14 levels": b"\n".join(MERGES[:14]),
    "merge keys, 22 levels": b"\n".join(MERGES),
    "list that holds itself": b"a: &a [*a]",
    "map that holds itself": b"a: &a {b: *a}",
    "tag that calls": b'a: !!python/object/apply:os.system ["exit 1"]',
    "tags in a row": b"a: [" + b"!!set {}, " * 1000 + b"]",
    "many documents": b"---\na: b\n" * 10_000,
    "4 MiB of [": b"a: " + b"[" * (4 * MIB),
    "4 MiB of {": b"a: " + b"{" * (4 * MIB),
    "4 MiB of {a: ": b"a: " + b"{a: " * MIB,
    "4 MiB of - ": b"a:\n  " + b"- " * (2 * MIB),
    "4 MiB of ? ": b"? " * (2 * MIB),
    "4 MiB of &a ": b"a: " + b"&a " * (4 * MIB // 3),
    "4 MiB of *a": b"a: [" + b"*a, " * MIB + b"]",
    "2,800 levels by indent": b"\n".join(b" " * level + b"a:" for level in range(2800)),
    "4 MiB in one text": b'a: "' + b"a" * (4 * MIB) + b'"',
    "4 MiB of small maps": b"a: [" + b"{b: c}, " * (MIB // 2) + b"]",
    "4 MiB of one key": b"a: b\n" * (4 * MIB // 5),
    "4 MiB of empty records": b"events:\n" + b"  - {}\n" * (4 * MIB // 7),
}


def outcome(reader: str, data: bytes) -> str:
    """What becomes of a file: `read`, or why it is not."""
    try:
        if reader == "ours":
            reading.read(data, "bomb.yaml")
        else:
            yaml.load(data, getattr(yaml, reader))
    except InvalidData as refused:
        return refused.problems[0].message
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return type(error).__name__
    return "read"


def alone(reader: str, bomb: str) -> str:
    """What a process of its own prints of a file: seconds, peak memory and outcome."""
    command = [sys.executable, "-m", "bench.yaml_bombs", reader, bomb]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"ended after {SECONDS} s"
    return process.stdout.strip() or f"crashed with exit code {process.returncode}"


def main(arguments: list[str]) -> None:
    """Measure every bomb with every reader, or one with one in this process."""
    if arguments:
        reader, bomb = arguments
        start = time.perf_counter()
        result = outcome(reader, BOMBS[bomb] + END)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{seconds:7.3f} s {peak:5} MiB  {result}"[:110])
        return
    for bomb, data in BOMBS.items():
        print(f"{bomb} ({len(data + END):,} bytes)")
        for reader in READERS:
            print(f"  {reader:<12}{alone(reader, bomb)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""YAML files that are small to write and costly to read."""

MIB = 1024 * 1024
NAMES = b"abcdefghijklmnopqrstuvwxyz"
END = b"\ncomplete: true\n"


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

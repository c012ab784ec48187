"""Write the nginx configuration for any number of replicas, from `deploy/nginx.conf.template`.

    python -m deploy.nginx --replicas 8511,8512 --name dashboard.example.org > /etc/nginx/conf.d/cstodash.conf

A replica is a port of this machine or HOST:PORT. With `--path tools/csto` the dashboard stands below that
path, which is passed on to replicas whose `server.baseUrlPath` it is, or taken away with `--strip`.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
NAME = rf"{LABEL}(\.{LABEL})*"
FAILED = "max_fails=1 fail_timeout=5s"  # asked again after five seconds; the others are asked meanwhile


def configuration(
    replicas: Sequence[str],
    name: str,
    listen: str = "80",
    cache: str = "/var/cache/nginx/cstodash",
    certificate: str | None = None,
    key: str | None = None,
    path: str | None = None,
    *,
    strip: bool = False,
    show_replica: bool = False,
) -> str:
    """The configuration as text. Values come from `parsed` or are as clean as its are.

    `path` is what the dashboard stands below; `strip`: the replicas do not know of it.
    `show_replica` says in a header of each page which replica made it: for tests, not for the public.
    """
    before = f"/{path}" if path else ""
    places = {"STREAM": "/_stcore/stream", "STATIC": "/static/", "MEDIA": "/media/", "ALL": "/"}
    values = {f"BELOW_{name}": place if strip else "" for name, place in places.items()}
    values |= {
        "PATH": before,
        "STRIPPED": before if strip else "",
        "PORTS": ",".join(replica.removeprefix("127.0.0.1:") for replica in replicas),
        "REPLICAS": "\n".join(f"    server {replica} {FAILED};" for replica in replicas),
        "NAME": name,
        "LISTEN": listen,
        "CACHE": cache,
        "CERTIFICATE": certificate or f"/etc/ssl/{name}/fullchain.pem",
        "KEY": key or f"/etc/ssl/{name}/privkey.pem",
        "DEBUG": "        add_header X-Replica $upstream_addr always;" if show_replica else "",
    }
    text = re.sub(r"@([A-Z_]+)@", lambda match: values[match[1]], TEMPLATE.read_text(encoding="utf-8"))
    return re.sub(r"\n[ ]*\n([ ]+error_page)", r"\n\1", text)


def with_tls(text: str) -> str:
    """The configuration with its lines for TLS in force, as an administrator would edit it."""
    text = re.sub(r"^.*# without TLS\n", "", text, flags=re.MULTILINE)
    return text.replace("#tls ", "")


def _of_form(pattern: str, form: str) -> Callable[[str], str]:
    """What takes a text of this form, whose port is one, and raises argparse's error for any other."""

    def value(text: str) -> str:
        match = re.fullmatch(pattern, text)
        if not match or not 0 < int(match.groupdict().get("port") or 1) < 65536:
            raise argparse.ArgumentTypeError(f"{text!r}: {form}")
        return text

    return value


_port = _of_form(rf"({NAME}:)?(?P<port>[0-9]{{1,5}})", "a port, or HOST:PORT")
_name = _of_form(NAME, "a host name in small letters, without port")
_path = _of_form(r"(?a:[\w-]+(/[\w-]+)*)", "a path like tools/csto, without / before and after it")
_file = _of_form(r"/[\w./+-]+", "an absolute path without spaces")


def _replicas(text: str) -> list[str]:
    ports = [_port(part) for part in text.split(",")]
    replicas = [port if ":" in port else f"127.0.0.1:{port}" for port in ports]
    if len(set(replicas)) < len(replicas):
        raise argparse.ArgumentTypeError("a replica is named twice")
    return replicas


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line. What could break out of its place in the configuration is refused."""
    parser = argparse.ArgumentParser("python -m deploy.nginx", description=__doc__.splitlines()[0])
    parser.add_argument("--replicas", type=_replicas, required=True, help="8511,8512 or HOST:PORT,…")
    parser.add_argument("--name", type=_name, required=True, help="the host name that viewers use")
    parser.add_argument("--listen", type=_port, default="80", help="port or ADDRESS:PORT; usually 80")
    parser.add_argument("--path", type=_path, help="what it stands below: tools/csto")
    parser.add_argument(
        "--strip", action="store_true", help="take the path away: replicas know nothing of it"
    )
    parser.add_argument("--certificate", type=_file, help="named in the lines for TLS")
    parser.add_argument("--key", type=_file, help="named in the lines for TLS")
    parser.add_argument("--tls", action="store_true", help="put the lines for TLS in force; --listen 443")
    options = parser.parse_args(arguments)
    if options.strip and not options.path:
        parser.error("--strip takes away a path: say which by --path")
    return options


def main() -> None:
    options = vars(parsed())
    tls = options.pop("tls")
    text = configuration(**options)
    sys.stdout.write(with_tls(text) if tls else text)


if __name__ == "__main__":
    main()

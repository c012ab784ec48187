"""Write the nginx configuration for any number of replicas, from `deploy/nginx.conf.template`.

    python -m deploy.nginx --replicas 8511,8512 --name dashboard.example.org > /etc/nginx/conf.d/cstodash.conf

A replica is a port of this machine or HOST:PORT.
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
    certificate: str = "",
    key: str = "",
    *,
    show_replica: bool = False,
) -> str:
    """The configuration as text. Values come from `parsed` or are as clean as its are.

    `show_replica` says in a header of each page which replica made it: for tests, not for the public.
    """
    values = {
        "PORTS": ",".join(replica.removeprefix("127.0.0.1:") for replica in replicas),
        "REPLICAS": "\n".join(f"    server {replica} {FAILED};" for replica in replicas),
        "NAME": name,
        "LISTEN": listen,
        "CACHE": cache,
        "CERTIFICATE": certificate or f"/etc/ssl/{name}/fullchain.pem",
        "KEY": key or f"/etc/ssl/{name}/privkey.pem",
        "DEBUG": "        add_header X-Replica $upstream_addr always;" if show_replica else "",
    }
    text = re.sub(r"@([A-Z]+)@", lambda match: values[match[1]], TEMPLATE.read_text(encoding="utf-8"))
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
    parser.add_argument("--certificate", type=_file, default="", help="named in the lines for TLS")
    parser.add_argument("--key", type=_file, default="", help="named in the lines for TLS")
    parser.add_argument("--tls", action="store_true", help="put the lines for TLS in force; --listen 443")
    return parser.parse_args(arguments)


def main() -> None:
    options = vars(parsed())
    tls = options.pop("tls")
    text = configuration(**options)
    sys.stdout.write(with_tls(text) if tls else text)


if __name__ == "__main__":
    main()

"""Write the nginx configuration for any number of replicas, from `deploy/nginx.conf.template`.

    python -m deploy.nginx --replicas 8511,8512 --name dashboard.example.org > /etc/nginx/conf.d/cstodash.conf

A replica is a port of this machine or HOST:PORT. `--show-replica` says in a header of each page which replica
made it: for tests, not for the public.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
FILE = re.compile(r"/[\w./+-]+")
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
    """The configuration as text. Values come from `parsed` or are as clean as its are."""
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


def _replica(text: str) -> str:
    host, _, port = text.strip().rpartition(":")
    host = host or "127.0.0.1"
    if not NAME.fullmatch(host) or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r}: a replica is a port, or HOST:PORT")
    return f"{host}:{int(port)}"


def _replicas(text: str) -> list[str]:
    replicas = [_replica(part) for part in text.split(",")]
    if len(set(replicas)) < len(replicas):
        raise argparse.ArgumentTypeError("a replica is named twice")
    return replicas


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r}: a host name in small letters, without port")
    return text


def _listen(text: str) -> str:
    host, _, port = text.rpartition(":")
    if (host and not NAME.fullmatch(host)) or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r}: a port, or ADDRESS:PORT")
    return text


def _file(text: str) -> str:
    if not FILE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r}: an absolute path without spaces")
    return text


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line. What could break out of its place in the configuration is refused."""
    parser = argparse.ArgumentParser(prog="python -m deploy.nginx", description=__doc__.splitlines()[0])
    parser.add_argument("--replicas", type=_replicas, required=True, help="8511,8512 or HOST:PORT,…")
    parser.add_argument("--name", type=_name, required=True, help="the host name that viewers use")
    parser.add_argument("--listen", type=_listen, default="80", help="port or ADDRESS:PORT; usually 80")
    parser.add_argument("--cache", type=_file, default="/var/cache/nginx/cstodash", help="folder for files")
    parser.add_argument("--certificate", type=_file, help="named in the lines for TLS")
    parser.add_argument("--key", type=_file, help="named in the lines for TLS")
    parser.add_argument("--tls", action="store_true", help="put the lines for TLS in force; --listen 443")
    parser.add_argument("--show-replica", action="store_true", help="a header says which replica answered")
    return parser.parse_args(arguments)


def main() -> None:
    options = parsed()
    text = configuration(
        options.replicas,
        options.name,
        options.listen,
        options.cache,
        options.certificate or "",
        options.key or "",
        show_replica=options.show_replica,
    )
    sys.stdout.write(with_tls(text) if options.tls else text)


if __name__ == "__main__":
    main()

"""What deploy/ promises, as far as no nginx, systemd or container is needed; see also `deploy.failover`."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deploy import health, nginx

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
NAME = "dashboard.example.org"
REPLICAS = ["127.0.0.1:8511", "127.0.0.1:8512", "10.0.0.7:8501"]


# ---- nginx ----


@pytest.fixture(scope="module")
def site() -> str:
    return nginx.configuration(REPLICAS, NAME, "8080")


def block(text: str, head: str) -> str:
    """The lines between `head {` and its closing brace, without comments."""
    start = text.index(head + " {") + len(head) + 2
    depth, place = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return re.sub(r"#.*", "", text[start : place - 1])


def test_every_replica_is_asked_and_skipped_when_it_is_dead(site):
    upstream = block(site, "upstream cstodash")
    assert re.findall(r"server (\S+) max_fails=1 fail_timeout=5s;", upstream) == REPLICAS
    assert "hash $cstodash_route consistent;" in upstream


BLOCKS = {
    # a browser keeps its replica by a cookie that no script reads
    "map $cookie_cstodash_route $cstodash_route": ["default           $request_id;"],
    "map $cookie_cstodash_route $cstodash_cookie": ["Path=/; HttpOnly; SameSite=Lax$cstodash_secure"],
    "map $scheme $cstodash_secure": ['https   "; Secure";'],
    "location /": ["add_header Set-Cookie $cstodash_cookie;"],
    # websockets pass and may be silent for an hour
    "location = /_stcore/stream": [
        "proxy_set_header Upgrade $http_upgrade;", 'proxy_set_header Connection "upgrade";',
        "proxy_read_timeout 1h;",
    ],
    # downloads are looked for on every replica
    "location /media/": ["proxy_next_upstream error timeout http_404;"],
    # files with hashed names are kept compressed
    "location /static/": ["proxy_cache cstodash_files;", "proxy_cache_key $uri$cstodash_encoding;"],
}  # fmt: skip


def test_each_block_has_the_lines_that_keep_its_promise(site):
    for head, lines in BLOCKS.items():
        assert [line for line in lines if line not in block(site, head)] == [], head


def test_host_is_kept_wherever_headers_are_set(site):
    """The dashboard compares Host and Origin; one header set in a location drops all that the server sets."""
    bodies = re.findall(r"location [^{]+\{([^}]*)\}", re.sub(r"#.*", "", site))
    setting = [body for body in bodies if "proxy_set_header" in body]
    assert len(setting) >= 2
    assert all("proxy_set_header Host $http_host;" in body for body in setting)
    assert site.count("proxy_set_header Host $http_host;") == len(setting) + 1


def test_what_is_for_replicas_alone_is_not_there(site):
    pattern = re.search(r"location ~\* (\S+) \{\s+return 404;", site)[1]
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/mcp", "/_STCORE/METRICS"):
        assert re.search(pattern, path, re.IGNORECASE)
    for path in ("/_stcore/stream", "/_stcore/health", "/_stcore/host-config", "/healthz", "/static/x.js"):
        assert not re.search(pattern, path, re.IGNORECASE)


def test_there_are_limits_a_store_for_what_is_compressed_and_silence_about_versions(site):
    for line in (
        "client_max_body_size 1m;", "limit_conn cstodash_address 600;", "server_tokens off;",
        "keys_zone=cstodash_files:", "gzip_proxied any;",
    ):  # fmt: skip
        assert line in site


def test_the_security_headers_are_left_to_the_dashboard(site):
    headers = set(re.findall(r"^ +add_header (\S+)", site, re.MULTILINE))
    assert headers == {"Set-Cookie", "Retry-After", "Refresh", "Cache-Control"}


def test_which_replica_answered_is_told_only_when_asked(site):
    assert "X-Replica" not in site
    assert "X-Replica" in nginx.configuration(REPLICAS, NAME, show_replica=True)


def test_tls_is_a_matter_of_its_own_lines(site):
    secured = nginx.with_tls(nginx.configuration(REPLICAS, NAME, "443", certificate="/a.pem", key="/b.pem"))
    assert "#tls" not in secured
    assert secured.count("listen 443 ssl http2") == 2
    assert "listen 443;" not in secured
    for line in (
        "ssl_certificate     /a.pem;", "ssl_certificate_key /b.pem;", "Strict-Transport-Security",
        "return 301 https://$host$request_uri;",
    ):  # fmt: skip
        assert line in secured


def test_nothing_is_left_to_fill_in_and_braces_match(site):
    for text in (site, nginx.with_tls(site)):
        assert not re.search(r"@[A-Z]+@", text)
        assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("--replicas", ["8511;8512", "8511,8511", "0", "99999", "unix:/run/x"]),
        ("--name", ["dashboard.example.org; return 200", "Dashboard.example.org", "*"]),
        ("--listen", ["80 default_server"]),
        ("--key", ["relative", "/a b"]),
        ("--certificate", ["/a;b"]),
        ("--path", ["/csto", "csto/", "a b", "csto;", "..", "", "décor"]),
    ],
)
def test_what_could_break_out_of_its_place_is_refused(option, values, capsys):
    for value in values:
        arguments = {"--replicas": "8511,8512", "--name": NAME} | {option: value}
        with pytest.raises(SystemExit) as stopped:
            nginx.parsed([part for pair in arguments.items() for part in pair])
        assert stopped.value.code == 2
        assert f"argument {option}" in capsys.readouterr().err, value


def test_the_commands_of_the_guide_write_a_configuration():
    """argparse reads a default that is text as if it were typed: an empty one was refused."""
    guide = (DEPLOY / "README.md").read_text("utf-8").replace("\\\n", " ")
    commands = re.findall(r"-m deploy\.nginx (.*?) >", guide)
    assert len(commands) >= 4
    for command in commands:
        options = vars(nginx.parsed(command.split()))
        options.pop("tls")
        assert "server_name dashboard.example.org;" in nginx.configuration(**options), command


@pytest.mark.parametrize(("strip", "passed"), [(False, ""), (True, "/static/")])
def test_below_a_path_nothing_of_the_dashboard_is_outside_it(strip, passed):
    text = nginx.configuration(REPLICAS, NAME, path="tools/csto", strip=strip)
    places = re.findall(r"location (?:= |~\* \^)?(\S+) \{", text)
    assert [place for place in places if not place.startswith("/tools/csto/")] == ["@away"]
    assert "Path=/tools/csto/; HttpOnly" in text
    assert f"proxy_pass http://cstodash{passed};" in block(text, "location /tools/csto/static/")


# ---- health ----


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """The address of a server that gives this answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:  # or a test that fails would keep its process from ending
        server.shutdown()
        server.server_close()


def body(status: str, dataset: str | None = "73d6616d") -> bytes:
    return json.dumps({"status": status, "dataset": dataset}).encode()


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (200, body("ok"), 0), (200, body("last good version"), 0),
        (503, body("no data", None), 1), (503, body("ok"), 1),
        (200, body("ok", None), 1), (200, body("fine"), 1),
        (200, b"<!DOCTYPE html><title>Streamlit</title>", 1), (200, b"[]", 1), (200, b"ok", 1),
        (404, b"", 1), (400, b"Invalid host header", 1),
    ],
)  # fmt: skip
def test_the_body_decides_whether_a_replica_is_well(status, answer, code, capsys):
    with answering(status, answer) as address:
        assert health.main([address]) == code
    assert capsys.readouterr().out.count("\n") == 1


def test_a_replica_that_does_not_answer_has_a_code_of_its_own():
    with answering(200, body("ok")) as address:
        pass
    assert health.main([address, "--timeout", "2"]) == 3


def test_replicas_must_serve_the_same_and_the_one_that_is_named(capsys):
    with answering(200, body("ok", "aaaaaaaa")) as one, answering(200, body("ok", "bbbbbbbb")) as other:
        assert health.main([one, one]) == 0
        assert health.main([one, other]) == 1
        assert "different data: aaaaaaaa, bbbbbbbb" in capsys.readouterr().out
        assert health.main([one, "--dataset", "aaaaaaaa"]) == 0
        assert health.main([one, "--dataset", "bbbbbbbb"]) == 1


def test_health_runs_alone_and_says_how_it_is_called_wrongly():
    """The unit and the container run it as a file, with any Python and nothing installed."""
    command = [sys.executable, "-I", "-S", DEPLOY / "health.py", "ftp://x"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "an address looks like" in run.stderr


# ---- systemd and container ----


def unit(name: str) -> dict[str, list[str]]:
    """Setting -> its values, of a unit file."""
    lines = re.findall(r"^(\w+)=(.*)$", (DEPLOY / name).read_text("utf-8"), re.MULTILINE)
    return {key: [value for other, value in lines if other == key] for key, _ in lines}


def test_the_unit_locks_the_replica_in():
    settings = unit("cstodash@.service")
    expected = {key: ["yes"] for key in ("DynamicUser", "ProtectHome", "PrivateTmp", "NoNewPrivileges")} | {
        "ProtectSystem": ["strict"],
        "CapabilityBoundingSet": [""],
        "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX"],
        "IPAddressDeny": ["any"],
        "IPAddressAllow": ["localhost"],
        "Restart": ["always"],
    }
    assert {name: settings[name] for name in expected} == expected
    assert settings["SystemCallFilter"][0] == "@system-service"
    assert "MemoryMax" in settings
    assert settings["ExecStart"][0].endswith("streamlit run dashboard.py --server.port %i")


def test_only_silence_makes_the_timer_restart_a_replica():
    command = unit("cstodash-health@.service")["ExecStart"][0]
    assert f"test $$code -ne {health.SILENT} || systemctl try-restart cstodash@%i.service" in command


@pytest.fixture(scope="module")
def container() -> str:
    return (DEPLOY / "Containerfile").read_text("utf-8")


def test_the_container_has_all_that_the_dashboard_needs_and_no_original(container):
    lines = re.findall(r"^COPY (.+)$", container, re.MULTILINE)
    copied = {name for line in lines for name in line.split()[:-1]}
    assert {"loaders", "query", "charts", "exports", "ui", "pages", "dashboard.py"} <= copied
    beside = {"data/fingerprints.json", "data/changes.json"}
    assert {".streamlit/config.toml", "data/curated.yaml"} | beside <= copied
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert not {".", "data", "deploy"} & copied


def test_the_container_installs_what_running_needs_and_nothing_for_tests(container):
    assert "sed '/^# testing$/,$d' requirements.txt" in container
    running, line, testing = (ROOT / "requirements.txt").read_text("utf-8").partition("\n# testing\n")
    assert line
    assert "streamlit==" in running
    assert "pytest==" in testing


def test_the_container_runs_as_nobody_special_and_knows_its_health(container):
    assert re.search(r"^USER 65532:65532$", container, re.MULTILINE)
    assert "HEALTHCHECK" in container
    assert '"deploy/health.py", "http://127.0.0.1:8501"' in container
    assert container.index("USER ") < container.index("\nCMD ")


def test_the_readme_names_every_file_of_the_folder():
    readme = (DEPLOY / "README.md").read_text("utf-8")
    files = {file.name for file in DEPLOY.iterdir() if file.is_file()} - {"README.md", "__init__.py"}
    assert {name for name in files if f"`{name}`" not in readme} == set()

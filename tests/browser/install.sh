#!/bin/sh
# Print the paths of the programs that the tests drive, Chromium and nginx; fetch Debian's where this user may.
# With `--find NAME`, only look for one. Exit 1, with advice on standard error, when one is missing.
set -eu

# Its headless shell is asked for first: it has no window to draw, and loads a page in two thirds of the time.
find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM" && return
        echo "CHROMIUM is '$CHROMIUM', which is not a program." >&2
        return 1
    fi
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

# Unpacked, not installed: Debian's package starts a service on port 80, now and with every boot. What it is
# linked with is on every Debian that has Python.
unpacked=$(cd "$(dirname "$0")/../.." && pwd)/.venv/nginx

find_nginx() {
    for name in nginx /usr/sbin/nginx "$unpacked/usr/sbin/nginx"; do
        "$name" -v 2>/dev/null && command -v "$name" && return
    done
    return 1
}

if [ "${1:-}" = --find ]; then
    "find_$2"
    exit
fi

fetch() {
    export DEBIAN_FRONTEND=noninteractive
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    if $as_root true; then
        $as_root apt-get update -q
        find_chromium || [ -n "${CHROMIUM:-}" ] ||
            $as_root apt-get install -q -y --no-install-recommends chromium-headless-shell fonts-dejavu-core
    fi
    find_nginx || (mkdir -p "$unpacked" && cd "$folder" && apt-get download -q nginx && dpkg -x nginx_*.deb "$unpacked")
}

both() {
    find_chromium && find_nginx
}

if ! both >/dev/null 2>&1 && command -v apt-get >/dev/null; then
    echo "Fetching Chromium and nginx for the tests, as far as they are missing" >&2
    folder=$(mktemp -d)
    fetch >"$folder/log" 2>&1 || true
    both >/dev/null 2>&1 || tail -n 20 "$folder/log" >&2
    rm -rf "$folder"
fi

both && exit
echo "The tests need both: install Chromium or Chrome (Debian: apt-get install chromium-headless-shell), or name" >&2
echo "its program in the environment variable CHROMIUM; and nginx, which is looked for in PATH and /usr/sbin." >&2
exit 1

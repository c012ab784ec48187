#!/bin/sh
# Print the path of a Chromium that the browser tests can drive; install Debian's where this user may.
# Its headless shell is asked for first: it has no window to draw, and loads a page in two thirds of the time.
# With --find, only look. Exit 1, with advice on standard error, when there is none.
set -eu

find_browser() {
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

find_browser && exit
[ "${1:-}" = --find ] && exit 1

if [ -z "${CHROMIUM:-}" ] && command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    if [ -z "$as_root" ] || sudo -n true 2>/dev/null; then
        echo "Installing chromium-headless-shell for the browser tests" >&2
        export DEBIAN_FRONTEND=noninteractive
        log=$(mktemp)
        if $as_root apt-get update -q >"$log" 2>&1 &&
            $as_root apt-get install -q -y --no-install-recommends chromium-headless-shell fonts-dejavu-core >>"$log" 2>&1; then
            rm -f "$log"
        else
            tail -n 20 "$log" >&2
        fi
        find_browser && exit
    fi
fi

echo "The browser tests need Chromium or Chrome: install one (Debian: apt-get install chromium-headless-shell)," >&2
echo "or name its program in the environment variable CHROMIUM." >&2
exit 1

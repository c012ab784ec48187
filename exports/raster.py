"""SVG to PNG in a process of its own: python -P raster.py ZOOM FAMILY FONT… < SVG > PNG

Drawing holds the interpreter to its end, which would stop all viewers of a server for as long, and the memory
of the pixels would stay with the server's threads (docs/RELIABILITY.md).
"""

import sys

import resvg_py


def main() -> None:
    zoom, family, *files = sys.argv[1:]
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        zoom=float(zoom),
        skip_system_fonts=True,
        font_files=files,
        font_family=family,
    )
    sys.stdout.buffer.write(bytes(png))


if __name__ == "__main__":
    main()

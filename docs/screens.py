"""The pictures of README.md and docs/: every page of the dashboard, as a browser draws it.

    make pictures

takes them again into `docs/pictures/`, each as `<page>[_variant].png`, and removes what is not listed here.
The same screen gives the same bytes on the same machine, so a picture changes only with what it shows.
"""

import sys
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from loaders import ROOT
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    RUN_SECONDS,
    Dashboard,
    Server,
    installed,
    launch_options,
    start_server,
)

FOLDER = ROOT / "docs" / "pictures"
PROJECTOR = {"width": 1920, "height": 1080}

COLOURS = 256  # in a picture's palette; a screen has few, but for the soft edges of its letters
SHOTS = 50  # of one screen until two in a row are alike; usually 2


@dataclass(frozen=True)
class Screen:
    """What a picture shows: an address, a button to press there, and the window it is seen in."""

    address: str
    press: str = ""
    viewport: dict[str, int] = field(default_factory=lambda: DESKTOP)
    edition: str = "light"


# name of the picture -> what it shows; names begin with the page's
PICTURES = {
    "overview": Screen("/"),
    "chairmanship": Screen("/chairmanship"),
    "chairmanship_phone": Screen("/chairmanship", viewport=PHONE),
    "attendance": Screen("/attendance"),
    "attendance_silent": Screen("/attendance?sel=session-2022-11.ARM"),
    "documents": Screen("/documents"),
    "threats": Screen("/threats"),
    "threats_evidence": Screen("/threats?sel=lukashenko-2023-arms-race"),
    "threats_dark": Screen("/threats", edition="dark"),
    "sources": Screen("/sources"),
    "briefing": Screen("/briefing", press="Standard briefing"),
    "briefing_present": Screen("/briefing?present=3", viewport=PROJECTOR),
}

# plotly has laid out every chart that is shown, and all letters are in their own font
DRAWN = """() => document.fonts.status === "loaded" && [...document.querySelectorAll(".js-plotly-plot")]
    .filter(plot => plot.offsetParent)
    .every(plot => plot._fullLayout && plot.querySelector(".main-svg"))"""


def opened(browser: Browser, server: Server, screen: Screen) -> Page:
    """A tab of a fresh visitor in which the whole screen is drawn."""
    context = browser.new_context(
        viewport=screen.viewport, color_scheme=screen.edition, reduced_motion="reduce", locale="en-GB"
    )
    dashboard = Dashboard(context.new_page(), server.address)
    page = dashboard.open(screen.address)
    if screen.press:
        with dashboard.rerun():
            page.get_by_role("button", name=screen.press).click()
        page.mouse.move(0, 0)
    patience = RUN_SECONDS * 1000
    expect(page.locator(".js-plotly-plot").filter(visible=True).first).to_be_visible(timeout=patience)
    page.wait_for_function(DRAWN, timeout=patience)
    return page


def still(page: Page) -> Image.Image:
    """What the window shows, once it stands still."""
    last = b""
    for _ in range(SHOTS):
        shot = page.screenshot(animations="disabled", caret="hide")
        if shot == last:
            return Image.open(BytesIO(shot)).convert("RGB")
        last = shot
    raise TimeoutError(f"{page.url} does not stand still")


def small(image: Image.Image) -> bytes:
    """A PNG with a palette, about a third of the size of one without."""
    file = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def take() -> dict[str, bytes]:
    """Every picture, of the published dataset, without source texts that a curator may have at hand."""
    taken = {}
    with tempfile.TemporaryDirectory() as empty, sync_playwright() as playwright:
        server = start_server(Path(empty), CSTO_DATA="", CSTO_ORIGINALS=empty)
        try:
            browser = playwright.chromium.launch(**launch_options())
            for name, screen in PICTURES.items():
                page = opened(browser, server, screen)
                taken[name] = small(still(page))
                page.context.close()
            browser.close()
        except Exception:
            print(f"The server's log:\n{server.log()}", file=sys.stderr)
            raise
        finally:
            server.stop()
    return taken


def main() -> None:
    if not installed("chromium"):
        sys.exit("The pictures are taken with Chromium: `make browser` fetches it or says how.")
    taken = take()  # all of them before the first is written, so that they are of one state
    FOLDER.mkdir(exist_ok=True)
    for stale in set(FOLDER.iterdir()) - {FOLDER / f"{name}.png" for name in taken}:
        stale.unlink()
    for name, content in taken.items():
        file = FOLDER / f"{name}.png"
        file.write_bytes(content)
        print(f"{file.relative_to(ROOT)}  {len(content) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

"""Where the dashboard stands, by what a proxy says of a prefix that it strips."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse

from ui import place


def scope(**headers: str) -> dict:
    values = {"host": "dashboard.example"} | {name.replace("_", "-"): text for name, text in headers.items()}
    pairs = [(name.encode(), text.encode("latin-1")) for name, text in values.items()]
    return {"type": "http", "scheme": "http", "path": "/Threats/x", "root_path": "", "headers": pairs}


def location(**headers: str) -> str:
    """Where a page is redirected to."""
    sent = []

    async def send(message) -> None:
        sent.append(message)

    redirect = place.RedirectsInside(RedirectResponse("/threats?years=2022"))
    asyncio.run(redirect(scope(**headers), None, send))
    return dict(sent[0]["headers"])[b"location"].decode()


@pytest.mark.parametrize("said", ["/tools/csto", "/tools/csto/"])
def test_links_and_redirects_stand_below_the_prefix_that_a_proxy_strips(said):
    assert place.root(Request(scope(x_forwarded_prefix=said))) == "http://dashboard.example/tools/csto/"
    assert location(x_forwarded_prefix=said) == "/tools/csto/threats?years=2022"


@pytest.mark.parametrize(
    "said",
    [
        "", "/", "//other.example", "http://other.example", "javascript:alert(1)", "other",
        "/\\other.example", "/a/../b", "/..", "/.", "/a//b", "/%2f%2fother.example", '/"><script>',
        "/a b", "/a,/b", "/é", "/very-long" * 900,
    ],
)  # fmt: skip
def test_a_prefix_that_is_no_path_of_this_host_is_not_believed(said):
    assert place.root(Request(scope(x_forwarded_prefix=said))) == "http://dashboard.example/"
    assert location(x_forwarded_prefix=said) == "../threats?years=2022"

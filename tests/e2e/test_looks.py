"""Every page at every width, light and dark: nothing sticks out, axe finds nothing serious."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PUBLIC = (
    "/",
    "/questions/",
    "/questions/?q=feed&best=none",
    "/questions/?q=nothing-like-this",
    "/questions/url-shortener/",
    "/sample/",
    "/privacy/",
    "/accessibility/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/no-such-page/",
)
SIGNED_IN = (
    "/sessions/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/mail/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/delete/",
    "/questions/",
)
AS_GUEST = ("/accounts/logout/", "/accounts/signup/", "/questions/url-shortener/")
DESKTOP: dict[str, object] = {"viewport": {"width": 1440, "height": 900}, "has_touch": False}
PHONE: dict[str, object] = {"viewport": {"width": 375, "height": 740}, "has_touch": True}
LOOKS = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
# The rules of axe that look at colours: nothing else differs where it is dark.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def serious(page: Page, only: Mapping[str, Any] | None = None) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **(only or {})}).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


def check(page: Page) -> None:
    """All of it in the light; then the colours in the dark, for the page follows what the device says."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"
    assert serious(page) == [], page.url
    # Without motion: a colour on its way from one to the other is none to judge.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert serious(page, COLOURS) == [], f"{page.url} in the dark"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_look(site: Site, visit: Callable[..., Visitor], look: dict[str, object]) -> None:
    """One browser per width: a stranger becomes a guest, then a member with results behind them."""
    visitor = visit(site, **look)
    walk(visitor, PUBLIC)
    visitor.troubles[:] = [t for t in visitor.troubles if "404" not in t]
    visitor.become_guest()
    walk(visitor, AS_GUEST)
    email = f"{'phone' if look['has_touch'] else 'desktop'}@example.com"
    visitor.sign_up(email)
    scored = site.ask("practise", email)
    walk(visitor, SIGNED_IN)
    rooms(visitor)
    result(visitor, f"/sessions/{scored}/result/")
    could_not_be_scored = site.ask("give_up", email)
    walk(visitor, (f"/sessions/{could_not_be_scored}/result/", "/sessions/", "/questions/url-shortener/"))


def walk(visitor: Visitor, paths: Iterable[str]) -> None:
    for path in paths:
        visitor.go(path)
        check(visitor.page)


def rooms(visitor: Visitor) -> None:
    """One step, strict, then the usual room in the states one sees."""
    for mode in ("one_step", "strict"):
        visitor.start("url-shortener", mode=mode)
        check(visitor.page)
        visitor.hand_over()
    visitor.start("url-shortener")
    check(visitor.page)
    visitor.write("100 million users a day, redirects within 50 ms.\n\n```mermaid\nflowchart LR\n a --> b\n```\n")
    visitor.wait_saved()
    visitor.page.locator(".editor:not([hidden]) [data-next]").click()
    visitor.page.locator("#frozen").wait_for(state="attached")
    check(visitor.page)
    visitor.page.locator("#finish button").click()
    visitor.page.locator("#confirm-finish").wait_for()
    check(visitor.page)
    visitor.page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    visitor.page.wait_for_url("**/result/")
    visitor.page.locator("#verdict").wait_for(timeout=30_000)


def result(visitor: Visitor, path: str) -> None:
    """A whole result, folded and with its first criteria open."""
    visitor.go(path)
    visitor.page.locator(".bandscale").wait_for(timeout=30_000)
    for details in visitor.page.locator("details:not([open]) > summary").all()[:6]:
        if details.is_visible():
            details.click()
    check(visitor.page)

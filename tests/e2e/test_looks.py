"""Every page at every width, light and dark: nothing sticks out, axe finds nothing serious."""

from collections.abc import Callable

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
SIGNED_IN = ("/sessions/", "/accounts/profile/", "/accounts/email/", "/accounts/delete/", "/questions/")
LOOKS = [
    pytest.param({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, id="desktop-light"),
    pytest.param({"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}, id="desktop-dark"),
    pytest.param({"viewport": {"width": 375, "height": 740}, "color_scheme": "light"}, id="phone-light"),
    pytest.param({"viewport": {"width": 375, "height": 740}, "color_scheme": "dark"}, id="phone-dark"),
]


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


def check(page: Page) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"
    assert serious(page) == [], page.url


@pytest.mark.parametrize("look", LOOKS)
def test_public_pages(site: Site, visit: Callable[..., Visitor], look: dict[str, object]) -> None:
    visitor = visit(site, **look)
    for path in PUBLIC:
        visitor.go(path)
        check(visitor.page)
        visitor.troubles[:] = [t for t in visitor.troubles if "404" not in t]


@pytest.mark.parametrize("look", LOOKS)
def test_a_members_pages(site: Site, visit: Callable[..., Visitor], look: dict[str, object]) -> None:
    visitor = visit(site, **look)
    visitor.go("/")
    visitor.page.get_by_role("button", name="Start as a guest").first.click()
    visitor.page.wait_for_url("**/questions/")
    visitor.sign_up(f"looks-{abs(hash(str(look)))}@example.com")
    for path in SIGNED_IN:
        visitor.go(path)
        check(visitor.page)
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
    visitor.page.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    visitor.page.wait_for_url("**/result/")
    visitor.page.locator("#verdict").wait_for(timeout=30_000)
    for details in visitor.page.locator("details:not([open]) > summary").all()[:6]:
        if details.is_visible():
            details.click()
    check(visitor.page)

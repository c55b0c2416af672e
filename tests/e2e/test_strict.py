"""Strict in a browser: steps close by themselves, going on is for good and asks first, nothing typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def strict(site: Site, visit: Callable[..., Visitor], request: pytest.FixtureRequest) -> Visitor:
    """Somebody in the first step of a strict session, with a sentence saved."""
    visitor = visit(site)
    visitor.sign_up(address(request))
    visitor.start("url-shortener", mode="strict")
    visitor.write("Saved early.")
    visitor.wait_saved()
    return visitor


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    return address(request)


def address(request: pytest.FixtureRequest) -> str:
    return f"{request.node.name.replace('_', '-')[:50].strip('-')}@example.com"


def test_a_step_closes_by_itself_and_the_next_comes_to_the_front(site: Site, strict: Visitor, email: str) -> None:
    site.ask("first_step_closes_in", email, 5)
    strict.page.reload()
    strict.type(" Typed right before it closed.")
    expect(strict.page.locator(".editor:not([hidden]) h2")).to_have_text("Estimation", timeout=15_000)
    expect(strict.editor).to_be_editable()
    expect(strict.page.locator("#text-requirements")).to_have_value("Saved early. Typed right before it closed.")
    assert ["saved", "Saved early. Typed right before it closed."] in site.ask("texts", email)


def test_the_page_rests_in_the_minute_for_handing_over(site: Site, strict: Visitor, email: str) -> None:
    # The last step closes 60 seconds before the end: the page is open while that happens.
    site.ask("ends_in", email, 65)
    strict.page.reload()
    expect(strict.page.get_by_text("All five steps are closed.")).to_be_visible(timeout=15_000)
    strict.page.get_by_role("button", name="Hand in").first.click()
    navigations: list[str] = []
    strict.page.on("framenavigated", lambda frame: navigations.append(frame.url))
    strict.page.wait_for_timeout(3_000)
    assert len(navigations) <= 1
    dialog = strict.page.locator("#confirm-finish")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Hand in").click()
    strict.page.wait_for_url("**/result/")


def test_going_on_asks_first_because_it_is_for_good(strict: Visitor) -> None:
    page, heading = strict.page, strict.page.locator(".editor:not([hidden]) h2")
    page.locator(".editor:not([hidden]) [data-next]").click()
    page.locator("#confirm-step").get_by_role("button", name="Stay").click()
    expect(page.locator("#confirm-step")).to_be_hidden()
    expect(heading).to_have_text("Requirements")
    expect(strict.editor).to_be_editable()
    page.locator(".editor:not([hidden]) [data-next]").click()
    page.locator("#confirm-step").get_by_role("button", name="Close this step").click()
    expect(heading).to_have_text("Estimation")
    expect(page.locator("#text-requirements")).not_to_be_editable()


def test_going_on_offline_keeps_the_page_and_its_text(site: Site, strict: Visitor, email: str) -> None:
    page, room = strict.page, strict.page.url
    strict.context.set_offline(True)
    strict.type(" Typed offline.")
    page.locator(".editor:not([hidden]) [data-next]").click()
    page.locator("#confirm-step").get_by_role("button", name="Close this step").click()
    page.wait_for_timeout(1_500)
    assert page.url.split("?")[0] == room
    expect(page.locator("#text-requirements")).to_have_value("Saved early. Typed offline.")
    strict.context.set_offline(False)
    page.locator('#editor-requirements [data-saved][data-state="saved"]').wait_for(state="attached")
    assert ["saved", "Saved early. Typed offline."] in site.ask("texts", email)

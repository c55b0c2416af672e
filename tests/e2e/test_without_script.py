"""The whole way with script switched off: every page posts and links as pages did before there was any."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site, Visitor, text_of
from tests.ops.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]


ROOM = re.compile(r"/sessions/[0-9a-f-]+/(\?.*)?(#.*)?$")


@pytest.fixture
def guest(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    """A guest in the room with a sentence that was saved by the button."""
    visitor = visit(site, java_script_enabled=False)
    visitor.become_guest()
    visitor.start("url-shortener")
    visitor.write("People shorten a long link.")
    visitor.page.locator(".editor:not([hidden])").get_by_role("button", name="Save").click()
    return visitor


def test_practice_without_script(guest: Visitor) -> None:
    page = guest.page
    expect(page).to_have_url(ROOM)
    expect(guest.editor).to_have_value("People shorten a long link.")
    expect(page.locator("#notices")).to_contain_text(re.compile("saved", re.IGNORECASE))
    guest.write("People shorten a long link. Typed right before going on.")
    page.locator(".editor:not([hidden])").get_by_role("button", name="Go to Estimation").click()
    expect(page).to_have_url(ROOM)
    expect(page.locator(".editor:not([hidden]) h2")).to_have_text("Estimation")
    expect(page.locator("#frozen")).to_contain_text("Typed right before going on.")
    guest.write("1,160 links/s")
    page.locator(".editor:not([hidden])").get_by_role("button", name="Save").click()
    expect(guest.editor).to_have_value("1,160 links/s")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/result/")

    def scored() -> bool:
        if link := page.get_by_role("link", name="Look again").all():
            link[0].click()
        return page.locator("#verdict").is_visible()

    wait_for(scored, what="a score", every=0.5)
    expect(page.locator("#answer")).to_contain_text("1,160 links/s")


def test_changing_the_step_in_the_stepper_keeps_what_is_typed(guest: Visitor) -> None:
    page = guest.page
    guest.write("People shorten a long link. Not saved by the button.")
    page.locator("#stepper [data-step=estimation] :is(a, button)").click()
    expect(page.locator(".editor:not([hidden]) h2")).to_have_text("Estimation")
    page.locator("#stepper [data-step=requirements] :is(a, button)").click()
    expect(guest.editor).to_have_value("People shorten a long link. Not saved by the button.")


def test_a_refused_text_that_is_mended_does_not_overwrite_what_another_tab_saved(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    email = "two-tabs@example.com"
    visitor = visit(site, java_script_enabled=False)
    visitor.sign_up(email)
    visitor.start("url-shortener")
    # A refusal is an answer that the browser logs.
    other = visitor.context.new_page()
    other.goto(visitor.page.url)

    def save(page: Page, text: str) -> None:
        text_of(page).fill(text)
        page.locator(".editor:not([hidden])").get_by_role("button", name="Save").click()

    save(visitor.page, "From the first tab.")
    save(other, "x" * 60_001)
    expect(other.locator("#notices")).to_contain_text("1 character too long")
    save(other, "Mended in the second tab.")
    expect(other.locator("#notices")).to_contain_text("changed somewhere else")
    expect(text_of(other)).to_have_value("From the first tab.")
    assert site.ask("texts", email) == [["saved", "From the first tab."], ["conflict", "Mended in the second tab."]]

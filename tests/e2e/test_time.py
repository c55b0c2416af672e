"""The person's own clock changed while the room is open, and a page whose clock runs wild."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]

WILD_CLOCK = "{ const real = performance.now.bind(performance); performance.now = () => 200 * real(); }"


def open_room(visitor: Visitor, email: str) -> None:
    visitor.sign_up(email)
    visitor.start("url-shortener")
    visitor.page.evaluate("window.neverReloaded = true")


def save_more(visitor: Visitor) -> None:
    visitor.type(" More.")
    visitor.wait_saved()


def test_more_time_is_on_the_clock_after_the_next_save(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    open_room(visitor, "double@example.com")
    visitor.choose_time("2×")
    save_more(visitor)
    expect(visitor.page.locator(".ring time")).to_have_text(re.compile(r"^(89:\d\d|1:29:\d\d|90:00|1:30:00)$"))
    assert visitor.page.evaluate("window.neverReloaded")


def test_without_a_limit_the_ring_is_gone_and_nothing_is_handed_in(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    open_room(visitor, "no-limit@example.com")
    site.ask("ends_in", "no-limit@example.com", 12)
    visitor.page.reload()
    expect(visitor.page.locator(".ring time")).to_have_text(re.compile(r"^0:\d\d$"))
    visitor.choose_time("No limit")
    save_more(visitor)
    expect(visitor.page.locator(".ring")).to_be_hidden()
    # Longer than the clock said before it was switched off.
    visitor.page.wait_for_timeout(11_000)
    assert "/result/" not in visitor.page.url
    assert site.ask("state", "no-limit@example.com") == "running"


def test_the_ring_appears_when_there_is_a_limit_again(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("limit-again@example.com")
    visitor.choose_time("No limit")
    visitor.start("url-shortener")
    expect(visitor.page.locator(".ring")).to_be_hidden()
    visitor.choose_time("1×")
    save_more(visitor)
    expect(visitor.page.locator(".ring")).to_be_visible()
    expect(visitor.page.locator(".ring time")).to_have_text(re.compile(r"^(44:\d\d|45:00)$"))


def test_a_countdown_that_runs_wild_hands_nothing_in_early(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("wild@example.com")
    visitor.start("url-shortener")
    site.ask("ends_in", "wild@example.com", 600)
    visitor.page.add_init_script(WILD_CLOCK)
    visitor.page.reload()
    visitor.write("Ten minutes are three seconds for this page.")
    visitor.page.wait_for_timeout(6_000)
    assert site.ask("state", "wild@example.com") == "running"
    assert "/result/" not in visitor.page.url
    expect(visitor.editor).to_be_editable()

"""The result in a browser: one that could not be scored, and one on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]

A4_WITHOUT_MARGINS = {"width": 688, "height": 970}
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
    .filter((element) => element.checkVisibility() && !element.closest("svg, .vh"))
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80))"""


def test_a_score_that_failed_is_on_us_and_can_be_tried_again(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("dead@example.com")
    session = site.ask("practise", "dead@example.com")
    visitor.go(f"/sessions/{session}/result/")
    expect(visitor.page.locator("#verdict")).to_be_visible(timeout=30_000)
    site.ask("give_up", "dead@example.com")
    visitor.page.reload()
    expect(visitor.page.get_by_text("Not scored yet. That is on us")).to_be_visible()
    expect(visitor.page.locator(".bandscale")).to_have_count(0)
    visitor.page.get_by_role("button", name="Try again now").click()
    expect(visitor.page.locator("#verdict")).to_be_visible(timeout=30_000)
    expect(visitor.page.locator(".bandscale")).to_be_visible()


def test_on_paper_everything_is_open_and_nothing_sticks_out(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, viewport=A4_WITHOUT_MARGINS)
    visitor.sign_up("paper@example.com")
    session = site.ask("practise", "paper@example.com")
    page = visitor.page
    visitor.go(f"/sessions/{session}/result/")
    expect(page.locator("#verdict")).to_be_visible(timeout=30_000)
    assert page.locator(".criterion > .body:visible").count() <= 1
    page.emulate_media(media="print")
    expect(page.locator(".appbar")).to_be_hidden()
    bodies = page.locator(".criterion > .body")
    assert bodies.count() > 10
    for body in bodies.all():
        expect(body).to_be_visible()
    expect(page.get_by_text("Show in the answer").first).to_be_hidden()
    assert page.get_by_text("Show in the answer").locator("visible=true").count() == 0
    assert page.evaluate(TOO_WIDE) == []

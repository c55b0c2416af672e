"""Cut networks, two tabs, time running out with nobody watching: what was accepted is what counts, nothing is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor
from tests.ops.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ACCEPTED = "People shorten a link and are redirected within 50 ms; this was saved before the network went."


def test_time_runs_out_with_the_network_cut(quick_site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(quick_site)
    visitor.sign_up("cut@example.com")
    visitor.start("url-shortener")
    room = visitor.page.url
    visitor.write(ACCEPTED)
    visitor.wait_saved()
    visitor.context.set_offline(True)
    visitor.write(ACCEPTED + " And this was typed with the network cut.")
    expect(visitor.page.locator(".editor:not([hidden]) [data-saved]")).to_have_attribute("data-state", "offline")
    # Nobody can reach the server; the worker hands the session in when its time is up.
    wait_for(lambda: submitted(quick_site) == [ACCEPTED], what="the last accepted draft handed in", seconds=40)
    visitor.context.set_offline(False)
    visitor.page.goto(room)
    visitor.page.wait_for_url("**/result/")
    # What was typed offline came too late for the score; it is kept beside it.
    expect(visitor.page.get_by_text("And this was typed with the network cut.")).to_have_count(1, timeout=30_000)
    expect(visitor.page.locator("#aside, .table")).not_to_have_count(0)
    assert submitted(quick_site) == [ACCEPTED]


def test_the_page_hands_in_at_zero(quick_site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(quick_site)
    visitor.sign_up("zero@example.com")
    visitor.start("chat")
    visitor.write("Typed in the last second, and saved by the page at zero.")
    visitor.page.wait_for_url("**/result/", timeout=40_000)
    assert submitted(quick_site) == ["Typed in the last second, and saved by the page at zero."]
    expect(visitor.page.get_by_text("Time was up").first).to_be_visible()


def test_words_typed_offline_are_sent_when_the_network_is_back(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("offline@example.com")
    visitor.start("url-shortener", mode="untimed")
    visitor.write("Online.")
    visitor.wait_saved()
    visitor.context.set_offline(True)
    visitor.write("Online. Then offline.")
    expect(visitor.page.locator(".editor:not([hidden]) [data-saved]")).to_contain_text("Kept in this browser")
    visitor.context.set_offline(False)
    visitor.wait_saved()
    visitor.page.reload()
    expect(visitor.editor).to_have_value("Online. Then offline.")


def test_words_typed_offline_survive_a_closed_tab(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("closed@example.com")
    visitor.start("url-shortener", mode="untimed")
    room = visitor.page.url
    visitor.context.set_offline(True)
    visitor.write("Typed offline, then the tab was closed.")
    visitor.page.wait_for_timeout(200)
    visitor.page.close()
    visitor.context.set_offline(False)
    visitor.page = visitor.new_tab()
    visitor.page.goto(room)
    expect(visitor.editor).to_have_value("Typed offline, then the tab was closed.")
    visitor.wait_saved()


def test_two_tabs_lose_nothing(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("tabs@example.com")
    visitor.start("url-shortener", mode="untimed")
    first = visitor.page
    second = visitor.new_tab()
    second.goto(first.url)
    # The older tab is told at once.
    expect(first.locator("#notices")).to_contain_text("Open in another tab")
    second.locator(".editor:not([hidden]) textarea").fill("Written in the second tab.")
    expect(second.locator(".editor:not([hidden]) [data-saved]")).to_contain_text("Saved")
    first.locator(".editor:not([hidden]) textarea").fill("Written in the first tab.")
    conflict = first.get_by_role("alert")
    expect(conflict).to_contain_text("changed somewhere else")
    conflict.get_by_text("Show the other text").click()
    expect(conflict.locator("[data-other]")).to_have_text("Written in the second tab.")
    conflict.get_by_role("button", name="Go on with mine").click()
    visitor.wait_saved()
    first.get_by_role("button", name="Hand over").first.click()
    first.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    first.wait_for_url("**/result/")
    assert submitted(site)[-1] == "Written in the first tab."


def test_a_wrong_clock_in_the_browser_changes_nothing(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.page.clock.set_fixed_time("2031-01-01T00:00:00")
    visitor.sign_up("wrong-clock@example.com")
    visitor.start("url-shortener")
    expect(visitor.page.locator(".ring time")).to_have_text(re.compile(r"^44:\d\d|45:00$"))
    visitor.write("The wall clock is five years ahead.")
    visitor.wait_saved()


def submitted(site: Site) -> list[str]:
    """The requirements of every person's submission, oldest first, asked of the product's own database."""
    code = (
        "import json; from scoring.models import Submission;"
        "print(json.dumps([s.answer['requirements'] for s in"
        " Submission.objects.filter(is_sample=False).order_by('created_at')]))"
    )
    import json

    return list(json.loads(site.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]))

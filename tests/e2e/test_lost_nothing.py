"""Cut networks, two tabs, time running out with nobody watching: what was accepted is what counts, nothing is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Site, Visitor, paper_of, text_of
from tests.ops.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ACCEPTED = "People shorten a link and are redirected within 50 ms; this was saved before the network went."


def test_time_runs_out_with_the_network_cut(quick_site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(quick_site)
    visitor.sign_up("cut@example.com")
    visitor.start("url-shortener")
    visitor.write(ACCEPTED)
    visitor.wait_saved()
    visitor.context.set_offline(True)
    visitor.write(ACCEPTED + " And this was typed with the network cut.")
    expect(visitor.page.locator(".editor:not([hidden]) [data-saved]")).to_have_attribute("data-state", "offline")
    # Nobody can reach the server; the worker hands the session in when its time is up.
    wait_for(
        lambda: quick_site.ask("submitted", "cut@example.com") == [ACCEPTED],
        what="the last accepted draft handed in",
        seconds=40,
    )
    visitor.context.set_offline(False)
    # The page asks as soon as the network is back, and learns that it is over.
    visitor.page.wait_for_url("**/result/")
    # What was typed offline came too late for the score; it is kept beside it.
    expect(visitor.page.get_by_text("And this was typed with the network cut.")).to_have_count(1, timeout=30_000)
    expect(visitor.page.locator("#aside, .table")).not_to_have_count(0)
    assert quick_site.ask("submitted", "cut@example.com") == [ACCEPTED]


def test_the_page_hands_in_at_zero(quick_site: Site, visit: Callable[..., Visitor]) -> None:
    # Without the worker nobody but the page can do it.
    quick_site.worker.kill()
    visitor = visit(quick_site)
    visitor.sign_up("zero@example.com")
    visitor.start("chat")
    visitor.write("Typed early.")
    visitor.wait_saved()
    expect(visitor.page.locator(".ring time")).to_have_text("0:01", timeout=30_000)
    visitor.write("Typed early. Typed in the last second.")
    visitor.page.wait_for_url("**/result/")
    assert quick_site.ask("submitted", "zero@example.com") == ["Typed early. Typed in the last second."]
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
    first, second = two_tabs(visitor)
    # The older tab is told at once.
    expect(first.locator("#notices")).to_contain_text("Open in another tab")
    second.close()
    expect(first.locator("#notices")).not_to_contain_text("Open in another tab")
    second = visitor.new_tab()
    second.goto(first.url)
    expect(first.locator("#notices")).to_contain_text("Open in another tab")
    conflict = disagree(first, second)
    conflict.get_by_text("Show the other text").click()
    expect(conflict.locator("del")).to_have_text(re.compile("^− Written in the first tab"))
    expect(conflict.locator("ins")).to_have_text(re.compile(r"^\+ Written in the second tab"))
    assert site.ask("texts", "tabs@example.com") == [
        ["saved", "Written in the second tab."],
        ["conflict", "Written in the first tab."],
    ]
    conflict.get_by_role("button", name="Go on with mine").click()
    visitor.wait_saved()
    visitor.hand_over()
    assert site.ask("submitted", "tabs@example.com") == ["Written in the first tab."]


def test_words_typed_under_a_conflict_survive_closing_the_tab(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("under-conflict@example.com")
    first, second = two_tabs(visitor)
    disagree(first, second)
    paper_of(first).fill("Written in the first tab. And more under the conflict.")
    paper_of(second).fill("Written in the second tab, twice.")
    expect(second.locator(".editor:not([hidden]) [data-state=saved]")).to_contain_text("Saved")
    first.wait_for_timeout(500)
    first.close()
    reopened = visitor.new_tab()
    reopened.goto(second.url)

    def kept() -> bool:
        texts = [text for _, text in site.ask("texts", "under-conflict@example.com")]
        return any("And more under the conflict." in text for text in [*texts, text_of(reopened).input_value()])

    wait_for(kept, what="the words of the closed tab", seconds=12)


def test_words_typed_offline_in_two_tabs_are_both_kept(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("two-offline@example.com")
    first, second = two_tabs(visitor)
    room = first.url
    visitor.context.set_offline(True)
    paper_of(first).fill("Offline in the first tab.")
    paper_of(second).fill("Offline in the second tab.")
    second.wait_for_timeout(300)
    first.close()
    second.close()
    visitor.context.set_offline(False)
    visitor.new_tab().goto(room)

    def both_kept() -> bool:
        texts = {text for _, text in site.ask("texts", "two-offline@example.com")}
        return {"Offline in the first tab.", "Offline in the second tab."} <= texts

    wait_for(both_kept, what="both texts stored", seconds=15)


def test_handing_over_works_after_signing_in_again_in_another_tab(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("again@example.com")
    visitor.start("url-shortener", mode="untimed")
    first = visitor.page
    visitor.write("Typed before signing out.")
    visitor.wait_saved()
    visitor.page = visitor.new_tab()
    visitor.go("/accounts/logout/")
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_url(re.compile(r"^(?!.*logout)"))
    visitor.sign_in("again@example.com")
    visitor.page = first
    visitor.type(" Typed after signing in again.")
    visitor.hand_over()
    assert site.ask("submitted", "again@example.com") == ["Typed before signing out. Typed after signing in again."]


def two_tabs(visitor: Visitor) -> tuple[Page, Page]:
    """The same untimed room twice."""
    visitor.start("url-shortener", mode="untimed")
    second = visitor.new_tab()
    second.goto(visitor.page.url)
    return visitor.page, second


def disagree(first: Page, second: Page) -> Locator:
    """Save in the second tab, then type in the first; what that one says about it."""
    paper_of(second).fill("Written in the second tab.")
    expect(second.locator(".editor:not([hidden]) [data-saved]")).to_contain_text("Saved")
    paper_of(first).fill("Written in the first tab.")
    conflict = first.get_by_role("alert")
    expect(conflict).to_contain_text("changed somewhere else")
    return conflict


def test_a_wrong_clock_in_the_browser_changes_nothing(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.page.clock.set_fixed_time("2031-01-01T00:00:00")
    visitor.sign_up("wrong-clock@example.com")
    visitor.start("url-shortener")
    expect(visitor.page.locator(".ring time")).to_have_text(re.compile(r"^44:\d\d|45:00$"))
    visitor.write("The wall clock is five years ahead.")
    visitor.wait_saved()

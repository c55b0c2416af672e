"""The library and the search over everything, in a real browser: keys, focus, every look."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Site, Visitor
from tests.e2e.test_looks import DESKTOP, LOOKS, PHONE, check, walk

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PAGES = (
    "/library/",
    "/library/caching/",
    "/library/availability/",
    "/library/reference/latency/",
    "/library/reference/formulas/",
    "/library/reference/trade-offs/",
    "/search/",
    "/search/?q=cache",
    "/search/?q=nothing-like-this",
    "/questions/?kind=scenario",
)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_the_library_in_every_look(
    site: Site, visit: Callable[..., Visitor], look: dict[str, object]
) -> None:
    visitor = visit(site, **look)
    walk(visitor, PAGES)
    visitor.go("/library/caching/")
    for summary in visitor.page.locator(".selfcheck summary").all():
        summary.click()
    check(visitor.page)
    visitor.page.get_by_role("link", name="Search", exact=True).click()
    look_for(visitor.page, "cache")
    check(visitor.page)


def look_for(page: Page, words: str) -> None:
    page.locator("#search-words").fill(words)
    page.locator("#search-results .hits").first.wait_for()


def test_one_key_finds_a_question_and_arrows_choose(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/library/")
    page.keyboard.press("/")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.type("tinyurl")
    hits = page.locator("#search-results a")
    expect(hits.first).to_contain_text("URL shortener")
    expect(page.locator("#search-status")).to_have_text(re.compile(r"\d+ results?"))
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/url-shortener/")


def test_home_and_end_go_to_the_first_and_the_last_result(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/library/")
    page.keyboard.press("/")
    look_for(page, "cache")
    hits = page.locator("#search-results a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(hits.last).to_be_focused()
    page.keyboard.press("Home")
    expect(hits.first).to_be_focused()


def test_enter_opens_only_what_was_found_for_these_words(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/library/")
    page.keyboard.press("/")

    def type_on(route: Route) -> None:
        """One letter more while the answer to the first ones is on its way; the next request is not due yet."""
        page.locator("#search-words").evaluate("input => { input.value = 'cat'; }")
        route.continue_()

    page.route("**/search/?q=ca", type_on, times=1)
    page.keyboard.type("ca")
    page.locator("#search-results a").first.wait_for()
    expect(page.locator("#search-words")).to_have_value("cat")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=cat$"))


def test_a_browser_that_keeps_nothing_still_searches(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    visitor.go("/library/")
    page.keyboard.press("/")
    page.get_by_label("Open search with").uncheck()
    look_for(page, "cache")


def test_what_is_not_there_is_said_and_escape_closes(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    visitor.go("/library/")
    visitor.page.keyboard.press("Control+k")
    visitor.page.locator("#search-words").fill("xyzzy")
    visitor.page.locator("#search-results .nothing").wait_for()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#search-dialog")).to_be_hidden()


def test_the_single_key_keeps_out_of_text_and_can_be_turned_off(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/questions/")
    page.locator("#q").press("/")
    expect(page.locator("#q")).to_have_value("/")
    expect(page.locator("#search-dialog")).to_be_hidden()
    visitor.go("/library/")
    page.keyboard.press("/")
    page.get_by_label("Open search with").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#search-dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#search-dialog")).to_be_visible()


def test_the_single_key_can_be_turned_off_without_the_dialog_that_shows_no_keys_to_fingers(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site, **PHONE, is_mobile=True)
    page = visitor.page
    visitor.go("/accessibility/")
    page.locator("main").get_by_label("Open search with").uncheck()
    visitor.go("/library/")
    page.keyboard.press("/")
    expect(page.locator("#search-dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#search-dialog")).to_be_visible()
    expect(page.get_by_label("Open search with")).to_be_hidden()


def test_a_wide_table_is_read_on_a_phone_without_scrolling(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **PHONE)
    for path in ("/library/reference/capacity/", "/library/reference/trade-offs/", "/library/reference/formulas/"):
        visitor.go(path)
        wider = visitor.page.locator(".prose [role=region]").evaluate_all(
            "boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.ariaLabel)"
        )
        assert wider == [], path
    row = visitor.page.get_by_role("region", name="Rates, table").get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_have_count(3)


def test_without_script_the_button_leads_to_a_page_that_searches(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **PHONE, java_script_enabled=False)
    page = visitor.page
    visitor.go("/library/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Search for").fill("google docs")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hits a").first).to_contain_text("collaborative")


def test_a_topic_is_read_by_its_contents(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/library/caching/")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="When not to").click()
    expect(page).to_have_url(re.compile("#when-not-to$"))
    expect(page.get_by_role("heading", name="When not to")).to_be_in_viewport()

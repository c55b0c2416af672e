"""The list of questions in a real browser: its filters and its address always say the same."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site, Visitor
from tests.e2e.test_looks import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def shows(page: Page, *labels: str) -> None:
    """Exactly these filters are ticked, shown as chips, and named in the address."""
    expect(page.locator("#questions .chip")).to_have_text([re.compile(label) for label in labels])
    expect(page.locator("#filters input:checked")).to_have_count(len(labels))
    for label in labels:
        expect(page.locator("#filters").get_by_label(label)).to_be_checked()
    expect(page).to_have_url(
        re.compile(r"/questions/" + (r"\?" if labels else "") + r"(\w+=\w+&?)" * len(labels) + "$")
    )


def tick(page: Page, label: str) -> None:
    page.locator("#filters").get_by_label(label).check()


def test_back_and_forward_keep_filters_list_and_address_together(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/questions/")
    tick(page, "Scenario")
    shows(page, "Scenario")
    tick(page, "Hard")
    shows(page, "Scenario", "Hard")
    page.go_back()
    shows(page, "Scenario")
    page.go_forward()
    shows(page, "Scenario", "Hard")
    page.go_back()
    shows(page, "Scenario")
    tick(page, "Standard")
    shows(page, "Scenario", "Standard")
    # What the page does by script still works after going back and forth.
    page.keyboard.press("Control+k")
    expect(page.locator("#search-dialog")).to_be_visible()


def test_coming_back_from_a_question_finds_the_filters_as_the_list_is(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/questions/")
    tick(page, "Hard")
    shows(page, "Hard")
    # A tick whose list never comes, because somebody goes on at once.
    page.route("**/questions/?*scenario*", lambda route: None)
    tick(page, "Scenario")
    page.locator(".question a").first.click()
    page.wait_for_url(re.compile(r"/questions/[\w-]+/$"))
    page.go_back()
    shows(page, "Hard")


def test_the_address_names_only_what_was_chosen(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/questions/")
    page.get_by_label("Sort").select_option("newest")
    expect(page).to_have_url(re.compile(r"/questions/\?sort=newest$"))
    page.get_by_label("Sort").select_option("title")
    expect(page).to_have_url(re.compile(r"/questions/$"))


def test_where_no_question_fits_the_library_is_one_step_away(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.go("/questions/")
    page.locator("#q").fill("kafka")
    page.get_by_role("link", name="Search the library for “kafka”").click()
    expect(page.locator(".hits a").first).to_be_visible()


def test_practising_as_a_guest_leads_to_the_start(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **PHONE)
    page = visitor.page
    visitor.go("/questions/url-shortener/")
    page.get_by_role("button", name="Practise as a guest").click()
    page.wait_for_url("**/questions/url-shortener/#start-h")
    heading = page.locator("#start-h")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_in_viewport()

"""Where things stand in the room: what is being typed stays in view, and nothing lies on the work."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site, Visitor
from tests.e2e.test_looks import DESKTOP, PHONE, serious

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PATIENCE = 60_000


def place(page: Page, selector: str) -> Any:
    found = page.locator(selector).bounding_box()
    assert found, selector
    return found


def bottom(page: Page, selector: str) -> float:
    box = place(page, selector)
    return float(box["y"] + box["height"])


def test_errors_of_the_sheet_leave_the_line_in_view_and_can_be_reached(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.become_guest()
    visitor.start("url-shortener")
    page.keyboard.press("Alt+2")
    sheet = page.locator("#sheet")
    sheet.focus()
    page.keyboard.insert_text("\n".join(f"wrong_{n} = nobody_{n} * 5 GB" for n in range(11)) + "\nlast = 3 users")
    errors = page.locator("#sheet-errors")
    expect(errors).to_contain_text("Line 11.", timeout=PATIENCE)
    assert bottom(page, ".gutter li:last-child") <= bottom(page, ".sheet .lines")
    expect(page.locator(".gutter [data-wrong]")).to_have_count(11)
    assert errors.evaluate("(list) => list.scrollHeight > list.clientHeight")
    assert serious(page) == []
    errors.focus()
    expect(errors).to_be_focused()


def test_the_answer_keeps_its_place_between_wide_panes(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.become_guest()
    visitor.start("url-shortener")
    for name in ("brief", "side"):
        line = page.locator(f"[data-resizes={name}]")
        line.focus()
        line.press("End")
        assert float(line.get_attribute("aria-valuemax") or 0) == pytest.approx(place(page, f"#{name}")["width"], abs=1)
    assert place(page, "#main")["width"] >= 480
    tabs = page.locator(".sidetabs")
    page.locator("[data-resizes=side]").dblclick()
    tabs.locator("[data-unheard]").evaluate("(badge) => { badge.hidden = false; badge.textContent = '1'; }")
    page.locator("#s-outline").evaluate("(tab) => { tab.hidden = false; }")
    assert tabs.evaluate("(list) => list.scrollWidth <= list.clientWidth")


def test_on_a_phone_the_board_ends_above_the_foot(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **PHONE)
    page = visitor.page
    visitor.become_guest()
    visitor.start("url-shortener")
    page.keyboard.press("Alt+3")
    text = place(page, ".editor:not([hidden]) [data-way=text]")["x"]
    page.locator(".editor:not([hidden]) [data-way=board]").click()
    page.locator("#board canvas.interactive").wait_for(timeout=PATIENCE)
    assert place(page, ".editor:not([hidden]) [data-way=text]")["x"] == text
    foot = place(page, ".editor:not([hidden]) > footer")
    assert bottom(page, "#board") <= foot["y"] + 1
    assert foot["y"] + foot["height"] <= place(page, ".panetabs")["y"] + 1
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.locator(".panetabs a[href='#interviewer']").click()
    expect(page.get_by_role("tab", name="Outline")).to_have_count(0)
    page.locator(".panetabs a[href='#preview']").click()
    expect(page.locator("#rendered")).to_contain_text("Write something")
    page.get_by_role("tab", name="Guide").click()
    expect(page.locator("#guide")).to_contain_text("This step looks for")

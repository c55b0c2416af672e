"""Every state of the practice room in every look: nothing sticks out, axe finds nothing serious."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor
from tests.e2e.test_looks import LOOKS, check

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PATIENCE = 60_000
WRONG = "\n".join(f"wrong_{n} = nobody_{n} * 5 GB + 3 s" for n in range(12))


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_room(site: Site, visit: Callable[..., Visitor], look: dict[str, object]) -> None:
    visitor = visit(site, **look)
    page, is_phone = visitor.page, bool(look["has_touch"])
    email = f"room-{'phone' if is_phone else 'desktop'}@example.com"

    def pane(name: str) -> None:
        if is_phone:
            page.locator(f".panetabs a[href='#{name}']").click()

    visitor.sign_up(email)
    visitor.start("url-shortener")
    pane("interviewer")
    page.locator("#ask").fill("Do links expire?")
    page.locator("#ask-form button").click()
    expect(page.locator("#talk")).to_contain_text("must stop working")
    page.get_by_role("button", name="Ask for a hint").click()
    expect(page.get_by_role("button", name="Give me the hint")).to_be_visible()
    check(page)
    pane("main")
    visitor.write("# Needs\n\n- **Shorten** a link\n\n> quoted\n\n```\ncode\n```\n\n[a link](https://example.com)")
    visitor.wait_saved()
    check(page)

    page.keyboard.press("Alt+2")
    sheet = page.locator(".editor:not([hidden]) [data-part=sheet] textarea")
    sheet.fill(WRONG)
    expect(page.locator("#sheet-errors")).to_contain_text("Line 12", timeout=PATIENCE)
    check(page)
    sheet.fill("writes = 100M users * 1 link/day\nreads = 10 * writes")
    expect(page.locator(".editor:not([hidden])")).to_contain_text("11.6 k links/s")
    visitor.wait_saved()
    check(page)

    page.keyboard.press("Alt+3")
    pane("outline")
    expect(page.locator("#outline [data-waits]")).to_have_count(0, timeout=PATIENCE)
    page.keyboard.press("Alt+Shift+O")
    page.keyboard.press("p")
    check(page)
    page.keyboard.type("Cache")
    page.keyboard.press("Enter")
    expect(page.locator("#outline")).to_contain_text("Cache")
    check(page)
    pane("main")
    page.locator(".editor:not([hidden]) [data-way=board]").click()
    page.locator("#board canvas.interactive").wait_for(timeout=PATIENCE)
    check(page)
    visitor.wait_saved()

    page.keyboard.press("Alt+4")
    expect(page.locator("#text-deep_dive")).to_have_count(1)
    site.ask("brings_up", email)
    page.reload()
    pane("interviewer")
    expect(page.locator("#talk .followup")).to_have_count(2)
    check(page)
    pane("main")
    conflict(visitor)
    check(page)
    page.get_by_role("alert").get_by_role("button", name="Go on with mine").click()
    visitor.wait_saved()
    visitor.context.set_offline(True)
    visitor.type(" Offline.")
    expect(page.locator("#offline")).to_contain_text("Offline", timeout=PATIENCE)
    check(page)
    visitor.context.set_offline(False)
    visitor.wait_saved()
    page.keyboard.press("Alt+h")
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page)


def conflict(visitor: Visitor) -> None:
    """A second tab saves the same step first."""
    second = visitor.new_tab()
    second.goto(visitor.page.url)
    mine = visitor.page
    visitor.page = second
    visitor.write("Written in the second tab.")
    visitor.wait_saved()
    second.close()
    visitor.page = mine
    visitor.write("Written in the first tab.")
    expect(mine.get_by_role("alert")).to_contain_text("changed somewhere else", timeout=PATIENCE)
    mine.get_by_role("alert").get_by_text("Show the other").click()

"""Saving while somebody types: how often, how soon, and what the frozen requirements hold."""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_typing_is_saved_at_most_five_seconds_apart_and_soon_after_a_pause(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site)
    visitor.sign_up("typist@example.com")
    visitor.start("url-shortener", mode="untimed")
    visitor.paper.focus()
    begun = time.time()
    while time.time() < begun + 12:
        visitor.page.keyboard.type("words and more words ", delay=40)
    stopped = time.time()
    visitor.page.wait_for_timeout(3_000)
    typed = visitor.editor.input_value()
    saves = [datetime.fromisoformat(at).timestamp() for at in site.ask("saves", "typist@example.com")]
    while_typing = [begun, *(at for at in saves if at < stopped), stopped]
    assert max(later - earlier for earlier, later in pairwise(while_typing)) <= 5
    assert saves[-1] <= stopped + 3
    assert site.ask("texts", "typist@example.com")[-1] == ["saved", typed]


def test_what_is_typed_right_before_going_on_is_in_the_frozen_requirements(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site)
    visitor.sign_up("quick@example.com")
    for number in range(5):
        visitor.start("url-shortener", mode="untimed")
        words = f"- A code is 7 characters long, said {number} times"
        visitor.paper.focus()
        visitor.page.keyboard.type(words)
        visitor.page.locator(".editor:not([hidden]) [data-next]").click()
        expect(visitor.page.locator("#frozen")).to_contain_text(words.removeprefix("- "))
        visitor.page.reload()
        expect(visitor.page.locator("#frozen")).to_contain_text(words.removeprefix("- "))
        expect(visitor.page.locator("#frozen")).not_to_contain_text("Amended")
        visitor.hand_over()

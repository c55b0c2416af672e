"""What the room transfers, and that what `bench/room.py` says of keys is traced as it says."""

from collections.abc import Callable

import pytest

from bench import room
from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]

FIRST_LOAD = 150_000


def test_the_room_opens_with_little_and_without_the_whiteboard(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("first-load@example.com")
    visitor.start("url-shortener", mode="untimed")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    sizes = room.transferred(visitor.page)
    assert any("editor" in url for url in asked)
    assert not any("whiteboard" in url or "/board/" in url for url in asked)
    assert 0 < sum(sizes.values()) < FIRST_LOAD, sizes


def test_keys_in_a_long_answer_are_traced(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("traced@example.com")
    visitor.start("url-shortener", mode="untimed")
    times = room.key_to_paint(visitor.page, keys=40)
    assert len(times) >= 40
    assert min(times) >= room.SHORTEST
    text = visitor.editor.input_value()
    assert text.removeprefix(room.ANSWER) == room.typed(40)

"""The network goes, somebody types on for a minute, and the browser is killed: every character is still there."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, expect

from tests.conftest import BROWSER_FLAGS
from tests.e2e.conftest import Site, Visitor
from tests.ops.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ROUNDS = 10
AWAY = 60.0
CHARACTERS = 500
ALPHABET = "etaoin shrdlu, cmfwyp. 0123456789 = * / - # | ` _ é ü 漢 ∞ 🙂\n"
# A hand does not get from the last key to the plug any sooner.
TO_THE_PLUG = 200
STEPS = ("requirements", "estimation", "wrap_up")


@pytest.mark.soak
def test_nothing_typed_offline_is_lost_with_the_browser(
    site: Site, playwright: Playwright, chromium: str, tmp_path: Path, soak_rounds: int
) -> None:
    for seed in range(min(soak_rounds, ROUNDS)):
        (folder := tmp_path / str(seed)).mkdir()
        type_and_kill(site, Launch(playwright, chromium, folder), random.Random(seed), f"killed-{seed}@example.com")


@dataclass(frozen=True)
class Launch:
    """A browser whose profile outlives it."""

    playwright: Playwright
    chromium: str
    folder: Path


def type_and_kill(site: Site, launch: Launch, chance: random.Random, email: str) -> None:
    with started(launch) as context:
        visitor = Visitor(site, context, context.pages[0])
        visitor.sign_up(email)
        visitor.start("url-shortener", mode="untimed")
        room = visitor.page.url
        visitor.write("Before. ")
        visitor.wait_saved()
        context.set_offline(True)
        typed = type_for_a_while(visitor, chance)
        visitor.page.wait_for_timeout(TO_THE_PLUG)
        kill(launch.folder)
    with started(launch) as context:
        visitor = Visitor(site, context, context.pages[0])
        visitor.page.goto(room)
        for step, text in typed.items():
            visitor.page.goto(f"{room}?step={step}")
            expect(visitor.editor).to_have_value(text)
        wait_for(
            lambda: set(typed.values()) <= {text for _, text in site.ask("texts", email)},
            what="every character on the server",
            seconds=30,
        )


def type_for_a_while(visitor: Visitor, chance: random.Random) -> dict[str, str]:
    """Hit 500 keys in about a minute, in three of the steps; what each of them must hold afterwards."""
    page = visitor.page
    began = time.monotonic()
    for number, step in enumerate(STEPS):
        if number:
            page.keyboard.press(f"Alt+{[1, 2, 5][number]}")
        expect(page.locator(f"#text-{step}")).to_have_count(1)
        visitor.paper.focus()
        page.keyboard.press("Control+End")
        for count in range(number, CHARACTERS, len(STEPS)):
            key = chance.choice(ALPHABET)
            # Letters beyond the keyboard arrive as an input method sends them.
            page.keyboard.press("Enter") if key == "\n" else page.keyboard.insert_text(key)
            behind = began + (number + count / CHARACTERS) / len(STEPS) * AWAY - time.monotonic()
            if behind > 0 and chance.random() < 0.3:
                page.wait_for_timeout(min(behind, 2.0) * 1000)
    while time.monotonic() < began + AWAY:
        page.wait_for_timeout(500)
    # The last keys come right before the end.
    page.keyboard.insert_text("The end")
    typed = {step: page.locator(f"#text-{step}").input_value() for step in STEPS}
    assert sum(len(text) for text in typed.values()) >= CHARACTERS
    return typed


@contextmanager
def started(launch: Launch) -> Iterator[BrowserContext]:
    context = launch.playwright.chromium.launch_persistent_context(
        launch.folder / "profile", executable_path=launch.chromium, args=BROWSER_FLAGS
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        # One that was killed may have told so already.
        with suppress(Error):
            context.close()


def kill(folder: Path) -> None:
    """All processes of this browser at once, as when somebody pulls the plug; none of anybody else's."""
    found = subprocess.run(["pgrep", "-f", str(folder / "profile")], capture_output=True, text=True, check=True)
    for process in found.stdout.split():
        try:
            os.kill(int(process), signal.SIGKILL)
        except ProcessLookupError:
            continue

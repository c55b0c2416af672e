"""The board among the keys, colours and habits of a page, and whoever needs them."""

import pytest

from tests.whiteboard.desk import BOARDS

pytestmark = pytest.mark.browser


def test_the_keyboard_gets_onto_the_board_and_off_it(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    page.focus("#before")
    for _ in range(60):
        somebody.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            break
    assert page.evaluate("document.activeElement.id") == "after"
    page.get_by_role("button", name="Queue").click()
    somebody.press("Escape")
    assert page.evaluate("document.activeElement.closest('#board') !== null"), "the first takes the selection away"
    somebody.press("Escape")
    assert page.evaluate("document.activeElement.closest('#outline') !== null")


def test_keys_of_the_page_reach_the_page(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    page.evaluate("board.focus()")
    somebody.press("?", "Alt+ArrowRight", "Control+s", "Control+Shift+e", "Control+k")
    heard = [key.lower() for key in page.evaluate("keys") if len(key) == 1 or key.startswith("Arrow")]
    assert heard == ["?", "arrowright", "s", "e", "k"]
    assert page.locator(".Modal, .excalidraw-hyperlinkContainer").count() == 0
    page.get_by_role("button", name="Queue").click()
    somebody.press("Alt+ArrowRight")
    assert page.evaluate("keys.filter((key) => key === 'ArrowRight').length") == 1, "walks along the arrows of a part"


def test_light_and_dark_follow_the_page(desk):
    somebody = desk()
    somebody.open()
    dark = somebody.page.locator(".excalidraw.theme--dark")
    assert dark.count() == 0
    somebody.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    dark.first.wait_for()
    somebody.page.evaluate("board.setTheme('light')")
    dark.first.wait_for(state="detached")


def test_whoever_wants_no_motion_gets_none(desk):
    somebody = desk(reduced_motion="reduce")
    somebody.open()
    lengths = """[...document.querySelectorAll("#board *")]
      .map((element) => getComputedStyle(element))
      .flatMap((style) => [style.transitionDuration, style.animationDuration])
      .flatMap((lengths) => lengths.split(", "))"""
    assert set(somebody.page.evaluate(lengths)) == {"0s"}


TRIGGERS = {
    "tools": ".App-toolbar__extra-tools-trigger",
    "colours": ".color-picker__button.active-color",
    "fonts": "[data-testid=font-family-show-fonts]",
    "help": ".help-icon",
}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (375, "dark")])
def test_axe_finds_nothing_serious_in_any_state(desk, width, theme):
    somebody = desk(viewport={"width": width, "height": 800}, has_touch=width < 500, reduced_motion="reduce")
    somebody.open()
    page = somebody.page
    page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    somebody.look_for_barriers("empty")
    page.evaluate("file => board.importScene(file)", (BOARDS / "arrow-in-the-air.json").read_text())
    somebody.look_for_barriers("with problems")
    page.locator("[data-testid=main-menu-trigger]").click()
    somebody.look_for_barriers("menu")
    somebody.press("Escape")
    page.evaluate("store.select(store.graph.parts[0].id, 'host')")
    somebody.look_for_barriers("looked at")
    page.evaluate("board.focus()")
    page.wait_for_timeout(200)
    somebody.look_for_barriers("selected")
    if width > 500:
        for name, trigger in TRIGGERS.items():
            page.locator(trigger).first.click()
            page.wait_for_timeout(250)
            somebody.look_for_barriers(name)
            somebody.press("Escape")
            page.wait_for_timeout(150)
        assert page.locator(".HelpDialog").count() == 0
    page.evaluate("outline.focus()")
    for form in ("p", "l", "Enter"):
        somebody.press(form)
        somebody.look_for_barriers(f"form of {form}")
        somebody.press("Escape")

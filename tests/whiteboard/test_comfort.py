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


def test_the_panel_is_small_and_has_what_a_design_needs(desk):
    somebody = desk()
    somebody.open()
    somebody.draw_design()
    page = somebody.page
    panel = page.locator(".App-menu__left")
    shown = panel.locator("legend, h3")
    page.evaluate("store.select(store.graph.links[0].id, 'host')")
    page.evaluate("board.focus()")
    words = ["Stroke", "Stroke style", "Arrow type", "Arrowheads", "Font family", "Font size", "Actions"]
    assert sorted(shown.filter(visible=True).all_text_contents()) == sorted(words)
    panel.get_by_title("Dashed").click()
    somebody.until("store.graph.links[0].isLater")
    page.evaluate("store.select(store.graph.parts[0].id, 'host')")
    page.evaluate("board.focus()")
    words = ["Stroke", "Background", "Stroke style", "Font family", "Font size", "Actions"]
    assert sorted(shown.filter(visible=True).all_text_contents()) == sorted(words)
    size = panel.bounding_box()
    assert (size["width"], size["height"] < 300) == (176, True)
    assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight && panel.scrollWidth <= panel.clientWidth")


def test_a_phone_has_no_tools_that_a_finger_does_not_need(desk):
    somebody = desk(viewport={"width": 375, "height": 760}, has_touch=True, is_mobile=True)
    somebody.open()
    page = somebody.page
    page.get_by_role("list", name="Parts to add").get_by_role("button", name="Cache").click()
    canvas = page.locator(".wb-canvas").bounding_box()
    tools = page.locator(".wb-canvas :is(button, label):visible").all()
    for box in [tool.bounding_box() for tool in tools]:
        assert box["x"] - canvas["x"] >= 8
        assert canvas["x"] + canvas["width"] - box["x"] - box["width"] >= 8
    assert page.locator("[data-testid=toolbar-hand], .ToolIcon__lock").filter(visible=True).count() == 0
    page.locator("#board").get_by_role("button", name="Edit").click()
    menu = page.locator(".App-mobile-menu")
    assert menu.locator("legend, h3").filter(visible=True).all_text_contents() == [
        "Stroke",
        "Background",
        "Stroke style",
        "Font family",
        "Font size",
    ]
    assert menu.evaluate("menu => menu.scrollHeight <= menu.clientHeight && menu.scrollWidth <= menu.clientWidth")


TRIGGERS = {
    "tools": ".App-toolbar__extra-tools-trigger",
    "colours": ".color-picker__button.active-color",
    "fonts": "[data-testid=font-family-show-fonts]",
    "help": ".help-icon",
}


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_serious_in_any_state(desk, width):
    somebody = desk(viewport={"width": width, "height": 800}, has_touch=width < 500, reduced_motion="reduce")
    somebody.open()
    page = somebody.page
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

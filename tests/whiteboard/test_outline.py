"""The outline by keyboard alone, and beside the board."""

from itertools import pairwise

import pytest

from tests.whiteboard.desk import BOARDS, DESIGN

pytestmark = pytest.mark.browser


def test_mouse_and_keyboard_give_the_same_graph(desk):
    by_mouse, by_keyboard = desk(), desk()
    by_mouse.open()
    by_mouse.draw_design()
    by_keyboard.open("outline-only")
    by_keyboard.type_design()
    assert by_mouse.meaning() == by_keyboard.meaning() == DESIGN
    assert by_keyboard.said() == "Link from Web server to Postgres: SQL, waits for the answer. 2 parts, 1 link."


def test_a_design_of_thirty_parts_by_keyboard_alone_without_the_editor(desk):
    somebody = desk()
    somebody.open("outline-only")
    somebody.page.focus("#before")
    somebody.press("Tab")
    names = [f"{word} {number}" for number, word in enumerate(["Client", "Gateway", "Orders", "Redis", "Kafka"] * 6)]
    for name in names:
        somebody.press("p")
        somebody.type(name)
        somebody.press("Enter")
    somebody.press("Home")
    for name in names[1:]:
        somebody.press("l")
        somebody.type(name)
        somebody.press("Tab")
        somebody.type("next")
        somebody.press("Enter", "ArrowDown")
    kinds = ["client", "gateway", "service", "cache", "queue"] * 6
    assert somebody.meaning() == {
        "parts": [[name, kind, ""] for name, kind in zip(names, kinds, strict=True)],
        "links": [[a, b, "next", "forward"] for a, b in pairwise(names)],
        "problems": [],
    }
    loaded = somebody.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if "/board/" in name] == []


def test_everything_in_the_outline_has_a_key_and_is_said(desk):
    somebody = desk()
    somebody.open("outline-only")
    somebody.type_design()
    somebody.press("t")
    assert somebody.said() == "Turned. Link from Postgres to Web server: SQL, waits for the answer."
    somebody.press("Enter")
    somebody.page.get_by_label("Later").check()
    somebody.page.get_by_label("Direction").select_option("both ways")
    somebody.press("Control+Enter")
    assert somebody.said() == "Link both ways between Web server and Postgres: SQL, happens later."
    somebody.press("a")
    somebody.type("Zone A")
    somebody.press("Enter", "Home", "Enter")
    somebody.page.get_by_label("Kind").select_option("external")
    somebody.page.get_by_label("In the area").select_option("Zone A")
    somebody.press("Control+Enter")
    assert somebody.meaning()["parts"][0] == ["Web server", "external", "Zone A"]
    before = somebody.meaning()
    somebody.press("o")
    assert somebody.meaning() == before
    assert somebody.said().startswith("Put in order")
    somebody.press("Home", "Delete")
    assert somebody.said().startswith("Removed Zone A")
    somebody.press("End", "Delete")
    assert somebody.meaning()["links"] == []
    somebody.press("Control+z", "Control+z")
    assert somebody.meaning() == before
    somebody.press("Control+y")
    assert somebody.meaning()["parts"][0] == ["Web server", "external", ""]


def test_what_cannot_be_done_is_refused_in_words(desk):
    somebody = desk()
    somebody.open("outline-only")
    somebody.page.evaluate("outline.focus()")
    somebody.press("l")
    assert somebody.said() == "A link needs two parts. Press P to add them."
    somebody.press("p", "Enter")
    assert somebody.page.get_by_role("alert").text_content() == "A part needs a name."
    somebody.press("Escape")
    assert somebody.page.evaluate("document.activeElement.textContent") == "Part"
    somebody.type_design()
    somebody.press("t", "Home", "t")
    assert somebody.said() == "Only a link can be turned."


def test_a_form_shows_what_is_meant_for_people_and_hides_no_fault(desk):
    somebody = desk()
    somebody.open("outline-only")
    somebody.type_design()
    page = somebody.page
    alert = page.locator(".outline-form [role=alert]")
    somebody.press("Home", "l")
    page.locator(".outline-form select[name=to]").select_option("Web server")
    somebody.press("Control+Enter")
    assert alert.text_content() == "A link joins two different parts."
    page.evaluate("() => { store.change = () => { throw new TypeError('broken') } }")
    page.locator(".outline-form select[name=to]").select_option("Postgres")
    somebody.press("Control+Enter")
    somebody.until("document.querySelector('.outline-form [role=alert]').textContent === ''")
    assert page.locator(".outline-form").count() == 1
    assert somebody.troubles == ["broken"]
    somebody.troubles.clear()


def test_board_and_outline_change_the_same_scene(desk):
    somebody = desk()
    somebody.open()
    somebody.type_design()
    page = somebody.page
    # What was typed is on the board, and moves there; the arrow follows.
    ids = page.evaluate("store.graph.parts.map(({ id }) => id)")
    page.evaluate("id => store.select(id, 'outline')", ids[1])
    page.evaluate("board.focus()")
    somebody.press("ArrowDown", "ArrowDown", "ArrowDown")
    somebody.until("told.includes('board')")
    assert somebody.meaning() == DESIGN
    # What is drawn is in the outline; one step back on the board takes it out of there, too.
    page.get_by_role("button", name="Cache").click()
    page.get_by_role("treeitem", name="Cache, cache").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("excalidraw")
    somebody.press("Control+z", "Control+z")
    page.get_by_role("treeitem", name="Cache, cache").wait_for(state="detached")
    # What is not told yet is not lost when somebody types meanwhile.
    somebody.box(430, 560, "Drawn")
    page.evaluate("outline.focus()")
    somebody.press("p")
    somebody.type("Typed")
    somebody.press("Enter")
    assert {label for label, _, _ in somebody.meaning()["parts"]} >= {"Drawn", "Typed"}


# Whether anything is drawn over the board: selections, and the frame round what the outline looks at.
OVER = """() => {
  const { width, height } = document.querySelector("canvas.interactive");
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(document.querySelector("canvas.interactive"), 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  return data.some((value, at) => at % 4 === 3 && value > 0);
}"""


def test_a_frame_stays_round_what_the_outline_looks_at_and_nothing_else(desk):
    somebody = desk()
    somebody.open()
    somebody.type_design()
    page = somebody.page
    page.wait_for_timeout(400)
    assert page.evaluate(OVER)
    # What is gone leaves no frame behind.
    somebody.press("Home", "Delete", "Delete")
    page.wait_for_timeout(400)
    assert somebody.meaning()["parts"] == []
    assert not page.evaluate(OVER)
    page.evaluate("board.focus()")
    # What is drawn, and so selected, is what the outline marks.
    somebody.box(430, 450, "Drawn")
    somebody.until("store.graph.parts.length === 1")
    item = page.get_by_role("treeitem", name="Drawn, service")
    item.wait_for()
    assert item.get_attribute("aria-selected") == "true"


def test_a_drawing_made_beside_the_board_is_in_view_when_it_comes_back(desk):
    somebody = desk(viewport={"width": 375, "height": 760}, has_touch=True)
    somebody.open()
    page = somebody.page
    page.evaluate("document.getElementById('board').hidden = true")
    somebody.type_design()
    for name in ("Cache", "Queue", "Worker"):
        somebody.press("p")
        somebody.type(name)
        somebody.press("Enter")
    page.evaluate("document.getElementById('board').hidden = false")
    page.wait_for_timeout(500)
    # Zoomed out until two columns stand beside each other: pixels in every corner of what was drawn.
    page.get_by_role("button", name="Zoom in").filter(visible=True).wait_for()
    inked = page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas.static");
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const at = (x, y) => data[4 * (y * width + x)] < 120;
          const edge = (xs, ys) => xs.some((x) => ys.some((y) => at(x, y)));
          const xs = [...Array(width).keys()], ys = [...Array(height).keys()];
          return [edge([0, width - 1], ys), edge(xs, [0, height - 1]), edge(xs, ys)];
        }"""
    )
    assert inked == [False, False, True], "nothing is cut at an edge"


def test_a_replica_and_a_stream_are_kinds_to_choose(desk):
    somebody = desk()
    somebody.open("outline-only")
    page = somebody.page
    page.evaluate("outline.focus()")
    for name, kind in (("Copies", "replica"), ("Clicks", "stream")):
        somebody.press("p")
        somebody.type(name)
        page.get_by_label("Kind").select_option(kind)
        somebody.press("Control+Enter")
        page.get_by_role("treeitem", name=f"{name}, {kind}").wait_for()
    assert somebody.meaning()["parts"] == [["Copies", "database", ""], ["Clicks", "queue", ""]]
    somebody.press("Enter")
    assert page.get_by_label("Kind").input_value() == "stream"


def test_keys_that_are_off_are_not_named(desk):
    somebody = desk()
    somebody.open("outline-only")
    page = somebody.page
    pane = page.locator(".outline-pane")
    assert "Press P" in pane.inner_text()
    page.evaluate("outline.setKeys(false)")
    assert "Press P" not in pane.inner_text()
    assert "P part" not in pane.inner_text()
    assert "Enter edit" in pane.inner_text()
    part = page.get_by_role("button", name="Add a part")
    assert (part.get_attribute("aria-keyshortcuts"), part.get_attribute("title")) == (None, "Add a part")
    page.get_by_role("button", name="Add a link").click(force=True)
    assert somebody.said() == "A link needs two parts. “Part” above adds them."
    page.evaluate("outline.setKeys(true)")
    assert "Press P" in pane.inner_text()
    assert part.get_attribute("aria-keyshortcuts") == "P"


def test_a_finger_finds_the_buttons_on_one_line_and_no_keys(desk):
    somebody = desk(viewport={"width": 375, "height": 760}, has_touch=True, is_mobile=True)
    somebody.open("outline-only")
    page = somebody.page
    buttons = page.locator(".outline-pane > .toolbar button")
    assert len({round(each.bounding_box()["y"]) for each in buttons.all()}) == 1
    assert "Press P" not in page.locator(".outline-pane").inner_text()
    assert not page.locator(".outline-hint").is_visible()


def test_an_arrow_that_was_no_link_is_removed_as_an_arrow(desk):
    somebody = desk()
    somebody.open("outline-only")
    page = somebody.page
    page.evaluate("file => store.set(file)", (BOARDS / "arrow-in-the-air.json").read_text())
    page.evaluate("store.select(store.graph.loose[0].id, 'host')")
    page.evaluate("outline.focus()")
    somebody.press("Delete")
    assert somebody.said().startswith("Removed the arrow.")

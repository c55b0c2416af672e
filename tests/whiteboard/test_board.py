"""The editor: what is drawn, stored, brought in and taken out."""

import json
from typing import get_args

import pytest

from catalog.spec import ComponentKind
from tests.whiteboard.desk import BOARDS, DESIGN

pytestmark = pytest.mark.browser


def test_a_stored_board_is_the_same_after_opening_it(desk):
    somebody = desk()
    somebody.open()
    somebody.draw_design()
    page = somebody.page
    for name in ("Load balancer", "Replica", "Stream", "External"):
        page.get_by_role("button", name=name).click()
    text = page.evaluate("board.getScene()")
    somebody.until("window.last")
    assert page.evaluate("last.text") == text == page.evaluate("store.text")
    assert page.evaluate("[last.summary.parts, last.summary.links, last.summary.problems.length]") == [6, 1, 4]
    page.evaluate("text => sessionStorage.setItem('scene', text)", text)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(1000)
    assert page.evaluate("board.getScene()") == text
    assert page.evaluate("told") == []


def test_the_library_carries_kinds_by_click_and_by_dragging(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    library = page.get_by_role("list", name="Parts to add").get_by_role("button")
    for index in range(library.count()):
        library.nth(index).click()
    canvas = page.locator("canvas.interactive")
    page.get_by_role("button", name="CDN").drag_to(canvas, target_position={"x": 600, "y": 620})
    somebody.until("store.graph.parts.length === 16")
    kinds = page.evaluate("store.graph.parts.map(({ saidKind }) => saidKind)")
    assert set(kinds) == set(get_args(ComponentKind))
    assert kinds[-1] == "cdn"


def test_what_the_library_adds_is_selected_and_named_next(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    for name, called in (("Client", "Browser"), ("Cache", "Redis"), ("Database", "Postgres")):
        page.get_by_role("list", name="Parts to add").get_by_role("button", name=name).click()
        somebody.press("Enter")
        page.locator(".excalidraw-wysiwyg").wait_for()
        somebody.press("Control+a")
        somebody.type(called)
        somebody.press("Escape")
        page.locator(".excalidraw-wysiwyg").wait_for(state="detached")
    somebody.until("store.graph.parts.length === 3 && store.graph.parts[2].label === 'Postgres'")
    assert [[label, kind] for label, kind, _ in somebody.meaning()["parts"]] == [
        ["Browser", "client"],
        ["Redis", "cache"],
        ["Postgres", "database"],
    ]


def test_pictures_stay_outside_however_they_come(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    page.evaluate(
        """async () => {
          const canvas = document.createElement("canvas");
          canvas.getContext("2d").fillRect(0, 0, 20, 20);
          const blob = await new Promise((resolve) => canvas.toBlob(resolve));
          const holding = (...things) => {
            const data = new DataTransfer();
            for (const thing of things) Array.isArray(thing) ? data.setData(...thing) : data.items.add(thing);
            return data;
          };
          const picture = () => new File([blob], "a.png", { type: "image/png" });
          const freely = { bubbles: true, cancelable: true };
          const paste = (clipboardData) =>
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, ...freely }));
          board.focus();
          paste(holding(picture()));
          const image = { id: "i", type: "image", x: 0, y: 0, width: 50, height: 50, fileId: "f", status: "saved" };
          const copied = { type: "excalidraw/clipboard", elements: [image], files: {} };
          paste(holding(["text/plain", JSON.stringify(copied)]));
          paste(holding(["text/plain", "https://www.youtube.com/watch?v=abcdefghijk"]));
          const drop = new DragEvent("drop", { dataTransfer: holding(picture()), ...freely });
          document.querySelector("canvas.interactive").dispatchEvent(drop);
        }"""
    )
    page.get_by_text("A board holds parts, arrows and words, but no pictures.").first.wait_for()
    page.wait_for_timeout(700)
    types = page.evaluate("JSON.parse(board.getScene() || '{\"elements\":[]}').elements.map(({ type }) => type)")
    assert set(types) <= {"text"}


def test_files_come_in_beside_what_is_there_and_go_out(desk):
    somebody = desk()
    somebody.open()
    somebody.draw_design()
    page = somebody.page
    file = (BOARDS / "pictures-and-scribbles.json").read_text()
    assert page.evaluate("file => board.importScene(file)", file) == {"added": 7, "leftOut": 2}
    labels = [label for label, _, _ in somebody.meaning()["parts"]]
    assert labels == ["Web server", "Postgres", "S3 bucket", "Uploader"]
    graph = json.loads((BOARDS / "url-shortener.graph.json").read_text())
    page.evaluate("graph => board.importMermaid(graph)", graph)
    assert len(somebody.meaning()["parts"]) == 4 + len(graph["nodes"])
    with pytest.raises(Exception, match="This is not an Excalidraw file"):
        page.evaluate("board.importScene('A, B, C')")

    assert json.loads(page.evaluate("board.exportFile().text()"))["type"] == "excalidraw"
    svg = page.evaluate("board.exportSvg().then((blob) => blob.text())")
    assert "Web server" in svg
    assert "src: url(data:font/woff2;base64," in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")
    assert page.evaluate("board.exportPng().then((blob) => [blob.type, blob.size > 5000])") == ["image/png", True]


def test_every_font_on_offer_is_there(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    text = {"type": "text", "x": 0, "width": 90, "height": 20, "text": "Queue Ω é 中", "fontSize": 16}
    texts = [{**text, "id": f"t{n}", "y": n * 40, "fontFamily": n} for n in (1, 2, 3, 5, 6, 7, 8, 9)]
    page.evaluate("file => board.importScene(file)", json.dumps({"type": "excalidraw", "elements": texts}))
    page.wait_for_timeout(800)
    fonts = page.evaluate("[...document.fonts].map(({ family, status }) => [family, status])")
    loaded = {family.strip('"') for family, status in fonts if status == "loaded"}
    assert loaded >= {"Virgil", "Excalifont", "Nunito", "Lilita One", "Comic Shanns"}
    assert [family for family, status in fonts if status == "error"] == []
    assert page.evaluate("board.exportSvg().then((blob) => blob.size > 20000)")


def test_a_board_to_look_at_cannot_be_changed(desk):
    somebody = desk()
    somebody.open()
    somebody.draw_design()
    page = somebody.page
    text = page.evaluate("board.getScene()")
    page.evaluate("text => sessionStorage.setItem('scene', text)", text)
    somebody.open("read-only")
    assert page.get_by_role("list", name="Parts to add").count() == 0
    page.evaluate("outline.focus()")
    somebody.press("Delete", "p")
    page.evaluate("board.focus()")
    somebody.press("Control+a", "Delete", "2")
    page.wait_for_timeout(600)
    assert page.evaluate("[store.text, board.getScene()]") == [text, text]
    page.evaluate("store.setReadOnly(false)")
    page.get_by_role("list", name="Parts to add").wait_for()


def test_it_works_from_the_storage_of_a_server(desk, renamed):
    somebody = desk(renamed)
    somebody.open()
    somebody.draw_design()
    assert somebody.meaning() == DESIGN
    assert somebody.page.evaluate("board.exportSvg().then((blob) => blob.size > 15000)")
    names = somebody.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())")
    assert len([name for name in names if name.startswith("board-") and name.endswith(".mjs")]) == 1


def test_a_failed_fetch_can_be_tried_again(desk):
    somebody = desk()
    page = somebody.page
    page.route("**/board/*.css", lambda route: route.abort())
    page.goto(f"{somebody.url}/?outline-only")
    page.wait_for_selector("body[data-ready]")
    mount = "import('/static/whiteboard/whiteboard.js').then(({ mount }) => mount(board, { store }))"
    with pytest.raises(Exception, match="The styles of the board did not load"):
        page.evaluate(f"{mount}.then(() => 'here')")
    page.unroute("**/board/*.css")
    assert page.evaluate(f"{mount}.then(() => 'here')") == "here"
    somebody.troubles = [trouble for trouble in somebody.troubles if "net::ERR_FAILED" not in trouble]


MOUNT = """() => {
  const coming = import("/static/whiteboard/whiteboard.js");
  const host = document.getElementById("board");
  coming.then(({ mount }) => mount(host, { store })).then((board) => (window.board = board));
}"""
# Frames pass when they are let.
HOLD_FRAMES = """() => {
  const real = window.requestAnimationFrame;
  const held = [];
  window.requestAnimationFrame = (act) => held.push(act);
  window.letFramesPass = () => {
    window.requestAnimationFrame = real;
    for (const act of held.splice(0)) real(act);
  };
}"""
# The form that is open is sent when the board has been made, and the editor in it has not.
ADD_MEANWHILE = """async () => {
  const { mount } = await import("/static/whiteboard/whiteboard.js");
  const other = document.body.appendChild(document.createElement("div"));
  (await mount(other)).destroy();
  const host = document.getElementById("board");
  const coming = mount(host, { store });
  for (let turn = 0; turn < 20; turn += 1) await null;
  const before = host.childElementCount;
  document.querySelector(".outline-form").requestSubmit();
  coming.then((board) => (window.board = board));
  return [before, document.querySelectorAll(".outline-form").length];
}"""
ON_BOARD_AND_STORE = """async () => {
  const { parseScene, readGraph } = await import("/static/whiteboard/outline.js");
  const names = ({ parts }) => parts.map(({ label }) => label);
  return [names(readGraph(parseScene(board.getScene()))), names(store.graph)];
}"""


def add_parts(somebody, *names):
    """One after the other by keys; whatever keeps a form open gets the next name into it, too."""
    somebody.page.evaluate("outline.focus()")
    for name in names:
        somebody.press("p")
        somebody.type(name)
        somebody.press("Enter")


def test_the_outline_goes_on_while_the_board_is_fetched(desk):
    somebody = desk()
    page = somebody.page
    held = []

    def hold(route):
        held.append(route)

    page.route("**/board/board-*.mjs", hold)
    page.goto(f"{somebody.url}/?outline-only")
    page.wait_for_selector("body[data-ready]")
    add_parts(somebody, "Browser")
    page.evaluate(MOUNT)
    add_parts(somebody, "Link API", "Postgres")
    held[0].continue_()
    somebody.until("window.board.getScene")
    assert page.evaluate(ON_BOARD_AND_STORE) == [["Browser", "Link API", "Postgres"]] * 2


def test_the_outline_goes_on_before_there_is_an_editor(desk):
    somebody = desk()
    page = somebody.page
    page.goto(f"{somebody.url}/?outline-only")
    page.wait_for_selector("body[data-ready]")
    add_parts(somebody, "Browser")
    somebody.press("p")
    somebody.type("Link API")
    assert page.evaluate(ADD_MEANWHILE) == [0, 0], "an empty board, and no form is left open"
    somebody.until("window.board.getScene")
    assert page.evaluate(ON_BOARD_AND_STORE) == [["Browser", "Link API"]] * 2
    assert page.evaluate("told") == ["outline", "outline"]


def test_the_outline_goes_on_while_the_board_is_made(desk):
    somebody = desk()
    page = somebody.page
    page.goto(f"{somebody.url}/?outline-only")
    page.wait_for_selector("body[data-ready]")
    add_parts(somebody, "Browser")
    page.evaluate(HOLD_FRAMES)
    page.evaluate(MOUNT)
    page.locator("#board canvas.interactive").wait_for()
    add_parts(somebody, "Link API", "Postgres")
    assert page.locator(".outline-form").count() == 0
    assert somebody.said() == "Added Postgres. 3 parts, no links."
    page.evaluate("store.select(store.graph.parts[0].id, 'host')")
    assert page.evaluate("document.getElementById('board').inert"), "nobody draws on a board that is not there yet"
    page.evaluate("letFramesPass()")
    somebody.until("window.board.getScene")
    names = ["Browser", "Link API", "Postgres"]
    assert page.evaluate(ON_BOARD_AND_STORE) == [names, names]
    assert "board" not in page.evaluate("told"), "what it was given first is not written over what is newer"
    # It is one board from here on.
    page.get_by_role("button", name="Queue").click()
    add_parts(somebody, "Cache")
    names += ["Queue", "Cache"]
    assert page.evaluate(ON_BOARD_AND_STORE) == [names, names]


def test_a_board_that_is_closed_while_it_is_made_stays_closed(desk):
    somebody = desk()
    page = somebody.page
    page.goto(f"{somebody.url}/?outline-only")
    page.wait_for_selector("body[data-ready]")
    page.evaluate(HOLD_FRAMES)
    page.evaluate(MOUNT)
    page.locator("#board canvas.interactive").wait_for()
    add_parts(somebody, "Browser")
    page.evaluate("store.setReadOnly(true)")
    page.evaluate("letFramesPass()")
    somebody.until("window.board.getScene")
    page.get_by_role("list", name="Parts to add").wait_for(state="detached")
    assert page.evaluate(ON_BOARD_AND_STORE) == [["Browser"], ["Browser"]]


def test_what_was_drawn_when_the_board_is_closed_stays_on_it(desk):
    somebody = desk()
    somebody.open()
    page = somebody.page
    page.evaluate("board.focus()")
    somebody.box(430, 250, "Drawn")
    page.evaluate("store.setReadOnly(true)")
    assert page.evaluate(ON_BOARD_AND_STORE) == [["Drawn"], ["Drawn"]]


def test_a_board_beside_the_panes_has_the_tools_of_a_desk(desk):
    somebody = desk(viewport={"width": 980, "height": 800})
    somebody.open()
    page = somebody.page
    assert page.locator("#board").bounding_box()["width"] < 660
    for name in ("Zoom in", "Zoom out", "Show the whole drawing"):
        assert page.locator("#board").get_by_role("button", name=name).filter(visible=True).count() == 1
    tools, canvas = page.locator(".App-toolbar").bounding_box(), page.locator(".wb-canvas").bounding_box()
    assert canvas["x"] <= tools["x"]
    assert tools["x"] + tools["width"] <= canvas["x"] + canvas["width"]

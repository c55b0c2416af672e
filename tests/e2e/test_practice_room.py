"""The practice room as somebody sits in it: board, outline, sheet, and an interviewer who speaks up."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scoring.engine.graph import mermaid
from tests.e2e.conftest import Site, Visitor
from tests.ops.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PATIENCE = 60_000
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
CACHED = "Every redirect is looked up in the cache first, and in the store on a miss; entries live for an hour."


def outline(page: Page) -> Any:
    return page.locator("#p-outline")


def type_part(visitor: Visitor, *names: str) -> None:
    """Add parts in the outline, by its keys alone."""
    page = visitor.page
    page.keyboard.press("Alt+Shift+O")
    for name in names:
        page.keyboard.press("p")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(outline(page)).to_contain_text(name)


def link(visitor: Visitor, to: str, label: str) -> None:
    """From the part in front to another one."""
    page = visitor.page
    page.keyboard.press("l")
    page.keyboard.type(to)
    page.keyboard.press("Tab")
    page.keyboard.type(label)
    page.keyboard.press("Enter")
    expect(outline(page)).to_contain_text(label)


def design_step(visitor: Visitor) -> None:
    """The high-level design, with its board on the screen."""
    visitor.page.keyboard.press("Alt+3")
    expect(visitor.page.locator("#outline [data-waits]")).to_have_count(0, timeout=PATIENCE)


def box(page: Page, x: float, y: float, name: str) -> None:
    page.keyboard.press("2")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 40, steps=3)
    page.mouse.move(x + 150, y + 70, steps=3)
    page.mouse.up()
    page.keyboard.press("Enter")
    name_it(page, name)


def name_it(page: Page, name: str) -> None:
    page.locator(".excalidraw-wysiwyg").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Escape")
    page.locator(".excalidraw-wysiwyg").wait_for(state="detached")


def draw(visitor: Visitor) -> None:
    """Two boxes and an arrow between them, by mouse."""
    page = visitor.page
    canvas = page.locator("#board canvas.interactive")
    canvas.wait_for(timeout=PATIENCE)
    place = canvas.bounding_box()
    assert place
    # To the right of what the board offers for a chosen shape.
    left, top = place["x"] + 300, place["y"] + 150
    page.mouse.click(left, top - 40)
    box(page, left, top, "Web server")
    box(page, left, top + 240, "Postgres")
    page.keyboard.press("5")
    page.mouse.move(left + 75, top + 72)
    page.mouse.down()
    page.mouse.move(left + 75, top + 150, steps=4)
    page.mouse.move(left + 75, top + 238, steps=4)
    page.mouse.up()
    page.keyboard.press("Enter")
    name_it(page, "SQL")
    expect(outline(page)).to_contain_text("SQL")


def by_keyboard(visitor: Visitor) -> None:
    type_part(visitor, "Web server", "Postgres")
    visitor.page.keyboard.press("ArrowUp")
    link(visitor, "Postgres", "SQL")


def handed_in(site: Site, email: str) -> dict[str, Any]:
    """The newest submission, once it is scored."""
    found: dict[str, Any] = {}

    def is_scored() -> bool:
        found.update(site.ask("handed_in", email))
        return found["marks"] is not None

    wait_for(is_scored, what="the score", seconds=90)
    return found


def test_mouse_and_keyboard_get_the_same_graph_and_the_same_marks(site: Site, visit: Callable[..., Visitor]) -> None:
    handed = []
    for email, make in (("mouse@example.com", draw), ("keyboard@example.com", by_keyboard)):
        visitor = visit(site, **DESKTOP)
        visitor.sign_up(email)
        visitor.start("url-shortener", mode="untimed")
        visitor.write("- Shorten a long link.\n- Redirect whoever opens the short one within 50 ms.")
        visitor.wait_saved()
        design_step(visitor)
        make(visitor)
        visitor.wait_saved()
        visitor.hand_over()
        handed.append(handed_in(site, email))
    by_mouse, by_keys = handed
    assert by_mouse["answer"] == by_keys["answer"]
    graph = mermaid.read(by_keys["answer"]["high_level_design"].removeprefix("```mermaid\n").removesuffix("```\n"))
    assert sorted((node.label, node.kind) for node in graph.nodes.values()) == [
        ("Postgres", "database"),
        ("Web server", "service"),
    ]
    assert [edge.label for edge in graph.edges] == ["SQL"]
    assert by_mouse["marks"] == by_keys["marks"]
    assert by_mouse["marks"]["high_level_design"] > 0


def test_a_session_with_an_interviewer(site: Site, visit: Callable[..., Visitor]) -> None:
    email = "interviewed@example.com"
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.sign_up(email)
    visitor.start("url-shortener")
    talk = page.locator("#talk")
    page.locator("#ask").fill("Do links expire?")
    page.locator("#ask").press("Tab")
    talk.get_by_role("button", name="Ask", exact=True).click()
    expect(talk).to_contain_text("must stop working")
    visitor.write("- Shorten a link.\n- A redirect answers within 50 ms.\n- A creator may delete a link.")
    visitor.wait_saved()
    page.keyboard.press("Alt+2")
    sheet = page.locator(".editor:not([hidden]) [data-part=sheet] textarea")
    sheet.fill("writes = 100M users * 1 link/day\noops = writes + 5 GB")
    results = page.locator(".editor:not([hidden])")
    expect(results).to_contain_text("1.16 k links/s")
    expect(results).to_contain_text("These two do not add")
    sheet.fill("writes = 100M users * 1 link/day")
    visitor.wait_saved()
    design_step(visitor)
    type_part(visitor, "Browser", "Link API", "Redis cache", "Link store")
    link(visitor, "Link API", "GET /code")
    visitor.wait_saved()
    visitor.write(CACHED)
    visitor.wait_saved()
    site.ask("goes_by", email, 120)
    followup = talk.locator(".followup").first
    expect(followup).to_be_visible(timeout=PATIENCE)
    says = followup.locator(".ask").inner_text()
    expect(page.locator("#announce")).to_contain_text(says[:30])
    followup.get_by_role("button", name="Answer in my text").click()
    expect(visitor.editor).to_have_value(re.compile(r"\n> Interviewer: "))
    page.keyboard.type("We purge the entry when the link is deleted, and it is gone within a second.")
    visitor.wait_saved()
    page.keyboard.press("Alt+4")
    expect(page.locator("#text-deep_dive")).to_have_count(1)
    # Two follow-ups in a row would be a burden: a change waits for three minutes after one.
    site.ask("goes_by", email, 500)
    change = talk.locator(".followup", has_text="One requirement has changed")
    expect(change).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#frozen [data-now]")).to_have_text(change.locator(".ask").inner_text())
    type_part(visitor, "Audit queue")
    page.get_by_role("tab", name="Interviewer").click()
    change.get_by_role("button", name="Answer in my text").click()
    expect(change).to_contain_text("answered in your text")
    page.keyboard.type("The audit queue takes what must not be lost; the rest of the design stays as it is.")
    visitor.wait_saved()
    visitor.hand_over()

    handed = handed_in(site, email)
    kinds = [one["kind"] for one in handed["exchanges"]]
    assert kinds[:3] == ["question", "reply", "probe"]
    assert kinds.count("curveball") == 1
    assert "- writes = 100M users * 1 link/day" in handed["answer"]["estimation"]
    assert "Audit queue" not in handed["answer"]["high_level_design"]
    assert "Audit queue" in handed["answer"]["deep_dive"]

    page.reload()
    changed = page.locator("#changed")
    expect(changed).to_contain_text("Added: Audit queue.")
    expect(changed.get_by_role("img")).to_have_count(2)
    interview = page.locator("#interview")
    expect(interview).to_contain_text("Do links expire?")
    expect(interview).to_contain_text(says)
    expect(page.locator("#answer")).to_contain_text("prompted")
    expect(page.locator("#answer").get_by_role("table").first).to_contain_text("1.16 k links/s")


def test_the_keyboard_goes_where_the_question_went(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.become_guest()
    visitor.start("url-shortener")
    page.locator(".editor:not([hidden]) .cm-content").wait_for()
    visitor.write("- **No** logins\n- `user_id` stays")
    visitor.wait_saved()
    page.keyboard.press("Alt+Shift+I")
    box = page.locator("#ask")
    box.fill("   ")
    page.keyboard.press("Control+Enter")
    assert box.evaluate("box => box.validationMessage") == "Write your question first."
    for question in ("Do links expire?", "How many users are there?", "Can a creator delete a link?"):
        box.fill(question)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#talk .exchange").last).to_contain_text(question)
        expect(page.locator("#talk .exchange .a").last).to_be_in_viewport(ratio=1)
        expect(box).to_have_value("")
        expect(box).to_be_focused()
    expect(page.locator("#confirm-finish")).to_be_hidden()
    hint = page.get_by_role("button", name="Ask for a hint")
    hint.focus()
    page.keyboard.press("Enter")
    offer = page.locator("#said-offer")
    expect(offer).to_be_focused()
    expect(offer).to_be_in_viewport(ratio=1)
    box.fill("Who may open a link?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk .exchange:not(#said-offer)")).to_have_count(4)
    expect(offer.get_by_role("button", name="Give me the hint")).to_be_visible()
    offer.get_by_role("button", name="No").press("Enter")
    expect(hint).to_be_focused()
    page.keyboard.press("Alt+2")
    expect(page.locator("#frozen li")).to_have_text(["No logins", "user_id stays"])


def test_the_board_alone_leaves_the_deep_dive_empty(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site, **DESKTOP)
    page = visitor.page
    visitor.become_guest()
    visitor.start("url-shortener")
    design_step(visitor)
    type_part(visitor, "Web server")
    page.locator("#finish button").click()
    expect(page.locator("[data-empty-steps]")).to_have_text(
        "Still empty: Requirements, Estimation, Deep dive, Wrap-up."
    )
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-finish")).to_be_hidden()
    # Who was in a pane that is put away is not left nowhere.
    page.locator("#outline").get_by_role("button").first.focus()
    page.keyboard.press("Alt+Shift+K")
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#h-high_level_design")).to_be_focused()

"""Walks through the product as a person takes them, in a real browser against the real processes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes]

REQUIREMENTS = """- People shorten a long link and everybody who opens the short one is redirected.
- Out of scope: accounts with roles, a custom domain for each customer.
- 100 million users a day, 1 link each, 10 redirects per link: reads dominate 10 to 1.
- A redirect answers within 50 ms at p99, and 99.99 % of redirects succeed.
- Eventual consistency is fine for click counts, but a code must never lead to two different links."""
ESTIMATION = """- writes = 100M links / 86,400 s = 1,160 links/s, peak 3x about 3,500 links/s
- redirects = 1,160 * 10 = 11,600 redirects/s, peak about 35,000 redirects/s
- storage = 100M links/day * 500 B = 50 GB/day, in 5 years 91 TB
- So reads need a cache and one primary cannot hold 91 TB: the table is sharded by code."""
DESIGN = """```mermaid
flowchart LR
  client[Browser] --> lb[Load balancer] --> api[Link service]
  api --> cache[(Redis cache)]
  cache --> db[(Key-value store)]
  api --> ids[ID service]
  api --> db
```

POST /links {url} returns the code; GET /{code} answers 302 with the long URL.
link(code primary key, long_url, owner, created_at, expires_at).
A key-value store fits because every read is a lookup by code and nothing needs a join.
A redirect asks the cache first and the store only on a miss; a new link is written to the store before we answer."""
DEEP_DIVE = """Each server leases a block of a million numbers from the ID service,
so two servers can never issue the same code.
The number is written in base 62: 7 characters give 3.5 trillion codes, enough for 183 billion links.
If a server dies, the rest of its block is lost, which costs nothing because the space is 19 times too large.
Hot links: the most popular ones sit in the cache with a TTL of an hour, and a lock per key lets one request fill it.
When a link is deleted we delete the cache entry as well, so that nobody is redirected to it for longer than a minute.
If the cache fails, reads go to the replicas and we shed load above 20,000 redirects/s with a 503 and Retry-After."""
WRAP_UP = """- 302 instead of 301: we can count clicks and change links, and pay with more traffic.
- Blocks of numbers instead of hashes: no collisions, but codes can be guessed, so private links get a random suffix.
- At ten times the load the ID service stays idle, while the cache needs ten times the memory; the shards double.
- Alert on the p99 of redirects and on a cache hit ratio under 90 %; deploy canaries, roll back by tag."""
ANSWER = {
    "requirements": REQUIREMENTS,
    "estimation": ESTIMATION,
    "high_level_design": DESIGN,
    "deep_dive": DEEP_DIVE,
    "wrap_up": WRAP_UP,
}


def sit(visitor: Visitor) -> None:
    """Write all five steps, going on with the button at the foot of each."""
    for index, text in enumerate(ANSWER.values()):
        visitor.write(text)
        visitor.wait_saved()
        if index < 4:
            visitor.page.locator(".editor:not([hidden]) [data-next]").click()


def test_from_sign_up_to_an_explained_score(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("walker@example.com")
    visitor.page.get_by_role("link", name="Design a URL shortener").click()
    visitor.page.locator('input[name="mode"][value="interview"]').check()
    visitor.page.locator(".startform button").last.click()
    visitor.page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/"))
    sit(visitor)
    expect(visitor.page.locator("#frozen")).to_contain_text("reads dominate 10 to 1")
    visitor.hand_over()
    # The page changes by itself when the worker is done.
    expect(visitor.page.locator("#verdict")).to_be_visible(timeout=30_000)
    page = visitor.page
    for step, text in ANSWER.items():
        quotes = page.locator(f"section[aria-labelledby=s-{step}] .quote .prewrap").all_text_contents()
        assert quotes, f"no quote in {step}"
        assert any(quote in text for quote in quotes)
    expect(page.locator("#answer mark.ev").first).to_be_visible()
    expect(page.locator("#answer svg.diagram").first).to_be_visible()
    expect(page.locator(".bandscale svg").first).to_have_attribute(
        "aria-label", re.compile(r"likely between \d+ and \d+")
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    assert "# Score" in download.value.path().read_text()
    visitor.go("/sessions/")
    expect(page.get_by_role("link", name="Design a URL shortener")).to_be_visible()


def test_a_guest_practises_and_keeps_the_work_on_signing_up(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.become_guest()
    visitor.start("chat", mode="untimed")
    visitor.write("Guests write, too: messages in order, each delivered once.")
    visitor.wait_saved()
    room = visitor.page.url
    visitor.sign_up("former-guest@example.com")
    visitor.page.goto(room)
    expect(visitor.editor).to_have_value(re.compile("Guests write, too"))


def test_the_keyboard_alone_is_enough(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site)
    visitor.sign_up("keys@example.com")
    visitor.go("/questions/news-feed/")
    page = visitor.page
    page.locator('input[name="mode"][value="interview"]').focus()
    page.keyboard.press("Space")
    page.locator(".startform button").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sessions/"))
    page.keyboard.press("Alt+2")
    expect(page.locator("#sheet")).to_be_focused()
    page.keyboard.type("posts = 231 posts/s")
    page.keyboard.press("Alt+Shift+T")
    expect(visitor.paper).to_be_focused()
    page.keyboard.type("231 posts/s")
    page.keyboard.press("Control+s")
    visitor.wait_saved()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".editor:not([hidden]) h2")).to_have_text("High-level design")
    page.locator("#finish button").focus()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    dialog = page.locator("#confirm-finish")
    expect(dialog.get_by_role("button", name="Keep writing")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="Hand in")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")


def test_the_session_goes_on_on_another_device(site: Site, visit: Callable[..., Visitor]) -> None:
    laptop = visit(site)
    laptop.sign_up("devices@example.com")
    laptop.start("url-shortener")
    laptop.write("Begun on the laptop.")
    laptop.wait_saved()
    phone = visit(site, viewport={"width": 375, "height": 740}, has_touch=True)
    phone.sign_in("devices@example.com")
    phone.page.get_by_role("link", name="Resume").click()
    expect(phone.editor).to_have_value("Begun on the laptop.")
    phone.write("Begun on the laptop. Ended on the phone.")
    phone.wait_saved()

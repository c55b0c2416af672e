"""What the practice room costs whoever sits in it: `python bench/room.py [--keys 300]`.

Starts the product in an empty folder and a browser in front of it. Prints what the first opening of the room transfers,
by kind, and how long it takes from a key to the next picture (interaction to next paint, by the browser's own event
timing) at the end of an answer of 2,000 words: in the editor, and for comparison in the bare text area that stands
there where the editor cannot be fetched. Event timing is exact to 8 ms and leaves out what takes less than 16 ms; such
keys count as 16.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parents[1]
WORDS: Final = 2_000
PATIENCE: Final = 120.0
# Somebody who types quickly: some ten keys a second.
BETWEEN_KEYS: Final = 100
SHORTEST: Final = 16.0
SENTENCE: Final = "Each *redirect* asks the `cache` first and the store on a miss, so reads stay below 50 ms.\n"
ANSWER: Final = SENTENCE * (WORDS // len(SENTENCE.split()))

WATCH: Final = """() => {
  window.longest = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0));
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    with product() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        page, sizes = enter(browser.new_context(), url)
        print(f"first opening of the room: {sum(sizes.values()) / 1000:.1f} kB transferred")
        for kind, size in sizes.most_common():
            print(f"  {kind:12} {size / 1000:7.1f}")
        editor = key_to_paint(page, arguments.keys)
        bare_context = browser.new_context()
        bare_context.route("**/editor*.js", lambda route: route.abort())
        bare = key_to_paint(enter(bare_context, url)[0], arguments.keys)
        browser.close()
    print(f"a key to the next paint, {WORDS:,} words, {arguments.keys} keys (ms):")
    for name, times in (("editor", editor), ("text area", bare)):
        print(f"  {name:12} median {quantile(times, 0.5):4.0f}  98th percentile {quantile(times, 0.98):4.0f}")
    print(f"  ratio at the 98th percentile: {quantile(editor, 0.98) / quantile(bare, 0.98):.2f}")


def key_to_paint(page: Page, keys: int) -> list[float]:
    """How long each key took, in ms, in the text of the step in front, which then holds 2,000 words more."""
    paper = page.locator(".editor:not([hidden]) [data-part=text]").locator(".cm-content, textarea:visible")
    paper.fill(ANSWER)
    page.wait_for_timeout(2_000)
    paper.focus()
    page.keyboard.press("Control+End")
    page.evaluate(WATCH)
    for key in typed(keys):
        page.keyboard.press(key, delay=BETWEEN_KEYS / 2)
        page.wait_for_timeout(BETWEEN_KEYS / 2)
    page.wait_for_timeout(500)
    seen: list[float] = page.evaluate("[...longest.values()]")
    return sorted([*seen, *[SHORTEST] * max(keys - len(seen), 0)])


def typed(keys: int) -> str:
    """Words of five letters."""
    return "".join(" " if number % 6 == 5 else "abcdefghij"[number % 10] for number in range(keys))


def enter(context: BrowserContext, url: str) -> tuple[Page, Counter[str]]:
    """A new guest's room, and what opening it transferred, in bytes by kind."""
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="Start as a guest").first.click()
    page.wait_for_url("**/questions/")
    page.goto(f"{url}/questions/url-shortener/")
    page.locator(".startform button").last.click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/"))
    return page, transferred(page)


def transferred(page: Page) -> Counter[str]:
    """Bytes on the wire, headers included, of loading this page with nothing kept, until the network rests."""
    room = page.url
    # What the page is still fetching belongs to the opening before.
    page.goto("about:blank")
    sizes: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({kinds.get(event["requestId"], "other"): int(event["encodedDataLength"])}),
    )
    page.goto(room, wait_until="networkidle")
    page.wait_for_timeout(1_500)
    wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
    wire.detach()
    return sizes


def quantile(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


@contextmanager
def product() -> Iterator[str]:
    """The product on a free port, with everything it writes in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        left_out = ("DATABASE_URL", "SECRET_KEY", "SITE_URL")
        env = {name: value for name, value in os.environ.items() if name not in left_out}
        running = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=env | {"VAR_DIR": folder, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(url := f"http://127.0.0.1:{port}")
            yield url
        finally:
            os.killpg(running.pid, signal.SIGINT)
            running.wait(30)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The site did not start.")


if __name__ == "__main__":
    main()

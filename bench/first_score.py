"""From a fresh clone to a scored answer: `python3 bench/first_score.py`.

Clones this checkout's last commit into an empty folder, types `make run`, practises as a guest over HTTP and
waits for the score. Prints seconds since `make run` for each stage. Standard library only.
"""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "fortyfive"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        url = f"http://127.0.0.1:{free_port()}"
        env = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VAR_DIR", "SECRET_KEY")
        }
        began = time.monotonic()
        product = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=env | {"PORT": url.rsplit(":", 1)[1]},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait(lambda: answers(f"{url}/readyz"))
            print(f"site ready         {time.monotonic() - began:6.1f} s", flush=True)
            visitor = Visitor(url)
            visitor.practise((clone / "fixtures" / "demo" / "answer.md").read_text(encoding="utf-8"))
            print(f"answer handed in   {time.monotonic() - began:6.1f} s", flush=True)
            wait(visitor.has_score)
            print(f"score on the page  {time.monotonic() - began:6.1f} s", flush=True)
        finally:
            os.killpg(product.pid, signal.SIGINT)
            product.wait(30)
    return 0


class Visitor:
    """A browser without a screen: cookies, forms, pages."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.result = ""

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=20) as response:
            return str(response.read().decode())

    def post(self, path: str, **values: str) -> str:
        """Post a form; the address it leads to."""
        token = next(cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        request = urllib.request.Request(self.url + path, data, {"Referer": self.url})
        with self.opener.open(request, timeout=20) as response:
            return str(response.url)

    def practise(self, answer: str) -> None:
        """Guest, untimed, the whole answer in its five steps, handed in."""
        self.get("/")
        self.post("/accounts/guest/")
        room = urllib.parse.urlsplit(self.post("/questions/url-shortener/start/", mode="untimed")).path
        texts = re.split(r"^## .*$", answer, flags=re.MULTILINE)[1:]
        steps = ("requirements", "estimation", "high_level_design", "deep_dive", "wrap_up")
        for step, text in zip(steps, texts, strict=True):
            self.post(f"{room}draft/{step}/", text=text.strip(), base="0")
        self.result = urllib.parse.urlsplit(self.post(f"{room}finish/")).path

    def has_score(self) -> bool:
        return 'id="verdict"' in self.get(self.result)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait(condition) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"still not there after {PATIENCE:.0f} s")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())

"""A page with the built board and the outline, served under the product's own policy, and somebody in front of it."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
BOARDS = ROOT / "tests" / "boards"
# What axe looks for, and of it what looks at colours.
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}

PAGE = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Board</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="{tokens}"><link rel="stylesheet" href="{components}">
<link rel="stylesheet" href="{outline_css}"><link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<main><h1>Board</h1><button class="btn" id="before">Before</button>
<div id="both"><div id="board"></div><aside id="outline" aria-label="Outline"></aside></div>
<button class="btn" id="after">After</button></main>
</body>
</html>"""
STYLE = """
#both { display: grid; grid-template-columns: minmax(0, 1fr) 21.5rem; height: 42rem }
#board { height: 100%; min-height: 0 } #outline { overflow: auto }
@media (max-width: 56rem) { #both { grid-template-columns: minmax(0, 1fr); height: auto } #board { height: 36rem } }
"""
SCRIPT = """
import {{ createStore, mountOutline }} from "{outline}";
import {{ mount }} from "{whiteboard}";
const asked = new URLSearchParams(location.search);
const readOnly = asked.has("read-only");
const store = createStore(sessionStorage.getItem("scene") ?? "", {{ readOnly }});
const outline = mountOutline(document.getElementById("outline"), store);
Object.assign(window, {{ store, outline, told: [], keys: [] }});
store.subscribe((text, origin) => told.push(origin));
document.addEventListener("keydown", (event) => keys.push(event.key));
if (!asked.has("outline-only")) {{
  const onChange = (text, summary) => Object.assign(window, {{ last: {{ text, summary }} }});
  window.board = await mount(document.getElementById("board"), {{ store, onChange, onLeave: () => outline.focus() }});
}}
document.body.dataset.ready = "";
"""
# What a board says, by names instead of identifiers.
MEANING = """() => {
  const { parts, groups, links, problems } = store.graph;
  const name = Object.fromEntries([...parts, ...groups].map(({ id, label }) => [id, label]));
  return {
    parts: parts.map(({ label, kind, group }) => [label, kind, name[group] ?? ""]),
    links: links.map(({ from, to, label, direction }) => [name[from], name[to], label, direction]),
    problems: problems.map(({ message }) => message),
  };
}"""

# What `draw_design` and `type_design` make.
DESIGN = {
    "parts": [["Web server", "service", ""], ["Postgres", "database", ""]],
    "links": [["Web server", "Postgres", "SQL", "forward"]],
    "problems": [],
}


class serving:  # noqa: N801 - reads as what it does
    """`with serving(folder, names) as url`: a page with the product's policy, and the folder under /static/."""

    def __init__(self, folder: Path, names: dict[str, str]) -> None:
        def at(name: str) -> str:
            return f"/static/{names.get(name, name)}"

        sheets = {
            "tokens": "css/tokens.css",
            "components": "css/components.css",
            "outline_css": "whiteboard/outline.css",
        }
        modules = {"outline": "whiteboard/outline.js", "whiteboard": "whiteboard/whiteboard.js"}
        pages = {
            "/": ("text/html", PAGE.format(**{key: at(name) for key, name in sheets.items()})),
            "/page.css": ("text/css", STYLE),
            "/page.js": ("text/javascript", SCRIPT.format(**{key: at(name) for key, name in modules.items()})),
        }
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                file = folder / path.removeprefix("/static/")
                if path in pages:
                    kind, body = pages[path][0], pages[path][1].encode()
                elif path.startswith("/static/") and file.is_file():
                    kind, body = TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
                else:
                    return self.send_error(404)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("X-Content-Type-Options", "nosniff")
                if kind == "text/html":
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)
                return None

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@dataclass
class Desk:
    """A page with board and outline. What the console says and which hosts are asked is collected, and must be none."""

    url: str
    page: Page
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.troubles.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self._ask(request.url))

    def _ask(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.troubles.append(f"asks {url}")

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.url}/?{query}")
        self.page.wait_for_selector("body[data-ready]")

    def until(self, condition: str, seconds: float = 10) -> None:
        """Playwright's own way to wait evaluates text in the page, which the policy forbids."""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(condition):
            assert time.monotonic() < deadline, f"Still not: {condition}"
            self.page.wait_for_timeout(50)

    def meaning(self) -> Any:
        return self.page.evaluate(MEANING)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def box(self, x: int, y: int, name: str) -> None:
        """Draw a box with its upper left corner here, and type its name."""
        mouse = self.page.mouse
        self.press("2")
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 80, y + 40, steps=3)
        mouse.move(x + 150, y + 70, steps=3)
        mouse.up()
        self.press("Enter")
        self.page.locator(".excalidraw-wysiwyg").wait_for()
        self.type(name)
        self.press("Escape")
        self.page.locator(".excalidraw-wysiwyg").wait_for(state="detached")

    def arrow(self, start: tuple[int, int], end: tuple[int, int], name: str) -> None:
        mouse = self.page.mouse
        self.press("5")
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
        mouse.move(*end, steps=4)
        mouse.up()
        self.press("Enter")
        self.page.locator(".excalidraw-wysiwyg").wait_for()
        self.type(name)
        self.press("Escape")
        self.page.locator(".excalidraw-wysiwyg").wait_for(state="detached")

    def draw_design(self) -> None:
        self.page.evaluate("board.focus()")
        self.box(430, 250, "Web server")
        self.box(730, 250, "Postgres")
        self.arrow((582, 285), (728, 285), "SQL")
        self.until("store.graph.links.length === 1 && store.graph.links[0].label === 'SQL'")

    def type_design(self) -> None:
        self.page.evaluate("outline.focus()")
        for name in ("Web server", "Postgres"):
            self.press("p")
            self.type(name)
            self.press("Enter")
        self.press("ArrowUp", "l")
        self.type("Postgres")
        self.press("Tab")
        self.type("SQL")
        self.press("Enter")

    def said(self) -> str:
        return str(self.page.locator(".outline-pane [role=status]").text_content())

    def look_for_barriers(self, state: str) -> None:
        """All of them in the light; where it is dark those of colours, for nothing else differs."""
        self._look(state, {"type": "tag", "values": TAGS})
        self._turn("dark")
        self._look(f"{state}, in the dark", {"type": "rule", "values": COLOURS})
        self._turn("light")

    def _turn(self, theme: str) -> None:
        self.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        dark = "document.querySelector('.excalidraw')?.classList.contains('theme--dark') ?? theme === 'dark'"
        self.page.wait_for_function(f"theme => ({dark}) === (theme === 'dark')", arg=theme)

    def _look(self, state: str, only: dict[str, Any]) -> None:
        options = {"runOnly": only, "resultTypes": ["violations"]}
        for found in Axe().run(self.page, options=options).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                self.troubles.append(f"{state}: {found['id']} at {[node['target'] for node in found['nodes']]}")

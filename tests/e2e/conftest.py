"""The whole product, started as on somebody's machine, and a real browser in front of it."""

import contextlib
import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import shared
from tests.ops import processes
from tests.services import free_port

DATABASE = "site.sqlite3"


@dataclass
class Site:
    """A running product: web server and embedded worker on SQLite."""

    url: str
    env: dict[str, str]
    folder: Path
    web: processes.Running
    worker: processes.Running
    backstage: "Backstage"

    def manage(self, *arguments: str) -> str:
        return processes.manage(*arguments, env=self.env)

    def ask(self, name: str, *arguments: object) -> Any:
        """Call a function of tests.e2e.backstage in the site's own code and database; its answer."""
        return self.backstage.ask(name, *arguments)


class Backstage:
    """One process for all questions, since Django takes its time to start; it does so with the first of them."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.env, self.log = env, log
        self.process: subprocess.Popen[str] | None = None

    def ask(self, name: str, *arguments: object) -> Any:
        if self.process is None or self.process.poll() is not None:
            self.process = self._start()
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([name, *arguments]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, f"{name}{arguments}: {self.log.read_text()}"
        return json.loads(answer)

    def _start(self) -> subprocess.Popen[str]:
        code = "from tests.e2e import backstage; backstage.answer_questions()"
        command = processes.python("manage.py", "shell", "-v0", "-c", code)
        with self.log.open("w") as log:
            return subprocess.Popen(
                command,
                cwd=processes.ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def close(self) -> None:
        if self.process:
            self.process.communicate()


@pytest.fixture(scope="session")
def installed() -> Path:
    """A folder as it is after installing, to copy: questions and the sample, no people."""
    return shared.once("installed", install)


def install(folder: Path) -> None:
    env = environment_of(folder, port=free_port())
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_catalog"], ["load_sample"]):
        processes.manage(*command, env=env)
    # Nobody wants to wait for what another site has worked out.
    vectors = shared.folder() / "vectors"
    vectors.mkdir(exist_ok=True)
    (folder / "var" / "vectors").symlink_to(vectors)


@pytest.fixture(scope="session")
def site(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all walks."""
    with start_site(installed, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def quick_site(installed: Path, tmp_path: Path) -> Iterator[Site]:
    """A site where an interview minute lasts a third of a second: 45 of them are fifteen seconds."""
    with start_site(installed, tmp_path, MINUTE_SECONDS="0.34") as site:
        yield site


@contextlib.contextmanager
def start_site(installed: Path, folder: Path, **values: str) -> Iterator[Site]:
    port = free_port()
    env = environment_of(folder, port, **values)
    url = env["SITE_URL"]
    shutil.copytree(installed, folder, dirs_exist_ok=True, symlinks=True)
    gunicorn = ["-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--threads=8"]
    worker = processes.python("manage.py", "embworker")
    with (
        processes.running(processes.python(*gunicorn), env=env, log=folder / "web.log") as web,
        processes.running(worker, env=env, log=folder / "worker.log") as worker_process,
    ):
        processes.wait_for(lambda: answers(f"{url}/readyz"), what="the site to be ready", seconds=60)
        with contextlib.closing(Backstage(env, folder / "backstage.log")) as backstage:
            yield Site(url, env, folder, web, worker_process, backstage)


def environment_of(folder: Path, port: int, **values: str) -> dict[str, str]:
    return processes.environment(
        DATABASE_URL=f"sqlite:///{folder / DATABASE}",
        SITE_URL=f"http://127.0.0.1:{port}",
        VAR_DIR=str(folder / "var"),
        LOCAL_MAIL_PAGE="1",
        LOG_LEVEL="WARNING",
        **values,
    )


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def text_of(page: Page) -> Any:
    """The text of the step in front: a text area, which the editor keeps when it takes its place."""
    return page.locator(".editor:not([hidden]) [data-part=text] textarea")


def paper_of(page: Page) -> Any:
    """The editor of the step in front, once it is there; without script the text area."""
    text = ".editor:not([hidden]) [data-part=text]"
    return page.locator(f"html.js {text} .cm-content, html:not(.js) {text} textarea")


@dataclass
class Visitor:
    """Somebody in front of a browser of their own. Console errors are collected and must stay none."""

    site: Site
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def watch(self, page: Page) -> Page:
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        return page

    def new_tab(self) -> Page:
        return self.watch(self.context.new_page())

    def _console(self, kind: str, text: str) -> None:
        # A refused save (409) is an answer, and a cut network is what some of these tests are about.
        if kind == "error" and not re.search(r"409 \(Conflict\)|ERR_INTERNET_DISCONNECTED|ERR_FAILED", text):
            self.troubles.append(text)

    def sign_up(self, email: str, password: str = "correct horse battery") -> None:
        self.go("/accounts/signup/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/questions/")

    def sign_in(self, email: str, password: str = "correct horse battery") -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/questions/")

    def become_guest(self) -> None:
        self.go("/")
        self.page.get_by_role("button", name="Start as a guest").first.click()
        self.page.wait_for_url("**/questions/")

    def start(self, slug: str, mode: str = "interview") -> None:
        self.go(f"/questions/{slug}/")
        self.page.locator(f'input[name="mode"][value="{mode}"]').check()
        self.page.locator(".startform button").last.click()
        self.page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/"))

    @property
    def editor(self) -> Any:
        """The text of the step in front, as the page keeps it."""
        return text_of(self.page)

    @property
    def paper(self) -> Any:
        """What that text is typed on."""
        return paper_of(self.page)

    def write(self, text: str) -> None:
        """Type as a person does: into the text of the step in front."""
        board = self.page.locator('.editor:not([hidden])[data-view="board"] [data-way="text"]')
        if board.count() and board.is_visible():
            board.click()
        self.paper.fill(text)

    def type(self, text: str) -> None:
        """Press the keys, at the end of what is there."""
        self.paper.focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def hand_over(self) -> None:
        self.page.get_by_role("button", name="Hand in").first.click()
        self.page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
        self.page.wait_for_url("**/result/")

    def choose_time(self, factor: str) -> None:
        """Change one's own clock in a second tab, as the profile page offers it."""
        tab = self.new_tab()
        tab.goto(self.site.url + "/accounts/profile/")
        tab.get_by_label("Time factor").select_option(label=factor)
        tab.get_by_role("button", name="Save").click()
        tab.get_by_role("status").or_(tab.locator(".messages, .notice")).first.wait_for()
        tab.close()

    def wait_saved(self) -> None:
        self.page.locator('.editor:not([hidden]) [data-saved][data-state="saved"]', has_text="Saved").wait_for()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(site)` is a new person with a browser of their own."""
    visitors: list[Visitor] = []

    def new(site: Site, **options: Any) -> Visitor:
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        visitor = Visitor(site, context, context.new_page())
        visitor.watch(visitor.page)
        visitors.append(visitor)
        return visitor

    yield new
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert troubles == []

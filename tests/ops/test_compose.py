"""docker-compose.yml and Dockerfile. The images are never built here: what they say is checked, and run natively."""

import copy
import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.ops import compose, processes
from tests.ops.conftest import Ground, wrapper
from tests.ops.processes import ROOT, running, wait_for
from tests.services import Postgres, free_port

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GIVEN = {"SECRET_KEY": "s" * 60, "POSTGRES_PASSWORD": "p" * 30, "SITE_URL": "https://fortyfive.example"}
OURS = {"migrate", "web", "worker", "relay", "beat"}


@pytest.fixture
def document():
    return compose.load(COMPOSE, GIVEN)


def test_every_reference_in_the_compose_file_leads_somewhere(document):
    assert compose.problems(document) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda s: s["web"]["depends_on"].update(cache={"condition": "service_started"}), "web: depends on cache"),
        (lambda s: s["redis"].pop("healthcheck"), "web: waits for the health of redis"),
        (lambda s: s["migrate"].update(restart="always"), "web: waits for the end of migrate"),
        (lambda s: s["db"]["volumes"].append("backup:/b"), "db: volume backup"),
        (lambda s: s["db"].update(image="postgres:latest"), "db: image postgres:latest is not pinned"),
        (lambda s: s["web"]["environment"].update(REDIS_URL="redis://cache:6379"), "web: REDIS_URL points at cache"),
    ],
)
def test_a_broken_reference_is_seen(document, change, problem):
    broken = copy.deepcopy(document)
    change(broken["services"])

    assert [found for found in compose.problems(broken) if found.startswith(problem)]


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_missing_secret_stops_compose(name):
    with pytest.raises(compose.Unset, match=name):
        compose.load(COMPOSE, {key: value for key, value in GIVEN.items() if key != name})


def test_every_variable_without_a_default_is_a_named_secret_or_address():
    assert compose.required(COMPOSE) == set(GIVEN)


def test_our_services_share_one_image_and_wait_for_the_migrations(document):
    services = document["services"]
    assert set(services) == OURS | {"db", "redis"}
    assert {services[name]["image"] for name in OURS} == {f"fortyfive:{PROJECT['project']['version']}"}
    for name in OURS - {"migrate"}:
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert services[name]["restart"] == "unless-stopped"
        assert "healthcheck" in services[name]


def test_image_versions_are_those_of_pyproject(document):
    images = PROJECT["tool"]["fortyfive"]["images"]
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {f"python:{images['python']}"}
    assert document["services"]["db"]["image"] == f"postgres:{images['postgres']}"
    assert document["services"]["redis"]["image"] == f"redis:{images['redis']}"
    assert images["python"].startswith(PROJECT["project"]["requires-python"].removeprefix(">="))


def test_the_image_holds_every_app_and_no_secret():
    kept = set((ROOT / ".dockerignore").read_text().split())
    layers = PROJECT["tool"]["importlinter"]["root_packages"]
    assert {f"!{app}" for app in layers} <= kept
    assert kept.isdisjoint({"!var", "!.env", "!.git", "!tests"})
    assert "*" in kept


def test_the_image_runs_as_nobody_in_particular():
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", last_stage, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", last_stage, re.MULTILINE)


def image_environment() -> dict[str, str]:
    """What the Dockerfile's last stage sets."""
    pairs = re.findall(r"^ENV (.+)$", DOCKERFILE.rpartition("\nFROM ")[2], re.MULTILINE)
    return dict(pair.split("=", 1) for line in pairs for pair in line.split() if not pair.startswith("PATH="))


class Native:
    """The services of the compose file as processes of this machine: same commands, same environment, other hosts."""

    def __init__(self, document, *, database_url: str, redis_url: str, folder: Path) -> None:
        self.services = document["services"]
        self.port = str(free_port())
        self.addresses = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        self.folder = folder

    def env(self, name: str) -> dict[str, str]:
        said: dict[str, str] = self.services[name]["environment"]
        assert urlsplit(said["DATABASE_URL"]).hostname == "db"
        assert urlsplit(said["REDIS_URL"]).hostname == "redis"
        own = {"HEARTBEAT_FILE": str(self.folder / f"{name}.heartbeat"), "VAR_DIR": str(self.folder / "var")}
        path = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PORT": self.port, "C_FORCE_ROOT": "1"}
        return image_environment() | said | self.addresses | own | path

    def command(self, name: str) -> list[str]:
        words = self.services[name]["command"]
        return [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for word in words]

    def start(self, name: str):
        return running(self.command(name), env=self.env(name), log=self.folder / f"{name}.log")

    def is_healthy(self, name: str) -> bool:
        kind, *command = self.services[name]["healthcheck"]["test"]
        assert kind == "CMD"
        return subprocess.run(command, cwd=ROOT, env=self.env(name), check=False).returncode == 0

    def ready(self) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": "fortyfive.example"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            return json.load(refusal)
        except OSError:
            return {}


@pytest.fixture
def native(document, postgres: Postgres, redis_url: str, tmp_path: Path):
    with postgres.database() as url:
        yield Native(document, database_url=url, redis_url=redis_url, folder=tmp_path)


@pytest.mark.processes
@pytest.mark.postgres
@pytest.mark.redis
def test_the_services_commands_work_together(native: Native, django_db_blocker):
    """migrate → web → worker → relay → beat: ready turns 200, and work enqueued by beat is done by the worker."""
    collect = ["python", "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    assert " ".join(collect[:4]) in DOCKERFILE
    processes.run(collect, env=native.env("web"))
    with ExitStack() as stack, django_db_blocker.unblock():
        stack.enter_context(native.start("web"))
        wait_for(lambda: native.ready().get("migrations") == "not applied", what="a web server that is not ready")
        assert not native.is_healthy("web")

        processes.run(native.command("migrate"), env=native.env("migrate"))
        assert native.ready() == {"status": "ok", "database": "ok", "migrations": "ok", "broker": "ok"}
        assert native.is_healthy("web")

        database = wrapper(native.addresses["DATABASE_URL"])
        stack.callback(database.close)
        ground = Ground(native.env("web"), native.folder, database)
        ground.query("INSERT INTO django_session VALUES ('expired', '', NOW() - INTERVAL '1 day')")
        for name in ("worker", "relay", "beat"):
            assert not native.is_healthy(name)
            stack.enter_context(native.start(name))

        wait_for(lambda: not ground.scalar("SELECT COUNT(*) FROM django_session"), what="an expired session cleared")
        wait_for(lambda: not ground.scalar("SELECT COUNT(*) FROM jobs_outbox"), what="an empty outbox")
        wait_for(lambda: all(map(native.is_healthy, ("worker", "relay", "beat"))), what="everybody healthy")

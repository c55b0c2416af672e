"""Twenty real submissions, real workers, SIGKILL in the middle: twenty results, none twice, none lost."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.ops import processes
from tests.ops.conftest import Ground, at
from tests.ops.processes import python, running, wait_for
from tests.services import Postgres

pytestmark = pytest.mark.processes

SUBMISSIONS = 20
WORKER = ["-m", "celery", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=WARNING", "--without-mingle"]
HAND_IN = f"""
from pathlib import Path
from django.utils import timezone
from accounts.models import User
from catalog import answer_file
from catalog.models import Question
from scoring import grading
answer = answer_file.steps_of(Path("fixtures/demo/answer.md").read_text())
user = User.objects.create_user("twenty@example.com", "x")
edition = Question.objects.get(slug="url-shortener").edition
for n in range({SUBMISSIONS}):
    grading.submit(user=user, edition=edition, variant=0, answer=answer, now=timezone.now())
"""
ASK = """
import json
from collections import Counter
from django.db.models import Count
from jobs.models import Outbox
from scoring.models import Evaluation
rows = Evaluation.objects.annotate(steps=Count("step_marks"))
print(json.dumps({
    "states": Counter(rows.values_list("status", flat=True)),
    "steps": sorted(set(rows.filter(status="done").values_list("steps", flat=True))),
    "overalls": sorted(set(rows.filter(status="done").values_list("overall", flat=True))),
    "jobs": Outbox.objects.filter(kind="score").count(),
    "submissions": rows.values("submission").distinct().count(),
}))
"""


class Queue(Ground):
    """A database with twenty submissions waiting, and the environment its workers run in."""

    def ask(self) -> dict[str, Any]:
        return dict(json.loads(processes.manage("shell", "-v0", "-c", ASK, env=self.env).strip().splitlines()[-1]))

    def done(self) -> int:
        # Asked directly: a management command takes longer to start than several scores take.
        return self.scalar("SELECT COUNT(*) FROM scoring_evaluation WHERE status = 'done'")


def hand_in(url: str) -> None:
    env = processes.environment(DATABASE_URL=url)
    processes.manage("migrate", "--verbosity=0", env=env)
    processes.manage("load_catalog", "fixtures/questions/url-shortener", env=env)
    processes.manage("shell", "-v0", "-c", HAND_IN, env=env)


@pytest.fixture
def embedded(tmp_path: Path, django_db_blocker) -> Iterator[Queue]:
    url = f"sqlite:///{tmp_path / 'scores.sqlite3'}"
    hand_in(url)
    with django_db_blocker.unblock(), at(url, tmp_path) as ground:
        yield Queue(ground.env, ground.folder, ground.database)


@pytest.fixture(scope="module")
def waiting(postgres: Postgres) -> Iterator[str]:
    """A database to copy, in which twenty submissions wait."""
    with postgres.database() as url:
        hand_in(url)
        yield url


@pytest.fixture
def with_redis(waiting: str, tmp_path: Path, postgres, redis_url: str, django_db_blocker) -> Iterator[Queue]:
    with (
        django_db_blocker.unblock(),
        postgres.database(like=waiting) as url,
        at(url, tmp_path, REDIS_URL=redis_url) as ground,
    ):
        yield Queue(ground.env, ground.folder, ground.database)


def everything_once(queue: Queue) -> None:
    # Twenty answers take a minute of processor time; how long that is depends on who else is at work.
    wait_for(lambda: queue.done() >= SUBMISSIONS, what="all submissions scored", seconds=240, every=0.2)
    found = queue.ask()
    assert found["states"] == {"done": SUBMISSIONS}
    assert found["submissions"] == SUBMISSIONS
    assert found["steps"] == [5]
    # The same answer gets the same mark, whoever scored it and how often it was begun.
    assert len(found["overalls"]) == 1
    assert found["jobs"] == 0


def test_a_killed_embedded_worker(embedded: Queue, soak_rounds: int) -> None:
    worker = python("manage.py", "embworker")
    with running(worker, env=embedded.env, log=embedded.folder / "first.log"):
        wait_for(lambda: embedded.done() >= 2, what="the first scores", every=0.05)
    assert embedded.done() < SUBMISSIONS, "killed too late to be in the middle"
    with running(worker, env=embedded.env, log=embedded.folder / "second.log"):
        everything_once(embedded)


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize("flush", [False, True], ids=["broker-kept", "broker-flushed"])
def test_a_killed_worker_behind_redis(with_redis: Queue, redis_url: str, flush: bool) -> None:
    queue, broker = with_redis, Redis.from_url(redis_url)
    with ExitStack() as stack:
        stack.enter_context(running(python("manage.py", "relay"), env=queue.env, log=queue.folder / "relay.log"))
        with running(python(*WORKER), env=queue.env, log=queue.folder / "first.log"):
            wait_for(lambda: queue.done() >= 2, what="the first scores", every=0.05)
        assert queue.done() < SUBMISSIONS, "killed too late to be in the middle"
        if flush:
            broker.flushall()
        # Leases and the relay's patience are minutes long; make them pass.
        processes.manage("shell", "-v0", "-c", PASS_TIME, env=queue.env)
        stack.enter_context(running(python(*WORKER), env=queue.env, log=queue.folder / "second.log"))
        everything_once(queue)
    broker.close()


PASS_TIME = """
from datetime import timedelta
from django.db.models import F
from jobs.models import Outbox
Outbox.objects.filter(dispatched_at__isnull=False).update(dispatched_at=F("dispatched_at") - timedelta(minutes=10))
Outbox.objects.filter(lease_until__isnull=False).update(lease_until=F("lease_until") - timedelta(minutes=10))
"""

"""SIGKILL in the middle of work: every job is done exactly once, and none is lost."""

import time
from contextlib import ExitStack

import pytest
from redis import Redis

from tests.ops.conftest import Ground
from tests.ops.processes import Running, python, running, wait_for
from tests.services import free_port, redis_at

pytestmark = pytest.mark.processes

JOBS = 20
WORKER = ["-m", "celery", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=WARNING", "--without-mingle"]


def enqueue(ground: Ground, *names: str) -> None:
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    for name in names or map(str, range(JOBS)):
        ground.query(
            "INSERT INTO jobs_outbox (kind, object_id, due_at, attempts, reason, created_at) "
            "VALUES ('tally', %s, %s, 0, '', %s)",
            *(name, now, now),
        )


def marks(ground: Ground) -> int:
    return ground.scalar("SELECT COUNT(*) FROM tally_mark")


def starts(ground: Ground) -> int:
    return ground.scalar("SELECT COUNT(*) FROM tally_start")


def expired(ground: Ground) -> int:
    return ground.scalar("SELECT COUNT(*) FROM django_session")


def in_the_middle(ground: Ground) -> None:
    """Wait until some are done and one more has begun."""
    wait_for(lambda: 3 <= marks(ground) < starts(ground), what="some jobs done and one in progress")


def everything_once(ground: Ground) -> None:
    wait_for(lambda: marks(ground) >= JOBS, what=f"{JOBS} jobs done")
    wait_for(lambda: not ground.scalar("SELECT COUNT(*) FROM jobs_outbox WHERE kind = 'tally'"), what="an empty outbox")
    doubles = ground.query("SELECT object_id FROM tally_mark GROUP BY object_id HAVING COUNT(*) > 1")
    assert (marks(ground), doubles) == (JOBS, [])


@pytest.mark.soak
def test_a_killed_embedded_worker_loses_nothing(sqlite_ground: Ground, soak_rounds: int):
    worker = python("manage.py", "embworker")
    for _ in range(soak_rounds):
        sqlite_ground.query("DELETE FROM tally_mark")
        sqlite_ground.query("DELETE FROM tally_start")
        sqlite_ground.query("INSERT INTO django_session VALUES (%s, '', '2001-01-01')", "expired")
        enqueue(sqlite_ground)
        with running(worker, env=sqlite_ground.env, log=sqlite_ground.folder / "first.log"):
            in_the_middle(sqlite_ground)
        assert marks(sqlite_ground) < JOBS

        began = time.monotonic()
        with running(worker, env=sqlite_ground.env, log=sqlite_ground.folder / "second.log"):
            everything_once(sqlite_ground)
            # Its beat thread works, too.
            wait_for(lambda: not expired(sqlite_ground), what="an expired session cleared")
        # Nobody waited for a lease or for the relay's patience: the memory of the first one is known to be empty.
        assert time.monotonic() - began < 15


def test_a_job_that_hangs_is_stopped_and_does_not_hold_up_the_others(sqlite_ground: Ground):
    enqueue(sqlite_ground, "hangs", "one", "two", "three")
    env = sqlite_ground.env | {"JOB_TIME_LIMIT": "2"}
    with running(python("manage.py", "embworker"), env=env, log=sqlite_ground.folder / "worker.log"):
        wait_for(lambda: marks(sqlite_ground) == 3, what="the other three done")
        reason = "SELECT reason FROM jobs_outbox WHERE object_id = 'hangs'"
        wait_for(lambda: sqlite_ground.query(reason)[0][0], what="a reason")

    assert sqlite_ground.query(reason) == [("It took longer than 1.6 seconds.",)]


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize("flush", [False, True], ids=["broker-kept", "broker-flushed"])
def test_a_killed_worker_on_redis_loses_nothing(postgres_ground: Ground, redis_url: str, flush: bool, soak_rounds: int):
    ground, broker = postgres_ground, Redis.from_url(redis_url)
    for _ in range(soak_rounds):
        ground.query("DELETE FROM tally_mark")
        ground.query("DELETE FROM tally_start")
        enqueue(ground)
        with ExitStack() as stack:
            stack.enter_context(running(python("manage.py", "relay"), env=ground.env, log=ground.folder / "relay.log"))
            with running(python(*WORKER), env=ground.env, log=ground.folder / "first.log"):
                in_the_middle(ground)
            if flush:
                broker.flushall()
                forget_patience(ground)
            stack.enter_context(running(python(*WORKER), env=ground.env, log=ground.folder / "second.log"))
            everything_once(ground)
    broker.close()


def forget_patience(ground: Ground) -> None:
    """The relay would send lost messages again after a minute; make that minute pass."""
    ground.query("UPDATE jobs_outbox SET dispatched_at = dispatched_at - INTERVAL '2 minutes'")


@pytest.mark.postgres
@pytest.mark.redis
def test_a_killed_broker_loses_nothing(postgres_ground: Ground):
    ground, port = postgres_ground, free_port()
    ground.env["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    with ExitStack() as stack:
        with redis_at(port):
            stack.enter_context(running(python("manage.py", "relay"), env=ground.env, log=ground.folder / "relay.log"))
            stack.enter_context(running(python(*WORKER), env=ground.env, log=ground.folder / "worker.log"))
            enqueue(ground)
            in_the_middle(ground)
        forget_patience(ground)
        with redis_at(port):
            everything_once(ground)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_stopped_relay_and_worker_say_goodbye(postgres_ground: Ground):
    relay = Running(python("manage.py", "relay"), env=postgres_ground.env, log=postgres_ground.folder / "relay.log")
    worker = Running(python(*WORKER), env=postgres_ground.env, log=postgres_ground.folder / "worker.log")
    enqueue(postgres_ground)
    try:
        in_the_middle(postgres_ground)
    finally:
        codes = worker.stop(), relay.stop()

    assert codes == (0, 0)
    # A warm shutdown finishes what it began.
    assert marks(postgres_ground) == starts(postgres_ground)

import pytest
from celery import Celery, chain

from jobs import guard, runner
from jobs.models import Outbox
from jobs.tasks import run


@pytest.fixture
def app():
    app = Celery("guard-test", broker="memory://localhost//", set_as_current=False)
    app.conf.task_default_queue = "guard-test"
    return app


def test_publishing_a_task_directly_is_refused(app):
    @app.task(name="anything")
    def task() -> None:
        pytest.fail("nobody runs it")

    with pytest.raises(guard.PublishForbidden, match="anything"):
        task.delay()
    with pytest.raises(guard.PublishForbidden):
        app.send_task("anything.else")
    with pytest.raises(guard.PublishForbidden):
        chain(task.si(), task.si()).apply_async()


def test_the_permission_ends_with_its_block(app):
    with guard.publishing():
        app.send_task("something")
    with pytest.raises(guard.PublishForbidden):
        app.send_task("something")


@pytest.mark.django_db
def test_a_handler_that_publishes_fails_readably(row, now, handle):
    handle(lambda job: run.delay(row.pk))

    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert "only the relay publishes" in row.reason
    assert Outbox.objects.get().attempts == 1

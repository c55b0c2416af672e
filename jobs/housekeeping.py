"""What the foundation itself tidies up every night."""

from datetime import timedelta

from celery.schedules import crontab
from django.core.management import call_command

from jobs import periodic
from jobs.models import Mail
from jobs.outbox import Job

# Mail holds addresses and links: personal data that nobody needs after a week.
MAIL_KEPT_FOR = timedelta(days=7)


def register() -> None:
    periodic.register("jobs.clear-sessions", clear_sessions, schedule=crontab(hour="3", minute="10"))
    periodic.register("jobs.forget-mail", forget_mail, schedule=crontab(hour="3", minute="15"))


def clear_sessions(job: Job) -> None:
    """Delete expired sign-in sessions."""
    call_command("clearsessions")


def forget_mail(job: Job) -> None:
    """Delete mail older than MAIL_KEPT_FOR, sent or not."""
    Mail.objects.older_than(job.now - MAIL_KEPT_FOR).delete()

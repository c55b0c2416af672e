"""Mail leaves through the outbox: stored with the change that caused it, sent by a worker, tried again on trouble."""

import smtplib
from collections.abc import Sequence

import environ
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils import timezone

from jobs import outbox
from jobs.models import Mail
from jobs.outbox import Dead, Job, Retry

KIND = "mail"


def register() -> None:
    outbox.register(KIND, send)


class OutboxBackend(BaseEmailBackend):
    """Django's `send_mail` ends here, in the caller's transaction: no commit, no mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                _store(message)
        return len(email_messages)


def send(job: Job) -> None:
    """Hand one stored mail to the mail server. Without EMAIL_URL it stays, for the local mail page."""
    mail = Mail.objects.filter(pk=job.object_id, sent_at=None).first()
    if mail is None or not settings.EMAIL_URL:
        return
    _deliver(_message(mail))
    with job.finish():
        Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), body="", html="")


def _store(message: EmailMessage) -> None:
    if message.attachments:
        raise NotImplementedError("Mail with attachments is not supported.")
    mail = Mail.objects.create(
        to="\n".join(message.recipients()),
        from_email=message.from_email,
        subject=str(message.subject),
        body=str(message.body),
        html=_html(message),
    )
    outbox.enqueue(KIND, mail.pk, due_at=timezone.now())


def _html(message: EmailMessage) -> str:
    for alternative in getattr(message, "alternatives", ()):
        if alternative[1] == "text/html":
            return str(alternative[0])
    return ""


def _message(mail: Mail) -> EmailMultiAlternatives:
    # A worker killed after the send will send again; the same Message-ID lets the receiver drop the second copy.
    domain = mail.from_email.rpartition("@")[2].rstrip(">") or "localhost"
    message_id = f"<{mail.pk}.{mail.created_at.timestamp():.0f}@{domain}>"
    message = EmailMultiAlternatives(
        mail.subject, mail.body, mail.from_email, mail.to.splitlines(), headers={"Message-ID": message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _deliver(message: EmailMessage) -> None:
    try:
        _server().send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _trouble(max(codes, default=0), "The mail server refused the recipient") from error
    except smtplib.SMTPResponseException as error:
        text = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        raise _trouble(error.smtp_code, f"The mail server answered {error.smtp_code} {text}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Retry(f"The mail server could not be reached: {error}") from error


def _trouble(code: int, text: str) -> Retry | Dead:
    """SMTP says which troubles pass: 4xx do, 5xx do not."""
    return Dead(text) if code >= 500 else Retry(text)


def _server() -> EmailBackend:
    url = environ.Env.email_url_config(settings.EMAIL_URL)
    return EmailBackend(
        host=url["EMAIL_HOST"],
        port=url["EMAIL_PORT"],
        username=url["EMAIL_HOST_USER"] or "",
        password=url["EMAIL_HOST_PASSWORD"] or "",
        use_tls=url.get("EMAIL_USE_TLS", False),
        use_ssl=url.get("EMAIL_USE_SSL", False),
        timeout=settings.EMAIL_TIMEOUT,
    )

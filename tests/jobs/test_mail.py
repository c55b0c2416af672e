import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.db import transaction
from django.utils import timezone

from jobs import relay, runner
from jobs.models import Mail, Outbox
from tests.services import free_port

pytestmark = pytest.mark.django_db


class SmtpServer(socketserver.ThreadingTCPServer):
    """A real SMTP conversation on a real socket; `answers` overrides what it says to a command."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[str] = []
        self.answers: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].split(":")[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.server.received.append(self.read_message())
            self.say(self.server.answers.get(verb, "221 bye" if verb == "QUIT" else "250 ok"))
            if verb == "QUIT":
                return

    def read_message(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture(autouse=True)
def outgoing(settings):
    """The product's own backend; the test framework would otherwise put a box in its place."""
    settings.EMAIL_BACKEND = "jobs.mail.OutboxBackend"
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def smtp(settings) -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        settings.EMAIL_URL = server.url
        yield server
        server.shutdown()


def work() -> None:
    now = timezone.now()
    for row_id in relay.take(now=now, limit=10):
        runner.run(row_id, now=now)


def write() -> None:
    send_mail("Reset your password", "Open /reset/abc", "Fortyfive <no-reply@example.org>", ["alice@example.org"])


def test_mail_is_stored_with_the_change_that_caused_it():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert not Outbox.objects.exists()


def test_mail_is_sent_and_its_content_forgotten(smtp):
    message = EmailMultiAlternatives("Hello", "plain words", "no-reply@example.org", ["alice@example.org"])
    message.attach_alternative("<p>rich words</p>", "text/html")
    message.send()

    work()

    assert len(smtp.received) == 1
    for part in ("Subject: Hello", "To: alice@example.org", "plain words", "<p>rich words</p>", "@example.org>"):
        assert part in smtp.received[0]
    mail = Mail.objects.get()
    assert mail.sent_at
    assert (mail.body, mail.html, mail.subject) == ("", "", "Hello")
    assert not Outbox.objects.exists()


def test_a_busy_mail_server_is_asked_again_with_the_same_message_id(smtp):
    write()
    smtp.answers["DATA"] = "451 try again later"
    work()
    assert "451" in Outbox.objects.get().reason
    assert Mail.objects.get().sent_at is None

    smtp.answers.clear()
    Outbox.objects.update(due_at=timezone.now())
    work()

    assert Mail.objects.get().sent_at
    ids = {line for text in smtp.received for line in text.splitlines() if line.startswith("Message-ID")}
    assert len(smtp.received) == 2
    assert len(ids) == 1


@pytest.mark.parametrize(("verb", "answer"), [("RCPT", "550 no such user"), ("MAIL", "553 not you")])
def test_a_refused_mail_is_dead_with_the_servers_words(smtp, verb, answer):
    write()
    smtp.answers[verb] = answer

    work()

    row = Outbox.objects.get()
    assert row.dead_at
    assert "mail server" in row.reason


def test_a_full_mailbox_is_tried_again(smtp):
    write()
    smtp.answers["RCPT"] = "452 mailbox full"

    work()

    assert Outbox.objects.get().dead_at is None


def test_an_absent_mail_server_is_tried_again(settings):
    settings.EMAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    write()

    work()

    row = Outbox.objects.get()
    assert row.dead_at is None
    assert "could not be reached" in row.reason


def test_without_a_mail_server_mail_is_kept_for_the_local_page():
    write()

    work()

    assert not Outbox.objects.exists()
    mail = Mail.objects.recent().get()
    assert (mail.sent_at, mail.to, mail.body) == (None, "alice@example.org", "Open /reset/abc")


def test_copies_reach_everybody_and_attachments_are_refused(smtp):
    EmailMessage("Hi", "x", "a@example.org", ["b@example.org"], bcc=["c@example.org"]).send()
    assert Mail.objects.get().to.splitlines() == ["b@example.org", "c@example.org"]

    heavy = EmailMessage("Hi", "x", "a@example.org", ["b@example.org"], attachments=[("a.txt", "x", "text/plain")])
    with pytest.raises(NotImplementedError):
        heavy.send()


def test_sending_nothing_is_nothing():
    assert get_connection().send_messages([]) == 0

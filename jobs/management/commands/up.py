import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from jobs import supervisor


class Command(BaseCommand):
    help = "Run everything on this machine: prepare database and content, then web server and background work."

    def handle(self, *args: Any, **options: Any) -> None:
        _check_port()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        try:
            call_command("load_catalog")
        except CommandError as error:
            # A broken question stays as it was; it must not keep the site down.
            self.stderr.write(str(error))
        call_command("load_demo")
        sys.stdout.flush()
        # From here on no Django is needed: become the supervisor, a tenth of the memory, under the same process id.
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", supervisor.__name__])  # noqa: S606


def _check_port() -> None:
    port = os.environ["PORT"]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise CommandError(f"Port {port} is taken. Choose another one: PORT={int(port) + 1} make run") from error

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jobs import outbox
from jobs.models import Outbox


class Command(BaseCommand):
    help = "Show what is waiting and what is dead; give dead jobs another chance."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "revive"], default="list")
        parser.add_argument("kind", nargs="?", help="only this kind")
        parser.add_argument("object_id", nargs="?", help="only this object")

    def handle(self, *args: Any, action: str, kind: str | None, object_id: str | None, **options: Any) -> None:
        wanted = {name: value for name, value in (("kind", kind), ("object_id", object_id)) if value is not None}
        dead = Outbox.objects.dead().filter(**wanted).order_by("dead_at", "pk")
        if action == "revive":
            self.revive(list(dead))
        else:
            self.show(list(dead), waiting=Outbox.objects.live().filter(**wanted).count())

    def show(self, dead: list[Outbox], *, waiting: int) -> None:
        self.stdout.write(f"{waiting} waiting, {len(dead)} dead")
        for row in dead:
            self.stdout.write(f"{row.dead_at:%Y-%m-%d %H:%M} UTC  {row}  {row.reason}")

    def revive(self, dead: list[Outbox]) -> None:
        if not dead:
            raise CommandError("No dead job matches.")
        for row in dead:
            outbox.revive(row.kind, row.object_id, now=timezone.now())
            self.stdout.write(f"{row}: due again")

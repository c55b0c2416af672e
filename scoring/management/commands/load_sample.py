from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from scoring import sample


class Command(BaseCommand):
    help = "Queue the public sample result for the live edition and engine, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        queued = sample.load(now=timezone.now())
        self.stdout.write("sample result queued" if queued else "sample result is up to date")

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from interview import demo
from scoring import sample


class Command(BaseCommand):
    help = "Demo people for one machine: a candidate with a finished session, an operator. Prints their passwords."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sample.load(now=now)
        for person in demo.load(now=now):
            self.stdout.write(f"{person.role:<10} {person.email:<26} {person.password or '(changed)'}")

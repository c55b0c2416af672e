import json
from typing import Any

from django.core.management.base import BaseCommand

from catalog import schema


class Command(BaseCommand):
    help = "Print the JSON Schema of question.yaml, for completion in editors."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(schema.of_question(), indent=2, ensure_ascii=False))

#!/usr/bin/env python
"""The one door for operators and developers: `python manage.py help`."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] in ([name] for name in ("up", "check_catalog", "new_question", "own_texts", "question_schema", "score_answer")):
        # Before the settings are read: they ask for a secret, and on the first run, or for an author, there is none.
        from jobs import comfort

        comfort.set_up(os.environ, base=Path(__file__).resolve().parent)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

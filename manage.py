#!/usr/bin/env python
"""The one door for operators and developers: `python manage.py help`."""

import os
import sys
from pathlib import Path

# For the first run, and for authors, who need no site but their own.
FOR_NEWCOMERS = (
    "up",
    "check_catalog",
    "load_catalog",
    "new_question",
    "new_topic",
    "own_texts",
    "question_schema",
    "score_answer",
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] in ([name] for name in FOR_NEWCOMERS):
        # Before the settings are read: they ask for a secret, and as yet there may be none.
        from jobs import comfort

        comfort.set_up(os.environ, base=Path(__file__).resolve().parent)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

"""What the pages of the catalog and the library cost with much in them: `python bench/pages.py [--rounds 30]`.

Two sites in databases of their own (SQLite), one with 25 questions and our topics, one with 500 questions and 2,000
topics, copied from ours under other names. Each page is asked for in turn on both, by a guest and without a network.
Prints medians and their ratio, large to small.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SMALL: Final = (25, 62)
LARGE: Final = (500, 2_000)
PAGES: Final = {
    "list of questions": "/questions/",
    "list, filtered": "/questions/?difficulty=standard&sort=difficulty",
    "list, searched": "/questions/?q=cache",
    "library": "/library/",
    "topic": "/library/caching/",
    "question": "/questions/chat/",
    "search": "/search/?q=cache+invalidation",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--site", nargs=2, type=int, metavar=("QUESTIONS", "TOPICS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.site:
        serve(*arguments.site)
    else:
        compare(arguments.rounds)


def compare(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = (Site(Path(folder), *size) for size in (SMALL, LARGE))
        print(f"{'':20} {'small':>9} {'large':>9} {'ratio':>6}   (ms, medians of {rounds})")
        for name, page in PAGES.items():
            # In turn, so that a busy moment hits both.
            times = [(small.ask(page), large.ask(page)) for _ in range(rounds + 3)][3:]
            one, other = (1000 * median(t[i] for t in times) for i in (0, 1))
            print(f"{name:20} {one:9.1f} {other:9.1f} {other / one:6.2f}", flush=True)


class Site:
    """A process with a database of its own, which answers a path with the seconds that its page took."""

    def __init__(self, folder: Path, questions: int, topics: int) -> None:
        home = folder / str(questions)
        home.mkdir()
        env = os.environ | {
            "VAR_DIR": str(home),
            "DATABASE_URL": f"sqlite:///{home / 'bench.sqlite3'}",
            "SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, __file__, "--site", str(questions), str(topics)]
        self._process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self._answer()

    def ask(self, path: str) -> float:
        assert self._process.stdin
        print(path, file=self._process.stdin, flush=True)
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a site ended; see above")
        return line


def serve(questions: int, topics: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    fill(questions, topics)
    client = Client(SERVER_NAME="127.0.0.1")
    print("ready", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        response = client.get(line.strip())
        took = time.perf_counter() - began
        assert response.status_code == 200, (line, response.status_code)
        print(took, flush=True)


def fill(questions: int, topics: int) -> None:
    """What we ship, and copies of it until there are so many."""
    from dataclasses import replace

    from django.utils import timezone

    from catalog import folder, library_folder, library_loader, loader

    specs = [r.question for p in folder.question_folders(loader.default_root()) if (r := folder.read(p)).question]
    library = library_folder.read(loader.default_pack())
    for number in range(questions):
        spec = specs[number % len(specs)]
        if again := number // len(specs):
            more = {"slug": f"{spec.slug}-{again}", "title": f"{spec.title}, part {again}"}
            spec = spec.model_copy(update=more)
        loader.publish(spec, source="bench")
    copies = []
    for number in range(topics):
        placed = library.topics[number % len(library.topics)]
        if again := number // len(library.topics):
            more = {"slug": f"{placed.item.slug}-{again}", "title": f"{placed.item.title}, part {again}"}
            placed = replace(placed, item=placed.item.model_copy(update=more), file=f"{placed.file}-{again}")
        copies.append(placed)
    library_loader.load(replace(library, topics=tuple(copies)), source="bench", now=timezone.now())


if __name__ == "__main__":
    main()

"""What the pages of the catalog and the library cost with much in them: `python bench/pages.py [--rounds 30]`.

Two sites in databases of their own (SQLite), one with 25 questions and our topics, one with 500 questions and 2,000
topics, copied from ours under other names. Each page is asked for in turn on both, by a guest and without a network.
Prints medians and two ratios: large to small, and large to the list of the small site; a page may take twice as long
as that. A search may take longer: it is worst for a letter that everything holds, and for words that nothing holds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Questions and topics; never fewer than we ship.
SMALL: Final = (25, 0)
LARGE: Final = (500, 2_000)
PAGES: Final = {
    "list of questions": "/questions/",
    "list, filtered": "/questions/?difficulty=standard&sort=difficulty",
    "list, searched": "/questions/?q=cache",
    "list of a topic": "/questions/?topic=caching",
    "library": "/library/",
    "one shelf": "/library/?section=data",
    "topic": "/library/caching/",
    "question": "/questions/chat/",
    "search": "/search/?q=cache+invalidation",
    "search, one letter": "/search/?q=c",
    "search, no such": "/search/?q=system+data+request+service+time+user+cache+xyzzy",
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
        print(f"{'':20} {'small':>9} {'large':>9} {'ratio':>6} {'to list':>8}   (ms, medians of {rounds})")
        the_list = 0.0
        for name, page in PAGES.items():
            # In turn, so that a busy moment hits both.
            times = [(small.ask(page), large.ask(page)) for _ in range(rounds + 3)][3:]
            one, other = (1000 * median(t[i] for t in times) for i in (0, 1))
            the_list = the_list or one
            print(f"{name:20} {one:9.1f} {other:9.1f} {other / one:6.2f} {other / the_list:8.2f}", flush=True)


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
    from catalog import folder, library_folder, library_loader, loader
    from catalog.models import Card, Reference, Topic

    specs = [r.question for p in folder.question_folders(loader.default_root()) if (r := folder.read(p)).question]
    for question in _copies(specs, questions):
        loader.publish(question, source="bench")
    library = library_folder.read(loader.default_pack())
    for model, entries in ((Topic, library.topics), (Reference, library.reference), (Card, library.cards)):
        items = [entry.item for entry in entries]
        library_loader.publish(model, _copies(items, topics) if model is Topic else items, source="bench")


def _copies(originals: Sequence[Any], wanted: int) -> list[Any]:
    """All of them, and under other names again, until there are as many as wanted."""
    copies = list(originals)
    while len(copies) < wanted:
        again, number = divmod(len(copies), len(originals))
        one = originals[number]
        copies.append(one.model_copy(update={"slug": f"{one.slug}-{again}", "title": f"{one.title}, part {again}"}))
    return copies


if __name__ == "__main__":
    main()

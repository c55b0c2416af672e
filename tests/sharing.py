"""How tests are shared out among workers (`pytest -n auto`): what belongs together stays with one of them.

The groups are told by the names of the tests, for that is all the process knows that shares them out.
"""

import re
from pathlib import Path

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

from catalog import folder

IN_A_BROWSER = ("tests/e2e/", "tests/whiteboard/")
# They start and kill processes: one such test at a time is enough for a small machine.
PROCESSES = ("tests/ops/", "tests/scoring/test_killed_workers.py")
QUESTIONS = Path(__file__).resolve().parent.parent / "fixtures" / "questions"
# A slug may begin with another one.
SLUGS = "|".join(sorted((path.name for path in folder.question_folders(QUESTIONS)), key=len, reverse=True))
# A parameter begins with the question it is about, or is it.
SLUG = re.compile(rf"\[(?:[^\]]*-)?({SLUGS})(?:[]:-]| <)")


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """Processes; each question with all that is asked of it; each file. In a browser every test stands alone."""
    if nodeid.startswith(IN_A_BROWSER):
        return nodeid
    if nodeid.startswith(PROCESSES):
        return "processes"
    found = SLUG.search(nodeid)
    return found[1] if found else nodeid.split("::", 1)[0]


def arrange(items: list[pytest.Item]) -> None:
    """The longest way first, then what has long rounds as well as short ones; what gathers the work of others, last.

    While the first of them installs a site, the others do what needs none.
    """
    for item in items:
        kills = item.get_closest_marker("processes") and not item.get_closest_marker("browser")
        assert not kills or group(item.nodeid) == "processes", f"{item.nodeid} belongs among PROCESSES."
    long, late = (
        {group(item.nodeid) for item in items if item.get_closest_marker(name)} for name in ("soak", "gathers")
    )

    def turn(item: pytest.Item) -> tuple[bool, bool, bool, bool]:
        one = group(item.nodeid)
        return one != "processes", one in late, one not in long, "installed" in getattr(item, "fixturenames", ())

    items.sort(key=turn)

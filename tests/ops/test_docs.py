import re

import pytest

from tests.ops import compose
from tests.ops.processes import ROOT

DOCUMENTED = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operate.md").read_text(), re.MULTILINE))
# env.str("NAME"), os.environ["NAME"], os.environ.get("NAME")
READS = re.compile(r"""\benv(?:iron|ironment)?(?:\.\w+\(|\[)\s*["']([A-Z][A-Z_]+)["']""")
NOT_FOR_OPERATORS = {"DJANGO_SETTINGS_MODULE"}
APPS = ("config", "lib", "jobs", "accounts", "catalog", "scoring", "interview")


def read_by(*folders: str) -> set[str]:
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    names = {name for path in sources for name in READS.findall(path.read_text())} - NOT_FOR_OPERATORS
    # NAME_FILE is documented once for all names.
    return {name for name in names if name.removesuffix("_FILE") not in names - {name}}


def test_every_variable_the_product_reads_is_documented():
    assert "SECRET_KEY" in read_by("config")  # the pattern still finds them
    assert read_by(*APPS) <= DOCUMENTED


def test_every_variable_of_the_compose_file_is_documented():
    assert compose.variables((ROOT / "docker-compose.yml").read_text()) <= DOCUMENTED


def test_nothing_documented_is_read_by_nobody():
    read = read_by(*APPS) | compose.variables((ROOT / "docker-compose.yml").read_text())
    assert read >= DOCUMENTED


@pytest.mark.parametrize("command", re.findall(r"`python manage\.py (\w+)", (ROOT / "docs/operate.md").read_text()))
def test_every_command_in_the_guide_exists(command: str):
    from django.core.management import get_commands

    assert command in get_commands()

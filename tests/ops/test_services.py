"""What the suite says about a machine without servers: loudly, and as an error when everything is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.processes import ROOT

NEEDS_POSTGRES = """
def test_something(postgres):
    raise AssertionError("there is one after all")
"""


def run(*command: str, **values: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "REQUIRE_ALL"} | values
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("required", "code"), [("0", 0), ("1", 1)])
def test_a_round_without_its_servers_is_announced(required: str, code: int):
    done = run("-m", "tests.services", "false", PRETEND_MISSING="redis", REQUIRE_ALL=required)

    assert done.returncode == code
    assert "NOT RUN" in done.stdout
    assert "apt-get install redis-server" in done.stdout


@pytest.mark.parametrize(("required", "code"), [("0", 0), ("1", 1)])
def test_a_skipped_test_is_listed_with_the_way_out(required: str, code: int, tmp_path: Path):
    test = tmp_path / "test_pretended.py"
    test.write_text(NEEDS_POSTGRES)

    options = ["-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    done = run("-m", "pytest", *options, str(test), PRETEND_MISSING="postgres", REQUIRE_ALL=required)

    assert done.returncode == code, done.stdout
    assert "NOT RUN" in done.stdout
    assert "apt-get install postgresql" in done.stdout
    assert "::test_something" in done.stdout


def test_the_exit_code_of_the_command_is_kept():
    assert run("-m", "tests.services", sys.executable, "-c", "raise SystemExit(3)").returncode == 3

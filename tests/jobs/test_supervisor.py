import sys
from pathlib import Path

import pytest

from jobs import supervisor
from jobs.supervisor import Child
from tests.ops.processes import wait_for


@pytest.fixture
def brief() -> Child:
    """A child that ends at once."""
    return Child("Brief", [sys.executable, "-c", ""])


def end(child: Child) -> None:
    assert child.process
    child.process.wait()


def test_a_child_that_dies_comes_back_later_and_later(brief: Child, capsys):
    now, pauses = 1000.0, []
    for _ in range(9):
        brief.check(now=now)
        end(brief)
        brief.check(now=now)
        pauses.append(brief.due - now)
        brief.check(now=brief.due - 0.01)
        assert brief.process is None
        now = brief.due

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert "Brief stopped (0); starting it again in 0.5 s" in capsys.readouterr().out


def test_a_child_that_ran_well_comes_back_at_once(brief: Child):
    brief.pause = supervisor.LONGEST_PAUSE
    brief.check(now=0.0)
    end(brief)

    brief.check(now=supervisor.STEADY_AFTER + 1)

    assert brief.due - (supervisor.STEADY_AFTER + 1) == supervisor.FIRST_PAUSE


def test_a_child_that_ignores_questions_is_ended(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    stubborn = Child("Stubborn", [sys.executable, "-c", STUBBORN, str(tmp_path / "deaf")])
    stubborn.check(now=0.0)
    wait_for((tmp_path / "deaf").exists, what="a child that ignores SIGTERM")
    assert stubborn.process

    supervisor.Supervisor([stubborn], port="0").stop()

    assert stubborn.process.returncode == -9


STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""

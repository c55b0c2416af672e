"""The encoder of a process: loaded when it is needed, done without when it cannot be loaded."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring import encoding, engine
from scoring.engine.model import MODEL_DIR
from scoring.engine.types import Answer
from tests.scoring.engine import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No process-wide encoder before a test, none left behind."""
    encoding.encoder.cache_clear()
    yield
    encoding.encoder.cache_clear()


def test_the_fingerprint_is_that_of_the_model_that_will_be_loaded() -> None:
    loaded = encoding.encoder()
    assert loaded is not None
    assert loaded.fingerprint == encoding.fingerprint()
    assert encoding.encoder() is loaded


def test_none_means_by_words(settings: Any) -> None:
    settings.SCORING_ENCODER = encoding.NONE
    assert encoding.encoder() is None
    assert encoding.fingerprint() == encoding.WORDS


def _damaged(home: Path) -> None:
    for name in json.loads((MODEL_DIR / "MODEL.json").read_text())["files"]:
        (home / name).write_bytes((MODEL_DIR / name).read_bytes() + b" ")
    shutil.copy(MODEL_DIR / "MODEL.json", home)


def _empty_record(home: Path) -> None:
    (home / "MODEL.json").write_text("{}")


def _cut_record(home: Path) -> None:
    (home / "MODEL.json").write_bytes((MODEL_DIR / "MODEL.json").read_bytes()[:-20])


def _absent(home: Path) -> None:
    """Nothing is there."""


@pytest.mark.parametrize("harm", [_damaged, _empty_record, _cut_record, _absent])
def test_without_a_sound_model_answers_are_scored_by_words_and_the_log_says_why(
    harm: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    harm(tmp_path)
    monkeypatch.setattr(encoding, "DIRECTORY", tmp_path)
    assert encoding.encoder() is None
    assert "scored by their words alone" in caplog.text
    assert "Restore the folder as it was released" in caplog.text
    result = engine.score(samples.question(), Answer(samples.STRONG), encoder=encoding.encoder())
    assert result.encoder == encoding.WORDS
    assert result.overall == engine.score(samples.question(), Answer(samples.STRONG)).overall


@pytest.mark.parametrize("harm", [_empty_record, _cut_record, _absent])
def test_an_answer_can_be_handed_in_without_a_sound_record_and_the_log_says_why(
    harm: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    harm(tmp_path)
    monkeypatch.setattr(encoding, "DIRECTORY", tmp_path)
    assert encoding.fingerprint() == encoding.WORDS
    assert "Restore the folder as it was released" in caplog.text


WEB = """
import sys
import django
from config.wsgi import application
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
response = Client().get(sys.argv[1])
assert response.status_code == 200, response.status_code
print(",".join(sorted(name for name in ("numpy", "onnxruntime", "scoring.engine.compose") if name in sys.modules)))
"""


@pytest.mark.parametrize("page", ["/accounts/login/", "/questions/"])
def test_the_web_process_imports_nothing_of_what_scoring_stands_on(page: str, tmp_path: Path) -> None:
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/web.sqlite3", "SECRET_KEY": "x", "DEBUG": "True"}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*command: str) -> str:
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True, text=True, timeout=120
        ).stdout

    run("manage.py", "migrate", "--verbosity", "0")
    assert run("-c", WEB, page).strip() == ""

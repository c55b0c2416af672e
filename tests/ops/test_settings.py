"""Settings as a fresh process sees them."""

import subprocess
import sys
from pathlib import Path

from tests.ops import processes
from tests.ops.processes import ROOT

SHOW = (
    "from django.conf import settings; print(settings.DEBUG, len(settings.SECRET_KEY), settings.SESSION_COOKIE_SECURE)"
)


def show(**values: str) -> subprocess.CompletedProcess[str]:
    env = processes.environment(DJANGO_SETTINGS_MODULE="config.settings", **values)
    return subprocess.run([sys.executable, "-c", SHOW], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_there_is_no_default_secret():
    refused = show(SECRET_KEY="")

    assert refused.returncode != 0
    assert "SECRET_KEY is not set" in refused.stderr


def test_a_secret_may_come_from_a_file_and_https_makes_cookies_secure(tmp_path: Path):
    (tmp_path / "secret").write_text("s" * 50)

    shown = show(SECRET_KEY_FILE=str(tmp_path / "secret"), SECRET_KEY="", SITE_URL="https://fortyfive.example")

    assert shown.stdout.split() == ["False", "50", "True"], shown.stderr

"""Safe by default: what a server says when nobody configured anything, and what every page carries."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.catalog.factories import make_question
from tests.ops.processes import ROOT, environment

PAGES = ("landing", "catalog:list", "privacy", "accessibility", "scoring:sample", "account_login", "account_signup")


def settings_say(code: str, **values: str) -> subprocess.CompletedProcess[str]:
    env = environment(**values) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    if "SECRET_KEY" not in values:
        del env["SECRET_KEY"]
    script = f"from django.conf import settings as s; print({code})"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_without_a_secret_key_nothing_starts() -> None:
    said = settings_say("s.SECRET_KEY")
    assert said.returncode != 0
    assert "SECRET_KEY is not set" in said.stderr


def test_debug_is_off_and_only_this_host_is_served() -> None:
    said = settings_say("s.DEBUG, s.ALLOWED_HOSTS", SECRET_KEY="x")
    assert said.stdout.strip() == "False ['127.0.0.1']"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from-a-file")
    assert settings_say("s.SECRET_KEY", SECRET_KEY_FILE=str(file)).stdout.strip() == "from-a-file"


def test_over_https_cookies_are_secure_and_browsers_are_told_to_stay() -> None:
    code = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0"
    said = settings_say(code, SECRET_KEY="x", SITE_URL="https://practice.example")
    assert said.stdout.strip() == "True True True True"


def directives(policy: str) -> dict[str, set[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_the_strict_policy(client: Client, name: str) -> None:
    policy = directives(client.get(reverse(name))["Content-Security-Policy"])
    assert policy["default-src"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == {"'self'"}
    assert policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    assert "unsafe" not in str(policy)


@pytest.mark.django_db
def test_rendered_pages_hold_no_inline_style_or_script(client: Client) -> None:
    make_question()
    for url in (*map(reverse, PAGES), reverse("catalog:detail", args=["lamps"])):
        html = client.get(url).content.decode()
        assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']", html), url
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html)), url


def templates() -> Iterator[Path]:
    return (ROOT / "templates").rglob("*.html")


def test_no_page_asks_another_host() -> None:
    """Links may lead elsewhere; nothing is loaded from there."""
    for path in templates():
        loaded = re.findall(r"(?:src|srcset|action|hx-get|hx-post)=\"(https?:)?//[^\"]+\"", path.read_text())
        assert loaded == [], path
    for sheet in (ROOT / "static").rglob("*.css"):
        assert "url(http" not in sheet.read_text(), sheet

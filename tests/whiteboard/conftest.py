"""Desks to sit at: the whiteboard alone, without the rest of the product."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser

from tests.whiteboard.desk import STATIC, Desk, serving


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """Files as they lie in the repository, as with DEBUG and in tests."""
    with serving(STATIC, {}) as url:
        yield url


@pytest.fixture
def renamed(tmp_path: Path) -> Iterator[str]:
    """Files as a server has them: each named by its content, references rewritten."""
    settings_of_a_server = {
        "STATICFILES_DIRS": [STATIC],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STATIC_ROOT": tmp_path,
        "STORAGES": {"staticfiles": {"BACKEND": "lib.storage.StaticStorage"}},
    }
    with override_settings(**settings_of_a_server):
        call_command("collectstatic", interactive=False, verbosity=0)
    with serving(tmp_path, json.loads((tmp_path / "staticfiles.json").read_text())["paths"]) as url:
        yield url


@pytest.fixture
def desk(browser: Browser, plain: str) -> Iterator[Callable[..., Desk]]:
    """`desk()` is a page of one's own; at the end none may have had any trouble."""
    desks: list[Desk] = []

    def new(url: str = plain, **options: Any) -> Desk:
        context = browser.new_context(viewport=options.pop("viewport", {"width": 1280, "height": 800}), **options)
        context.set_default_timeout(30_000)
        desks.append(Desk(url, context.new_page()))
        return desks[-1]

    yield new
    for each in desks:
        each.page.context.close()
    assert [trouble for each in desks for trouble in each.troubles] == []

"""Static files are compressed under the names that pages ask for, once, and never half."""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

TEXT = "a { color: red }\n" * 200


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text(TEXT)
    with override_settings(
        STORAGES={"staticfiles": {"BACKEND": "lib.storage.StaticStorage"}},
        STATICFILES_DIRS=[source],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STATIC_ROOT=tmp_path / "static",
    ):
        yield tmp_path / "static"


def collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def stored_name() -> str:
    return staticfiles_storage.url("page.css").removeprefix("/static/")


def compressed(root: Path) -> set[str]:
    return {path.name for path in root.iterdir() if path.suffix in {".gz", ".br", ".begun"}}


def test_only_the_name_of_the_content_is_compressed(root: Path) -> None:
    collect()
    name = stored_name()
    assert name != "page.css"
    assert compressed(root) == {f"{name}.gz", f"{name}.br"}
    assert gzip.decompress((root / f"{name}.gz").read_bytes()).decode() == TEXT


def test_a_second_start_compresses_nothing_again(root: Path) -> None:
    collect()
    made = root / f"{stored_name()}.gz"
    made.write_bytes(b"as it was left")
    collect()
    assert made.read_bytes() == b"as it was left"


def test_what_was_begun_is_not_taken_for_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(begun: str, name: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            collect()
    assert not any(name.endswith((".gz", ".br")) for name in compressed(root))
    collect()
    assert len({name for name in compressed(root) if not name.endswith(".begun")}) == 2


def test_what_the_bundler_named_keeps_its_name_and_is_compressed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "source" / "whiteboard" / "board").mkdir(parents=True)
    (tmp_path / "source" / "whiteboard" / "board" / "part-ABCD1234.mjs").write_text(TEXT)
    collect()
    assert staticfiles_storage.url("whiteboard/board/part-ABCD1234.mjs") == "/static/whiteboard/board/part-ABCD1234.mjs"
    made = {path.name for path in (root / "whiteboard" / "board").iterdir()}
    assert made == {f"part-ABCD1234.mjs{end}" for end in ("", ".br", ".gz")}


@pytest.mark.parametrize(
    ("url", "is_immutable"),
    [
        ("/static/css/base.0123456789ab.css", True),
        ("/static/whiteboard/board/chunk-ABCD1234.mjs", True),
        ("/static/css/base.css", False),
        ("/static/whiteboard/whiteboard.js", False),
        ("/static/whiteboard/board/fonts/Virgil/Virgil-Regular.woff2", False),
    ],
)
def test_what_a_browser_may_keep_for_ever(url: str, *, is_immutable: bool) -> None:
    assert bool(re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, url)) is is_immutable

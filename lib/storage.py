"""Static files for production: compressed, and named by their content so that they may be cached for ever."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# The bundler has named these by their content already, and they ask for each other by those names.
BUNDLED = r"whiteboard/board/[^/]+\.(mjs|css)$"
# What a browser may keep for ever: names that tell the content, by the bundler or by the manifest.
IMMUTABLE = rf"/{BUNDLED}|\.[0-9a-f]{{12}}\.\w+$"


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    # Also rewrites `import … from "./x.js"`, so that modules of one page always come from one release.
    support_js_module_import_aggregation = True

    def file_hash(self, name: str | None, content: Any = None) -> str | None:
        """`name` is None for the manifest itself."""
        return None if name and re.search(BUNDLED, name) else super().file_hash(name, content)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Only names that tell the content, since pages ask for no others; and each once, not at every start."""
        named = {name for name in self.hashed_files.values() if name in paths}
        yield from super().compress_files(name for name in sorted(named) if not self.is_compressed(name))

    def is_compressed(self, name: str) -> bool:
        # The last that is written of a file.
        return Path(f"{self.path(name)}.gz").exists()

    def create_compressor(self, **options: object) -> Compressor:
        return WholeOrNone(**options)


class WholeOrNone(Compressor):  # type: ignore[misc]
    """A file that was begun when the process was killed would be served for ever: it gets its name when it is whole."""

    def write_data(self, path: str, data: bytes, suffix: str, stat_result: os.stat_result) -> str:
        begun = super().write_data(path, data, f"{suffix}.begun", stat_result)
        os.replace(begun, f"{path}{suffix}")
        return f"{path}{suffix}"

"""Static files for production: compressed, and named by their content so that they may be cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    # Also rewrites `import … from "./x.js"`, so that modules of one page always come from one release.
    support_js_module_import_aggregation = True

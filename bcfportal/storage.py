"""Static files: hashed and compressed, modules that import modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Rewrites the imports between our own JavaScript modules to the hashed names too."""

    support_js_module_import_aggregation = True

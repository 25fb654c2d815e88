"""The packages that the portal is made of, and the apps among them: read off the tree."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# What measures the portal and compares its versions is not run by it.
_BESIDE = {"tests", "bench", "compare"}
PACKAGES = tuple(
    sorted(
        path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in _BESIDE
    )
)
# By the label that tables and permissions have.
APP_LABELS = tuple(
    config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES
)

"""The packages that the portal is made of, its apps and its floors: read off the tree."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# What measures the portal and compares its versions is not run by it.
_BESIDE = {"tests", "bench", "compare"}
PACKAGES = tuple(
    sorted(
        path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in _BESIDE
    )
)
with open(ROOT / "pyproject.toml", "rb") as _file:
    TOOLS = tomllib.load(_file)["tool"]
# What import-linter holds to.
CONTRACTS = {contract["name"]: contract for contract in TOOLS["importlinter"]["contracts"]}
# The packages of each floor, the lowest first.
FLOORS = tuple(
    {name.split(".")[0] for name in floor.split(" | ")}
    for floor in reversed(CONTRACTS["Imports point down"]["layers"])
)


def app_labels() -> set[str]:
    """The apps among them, by the label that tables and permissions have."""
    return {
        config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES
    }

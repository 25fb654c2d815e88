"""What docs/developing.md names is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs/developing.md").read_text()
NAMES = sorted(set(re.findall(r"`([^`\n]+)`", TEXT)))
PLACES = [name for name in NAMES if re.fullmatch(r"[\w./-]+(?:/|\.(?:py|md|yaml|toml|html))", name)]
DOTTED = [name for name in NAMES if re.fullmatch(r"[a-z_]+(?:\.\w+)+", name) and name not in PLACES]
CLASSES = [name for name in NAMES if re.fullmatch(r"(?:[A-Z][a-z]+)+", name)]
CONSTANTS = [name for name in NAMES if re.fullmatch(r"[A-Z_]{4,}", name)]
# Another's, beside the checkout, or what somebody gives.
NOT_OURS = {"AddIndexConcurrently", "ARGS", "BASE", "../shared/seeds/", "main"}


def ours(pattern):
    """The files of the portal that match."""
    left_out = {".venv", "node_modules", "mutants", "var", ".git"}
    return [path for path in ROOT.rglob(pattern) if not left_out & set(path.parts)]


@pytest.fixture(scope="module")
def sources():
    return "\n".join(path.read_text() for path in ours("*.py"))


@pytest.mark.parametrize("place", [name for name in PLACES if name not in NOT_OURS])
def test_every_file_and_folder_that_is_named_exists(place):
    if place.startswith("/"):
        assert resolve(place)
    else:
        assert (ROOT / place).exists() or ours(place.rstrip("/")), place


@pytest.mark.parametrize("name", [name for name in DOTTED if name not in NOT_OURS])
def test_every_dotted_name_is_there(name):
    first, *rest = name.split(".")
    if (ROOT / first).is_dir():
        found = import_module(first)
        for place, part in enumerate(rest, start=2):
            if not hasattr(found, part):
                import_module(".".join(name.split(".")[:place]))
            found = getattr(found, part)
    else:
        # A thing of a module that the sentence names: `clock.now`, `access.require`.
        assert any(rest[-1] in path.read_text() for path in ours("*.py")), name


@pytest.mark.parametrize("name", [name for name in CLASSES if name not in NOT_OURS])
def test_every_class_that_is_named_is_there(name, sources):
    assert re.search(rf"^class {name}\b", sources, re.M), name


@pytest.mark.parametrize("name", [name for name in CONSTANTS if name not in NOT_OURS])
def test_every_constant_that_is_named_is_there(name, sources):
    assert re.search(rf"^\s*{name}\b", sources, re.M), name

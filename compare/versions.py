"""Versions of the portal: those that git has, and the working tree as it is at this moment."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "compare"
# What the front-end build made: a version borrows it, for no page's text depends on it.
BUILT = ("static", "build", "fonts")


class Fault(Exception):
    """Something that the person at the terminal can mend; the message says what."""


@dataclass(frozen=True)
class Version:
    """A tree of files that git holds; ``name`` is what to call it."""

    name: str
    tree: str

    @property
    def key(self) -> str:
        """The same for the same files, captured by the same code with the same packages."""
        return f"{self.tree[:12]}-{_capturing()}"


def version_of(commit: str) -> Version:
    """The version of a commit, a branch or a tag. Raises Fault where git has none."""
    try:
        found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    except subprocess.CalledProcessError as error:
        raise Fault(
            f"There is no commit {commit}: give BASE a commit, a branch or a tag."
        ) from error
    subject = _git("log", "-1", "--format=%h %s", found)
    return Version(subject, _git("rev-parse", f"{found}^{{tree}}"))


def working_tree() -> Version:
    """All files that are not ignored, as they are now, whether git knows them or not."""
    VAR.mkdir(parents=True, exist_ok=True)
    index = VAR / f"index-{os.getpid()}-{token_hex(3)}"
    environment = {**os.environ, "GIT_INDEX_FILE": str(index)}
    try:
        _git("read-tree", "HEAD", env=environment)
        _git("add", "--all", env=environment)
        tree = _git("write-tree", env=environment)
    finally:
        index.unlink(missing_ok=True)
        index.with_suffix(".lock").unlink(missing_ok=True)
    changed = tree != _git("rev-parse", "HEAD^{tree}")
    head = _git("log", "-1", "--format=%h %s")
    return Version(f"the working tree ({'changed since ' if changed else ''}{head})", tree)


@contextmanager
def checked_out(version: Version, *, keep: bool = False) -> Iterator[Path]:
    """A folder with the version's files and a var of its own; removed at the end, unless kept.

    It is no worktree of git's, which would leave a trace in the repository if it were interrupted.
    """
    folder = VAR / f"files-{version.tree[:12]}-{os.getpid()}-{token_hex(3)}"
    folder.mkdir(parents=True)
    try:
        archive = folder.with_suffix(".tar")
        try:
            _git("archive", "--output", str(archive), version.tree)
            shutil.unpack_archive(archive, folder, filter="data")
        finally:
            archive.unlink(missing_ok=True)
        (folder / "var").mkdir(exist_ok=True)
        for name in BUILT:
            (folder / "var" / name).symlink_to(ROOT / "var" / name)
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _capturing() -> str:
    digest = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    here = ROOT / "compare"
    for path in sorted([*(here / "capture").glob("*.py"), here / "records.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _git(*arguments: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()

"""A secret key for a machine that was given none."""

import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """The secret kept in ``path``, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text().strip()

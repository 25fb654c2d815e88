"""Build the files that browsers and PDFs need: ``python -m bcfportal.frontend``.

Node compiles the styles; scripts and fonts are copied from npm's packages; Django collects all of
it in var/static. Nothing is done when no source has changed since the last build.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from bcfportal.launch import locks
from bcfportal.launch.faults import Fault, plainly, tell
from bcfportal.launch.node import Node, find_node

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
MODULES = ROOT / "node_modules"
STAMP = VAR / "frontend.json"
LOG = VAR / "frontend.log"
STYLES = ROOT / "static" / "scss" / "portal.scss"
STYLE_SHEET = VAR / "build" / "css" / "portal.css"

# Files of npm's packages, by the folder of var that they are copied to.
COPIES = {
    "build/js": (
        "govuk-frontend/dist/govuk/govuk-frontend.min.js",
        "plotly.js-basic-dist-min/plotly-basic.min.js",
    ),
    "fonts": (
        "source-sans/TTF/SourceSans3-Regular.ttf",
        "source-sans/TTF/SourceSans3-It.ttf",
        "source-sans/TTF/SourceSans3-Semibold.ttf",
        "source-sans/TTF/SourceSans3-Bold.ttf",
        "source-sans/TTF/SourceSans3-BoldIt.ttf",
        "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
        # Letters of the languages that councils' papers are most often asked for in:
        # docs/decisions/0020.
        "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
        "@expo-google-fonts/noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf",
        "@expo-google-fonts/noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf",
        "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    ),
}
# What the results depend on beside the folder "static": packages bring static files of their own.
SOURCES = ("requirements.lock", "bcfportal/frontend.py", "bcfportal/settings.py")
PACKAGES = ("package.json", "package-lock.json")


def build() -> int:
    """Build what is missing or older than its sources."""
    with locks.alone(VAR / "frontend.lock"):
        packages = _fingerprint([ROOT / name for name in PACKAGES])
        site = _fingerprint(_sources())
        before = _last_build()
        fresh_packages = before.get("packages") == packages and MODULES.is_dir()
        if fresh_packages and before.get("site") == site and _results_exist():
            return 0
        tell("Building the front-end files.")
        node = find_node()
        STAMP.unlink(missing_ok=True)
        if not fresh_packages:
            _install(node)
        _compile(node)
        _copy()
        _collect()
        STAMP.write_text(json.dumps({"packages": packages, "site": site}))
    return 0


def _sources() -> list[Path]:
    static = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    return [*static, *(ROOT / name for name in (*SOURCES, *PACKAGES))]


def _fingerprint(paths: list[Path]) -> str:
    """Names and contents in a few letters; times of change mean nothing after a checkout."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _last_build() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _copies() -> list[tuple[Path, Path]]:
    """Each file to copy, and where to."""
    return [
        (MODULES / name, VAR / folder / Path(name).name)
        for folder, names in COPIES.items()
        for name in names
    ]


def _results_exist() -> bool:
    made = [STYLE_SHEET, VAR / "static" / "staticfiles.json", *(to for _, to in _copies())]
    return all(path.exists() for path in made)


def _install(node: Node) -> None:
    """Exactly the packages of package-lock.json; none of their own programs runs."""
    _run(
        "The front-end packages could not be installed",
        "check the network connection and start again",
        [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--include=dev"],
        node.environment(),
    )


def _compile(node: Node) -> None:
    """One compressed style sheet; warnings about the packages' own styles are not ours."""
    if not STYLES.exists():
        raise Fault(f"{STYLES.relative_to(ROOT)} is missing: restore it and start again.")
    _run(
        "The styles could not be compiled",
        "correct them and start again",
        [
            *(node.node, str(MODULES / "sass" / "sass.js")),
            *("--style=compressed", "--no-source-map", "--quiet-deps"),
            f"--load-path={MODULES}",
            f"{STYLES}:{STYLE_SHEET}",
        ],
        node.environment(),
    )


def _copy() -> None:
    """Scripts to where the collecting finds them, fonts to where the PDFs do."""
    for file, to in _copies():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)


def _collect() -> None:
    """Everything under the names that browsers may keep for ever; it needs no database."""
    _run(
        "The static files could not be collected",
        "correct what it names and start again",
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-i", "scss"],
        {**os.environ, "SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": "", "DEBUG": ""},
    )


def _run(fault: str, advice: str, command: list[str], environment: dict[str, str]) -> None:
    """Run a command quietly; when it fails, say so with the line that tells why."""
    with LOG.open("w") as log:
        result = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        raise Fault(f"{fault} ({_reason(LOG)}): {advice}; {LOG.relative_to(ROOT)} has the details.")


def _reason(log: Path) -> str:
    """The line of a log that says what went wrong: an error's, or else the last."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "npm error"))]
    reason = errors[0] if errors else (lines or ["no reason given"])[-1]
    return reason.rstrip(".:")


if __name__ == "__main__":
    sys.exit(plainly(build))

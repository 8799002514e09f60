"""The steps of ``make setup``: environment, Python packages, Node.js packages, catalogues, front end."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import commands, node
from .interpreters import NEEDED, newest, sentence_without, version_of
from .stamps import Step, do, is_done

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
LOG = VENV / "setup.log"
PYTHON = VENV / "bin" / "python"
LOCALES = ("kk", "ru", "en")
WITH_PIP = "import sys, pip; print('%d.%d' % sys.version_info[:2])"


class SetupFailed(Exception):
    """The set-up cannot go on; ``str()`` says why and what to do."""


def setup(dev: bool = False) -> int:
    """Do every step that is due, with what tests need where ``dev``; how many were done. Raises SetupFailed."""
    with alone():
        try:
            return _setup(dev)
        except (commands.CommandFailed, node.NoNode) as failed:
            raise SetupFailed(str(failed)) from failed


def _setup(dev: bool) -> int:
    done = environment()
    done += announced(packages("requirements.txt"))
    if dev:
        done += announced(packages("requirements-dev.txt"))
    done += announced(catalogues())
    if not (is_done(node_packages(None), STAMPS) and is_done(front_end(None), STAMPS)):
        found = node.find(VENV, lambda: install("requirements-node.txt"))
        done += announced(node_packages(found))
        done += announced(front_end(found))
    return done


def environment() -> int:
    """.venv, made by the newest Python there is and kept as long as its own Python runs; 1 if it was made."""
    version = version_of(str(PYTHON), WITH_PIP)
    if version is not None and version >= NEEDED:
        return 0
    python = newest()
    if python is None:
        raise SetupFailed(sentence_without())
    print(f"Virtual environment with {python}", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    commands.run([python, "-m", "venv", VENV], LOG, ROOT)
    return 1


def packages(name: str) -> Step:
    """The pinned packages of one requirements file."""
    return Step(name, f"Python packages of {name}", [ROOT / name], [PYTHON], lambda: install(name))


def install(name: str) -> None:
    options = ("--require-hashes", "--no-input", "--disable-pip-version-check")
    commands.run([str(PYTHON), "-m", "pip", "install", *options, "-r", name], LOG, ROOT)


def catalogues() -> Step:
    """The translations as the server (.mo) and the front end (JSON) read them."""
    translations = ROOT / "app" / "translations"
    outputs = [translations / locale / "LC_MESSAGES" / "messages.mo" for locale in LOCALES]
    outputs += [ROOT / "app" / "client" / "catalogue" / f"{locale}.json" for locale in LOCALES]
    compile_them = [str(PYTHON), "-m", "app.i18n", "compile"]
    return Step(
        "catalogues",
        "Translations",
        [translations, ROOT / "app" / "i18n"],
        outputs,
        lambda: commands.run(compile_them, LOG, ROOT),
    )


def node_packages(found: node.Node | None) -> Step:
    """The front end's pinned packages, in node_modules/. ``found`` may be None where only is_done() is asked."""

    def act() -> None:
        assert found
        commands.run([*found.npm, "ci", "--no-audit", "--no-fund"], LOG, ROOT, {"PATH": found.path})

    inputs = [ROOT / "package.json", ROOT / "package-lock.json"]
    return Step("node", "Front-end packages", inputs, [ROOT / "node_modules" / ".package-lock.json"], act)


def front_end(found: node.Node | None) -> Step:
    """The tablet, screens and desk scripts, built by Vite. ``found`` as in node_packages()."""

    def act() -> None:
        assert found
        commands.run([*found.npm, "run", "build"], LOG, ROOT, {"PATH": found.path})

    inputs = [
        ROOT / name for name in ("package-lock.json", "package.json", "vite.config.ts", "tsconfig.json")
    ]
    inputs += [ROOT / "app" / "client", ROOT / "arena_display", ROOT / "app" / "translations"]
    return Step("build", "Front end", inputs, [ROOT / "app" / "static" / "build" / "manifest.json"], act)


def announced(step: Step) -> int:
    """Do a step if it is due, and say so with its time; 1 if it was."""
    if is_done(step, STAMPS):
        return 0
    print(f"{step.title} …", end=" ", flush=True)
    began_s = time.monotonic()
    try:
        do(step, STAMPS)
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began_s:.0f} s", flush=True)
    return 1


@contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout's folder, so that two set-ups at once wait for each other instead of mixing."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)

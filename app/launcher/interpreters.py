"""Finds the newest Python on PATH that is new enough and can make a virtual environment."""

import os
import re
import subprocess

NEEDED = (3, 11)
NAME = re.compile(r"python3(\.\d+)?$")
ASK = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
ASK_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"
ANSWER_WITHIN_S = 20


def candidates(path=None):
    # type: (str | None) -> list[str]
    """Every ``python3`` and ``python3.N`` on PATH, the highest N first; those of a virtual environment left out."""
    found = {}  # type: dict[str, tuple[int, int]]
    folders = (os.environ.get("PATH", "") if path is None else path).split(os.pathsep)
    for order, folder in enumerate(folders):
        if not os.path.isdir(folder) or os.path.exists(os.path.join(os.path.dirname(folder), "pyvenv.cfg")):
            continue
        for name in os.listdir(folder):
            matched = NAME.match(name)
            if matched:
                minor = int((matched.group(1) or ".0")[1:])
                found.setdefault(os.path.join(folder, name), (-minor, order))
    return sorted(found, key=lambda program: found[program])


def version_of(program, question=ASK):
    # type: (str, str) -> tuple[int, int] | None
    """(major, minor) of a Python, or None if it does not run, or lacks what ``question`` imports."""
    try:
        done = subprocess.run(
            [program, "-I", "-c", question],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=ANSWER_WITHIN_S,
        )
        major, minor = done.stdout.decode().split(".")
        return (int(major), int(minor)) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def newest(path=None):
    # type: (str | None) -> str | None
    """The newest Python of at least NEEDED that can make a virtual environment, or None."""
    best = None  # type: tuple[tuple[int, int], str] | None
    for program in candidates(path):
        version = version_of(program)
        if version is not None and version >= NEEDED and (best is None or version > best[0]):
            best = (version, program)
    return best[1] if best else None


def sentence_without(path=None):
    # type: (str | None) -> str
    """What is missing when ``newest`` found nothing, and how to get it."""
    for program in candidates(path):
        version = version_of(program, ASK_VERSION)
        if version is not None and version >= NEEDED:
            return (
                "%s cannot make virtual environments here: its venv or ensurepip module is missing.\n"
                "On Debian and Ubuntu: sudo apt install python3.%d-venv" % (program, version[1])
            )
    return (
        "Baige needs Python %d.%d or newer, and none was found on PATH.\n"
        "On Debian and Ubuntu: sudo apt install python3 python3-venv" % NEEDED
    )

"""The commands as a shell runs them: standard output is one line of JSON, or nothing; exit 0, 1 or 2."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.forking import fork


def flask(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        out, errors = Path(folder) / "out", Path(folder) / "errors"
        made = fork("flask", *arguments, env=os.environ | {"DATA": str(data)}, out=out, errors=errors)
        status = made.wait(120)
        return subprocess.CompletedProcess(arguments, status, out.read_text(), errors.read_text())


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    (line,) = done.stdout.splitlines()
    answer: dict[str, object] = json.loads(line)
    return answer


def test_from_nothing_to_a_demo_and_back_to_the_log(tmp_path: Path) -> None:
    upgraded = flask(tmp_path, "data", "upgrade")
    assert (upgraded.returncode, told(upgraded)["from"]) == (0, None)
    assert told(flask(tmp_path, "data", "upgrade"))["from"] == told(upgraded)["to"]
    for created in (True, False):
        demo = flask(tmp_path, "demo", "create")
        assert (demo.returncode, told(demo)) == (0, {"ok": True, "created": created})
    verified, rebuilt = flask(tmp_path, "log", "verify"), flask(tmp_path, "standings", "rebuild")
    assert (verified.returncode, told(verified)["ok"]) == (0, True)
    assert (rebuilt.returncode, told(rebuilt)["ok"]) == (0, True)
    assert [path.name for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077] == []
    with sqlite3.connect(tmp_path / "baige.sqlite3") as database:
        database.execute("UPDATE log_entry SET hash = 'x' WHERE seq = 2")
    broken = flask(tmp_path, "log", "verify")
    assert (broken.returncode, told(broken)["ok"]) == (1, False)


@pytest.mark.parametrize(
    "arguments", [("log", "verify"), ("standings", "rebuild"), ("log",), ("log", "x"), ("nothing",)]
)
def test_wrong_usage_says_so_on_standard_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = flask(tmp_path / "none", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr

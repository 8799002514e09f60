"""The rules of the tests themselves: skips fail in CI, and a benchmark prints figures only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.bench.__main__ import chosen
from tests.serving import ROOT

SKIPS = """
import pytest
@pytest.mark.skip(reason="no browser")
def test_marked(): pass
def test_inside(): pytest.skip("no browser")
@pytest.mark.xfail(reason="known")
def test_expected(): assert False
def test_passes(): pass
"""


@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 failed"), ("", "2 skipped")])
def test_skip_is_a_failure_in_ci_only(tmp_path: Path, ci: str, outcome: str) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skips.py").write_text(SKIPS)
    argv = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    done = subprocess.run(argv, env=os.environ | {"CI": ci}, capture_output=True, text=True, cwd=tmp_path)
    assert outcome in done.stdout
    assert "1 passed" in done.stdout
    assert "1 xfailed" in done.stdout
    assert (done.returncode == 0) == (ci == "")
    assert ci == "" or "which CI does not allow: Skipped: no browser" in done.stdout


@pytest.mark.parametrize(
    ("only", "names"),
    [("", ["live", "store"]), ("live.", ["live"]), ("live.score", ["live"]), ("rules.", [])],
)
def test_only_the_modules_that_can_give_a_figure_run(only: str, names: list[str]) -> None:
    modules = []
    for name in ("live", "store"):
        module = ModuleType(name)
        module.__dict__["NAMES"] = (f"{name}.",)
        modules.append(module)
    assert [module.__name__ for module in chosen(modules, only)] == names


def test_benchmark_prints_nothing_but_figures_whatever_its_parts_print() -> None:
    script = """
import subprocess
from tests.bench.__main__ import figures_only, print_line
with figures_only() as out:
    print("chatter")
    subprocess.run(["echo", "chatter of a child"])
    print_line(out, {"name": "live.x", "value": 1})
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"name": "live.x", "value": 1}]
    assert "chatter of a child" in done.stderr

"""What is started as a fork is a program of its own: its environment, its output, how it ends."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.forking import Forked, fork


@pytest.mark.parametrize("served", [False, True])
def test_a_fork_is_a_program_of_its_own(tmp_path: Path, served: bool) -> None:
    def run(name: str, code: str) -> Forked:
        """Python code, by the one module of the standard library that runs what it is told."""
        env = {"DATA": str(tmp_path / name), "NAME": name}
        out, errors = tmp_path / f"{name}.out", tmp_path / f"{name}.errors"
        return fork("timeit", "-n1", "-r1", code, env=env, out=out, errors=errors, served=served)

    waiting = run("waiting", "import time; time.sleep(600)")
    said = run(
        "said", "import os; from app import jobs; print(os.environ['NAME'], jobs.huey.storage.filename)"
    )
    failed = run("failed", "raise OSError")
    assert (said.wait(60), failed.wait(60), waiting.poll()) == (0, 1, None)
    waiting.send_signal(signal.SIGKILL)
    assert waiting.wait(60) == -signal.SIGKILL
    name, queue, *_ = (tmp_path / "said.out").read_text().split()
    assert (name, Path(queue).parent) == ("said", tmp_path / "said")
    assert [(tmp_path / f"{one}.errors").read_text()[-8:] for one in ("said", "failed")] == ["", "OSError\n"]

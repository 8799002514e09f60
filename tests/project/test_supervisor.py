"""The launcher ends everything it started, whatever they do and however it is told to; crashed ones come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAND_IN = [sys.executable, "-m", "tests.project.standing_in"]
WITHIN_S = 20.0


@contextmanager
def launched(argv: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A launcher in a session of its own, as a terminal would start it; killed with all its group at the end.

    A shell's background job ignores SIGINT and so does what it starts; nobody at a terminal meets that.
    """
    heard = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGINT, signal.SIGHUP)}
    process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    for number, handler in heard.items():
        signal.signal(number, handler)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=WITHIN_S)


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def started(file: Path) -> int:
    """The number of the process that writes ``file``."""
    until(file.exists, f"{file.name} did not start")
    return int(file.read_text())


def is_gone(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rsplit(")", 1)[1].split()[0] == "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_all_children(tmp_path: Path, number: signal.Signals) -> None:
    with launched([*STAND_IN, str(tmp_path), "obedient", "parent"]) as launcher:
        pids = [started(tmp_path / name) for name in ("obedient", "parent", "parent.child")]
        os.kill(launcher.pid, number)
        said, _ = launcher.communicate(timeout=WITHIN_S)
    assert launcher.returncode == 0
    assert f"stopping: {number.name}" in said
    assert said.rstrip().endswith("stopped")
    assert all(is_gone(pid) for pid in pids)


def test_child_that_ignores_signals_is_killed_and_the_others_end_too(tmp_path: Path) -> None:
    with launched([*STAND_IN, str(tmp_path), "obedient", "deaf"]) as launcher:
        pids = [started(tmp_path / name) for name in ("obedient", "deaf")]
        os.kill(launcher.pid, signal.SIGTERM)
        said, _ = launcher.communicate(timeout=WITHIN_S)
    assert "deaf does not end by itself; killing it." in said
    assert all(is_gone(pid) for pid in pids)


def test_second_interrupt_hurries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATIENCE_S", "300")
    with launched([*STAND_IN, str(tmp_path), "deaf"]) as launcher:
        assert launcher.stdout
        deaf = started(tmp_path / "deaf")
        os.kill(launcher.pid, signal.SIGINT)
        assert launcher.stdout.readline() == "ready\n"
        assert launcher.stdout.readline().startswith("stopping")

        def interrupted_again() -> bool:
            os.kill(launcher.pid, signal.SIGINT)
            return launcher.poll() is not None

        until(interrupted_again, "the launcher still waits for a deaf child")
    assert is_gone(deaf)


def test_processes_not_started_here_are_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "300"]) as stranger:
        with launched([*STAND_IN, str(tmp_path), "obedient"]) as launcher:
            started(tmp_path / "obedient")
            os.kill(launcher.pid, signal.SIGINT)
            launcher.communicate(timeout=WITHIN_S)
        assert stranger.poll() is None
        stranger.kill()


def test_crashed_child_is_started_again_with_a_growing_back_off(tmp_path: Path) -> None:
    with launched([*STAND_IN, str(tmp_path), "crashing", "obedient"]) as launcher:
        assert launcher.stdout
        obedient = started(tmp_path / "obedient")
        said = [launcher.stdout.readline() for _ in range(3)]
        assert not is_gone(obedient)
        os.kill(launcher.pid, signal.SIGTERM)
    assert said[1].startswith("crashing ended with exit code 3; starting it again in 0.5 s. Its log: ")
    assert "starting it again in 1 s" in said[2]


def test_what_a_crashed_child_left_running_is_ended(tmp_path: Path) -> None:
    with launched([*STAND_IN, str(tmp_path), "orphaning"]) as launcher:
        assert launcher.stdout
        left = started(tmp_path / "orphaning.child")
        said = launcher.stdout.readline() + launcher.stdout.readline()
        assert "exit code 3" in said
        until(lambda: is_gone(left), "the orphan still runs")


def test_launcher_that_is_killed_takes_its_children_along(tmp_path: Path) -> None:
    with launched([*STAND_IN, str(tmp_path), "obedient"]) as launcher:
        child = started(tmp_path / "obedient")
        os.kill(launcher.pid, signal.SIGKILL)
        until(lambda: is_gone(child), "the child outlived the launcher")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signal_to_make_alone_ends_all_children(tmp_path: Path, number: signal.Signals) -> None:
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {' '.join(STAND_IN)} {tmp_path} obedient\n")
    with launched(["make", "--no-print-directory", "-f", str(makefile)]) as make:
        child = started(tmp_path / "obedient")
        os.kill(make.pid, number)
        make.wait(timeout=WITHIN_S)
        until(lambda: is_gone(child), "the child outlived make")

"""A job that died is told apart from one that waits: the page that asks for it would otherwise ask for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.jobs import has_died, huey

WORKER = """
from app.jobs import huey
from tests.app import test_jobs

while task := huey.dequeue():
    huey.execute(task)
"""


@huey.task()  # type: ignore[untyped-decorator]
def answers() -> None: ...


@huey.task()  # type: ignore[untyped-decorator]
def fails() -> str:
    raise ValueError("a mistake of ours")


@huey.task()  # type: ignore[untyped-decorator]
def dies() -> None:
    """As a worker does when the machine has no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    huey.flush()


def carry_out() -> None:
    huey.execute(huey.dequeue())


def test_one_that_waits_or_is_done_has_not_died() -> None:
    job = answers().id
    assert not has_died(job)
    carry_out()
    assert not has_died(job)


def test_while_it_runs_it_has_not_died(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def execute(task: Any) -> None:
        seen.append(has_died(task.id))

    job = answers()
    monkeypatch.setattr(type(job.task), "execute", execute)
    carry_out()
    assert seen == [False]


def test_a_mistake_of_ours_ends_the_waiting() -> None:
    job = fails().id
    carry_out()
    assert has_died(job)


def test_a_worker_that_was_killed_ends_the_waiting() -> None:
    job = dies().id
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", WORKER], cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [has_died(job), has_died(job)] == [True, True]

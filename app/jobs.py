"""Long work, done by the worker process: a huey queue in DATA/jobs.sqlite3, and answers beside what was asked.

The queue holds paths and no names, so that an erasure has nothing to look for in it. While a job runs, the worker holds
a lock on its mark, a file in DATA/jobs; a mark that nobody holds is of a job that died with its worker.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from pathlib import Path
from typing import IO, Any

import orjson
from huey import Huey
from huey.storage import SqliteStorage

from .private import keep_to_owner
from .settings import Settings, write_private

ANSWER = ".answer"
MARKS_KEPT_FOR_S = 24 * 3600


class Storage(SqliteStorage):  # type: ignore[misc]
    """A queue whose file keeps nothing of what was deleted."""

    def _create_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._create_connection()
        connection.execute("PRAGMA secure_delete=ON")
        return connection


keep_to_owner()  # the file is made when this module is read, before anything else is
_settings = Settings.from_environment()
_settings.data.mkdir(parents=True, exist_ok=True)
huey = Huey("baige", storage_class=Storage, filename=str(_settings.jobs_database), fsync=True)
_held: dict[str, IO[str]] = {}


def has_died(job: str) -> bool:
    """Whether the worker died of a job, or the job of a mistake of ours. Ask before looking for its answer: that is
    given while the mark is held."""
    try:
        with _mark(job).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return True


@huey.pre_execute()  # type: ignore[untyped-decorator]
def _begin(task: Any) -> None:
    mark = _mark(task.id)
    mark.parent.mkdir(parents=True, exist_ok=True)
    _forget_old(mark.parent)
    made = mark.with_suffix(".new")
    held = made.open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    made.replace(mark)
    _held[task.id] = held


@huey.post_execute()  # type: ignore[untyped-decorator]
def _end(task: Any, _value: Any, failure: BaseException | None) -> None:
    if failure is None:
        _mark(task.id).unlink(missing_ok=True)
    _held.pop(task.id).close()


def _mark(job: str) -> Path:
    return _settings.data / "jobs" / job


def _forget_old(folder: Path) -> None:
    oldest_s = time.time() - MARKS_KEPT_FOR_S
    for mark in folder.iterdir():
        if mark.name not in _held and mark.stat().st_mtime < oldest_s:
            mark.unlink(missing_ok=True)


def answer_to(order: Path, job: str) -> Path:
    """Where the answer of a job about a file lies: beside it, so that they are deleted together."""
    return order.with_suffix(f".{job}{ANSWER}")


def give_answer(order: Path, job: str, answer: dict[str, Any]) -> None:
    """Answer with what was read of a file, unless the file was deleted meanwhile: then nobody is to know."""
    path = answer_to(order, job)
    write_private(path, orjson.dumps(answer))
    if not order.exists():
        path.unlink(missing_ok=True)


def forget_answers() -> None:
    """Older versions had the queue keep what was read of lists: delete that for good."""
    storage = huey.storage
    storage.flush_results()
    storage.sql("VACUUM")
    storage.sql("PRAGMA wal_checkpoint(TRUNCATE)", results=True)

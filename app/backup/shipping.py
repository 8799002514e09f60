"""Ships every commit to the second place within a moment, and a full copy every few minutes; never waited for.

Commits are handed over once they are on the disk here. A stick that is slow, full or gone holds up nothing: what it
did not get is made good by the next full copy.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import deque
from contextlib import closing
from pathlib import Path
from typing import Any

import gevent
import structlog
from gevent.event import Event
from gevent.threadpool import ThreadPool

from ..eventlog.chain import instant, utc_now
from .frames import Commit, to_frame
from .place import PART, Place, sync_folder

log = structlog.get_logger()

FULL_EVERY_S = 300.0
TRY_AGAIN_S = 2.0
MOST_PENDING = 20_000
"""Commits kept in memory while the place is out of reach; beyond that only a full copy helps."""
MILESTONES = ("ResultsPublished", "OverallPublished")
ERASING = ("DELETE",)
"""Statements after which nothing older may be kept: somebody was to be forgotten."""


class Shipper:
    """One installation's backups. ``take`` is called after each commit; the rest happens by itself."""

    def __init__(self, database: Path, data: Path, place: Place, full_every_s: float = FULL_EVERY_S) -> None:
        self._database, self._data, self._place = database, data, place
        self._full_every_s = full_every_s
        self._pending: deque[Commit] = deque()
        self._wake, self._copy_now = Event(), Event()
        self._threads = ThreadPool(2)
        self._streams: list[int] = []
        self._sizes: dict[int, int] = {}
        self._loop = gevent.get_hub().loop
        self._is_erasing = False
        self._copied_at_s = float("-inf")
        self._waits_since_s: float | None = None
        self.trouble: str | None = None
        self.last_full_utc: str | None = None
        self._greenlets = [gevent.spawn(self._ship), gevent.spawn(self._copy)]

    def take(self, commit: Commit) -> None:
        """Ship a commit soon; after a publication or an erasure a full copy as well. Called by the writer's thread."""
        self._loop.run_callback_threadsafe(self._take, commit)

    def _take(self, commit: Commit) -> None:
        is_milestone = any(_publishes(sql, rows) for sql, rows in commit.statements)
        if self._waits_since_s is None:
            self._waits_since_s = time.monotonic()
        if len(self._pending) >= MOST_PENDING:
            self._pending.clear()
            self._streams.clear()
            is_milestone = True
        self._pending.append(commit)
        self._is_erasing = self._is_erasing or any(sql.startswith(ERASING) for sql, _ in commit.statements)
        if is_milestone or self._is_erasing:
            self._copy_now.set()
        self._wake.set()

    def state(self) -> dict[str, Any]:
        """``behind_s``: how long the oldest commit that is not shipped waits, 0 where all are. ``trouble``: or None."""
        waits = self._waits_since_s
        return {
            "folder": str(self._place.folder),
            "behind_s": 0.0 if waits is None else round(time.monotonic() - waits, 1),
            "last_full_utc": self.last_full_utc,
            "trouble": self.trouble,
        }

    def close(self) -> None:
        """Ship what still waits, if that is quick, and stop."""
        with gevent.Timeout(TRY_AGAIN_S, False):
            gevent.sleep(0.01)
            while self._pending and self.trouble is None:
                gevent.sleep(0.01)
        gevent.killall(self._greenlets)

    def _ship(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            # Without a full copy to follow there is no stream to write to: the copy under way will hold these.
            if not self._streams:
                continue
            batch = list(self._pending)
            failure = self._threads.apply(self._append, (batch, list(self._streams)))
            if failure is None:
                for _ in batch:
                    self._pending.popleft()
                self._waits_since_s = time.monotonic() if self._pending else None
            self._tell(failure)
            if failure is not None:
                gevent.sleep(TRY_AGAIN_S)
                self._wake.set()

    def _append(self, batch: list[Commit], generations: list[int]) -> OSError | None:
        frames = b"".join(map(to_frame, batch))
        try:
            self._place.check()
            for generation in generations:
                self._sizes[generation] = append(
                    self._place.stream(generation), self._sizes.get(generation, 0), frames
                )
        except OSError as failure:
            return failure
        return None

    def _copy(self) -> None:
        while True:
            generation = self._begin_generation()
            is_erasing, self._is_erasing = self._is_erasing, False
            failure = generation if isinstance(generation, OSError) else self._copied(generation)
            self._tell(failure)
            if failure is not None or isinstance(generation, OSError):
                self._is_erasing = self._is_erasing or is_erasing
                gevent.sleep(TRY_AGAIN_S)
                continue
            self._finish(generation, is_erasing)
            self._copy_now.wait(self._full_every_s)
            self._copy_now.clear()

    def _begin_generation(self) -> int | OSError:
        """Write what comes from now on to the next stream, too: the copy that follows holds all that came before."""

        def begin() -> int | OSError:
            try:
                if not self._streams and self.last_full_utc is None:
                    self._place.begin()
                self._place.check()
                generation = self._place.newest_number() + 1
                self._place.stream(generation).touch()
            except OSError as failure:
                return failure
            return generation

        begun: int | OSError = self._threads.apply(begin)
        if not isinstance(begun, OSError):
            self._streams.append(begun)
            self._wake.set()
        return begun

    def _copied(self, generation: int) -> Exception | None:
        def copy() -> Exception | None:
            whole = self._place.full(generation)
            part = whole.with_name(whole.name + PART)
            try:
                copy_database(self._database, part)
                part.replace(whole)
                self._place.keep_files(self._data)
                sync_folder(self._place.folder)
            except (OSError, sqlite3.Error) as failure:
                part.unlink(missing_ok=True)
                return failure
            return None

        failure: Exception | None = self._threads.apply(copy)
        if failure is not None:
            self._streams.remove(generation)
        return failure

    def _finish(self, generation: int, is_erasing: bool) -> None:
        """Only the new stream goes on; the generation before is kept, unless somebody was to be forgotten."""
        self._streams = [generation]
        self.last_full_utc = instant(utc_now())
        keep_from = generation if is_erasing else generation - 1

        def forget() -> None:
            try:
                self._place.forget_before(keep_from)
            except OSError as failure:
                log.warning("backup_not_tidied", reason=str(failure))

        self._threads.apply(forget)
        self._wake.set()

    def _tell(self, failure: Exception | None) -> None:
        trouble = None if failure is None else str(failure)
        if trouble and trouble != self.trouble:
            log.warning("backup_failed", reason=trouble)
        self.trouble = trouble


def append(path: Path, size_bytes: int, frames: bytes) -> int:
    """Write after the first ``size_bytes``, over whatever a failure left there, and onto the disk; the new size."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "rb+") as file:
        file.truncate(size_bytes)
        file.seek(size_bytes)
        file.write(frames)
        file.flush()
        os.fsync(file.fileno())
    return size_bytes + len(frames)


def _publishes(sql: str, rows: list[list[Any]]) -> bool:
    return "log_entry" in sql and any(milestone in row for row in rows for milestone in MILESTONES)


def copy_database(database: Path, copy: Path) -> None:
    """A consistent copy of a database that is in use, in one piece and on the disk. Raises OSError, sqlite3.Error."""
    copy.unlink(missing_ok=True)
    source = f"file:{database}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as reader, closing(sqlite3.connect(copy)) as written:
        written.execute("PRAGMA journal_mode=OFF")
        reader.backup(written)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())

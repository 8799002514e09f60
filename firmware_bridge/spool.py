"""Readings on the disk before they are acknowledged, until the server has them; a whole day fits."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

OFFERED_FOR = timedelta(hours=24)
"""How far back readings are offered again to a server that came back from a backup."""
BUSY_S = 1.0
"""How long a write waits where someone else, such as the doctor, has the file."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (
    device TEXT NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL,
    channel INTEGER NOT NULL, edge TEXT NOT NULL, ticks INTEGER NOT NULL,
    at_utc TEXT NOT NULL, uncertainty_us REAL NOT NULL, origin TEXT NOT NULL, fit TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'unsent', code TEXT,
    PRIMARY KEY (device, boot, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS own (identity TEXT NOT NULL);
INSERT INTO own SELECT lower(hex(randomblob(4))) WHERE NOT EXISTS (SELECT 1 FROM own);
CREATE TABLE IF NOT EXISTS board (device TEXT PRIMARY KEY, ppm REAL, greeted INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS server (epoch INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS reading_unsent ON reading (at_utc) WHERE state = 'unsent';
"""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A reading as it waits for the server."""

    device: str
    boot: int
    seq: int
    channel: int
    edge: str
    ticks: int
    at_utc: str
    uncertainty_us: float
    origin: str
    fit: dict[str, Any]


class Spool:
    """An SQLite file with synchronous=FULL: a reading that ``put`` returned for survives a power cut.

    SQLite's journal drops a torn end when it is opened again. Ticks fit its 64-bit integers for 140,000 years.
    A file that is no spool any more is put aside as ``broken``, and a new one begun. Raises sqlite3.OperationalError:
    there is no room, or another bridge has it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self.broken: Path | None = None
        try:
            self._database = _open(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self.broken = _put_aside(path)
            self._database = _open(path)
        # A write that waits for the disk holds its connection: how things stand is read from another one.
        self._looking = _connect(path)
        self._looking_lock = threading.Lock()
        (self.identity,) = self._database.execute("SELECT identity FROM own").fetchone()
        """Eight letters that no other spool has: devices without a name of their own are told apart by them."""

    def put(self, readings: Sequence[Spooled]) -> None:
        """Store readings durably, all or none; one that is there already stays as it was.

        Raises sqlite3.Error: the disk is full, or gone.
        """
        rows = [(*_key(reading), *_rest(reading)) for reading in readings]
        if not rows:
            return
        with self._lock, self._writing():
            self._database.executemany(
                "INSERT OR IGNORE INTO reading (device, boot, seq, channel, edge, ticks, at_utc, uncertainty_us,"
                " origin, fit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def through(self, device: str, boot: int) -> int:
        """The highest sequence number stored of a boot; 0 where there is none."""
        with self._lock:
            (seq,) = self._database.execute(
                "SELECT coalesce(max(seq), 0) FROM reading WHERE device = ? AND boot = ?", (device, boot)
            ).fetchone()
        return int(seq)

    def newest_boot(self, device: str) -> int:
        """The highest boot of which anything is stored; 0 where there is none."""
        with self._lock:
            (boot,) = self._database.execute(
                "SELECT coalesce(max(boot), 0) FROM reading WHERE device = ?", (device,)
            ).fetchone()
        return int(boot)

    def next_boot(self, device: str, at_least: int) -> int:
        """A boot for a device that counts none: above any stored, though a Pi without a clock may count time anew."""
        return max(at_least, self.newest_boot(device) + 1)

    def greet(self, device: str) -> float | None:
        """Remember that a board said hello; how fast its clock was when last measured, None if it never was."""
        with self._lock:
            self._database.execute(
                "INSERT INTO board (device, greeted) VALUES (?, 1)"
                " ON CONFLICT (device) DO UPDATE SET greeted = greeted + 1",
                (device,),
            )
            row = self._database.execute("SELECT ppm FROM board WHERE device = ?", (device,)).fetchone()
        return row[0] if row else None

    def keep_rate(self, device: str, ppm: float) -> None:
        with self._lock:
            self._database.execute("UPDATE board SET ppm = ? WHERE device = ?", (ppm, device))

    def last_board(self) -> str | None:
        """The device that said hello most often: who we are to the server before any board has spoken."""
        with self._lock:
            row = self._database.execute(
                "SELECT device FROM board ORDER BY greeted DESC, device LIMIT 1"
            ).fetchone()
        return row[0] if row else None

    def next_batch(self, most: int) -> list[Spooled]:
        """The oldest unsent readings of one boot of one device, in order; empty where all are sent."""
        with self._lock:
            oldest = self._database.execute(
                "SELECT device, boot FROM reading WHERE state = 'unsent' ORDER BY at_utc LIMIT 1"
            ).fetchone()
            if oldest is None:
                return []
            rows = self._database.execute(
                "SELECT device, boot, seq, channel, edge, ticks, at_utc, uncertainty_us, origin, fit FROM reading"
                " WHERE device = ? AND boot = ? AND state = 'unsent' ORDER BY seq LIMIT ?",
                (*oldest, most),
            ).fetchall()
        return [_spooled(row) for row in rows]

    def rename(self, reading: Spooled) -> bool:
        """Let a reading go to the server under a name of this spool's own; False if it does so already."""
        if reading.device.endswith(self.identity):
            return False
        with self._lock, self._writing():
            self._database.execute(
                "UPDATE reading SET device = ? WHERE device = ? AND boot = ? AND seq = ?",
                (f"{reading.device}-{self.identity}", *_key(reading)),
            )
        return True

    def settle(self, batch: Sequence[Spooled], state: str, code: str | None = None) -> None:
        """Say what became of a batch: ``sent``, or ``refused`` with the server's code."""
        keys = [(state, code, *_key(reading)) for reading in batch]
        with self._lock, self._writing():
            self._database.executemany(
                "UPDATE reading SET state = ?, code = ? WHERE device = ? AND boot = ? AND seq = ?", keys
            )

    def enter_epoch(self, epoch: int | None, now: datetime) -> int | None:
        """Note the server's epoch. In a new one it came back from a backup: the last day's readings go again.

        How many do; None where the epoch is known already. A server from before there were epochs has None.
        """
        with self._looking_lock:
            row = self._looking.execute("SELECT epoch FROM server").fetchone()
        if epoch is None or (row and row[0] == epoch):
            return None
        with self._lock, self._writing():
            self._database.execute("DELETE FROM server")
            self._database.execute("INSERT INTO server (epoch) VALUES (?)", (epoch,))
            if row is None:
                return 0
            since = (now - OFFERED_FOR).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            again = self._database.execute(
                "UPDATE reading SET state = 'unsent' WHERE state = 'sent' AND at_utc >= ?", (since,)
            )
        return again.rowcount

    def waiting(self) -> dict[str, Any]:
        """How many readings are unsent and refused, and since when the oldest unsent one waits.

        Never held up by a write: heartbeats say how things stand, above all while the disk takes nothing.
        """
        with self._looking_lock:
            unsent, oldest = self._looking.execute(
                "SELECT count(*), min(at_utc) FROM reading WHERE state = 'unsent'"
            ).fetchone()
            (refused,) = self._looking.execute(
                "SELECT count(*) FROM reading WHERE state = 'refused'"
            ).fetchone()
        return {"unsent": unsent, "oldest_at_utc": oldest, "refused": refused}

    def close(self) -> None:
        with self._lock, self._looking_lock:
            self._looking.close()
            self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise


def _open(path: Path) -> sqlite3.Connection:
    database = _connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.executescript(SCHEMA)
    return database


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, BUSY_S, isolation_level=None, check_same_thread=False)


def _put_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.broken-{time.time_ns()}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside


def _key(reading: Spooled) -> tuple[str, int, int]:
    return reading.device, reading.boot, reading.seq


def _rest(reading: Spooled) -> tuple[Any, ...]:
    fit = json.dumps(reading.fit)
    at = reading.at_utc, reading.uncertainty_us
    return reading.channel, reading.edge, reading.ticks, *at, reading.origin, fit


def _spooled(row: tuple[Any, ...]) -> Spooled:
    device, boot, seq, channel, edge, ticks, at_utc, uncertainty_us, origin, fit = row
    return Spooled(device, boot, seq, channel, edge, ticks, at_utc, uncertainty_us, origin, json.loads(fit))

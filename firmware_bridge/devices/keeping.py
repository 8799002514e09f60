"""Keeps readings of devices that never send one twice: in memory while the disk takes nothing, and tries again."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence

from ..faults import Faults
from ..spool import Spool, Spooled

TRY_EVERY_S = 0.5
MOST_KEPT = 10_000


class Keeping:
    """Between a device and the spool. ``stored`` is called when readings are on the disk."""

    def __init__(self, spool: Spool, faults: Faults, stored: Callable[[], None]) -> None:
        self._spool = spool
        self._faults = faults
        self._stored = stored
        self._kept: deque[Spooled] = deque()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._try_again, name="keeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Try a last time; what the disk still does not take is lost, and has been said."""
        self._stopping.set()
        self._thread.join()
        self.put(())

    def put(self, readings: Sequence[Spooled]) -> None:
        """Store readings behind those that wait; never raises. Beyond MOST_KEPT they are lost: ``reading_lost``."""
        with self._lock:
            room = MOST_KEPT - len(self._kept)
            self._kept += readings[:room]
            if len(readings) > room:
                self._faults.happened("reading_lost", lost=len(readings) - room)
            if not self._kept:
                return
            try:
                self._spool.put(list(self._kept))
            except sqlite3.Error as error:
                self._faults.note("spool_failed", reason=str(error), kept=len(self._kept))
                return
            self._kept.clear()
        self._faults.clear("spool_failed")
        self._stored()

    def _try_again(self) -> None:
        while not self._stopping.wait(TRY_EVERY_S):
            self.put(())

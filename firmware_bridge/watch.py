"""Sees what no message says: a board that is silent, a link that is slow, edges that were dropped."""

from __future__ import annotations

from collections.abc import Callable

from .clock import NANOSECONDS, BoardClock
from .faults import Faults

SILENT_AFTER_NS = 5 * NANOSECONDS
"""STATUS comes four times a second; an Uno that was reset by opening its port is two seconds in its bootloader."""
SLOW_LINK_US = 5_000
"""A typical round trip that an FTDI adapter at its 16 ms setting never gets below, nor a good one near."""
FAST_LINK_US = 4_000
"""A slow link must get better than this to be good again, lest it be both by turns."""


class Watch:
    """Of one port and whoever is behind it; each finding is a fault until it is over."""

    def __init__(self, faults: Faults, now_ns: Callable[[], int]) -> None:
        self.dropped = 0
        self._faults = faults
        self._now_ns = now_ns
        self._understood_ns = now_ns()
        self._bytes = 0

    def opened(self) -> None:
        self._understood_ns = self._now_ns()
        self._bytes = 0

    def received(self, length: int) -> None:
        """Bytes came, of which nobody knows yet what they are."""
        self._bytes += length

    def understood(self) -> None:
        """A message of our protocol came."""
        self._understood_ns = self._now_ns()
        self._bytes = 0
        self._faults.clear("board_silent")

    def look_for_silence(self) -> None:
        """Nothing at all, or bytes without sense: another baud, another make's device, a board that hangs."""
        silent_ns = self._now_ns() - self._understood_ns
        if silent_ns > SILENT_AFTER_NS:
            self._faults.note(
                "board_silent", for_s=round(silent_ns / NANOSECONDS), senseless_bytes=self._bytes
            )

    def look_for_slowness(self, clock: BoardClock) -> None:
        rtt_us = clock.typical_round_trip_us()
        if rtt_us is None:
            return
        if rtt_us > SLOW_LINK_US:
            self._faults.note("link_slow", rtt_us=round(rtt_us))
        elif rtt_us < FAST_LINK_US:
            self._faults.clear("link_slow")

    def note_dropped(self, dropped: int) -> None:
        """How many edges of this boot found the board's ring full."""
        if dropped > self.dropped:
            self._faults.note("events_dropped", count=dropped)
        self.dropped = dropped

"""The server's own clock: UTC that runs on evenly while somebody, or the network, sets the machine's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _boot_ns() -> int:
    """Nanoseconds since the machine started, suspended or not; nobody can set it."""
    return time.clock_gettime_ns(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class ServerClock:
    """UTC as the machine had it when last followed, and since then counted on by its steady clock.

    ``setting`` grows whenever the clock is set: whoever estimated it from outside begins anew.
    """

    def __init__(
        self, wall_ns: Callable[[], int] = time.time_ns, steady_ns: Callable[[], int] = _boot_ns
    ) -> None:
        self._wall_ns = wall_ns
        self._steady_ns = steady_ns
        self.setting = 0
        self.follow()

    def now_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self._steady_ns() + self._wall_minus_steady_ns

    def now_ms(self) -> float:
        return self.now_ns() / 1e6

    def utc(self) -> datetime:
        return EPOCH + timedelta(microseconds=self.now_ns() // 1_000)

    def off_s(self) -> float:
        """By how many seconds the machine's clock was set forward since this one last followed it."""
        return (self._wall_ns() - self.now_ns()) / 1e9

    def follow(self) -> None:
        """Take over what the machine's clock says now; only while nobody looks at a running clock."""
        self._wall_minus_steady_ns = self._wall_ns() - self._steady_ns()
        self.setting += 1


CLOCK = ServerClock()

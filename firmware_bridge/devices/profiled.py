"""A timer of someone else's make, read by its profile: its own times are kept as ticks of a microsecond."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from ..faults import Faults
from ..messages import Config
from ..session import UNFITTED_UNCERTAINTY_US, utc_minus_steady_ns
from ..spool import Spool, Spooled
from ..transport import Port, Transport
from .keeping import Keeping
from .profile import LineReader, LineRefused, Passing, Profile

log = structlog.get_logger()

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_US = 86_400_000_000
NEW_HEAT_AFTER_US = 2_000_000
"""Results of one heat come together; one that comes later than this after the last belongs to the next heat."""
START_CHANNEL = 0
ANSWERS_WITHIN_S = 5.0
MOST_BACKWARDS_US = 1_000_000
"""Impulses of several channels may be printed a little out of order; more is a clock that was set back."""


class DayClock:
    """Times of day as one growing count, over midnight."""

    def __init__(self) -> None:
        self._days_us = 0
        self._last_us = 0

    def ticks(self, time_us: int) -> int:
        if time_us < self._last_us - DAY_US // 2:
            self._days_us += DAY_US
        self._last_us = time_us
        return self._days_us + time_us


class HeatClock:
    """Times since a start as one growing count: each heat begins where it was told, or reckoned back from a result."""

    def __init__(self) -> None:
        self._start: int | None = None
        self._last_arrived_us = 0

    def started(self, arrived_us: int) -> int:
        self._start = self._last_arrived_us = arrived_us
        self._last_arrived_us += DAY_US  # results may take as long as they like
        return arrived_us

    def ticks(self, elapsed_us: int, arrived_us: int) -> tuple[int | None, int]:
        """The ticks of a start that nobody told of, if this result opens a heat, and those of the result."""
        opened = None
        if self._start is None or arrived_us > self._last_arrived_us + NEW_HEAT_AFTER_US:
            opened = self._start = arrived_us - elapsed_us
        self._last_arrived_us = arrived_us
        return opened, self._start + elapsed_us


class ProfiledTimer:
    """A device by its profile. Its clock cannot be asked, so that UTC is known by arrival only, and said to be so;
    elapsed times on the one device are as exact as its last digit.

    It is called after its make and its spool's identity, for two of one make are not one device.
    """

    def __init__(
        self,
        profile: Profile,
        open_port: Callable[[], Port],
        spool: Spool,
        faults: Faults,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> None:
        self._profile = profile
        self._keeping = Keeping(spool, faults, stored)
        self._faults = faults
        self._greeted = greeted
        self._origin = origin or "board"
        self._lines = LineReader(profile)
        self._transport = Transport(open_port, self._opened, self._received, self._closed, time.monotonic_ns)
        self._name = f"{profile.name}-{spool.identity}"
        self._boot = spool.next_boot(self._name, int(time.time()))
        self._seq = 0
        self._refused = 0
        self._day, self._heat = DayClock(), HeatClock()
        self._is_known = profile.probe is None
        self._asked_s = 0.0
        self._newest_ticks = 0

    @property
    def name(self) -> str:
        return self._name

    def start(self) -> None:
        self._keeping.start()
        self._transport.start()

    def stop(self) -> None:
        self._transport.stop()
        self._keeping.stop()

    def origin(self) -> str:
        return self._origin

    def configure(self, config: Config) -> None:
        """Such devices take no debounce of ours."""

    def switch(self, output: int, is_on: bool) -> None:
        """A ready lamp stands for a reset here, where the device knows one."""
        if is_on and "reset" in self._profile.commands:
            self._transport.send(self._profile.commands["reset"].encode("latin-1"))

    def rename(self) -> None:
        """Its name is its spool's own already."""

    def health(self) -> dict[str, Any]:
        if (
            not self._is_known
            and self._transport.is_open
            and time.monotonic() - self._asked_s > ANSWERS_WITHIN_S
        ):
            self._faults.note("device_unknown", wanted=self._profile.title)
            self._ask()
        return {
            "boot": self._boot,
            "firmware": self._profile.title,
            "protocol": self._profile.name,
            "link": {
                "state": "open" if self._transport.is_open else "closed",
                "openings": self._transport.openings,
                "low_latency": self._transport.low_latency,
            },
            "clock": {
                "quality": "fair" if self._is_known else "none",
                "uncertainty_us": self._profile.resolution_us,
                "rate_ppm": None,
                "rtt_us": None,
            },
            "dropped": 0,
            "rejected_frames": self._refused,
            "levels": None,
        }

    def _opened(self) -> None:
        self._faults.clear("link_closed")
        self._ask()
        self._greeted()

    def _ask(self) -> None:
        self._asked_s = time.monotonic()
        if self._profile.probe:
            self._transport.send(self._profile.probe.send.encode("latin-1"))

    def _closed(self, reason: str) -> None:
        self._faults.note("link_closed", reason=reason)

    def _received(self, piece: bytes, at_ns: int) -> None:
        self._look_for_answer(piece)
        for outcome in self._lines.feed(piece):
            if isinstance(outcome, LineRefused):
                self._refused += 1
                self._faults.happened(outcome.code, shown=outcome.line[:80])
            else:
                self._recognised(bool(outcome))
                self._keeping.put([one for passing in outcome for one in self._spooled(passing, at_ns)])

    def _look_for_answer(self, piece: bytes) -> None:
        probe = self._profile.probe
        if probe and not self._is_known and re.search(probe.expect, piece.decode("latin-1"), re.MULTILINE):
            self._recognised(True)
            log.info("device", title=self._profile.title)

    def _recognised(self, is_it: bool) -> None:
        if is_it:
            self._is_known = True
            self._faults.clear("device_unknown")

    def _spooled(self, passing: Passing, arrived_ns: int) -> list[Spooled]:
        arrived_us = (arrived_ns + utc_minus_steady_ns()) // 1000
        if self._profile.meaning == "time_of_day":
            ticks = self._day.ticks(passing.time_us)
            self._watch_clock(ticks)
            return [self._reading(passing.channel, ticks, arrived_us)]
        if passing.is_start:
            return [self._reading(START_CHANNEL, self._heat.started(arrived_us), arrived_us)]
        opened, ticks = self._heat.ticks(passing.time_us, arrived_us)
        start = [] if opened is None else [self._reading(START_CHANNEL, opened, opened)]
        return [*start, self._reading(passing.channel, ticks, ticks)]

    def _watch_clock(self, ticks: int) -> None:
        if ticks < self._newest_ticks - MOST_BACKWARDS_US:
            self._faults.happened("board_clock_jumped", back_us=self._newest_ticks - ticks)
        self._newest_ticks = ticks

    def _reading(self, channel: int, ticks: int, at_us: int) -> Spooled:
        self._seq += 1
        at = EPOCH + timedelta(microseconds=at_us)
        return Spooled(
            device=self._name,
            boot=self._boot,
            seq=self._seq,
            channel=channel,
            edge="fall",
            ticks=ticks,
            at_utc=at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            uncertainty_us=UNFITTED_UNCERTAINTY_US,
            origin=self._origin,
            fit={"tick_us": 1.0, "uncertainty_us": self._profile.resolution_us},
        )

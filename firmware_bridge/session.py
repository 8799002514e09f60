"""What is known of a board since it last said HELLO, and how its edges become readings."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from .clock import BoardClock, Fit
from .messages import Event, Hello, Status
from .spool import Spooled

UNFITTED_UNCERTAINTY_US = 50_000.0
"""Stated for an event that came before any ping was answered: stamped by its arrival."""
LOOKS = 3


@dataclass(slots=True)
class Session:
    """One boot of one board. ``through`` is the last of its events that is spooled."""

    hello: Hello
    clock: BoardClock
    through: int
    status: Status | None = None

    def fit(self) -> Fit | None:
        return self.clock.fit(utc_minus_steady_ns())

    def spooled(self, event: Event, arrived_ns: int, origin: str) -> Spooled:
        """The event with its raw ticks, placed in UTC by the fit of this moment."""
        fit = self.fit()
        if fit:
            at, uncertainty_us = fit.utc(event.ticks), fit.uncertainty_at_us(event.ticks)
        else:
            at, uncertainty_us = _by_arrival(arrived_ns).utc(0), UNFITTED_UNCERTAINTY_US
        return Spooled(
            device=self.hello.name,
            boot=self.hello.boot,
            seq=event.seq,
            channel=event.channel,
            edge=event.edge,
            ticks=event.ticks,
            at_utc=at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            uncertainty_us=round(uncertainty_us, 1),
            origin=origin,
            fit=fit.to_json() if fit else {},
        )

    def health(self) -> dict[str, Any]:
        """The board's part of a heartbeat."""
        fit, status = self.fit(), self.status
        return {
            "boot": self.hello.boot,
            "firmware": self.hello.firmware,
            "protocol": self.hello.protocol,
            "clock": clock_health(self.clock, fit),
            "levels": {str(c): bool(status.levels >> c & 1) for c in range(self.hello.channels)}
            if status
            else None,
            "supply_mv": status.supply_mv if status else None,
            "temperature_c": status.temperature_c if status else None,
            "config_version": status.config_version if status else None,
        }


def clock_health(clock: BoardClock, fit: Fit | None) -> dict[str, Any]:
    if fit is None:
        return {"quality": "none", "uncertainty_us": None, "rate_ppm": None, "rtt_us": None}
    return {
        "quality": fit.quality,
        "uncertainty_us": round(fit.uncertainty_us, 1),
        "rate_ppm": round(clock.ppm(fit.tick_ns), 2),
        "rtt_us": round(fit.round_trip_us, 1),
    }


NO_BOARD: dict[str, Any] = {
    "boot": None,
    "firmware": None,
    "protocol": None,
    "clock": {"quality": "none", "uncertainty_us": None, "rate_ppm": None, "rtt_us": None},
    "levels": None,
}


def utc_minus_steady_ns() -> int:
    """Where UTC stands on the steady clock: a host clock that was set moves it, the fit's line stays.

    Of a few looks the one that was least interrupted between its two readings.
    """
    looks = []
    for _ in range(LOOKS):
        before, utc, after = time.monotonic_ns(), time.time_ns(), time.monotonic_ns()
        looks.append((after - before, utc - (before + after) // 2))
    return min(looks)[1]


def _by_arrival(at_ns: int) -> Fit:
    return Fit(0, at_ns, 0, utc_minus_steady_ns(), UNFITTED_UNCERTAINTY_US, 0, 0, 0)

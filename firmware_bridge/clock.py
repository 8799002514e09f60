"""From a board's ticks to UTC: of the pings of each half second the best is kept, and a line is fitted through them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

NANOSECONDS = 1_000_000_000
WINDOW_NS = 60 * NANOSECONDS
SLOT_NS = NANOSECONDS // 2
FEWEST_POINTS = 3
MOST_RATE_ERROR = 0.006
"""A ceramic resonator is within 0.5 %; a fit beyond that is noise, and is clamped."""
GOOD_US = 500.0
FAIR_US = 5_000.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Quality = Literal["none", "poor", "fair", "good"]


@dataclass(frozen=True, slots=True)
class Point:
    """One ping: the board's ticks in its middle, the host's steady clock there, the round trip less the turnaround."""

    ticks: float
    host_ns: int
    round_trip_ns: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A line from ticks to the host's steady clock, and where UTC stood on that clock when it was drawn."""

    origin_ticks: float
    origin_ns: float
    tick_ns: float
    utc_minus_steady_ns: int
    uncertainty_us: float
    points: int
    round_trip_us: float

    def utc(self, ticks: int) -> datetime:
        """The instant of ``ticks``, to the microsecond."""
        steady_ns = self.origin_ns + (ticks - self.origin_ticks) * self.tick_ns
        return EPOCH + timedelta(microseconds=round((steady_ns + self.utc_minus_steady_ns) / 1000))

    def uncertainty_at_us(self, ticks: int) -> float:
        """How far off ``utc(ticks)`` may be: half the shortest round trip, and more the further from the points."""
        away_s = abs(ticks - self.origin_ticks) * self.tick_ns / NANOSECONDS
        drift_us = max(0.0, away_s - WINDOW_NS / NANOSECONDS)
        return self.uncertainty_us + drift_us

    @property
    def quality(self) -> Quality:
        if self.points < FEWEST_POINTS:
            return "none"
        if self.uncertainty_us <= GOOD_US:
            return "good"
        return "fair" if self.uncertainty_us <= FAIR_US else "poor"

    def to_json(self) -> dict[str, float | int]:
        """What is stored with each reading, so that its time can be computed again."""
        return {
            "origin_ticks": self.origin_ticks,
            "origin_ns": self.origin_ns,
            "tick_us": self.tick_ns / 1000,
            "utc_minus_steady_ns": self.utc_minus_steady_ns,
            "uncertainty_us": round(self.uncertainty_us, 3),
            "points": self.points,
        }


class BoardClock:
    """The clock of one boot of one board; ``nominal_hz`` is the rate it says it has."""

    def __init__(self, nominal_hz: int) -> None:
        self._nominal_ns = NANOSECONDS / nominal_hz
        self._points: deque[Point] = deque()

    def add(
        self, ticks: float, sent_ns: int, received_ns: int, turnaround_ticks: int, wire_ns: int = 0
    ) -> None:
        """Take in a ping: sent and received on the steady clock, ``ticks`` in the middle of the board's turnaround.

        ``wire_ns`` is the known time on the wire by which the way there is longer than the way back.
        """
        round_trip_ns = received_ns - sent_ns - round(turnaround_ticks * self._nominal_ns)
        if round_trip_ns < 0:
            return
        point = Point(ticks, (sent_ns + received_ns + wire_ns) // 2, round_trip_ns)
        last = self._points[-1] if self._points else None
        if last and point.host_ns // SLOT_NS == last.host_ns // SLOT_NS:
            if point.round_trip_ns >= last.round_trip_ns:
                return
            self._points.pop()
        self._points.append(point)
        while self._points[0].host_ns < point.host_ns - WINDOW_NS:
            self._points.popleft()

    def fit(self, utc_minus_steady_ns: int) -> Fit | None:
        """The line through what is kept, points with short round trips counting more; None before the first point."""
        if not self._points:
            return None
        best_ns = min(point.round_trip_ns for point in self._points)
        weights = [((best_ns + 20_000) / (point.round_trip_ns + 20_000)) ** 2 for point in self._points]
        total = math.fsum(weights)
        first = self._points[0]
        ticks = [point.ticks - first.ticks for point in self._points]
        host = [float(point.host_ns - first.host_ns) for point in self._points]
        middle_ticks = math.fsum(w * x for w, x in zip(weights, ticks, strict=True)) / total
        middle_ns = math.fsum(w * y for w, y in zip(weights, host, strict=True)) / total
        tick_ns = self._slope(weights, ticks, host, middle_ticks, middle_ns)
        residuals = [
            abs(y - middle_ns - (x - middle_ticks) * tick_ns) for x, y in zip(ticks, host, strict=True)
        ]
        spread_ns = math.sqrt(math.fsum(w * r * r for w, r in zip(weights, residuals, strict=True)) / total)
        return Fit(
            origin_ticks=first.ticks + middle_ticks,
            origin_ns=first.host_ns + middle_ns,
            tick_ns=tick_ns,
            utc_minus_steady_ns=utc_minus_steady_ns,
            uncertainty_us=(best_ns / 2 + spread_ns) / 1000,
            points=len(self._points),
            round_trip_us=best_ns / 1000,
        )

    def _slope(
        self,
        weights: list[float],
        ticks: list[float],
        host: list[float],
        middle_ticks: float,
        middle_ns: float,
    ) -> float:
        if len(ticks) < FEWEST_POINTS:
            return self._nominal_ns
        over = math.fsum(
            w * (x - middle_ticks) * (y - middle_ns) for w, x, y in zip(weights, ticks, host, strict=True)
        )
        under = math.fsum(w * (x - middle_ticks) ** 2 for w, x in zip(weights, ticks, strict=True))
        if under <= 0:
            return self._nominal_ns
        low, high = self._nominal_ns * (1 - MOST_RATE_ERROR), self._nominal_ns * (1 + MOST_RATE_ERROR)
        return min(max(over / under, low), high)

"""From a board's ticks to UTC: of the pings of each half second the best is kept, and a line is fitted through them."""

from __future__ import annotations

import math
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, TypedDict

NANOSECONDS = 1_000_000_000
WINDOW_NS = 60 * NANOSECONDS
SLOT_NS = NANOSECONDS // 2
FEWEST_POINTS = 3
MOST_RATE_ERROR = 0.006
"""A ceramic resonator is within 0.5 %; a fit beyond that is noise, and is clamped."""
GOOD_US = 500.0
FAIR_US = 5_000.0
SETTLED_NS = 10 * NANOSECONDS
WIRE_SLACK_NS = 50_000
"""How much the known time on the wire may be overrated before a ping is disbelieved."""
SURE_NS = 10_000
"""How exactly a ping of the shortest round trip is believed; one that took longer may be off by half the rest."""
SHORTEST_SPAN_NS = 8 * NANOSECONDS
CALM = 1.5
CALM_US = 3.0
"""A line over a longer span is kept while it lies no worse than this many times as badly as over the shortest, and so
much: more would follow a resonator that wanders too slowly, less would follow the noise of the pings."""
RECENT = 20
JUMP_NS = 2_000_000
"""A clock that is off its own line by more than this, beyond what the round trip leaves open, has jumped."""
AT_THE_END = 5**0.5
"""A line laid through a curve, as a wandering rate makes it, is off by so many times its spread where it ends; and the
newest readings are at its end. (The residual of a parabola: 1 at the end, 1 over root 5 in the mean of squares.)"""
MOST_DRIFT = 100e-6
"""How far the rate may have wandered since the last ping."""
JUMPED_AFTER = 5
"""One ping that cannot be is noise; so many in a row are a clock that runs backwards, or leapt."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Quality = Literal["none", "poor", "fair", "good"]
Taken = Literal["kept", "impossible", "jumped"]


@dataclass(frozen=True, slots=True)
class Point:
    """One ping: the board's ticks in its middle, the host's steady clock there, the round trip less the turnaround."""

    ticks: float
    host_ns: int
    round_trip_ns: int


class Line(TypedDict):
    """What a fit says of the board alone."""

    origin_ticks: float
    origin_ns: float
    tick_ns: float
    spread_us: float
    """How far the points lie off the line, weighted."""
    uncertainty_us: float
    round_trip_us: float


def recent(points: list[Point], span_ns: int) -> list[Point]:
    return [point for point in points if point.host_ns >= points[-1].host_ns - span_ns]


def weigh(points: list[Point]) -> list[float]:
    """One over the square of what each point may be off by: half of what its round trip took beyond the shortest.

    Where even the lucky ones differ much, as behind USB's frames, that is softened so that more than a few count.
    """
    best_ns = min(point.round_trip_ns for point in points)
    beyond_ns = [(point.round_trip_ns - best_ns) / 2 for point in points]
    sure_ns = max(SURE_NS, sorted(beyond_ns)[len(beyond_ns) // 2] / 4)
    return [(sure_ns / (sure_ns + beyond)) ** 2 for beyond in beyond_ns]


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
    spread_us: float

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
            "round_trip_us": round(self.round_trip_us, 1),
            "points": self.points,
        }


class BoardClock:
    """The clock of one boot of one board; ``nominal_hz`` is the rate it says it has. Threads may share it.

    ``known_ppm`` is how fast it was when last measured: believed until the points span long enough to tell better.
    """

    def __init__(self, nominal_hz: int, known_ppm: float | None = None) -> None:
        self._nominal_ns = NANOSECONDS / nominal_hz
        self._known_ns = None if known_ppm is None else self._nominal_ns / (1 + known_ppm * 1e-6)
        self._points: deque[Point] = deque()
        self._recent_ns: deque[int] = deque(maxlen=RECENT)
        self._impossible = 0
        self._line: Line | None = None
        self._lock = threading.Lock()

    def add(self, ticks: float, left_ns: int, returned_ns: int, turnaround_ticks: int) -> Taken:
        """Take in a ping, ``ticks`` being the middle of the board's turnaround.

        ``left_ns`` is when its last bit was due at the board, ``returned_ns`` when the answer left there at the
        latest, on the steady clock: the time on the wire is known, and taken off before. A ping that cannot be is left
        out; when several in a row cannot, the clock has jumped, and is known anew from here.
        """
        round_trip_ns = returned_ns - left_ns - round(turnaround_ticks * self._nominal_ns)
        point = Point(ticks, (left_ns + returned_ns) // 2, max(0, round_trip_ns))
        with self._lock:
            if round_trip_ns < -WIRE_SLACK_NS or self._contradicts(point):
                self._impossible += 1
                if self._impossible < JUMPED_AFTER:
                    return "impossible"
                self._points.clear()
            jumped = self._impossible >= JUMPED_AFTER
            self._impossible = 0
            self._recent_ns.append(point.round_trip_ns)
            self._keep(point)
        return "jumped" if jumped else "kept"

    def fit(self, utc_minus_steady_ns: int) -> Fit | None:
        """The line through what is kept, points with short round trips counting more; None before the first point."""
        with self._lock:
            if not self._points:
                return None
            return Fit(
                utc_minus_steady_ns=utc_minus_steady_ns, points=len(self._points), **self._present_line()
            )

    def typical_round_trip_us(self) -> float | None:
        """The median of the last pings: the shortest may be lucky on a slow link. None before there are enough."""
        with self._lock:
            if len(self._recent_ns) < RECENT:
                return None
            return sorted(self._recent_ns)[RECENT // 2] / 1000

    def ppm(self, tick_ns: float) -> float:
        """How fast a rate is against the nominal one."""
        return (self._nominal_ns / tick_ns - 1) * 1e6

    @property
    def is_settled(self) -> bool:
        """Whether the points span long enough for the rate to be worth keeping."""
        return len(self._points) > 1 and self._points[-1].host_ns - self._points[0].host_ns >= SETTLED_NS

    def _contradicts(self, point: Point) -> bool:
        """Whether a clock that only drifts cannot have said so: it runs backwards, or is far off its line."""
        if not self._points:
            return False
        last = self._points[-1]
        if point.ticks <= last.ticks:
            return True
        if not self.is_settled:
            return False
        line = self._present_line()
        off_ns = abs(
            line["origin_ns"] + (point.ticks - line["origin_ticks"]) * line["tick_ns"] - point.host_ns
        )
        drift_ns = MOST_DRIFT * (point.host_ns - last.host_ns)
        return off_ns > JUMP_NS + point.round_trip_ns / 2 + last.round_trip_ns / 2 + drift_ns

    def _keep(self, point: Point) -> None:
        last = self._points[-1] if self._points else None
        if last and point.host_ns // SLOT_NS == last.host_ns // SLOT_NS:
            if point.round_trip_ns >= last.round_trip_ns:
                return
            self._points.pop()
        self._points.append(point)
        while self._points[0].host_ns < point.host_ns - WINDOW_NS:
            self._points.popleft()
        self._line = None

    def _present_line(self) -> Line:
        if self._line is None:
            self._line = self._draw()
        return self._line

    def _draw(self) -> Line:
        """Over the whole minute, or over a shorter span where the rate wanders so that no line lies well for longer."""
        points = list(self._points)
        shortest = self._line_through(recent(points, SHORTEST_SPAN_NS))
        span_ns = WINDOW_NS
        while span_ns > SHORTEST_SPAN_NS:
            line = self._line_through(recent(points, span_ns))
            if line["spread_us"] <= CALM * shortest["spread_us"] + CALM_US:
                return line
            span_ns //= 2
        return shortest

    def _line_through(self, points: list[Point]) -> Line:
        weights = weigh(points)
        first, best_ns, total = points[0], min(point.round_trip_ns for point in points), math.fsum(weights)
        ticks = [point.ticks - first.ticks for point in points]
        host = [float(point.host_ns - first.host_ns) for point in points]
        middle_ticks = math.fsum(w * x for w, x in zip(weights, ticks, strict=True)) / total
        middle_ns = math.fsum(w * y for w, y in zip(weights, host, strict=True)) / total
        tick_ns = self._slope(weights, [x - middle_ticks for x in ticks], [y - middle_ns for y in host])
        squares = (
            (y - middle_ns - (x - middle_ticks) * tick_ns) ** 2 for x, y in zip(ticks, host, strict=True)
        )
        spread_ns = math.sqrt(math.fsum(w * r for w, r in zip(weights, squares, strict=True)) / total)
        return Line(
            origin_ticks=first.ticks + middle_ticks,
            origin_ns=first.host_ns + middle_ns,
            tick_ns=tick_ns,
            spread_us=spread_ns / 1000,
            uncertainty_us=(best_ns / 2 + AT_THE_END * spread_ns) / 1000,
            round_trip_us=best_ns / 1000,
        )

    def _slope(self, weights: list[float], ticks: list[float], host: list[float]) -> float:
        """Weighted least squares about the middle, within what a resonator can be off."""
        if self._known_ns is not None and not self.is_settled:
            return self._known_ns
        under = math.fsum(w * x * x for w, x in zip(weights, ticks, strict=True))
        if len(ticks) < FEWEST_POINTS or under <= 0:
            return self._nominal_ns
        over = math.fsum(w * x * y for w, x, y in zip(weights, ticks, host, strict=True))
        low, high = self._nominal_ns * (1 - MOST_RATE_ERROR), self._nominal_ns * (1 + MOST_RATE_ERROR)
        return min(max(over / under, low), high)

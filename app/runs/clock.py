"""A run's clock: two gate crossings, and the time between them with its uncertainty."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

MICROSECONDS = 1_000_000
SPLIT, LAP_GATE, ZONE, TOUCH = "split", "lap_gate", "zone", "touch"
"""The roles of gates that are passed on the way."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A gate crossing as its reading stamped it; kept raw, so that times can be computed again.

    ``tick_us`` is the length of a tick as the bridge's clock fit had it, in microseconds, or None without a fit.
    ``at_utc`` is by the controller's clock, which times are computed from; ``shown_at_utc`` is the same moment by the
    server's, which running clocks are drawn by. None where the controller did not say when it sent the reading.
    """

    device: str
    boot: int
    seq: int
    ticks: int
    tick_us: float | None
    at_utc: str
    uncertainty_us: float
    simulated: bool
    shown_at_utc: str | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """A gate passed on the way: a split or zone by its ``number``, a lap, a touch."""

    role: str
    number: int
    crossing: Crossing


@dataclass(frozen=True, slots=True)
class Hand:
    """A judge's tap by the server's clock; ``uncertainty_ms`` is None where the tablet never heard that clock."""

    at_utc: str
    uncertainty_ms: float | None


@dataclass(frozen=True, slots=True)
class Clock:
    """Ready, running or stopped, by which crossings there are, or by a judge's hand while the gates have no start.

    ``signal`` is the press of the start button; ``false_start`` a start gate crossed without it. ``missed`` are the
    splits that the finish found unpassed.
    """

    start: Crossing | None = None
    finish: Crossing | None = None
    signal: Crossing | None = None
    false_start: Crossing | None = None
    passes: tuple[Pass, ...] = ()
    missed: tuple[int, ...] = ()
    hand_start: Hand | None = None
    hand_stop: Hand | None = None

    @property
    def by_hand(self) -> bool:
        """Whether it runs, or stopped, by a judge's taps: the gates' own start wins over them."""
        return self.start is None and self.hand_start is not None

    @property
    def state(self) -> str:
        if self.start is None and self.hand_start is None:
            return "ready"
        end = self.hand_stop if self.by_hand else self.finish
        return "running" if end is None else "stopped"

    @property
    def elapsed_us(self) -> float | None:
        """Microseconds between the crossings: by ticks on one board, by UTC between two. A hand clock has none."""
        if self.start is None or self.finish is None:
            return None
        return apart_us(self.start, self.finish)

    @property
    def uncertainty_us(self) -> float | None:
        """How far ``elapsed_us`` may be off: one board cancels its offset, two boards add theirs."""
        if self.start is None or self.finish is None:
            return None
        if on_one_board(self.start, self.finish):
            return max(self.start.uncertainty_us, self.finish.uncertainty_us)
        return self.start.uncertainty_us + self.finish.uncertainty_us

    @property
    def simulated(self) -> bool:
        return any(crossing.simulated for crossing in (self.start, self.finish) if crossing)

    def passed(self, role: str) -> list[Pass]:
        """The gates of a role that were passed, in order."""
        return [one for one in self.passes if one.role == role]


def crossing_of(data: dict[str, Any]) -> Crossing:
    return Crossing(**data)


def crossing_data(crossing: Crossing) -> dict[str, Any]:
    return asdict(crossing)


def apart_us(earlier: Crossing, later: Crossing) -> float:
    """Microseconds between two crossings: by ticks on one board, by UTC between two."""
    if on_one_board(earlier, later) and later.tick_us:
        return (later.ticks - earlier.ticks) * later.tick_us
    return between_us(earlier.at_utc, later.at_utc)


def on_one_board(one: Crossing, other: Crossing) -> bool:
    return (one.device, one.boot) == (other.device, other.boot)


def between_us(earlier_utc: str, later_utc: str) -> float:
    """Microseconds from one instant to another."""
    return (
        datetime.fromisoformat(later_utc) - datetime.fromisoformat(earlier_utc)
    ).total_seconds() * MICROSECONDS

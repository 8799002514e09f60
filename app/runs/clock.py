"""A run's clock: two gate crossings, and the time between them with its uncertainty."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Crossing:
    """A gate crossing as its reading stamped it; kept raw, so that times can be computed again.

    ``tick_us`` is the length of a tick as the bridge's clock fit had it, in microseconds, or None without a fit.
    """

    device: str
    boot: int
    seq: int
    ticks: int
    tick_us: float | None
    at_utc: str
    uncertainty_us: float
    simulated: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """Ready, running or stopped, by which crossings there are."""

    start: Crossing | None = None
    finish: Crossing | None = None

    @property
    def state(self) -> str:
        if self.start is None:
            return "ready"
        return "running" if self.finish is None else "stopped"

    @property
    def elapsed_us(self) -> float | None:
        """Microseconds between the crossings: by ticks on one board, by UTC between two."""
        if self.start is None or self.finish is None:
            return None
        if self._on_one_board and self.finish.tick_us:
            return (self.finish.ticks - self.start.ticks) * self.finish.tick_us
        return between_us(self.start.at_utc, self.finish.at_utc)

    @property
    def uncertainty_us(self) -> float | None:
        """How far ``elapsed_us`` may be off: one board cancels its offset, two boards add theirs."""
        if self.start is None or self.finish is None:
            return None
        if self._on_one_board:
            return max(self.start.uncertainty_us, self.finish.uncertainty_us)
        return self.start.uncertainty_us + self.finish.uncertainty_us

    @property
    def simulated(self) -> bool:
        return any(crossing.simulated for crossing in (self.start, self.finish) if crossing)

    @property
    def _on_one_board(self) -> bool:
        assert self.start is not None
        assert self.finish is not None
        return (self.start.device, self.start.boot) == (self.finish.device, self.finish.boot)


def crossing_of(data: dict[str, Any]) -> Crossing:
    return Crossing(**data)


def crossing_data(crossing: Crossing) -> dict[str, Any]:
    return asdict(crossing)


def between_us(earlier_utc: str, later_utc: str) -> float:
    """Microseconds from one instant to another."""
    return (
        datetime.fromisoformat(later_utc) - datetime.fromisoformat(earlier_utc)
    ).total_seconds() * MICROSECONDS

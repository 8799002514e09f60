"""Debounce and hold-off for edges that the kernel stamps, by the same rules as the board's firmware."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawEdge:
    """A change on a line: the level after it, and when by CLOCK_MONOTONIC."""

    channel: int
    level: bool
    at_ns: int


@dataclass(slots=True)
class EdgeFilter:
    """Which edges of one channel are reported; a stamp is always that of the first contact."""

    debounce_ns: int = 0
    hold_off_ns: int = 0
    level: bool = True
    """As last reported."""
    _now: bool = True
    _first: RawEdge | None = None
    _reported_ns: dict[bool, int] = field(default_factory=dict)

    def feed(self, edge: RawEdge) -> list[RawEdge]:
        """Take in an edge; what is to be reported at once, where there is no debounce time."""
        reported = self.settle(edge.at_ns)
        self._now = edge.level
        if self._first is None and edge.level != self.level:
            self._first = edge
        return reported + (self.settle(edge.at_ns) if self.debounce_ns == 0 else [])

    def settle(self, now_ns: int) -> list[RawEdge]:
        """What is to be reported because its debounce time is over."""
        first = self._first
        if first is None or now_ns - first.at_ns < self.debounce_ns:
            return []
        self._first = None
        if self._now == self.level:
            return []
        self.level = self._now
        before_ns = self._reported_ns.get(self.level)
        if before_ns is not None and first.at_ns - before_ns < self.hold_off_ns:
            return []
        self._reported_ns[self.level] = first.at_ns
        return [RawEdge(first.channel, self.level, first.at_ns)]

    @property
    def due_ns(self) -> int | None:
        """When ``settle`` next has something to decide."""
        return None if self._first is None else self._first.at_ns + self.debounce_ns

"""What each channel of a field's boards is wired to, and what the field believes of a run; versioned by the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from ..runs.clock import SPLIT
from ..runs.placing import FINISH_GATE, START_GATE, Course, Gate

ANY_BOARD = ""
"""The name under which channels are wired alike on whichever board reports."""
READY_LAMP = "ready_lamp"


@dataclass(frozen=True, slots=True)
class Channel:
    """An input of a board. ``lanes`` are the fields it serves where it is not its own field alone."""

    channel: int
    role: str
    edge: str = "fall"
    debounce_us: int = 2_000
    hold_off_us: int = 500_000
    number: int = 0
    lanes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardWiring:
    """One board's inputs by channel, and its outputs by number."""

    channels: Mapping[int, Channel] = field(default_factory=dict)
    outputs: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """A board of a ``FieldWired`` event."""
        channels = [Channel(**{**one, "lanes": tuple(one["lanes"])}) for one in data["channels"]]
        return cls(
            {one.channel: one for one in channels}, {one["output"]: one["use"] for one in data["outputs"]}
        )

    def to_payload(self, device: str) -> dict[str, Any]:
        """The board as ``WireField`` has it."""
        return {
            "device": device,
            "channels": [asdict(one) for one in self.channels.values()],
            "outputs": [{"output": output, "use": use} for output, use in self.outputs.items()],
        }


@dataclass(frozen=True, slots=True)
class Wiring:
    """A field's boards by name, and its limits. ``version`` is the log's number of the event that set it."""

    version: int
    boards: Mapping[str, BoardWiring]
    shortest_s: float | None = None
    longest_s: float | None = None
    laps: int | None = None

    def board(self, device: str) -> BoardWiring:
        """The wiring of a board: its own, or the one for any."""
        return self.boards.get(device) or self.boards.get(ANY_BOARD) or BoardWiring()

    def channel(self, device: str, channel: int) -> Channel | None:
        return self.board(device).channels.get(channel)

    def gate(self, wired: Channel) -> Gate:
        """A channel as a run's placing sees it."""
        return Gate(wired.role, wired.number, self.course())

    def course(self) -> Course:
        return Course(
            frozenset(one.role for one in self._channels()),
            tuple(sorted(one.number for one in self._channels() if one.role == SPLIT)),
            self.shortest_s,
            self.longest_s,
            self.laps,
        )

    def lanes(self, own: str) -> list[str]:
        """Every field that these boards serve, the own one first."""
        return list(dict.fromkeys([own, *(lane for one in self._channels() for lane in one.lanes)]))

    def configuration(self, device: str) -> dict[str, Any]:
        """What a board's bridge is told."""
        board = self.board(device)
        return {
            "version": self.version,
            "channels": {
                str(one.channel): {
                    "role": one.role,
                    "edge": one.edge,
                    "debounce_us": one.debounce_us,
                    "hold_off_us": one.hold_off_us,
                }
                for one in board.channels.values()
            },
            "outputs": {str(output): use for output, use in board.outputs.items()},
        }

    def _channels(self) -> Iterable[Channel]:
        return (one for board in self.boards.values() for one in board.channels.values())


DEFAULT = Wiring(
    0,
    {
        ANY_BOARD: BoardWiring(
            {0: Channel(0, START_GATE), 1: Channel(1, FINISH_GATE)},
            {0: READY_LAMP},
        )
    },
)
"""A start gate and a finish gate on whichever board reports: what a field has until it is wired."""

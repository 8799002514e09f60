"""The Pi's own pins: edges stamped by the kernel (gpiod), lamps and buzzer by gpiozero.

The kernel stamps an edge in its interrupt handler: tens of microseconds late, more under load, and only as often as it
is asked before its queue is full. A board is better; this needs no board. (lgpio would stamp debounced edges late.)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from ..faults import Faults
from ..haste import hurry
from ..messages import Config
from ..session import utc_minus_steady_ns
from ..spool import Spool, Spooled
from ..transport import Port
from .filter import EdgeFilter, RawEdge
from .keeping import Keeping

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KERNEL_UNCERTAINTY_US = 100.0
LONGEST_WAIT_S = 0.2


class EdgeSource(Protocol):
    """Where stamped edges come from."""

    def wait(self, timeout_s: float) -> Sequence[RawEdge]:
        """The edges since the last call, waiting for some at most so long. Raises OSError."""
        ...

    @property
    def lost(self) -> int:
        """How many the kernel had no room for."""
        ...

    def close(self) -> None: ...


class Lamp(Protocol):
    """An output: gpiozero's LED and Buzzer are such."""

    def on(self) -> None: ...
    def off(self) -> None: ...


class KernelEdges:
    """Edges of the lines of one chip, ``channels`` naming the line offset of each. Raises OSError."""

    def __init__(self, chip: str, channels: Mapping[int, int]) -> None:
        import gpiod  # only where there are pins

        self._channel_of = {offset: channel for channel, offset in channels.items()}
        settings = gpiod.LineSettings(
            edge_detection=gpiod.line.Edge.BOTH,
            bias=gpiod.line.Bias.PULL_UP,
            event_clock=gpiod.line.Clock.MONOTONIC,
        )
        self._rising = gpiod.EdgeEvent.Type.RISING_EDGE
        self._lines = gpiod.request_lines(
            chip, consumer="baige", config={tuple(self._channel_of): settings}, event_buffer_size=1024
        )
        self._next_seqno = 1
        self.lost = 0

    def wait(self, timeout_s: float) -> Sequence[RawEdge]:
        if not self._lines.wait_edge_events(timedelta(seconds=timeout_s)):
            return []
        edges = []
        for event in self._lines.read_edge_events():
            self.lost += event.global_seqno - self._next_seqno
            self._next_seqno = event.global_seqno + 1
            level = event.event_type is self._rising
            edges.append(RawEdge(self._channel_of[event.line_offset], level, event.timestamp_ns))
        return edges

    def close(self) -> None:
        self._lines.release()


class PinDevice:
    """Times by the Pi's pins. There is no clock to fit: the kernel's stamps are on the host's own.

    Without a ``name`` it is called ``gpio-`` and its spool's identity.
    """

    def __init__(
        self,
        name: str | None,
        open_edges: Callable[[], EdgeSource],
        lamps: Mapping[int, Lamp],
        open_port: Callable[[], Port],
        spool: Spool,
        faults: Faults,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> None:
        self._own_name = f"gpio-{spool.identity}"
        self._name = name or self._own_name
        self._open_edges = open_edges
        self._lamps = lamps
        self._keeping = Keeping(spool, faults, stored)
        self._faults = faults
        self._greeted = greeted
        self._origin = origin or "board"
        self._filters: dict[int, EdgeFilter] = {}
        self._config_version: int | None = None
        self._boot = spool.next_boot(self._name, int(time.time()))
        self._seq = 0
        self._lost = 0
        self._is_open = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pins", daemon=True)

    @property
    def name(self) -> str:
        return self._name

    def start(self) -> None:
        self._keeping.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._keeping.stop()
        for lamp in self._lamps.values():
            lamp.off()

    def origin(self) -> str:
        return self._origin

    def configure(self, config: Config) -> None:
        for channel, debounce_us, hold_off_us in config.channels:
            known = self._filter(channel)
            known.debounce_ns, known.hold_off_ns = debounce_us * 1000, hold_off_us * 1000
        self._config_version = config.version

    def switch(self, output: int, is_on: bool) -> None:
        lamp = self._lamps.get(output)
        if lamp:
            lamp.on() if is_on else lamp.off()

    def rename(self) -> None:
        self._name = self._own_name

    def health(self) -> dict[str, Any]:
        return {
            "boot": self._boot,
            "firmware": "gpio",
            "protocol": None,
            "link": {"state": "open" if self._is_open else "closed", "low_latency": None},
            "clock": {
                "quality": "good" if self._is_open else "none",
                "uncertainty_us": KERNEL_UNCERTAINTY_US,
                "rate_ppm": 0.0,
                "rtt_us": None,
            },
            "dropped": self._lost,
            "rejected_frames": 0,
            "levels": {str(channel): known.level for channel, known in sorted(self._filters.items())},
            "config_version": self._config_version,
        }

    def _filter(self, channel: int) -> EdgeFilter:
        return self._filters.setdefault(channel, EdgeFilter())

    def _run(self) -> None:
        hurry()
        while not self._stopping.is_set():
            try:
                edges = self._open_edges()
            except OSError as error:
                self._faults.note("link_closed", reason=str(error))
                self._stopping.wait(1.0)
                continue
            self._is_open = True
            self._faults.clear("link_closed")
            self._greeted()
            self._read_until_gone(edges)

    def _read_until_gone(self, edges: EdgeSource) -> None:
        try:
            while not self._stopping.is_set():
                reported = self._reported(edges.wait(self._patience_s()))
                self._keeping.put([self._spooled(edge) for edge in reported])
                if edges.lost > self._lost:
                    self._lost = edges.lost
                    self._faults.note("events_dropped", count=self._lost)
        except OSError as error:
            self._faults.note("link_closed", reason=str(error))
        finally:
            self._is_open = False
            edges.close()

    def _patience_s(self) -> float:
        due = [known.due_ns for known in self._filters.values() if known.due_ns is not None]
        if not due:
            return LONGEST_WAIT_S
        return max(0.0, min(LONGEST_WAIT_S, (min(due) - time.monotonic_ns()) / 1e9))

    def _reported(self, raw: Sequence[RawEdge]) -> list[RawEdge]:
        reported = [one for edge in raw for one in self._filter(edge.channel).feed(edge)]
        now_ns = time.monotonic_ns()
        return reported + [one for known in list(self._filters.values()) for one in known.settle(now_ns)]

    def _spooled(self, edge: RawEdge) -> Spooled:
        self._seq += 1
        at = EPOCH + timedelta(microseconds=(edge.at_ns + utc_minus_steady_ns()) // 1000)
        return Spooled(
            device=self._name,
            boot=self._boot,
            seq=self._seq,
            channel=edge.channel,
            edge="rise" if edge.level else "fall",
            ticks=edge.at_ns,
            at_utc=at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            uncertainty_us=KERNEL_UNCERTAINTY_US,
            origin=self._origin,
            fit={"tick_us": 0.001, "uncertainty_us": KERNEL_UNCERTAINTY_US},
        )

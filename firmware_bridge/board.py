"""One board: asks who it is, pings its clock, spools its events and acknowledges them, in order and once."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from .clock import BoardClock, Fit
from .framing import FrameReader
from .messages import (
    PROTOCOL,
    Ack,
    Config,
    Event,
    FromBoard,
    FromHost,
    Hello,
    HelloRequest,
    MessageRefused,
    Output,
    Ping,
    Pong,
    Status,
    read_from_board,
)
from .spool import Spool, Spooled
from .transport import Port, Transport

log = structlog.get_logger()

PING_EVERY_S = 0.1
HELLO_EVERY_S = 0.5
SECONDS_IN_NS = 1_000_000_000
UNFITTED_UNCERTAINTY_US = 50_000.0
"""Stated for an event that came before any ping was answered: stamped by its arrival."""


@dataclass(slots=True)
class Session:
    """What is known of the board since its last HELLO."""

    hello: Hello
    clock: BoardClock
    through: int


class Board:
    """A board on a port. ``stored`` is called when a reading is on the disk, ``greeted`` at each HELLO."""

    def __init__(
        self,
        open_port: Callable[[], Port],
        spool: Spool,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> None:
        self._spool = spool
        self._stored = stored
        self._greeted = greeted
        self._origin = origin
        self._frames = FrameReader()
        self._session: Session | None = None
        self._pings: dict[int, int] = {}
        self._next_ping = 0
        self._status: Status | None = None
        self._dropped = 0
        self._faults: dict[str, dict[str, Any]] = {}
        self._stopping = threading.Event()
        self._transport = Transport(open_port, self._opened, self._received, time.monotonic_ns)
        self._pinger = threading.Thread(target=self._ping_on, name="pinger", daemon=True)

    def start(self) -> None:
        self._transport.start()
        self._pinger.start()

    def stop(self) -> None:
        self._stopping.set()
        self._pinger.join()
        self._transport.stop()

    def send(self, message: FromHost) -> None:
        self._transport.send(message.to_frame().to_bytes())

    def configure(self, config: Config) -> None:
        self.send(config)

    def switch(self, output: int, is_on: bool) -> None:
        self.send(Output(output, is_on))

    @property
    def hello(self) -> Hello | None:
        return self._session.hello if self._session else None

    def origin(self) -> str:
        """``board``, ``simulated`` or ``replayed``: a board says itself that it is simulated."""
        if self._origin:
            return self._origin
        return "simulated" if self.hello and self.hello.is_simulated else "board"

    def health(self) -> dict[str, Any]:
        """What the heartbeat says of this board."""
        session, fit = self._session, self._fit()
        return {
            "boot": session.hello.boot if session else None,
            "firmware": session.hello.firmware if session else None,
            "protocol": session.hello.protocol if session else None,
            "link": {
                "state": "open" if self._transport.is_open else "closed",
                "openings": self._transport.openings,
            },
            "clock": {
                "quality": fit.quality if fit else "none",
                "uncertainty_us": round(fit.uncertainty_us, 1) if fit else None,
                "rate_ppm": self._rate_ppm(fit),
                "rtt_us": round(fit.round_trip_us, 1) if fit else None,
            },
            "dropped": self._dropped,
            "rejected_frames": self._frames.refused,
            "levels": f"{self._status.levels:016b}" if self._status else None,
            "supply_mv": self._status.supply_mv if self._status else None,
            "faults": list(self._faults.values()),
        }

    def _opened(self) -> None:
        self._session = None
        self._pings.clear()
        self.send(HelloRequest())

    def _received(self, piece: bytes, at_ns: int) -> None:
        for frame in self._frames.feed(piece):
            try:
                self._take(read_from_board(frame), at_ns)
            except MessageRefused as refused:
                self._fault("message_refused", shown=str(refused))

    def _take(self, message: FromBoard, at_ns: int) -> None:
        match message:
            case Hello():
                self._greet(message)
            case Pong():
                self._pong(message, at_ns)
            case Event():
                self._event(message, at_ns)
            case Status():
                self._status = message

    def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            self._fault("protocol_unknown", found=hello.protocol, known=PROTOCOL)
            return
        known = self._session
        if known and (known.hello.device, known.hello.boot) == (hello.device, hello.boot):
            known.hello = hello
        else:
            through = self._spool.through(hello.name, hello.boot)
            if hello.oldest_seq > through + 1:
                # Another host has acknowledged them: they are on its disk, not on ours.
                self._fault("readings_elsewhere", first=through + 1, last=hello.oldest_seq - 1)
                through = hello.oldest_seq - 1
            self._session = Session(hello, BoardClock(hello.tick_rate_hz), through)
            log.info("board", device=hello.name, boot=hello.boot, firmware=hello.firmware, through=through)
        self._note_dropped(hello.dropped)
        self._greeted()

    def _pong(self, pong: Pong, at_ns: int) -> None:
        sent_ns = self._pings.pop(pong.id, None)
        if sent_ns is None or self._session is None:
            return
        middle = pong.received_ticks + pong.turnaround_ticks / 2
        self._session.clock.add(middle, sent_ns, at_ns, pong.turnaround_ticks)
        self._note_dropped(pong.dropped)

    def _event(self, event: Event, at_ns: int) -> None:
        """Spool the next event, then acknowledge it; any other is answered with what is stored already."""
        session = self._session
        if session is None:
            self.send(HelloRequest())
            return
        if event.seq == session.through + 1:
            try:
                self._spool.put(self._spooled(session, event, at_ns))
            except sqlite3.Error as error:
                self._fault("spool_failed", reason=str(error))
                return
            session.through = event.seq
            self.send(Ack(session.through))
            self._stored()
        else:
            self.send(Ack(session.through))

    def _spooled(self, session: Session, event: Event, at_ns: int) -> Spooled:
        fit = self._fit()
        if fit:
            at, uncertainty_us = fit.utc(event.ticks), fit.uncertainty_at_us(event.ticks)
        else:
            at, uncertainty_us = _arrival_fit(at_ns).utc(0), UNFITTED_UNCERTAINTY_US
        return Spooled(
            device=session.hello.name,
            boot=session.hello.boot,
            seq=event.seq,
            channel=event.channel,
            edge=event.edge,
            ticks=event.ticks,
            at_utc=at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            uncertainty_us=round(uncertainty_us, 1),
            origin=self.origin(),
            fit=fit.to_json() if fit else {},
        )

    def _fit(self) -> Fit | None:
        return self._session.clock.fit(_utc_minus_steady_ns()) if self._session else None

    def _rate_ppm(self, fit: Fit | None) -> float | None:
        if fit is None or self._session is None:
            return None
        nominal_ns = SECONDS_IN_NS / self._session.hello.tick_rate_hz
        return round((nominal_ns / fit.tick_ns - 1) * 1e6, 2)

    def _ping_on(self) -> None:
        while not self._stopping.wait(PING_EVERY_S if self._session else HELLO_EVERY_S):
            if not self._transport.is_open:
                continue
            if self._session is None:
                self.send(HelloRequest())
                continue
            self._next_ping = (self._next_ping + 1) % 0x10000
            self._pings[self._next_ping] = time.monotonic_ns()
            self.send(Ping(self._next_ping))
            self._forget_lost_pings()

    def _forget_lost_pings(self) -> None:
        while len(self._pings) > 20:
            self._pings.pop(next(iter(self._pings)), None)

    def _note_dropped(self, dropped: int) -> None:
        if dropped > self._dropped:
            self._fault("events_dropped", count=dropped)
        self._dropped = dropped

    def _fault(self, code: str, **facts: Any) -> None:
        if code not in self._faults:
            log.warning(code, **facts)
        self._faults[code] = {"code": code, **facts}


def _utc_minus_steady_ns() -> int:
    """Where UTC stands on the steady clock: a host clock that was set moves it, the fit's line stays."""
    return time.time_ns() - time.monotonic_ns()


def _arrival_fit(at_ns: int) -> Fit:
    return Fit(0, at_ns, 0, _utc_minus_steady_ns(), UNFITTED_UNCERTAINTY_US, 0, 0)

"""One board: asks who it is, pings its clock, spools its events and acknowledges them, in order and once."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from .clock import BoardClock
from .faults import Faults
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
    Name,
    Output,
    Ping,
    Pong,
    Status,
    read_from_board,
    wire_ns,
)
from .session import NO_BOARD, Session
from .spool import Spool
from .transport import Port, Transport

log = structlog.get_logger()

PING_EVERY_S = 0.1
HELLO_EVERY_S = 0.5
MOST_PINGS_OUT = 20
SLOW_LINK_US = 5_000
"""A round trip that an FTDI adapter at its 16 ms setting never gets below, and a good one never comes near."""


class Board:
    """A board on a port. ``stored`` is called when a reading is on the disk, ``greeted`` at each HELLO."""

    def __init__(
        self,
        open_port: Callable[[], Port],
        spool: Spool,
        faults: Faults,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> None:
        self._spool = spool
        self._faults = faults
        self._stored = stored
        self._greeted = greeted
        self._origin = origin
        self._frames = FrameReader()
        self._session: Session | None = None
        self._pings: dict[int, tuple[int, int]] = {}
        self._next_ping = 0
        self._dropped = 0
        self._config: Config | None = None
        self._outputs: dict[int, bool] = {}
        self._stopping = threading.Event()
        self._transport = Transport(open_port, self._opened, self._received, self._closed, time.monotonic_ns)
        self._pinger = threading.Thread(target=self._ping_on, name="pinger", daemon=True)

    def start(self) -> None:
        self._transport.start()
        self._pinger.start()

    def stop(self) -> None:
        self._stopping.set()
        self._pinger.join()
        self._transport.stop()
        self._keep_rate()

    def configure(self, config: Config) -> None:
        """Send a configuration, and again for as long as the board's STATUS shows another."""
        self._config = config
        self._send(config)

    def switch(self, output: int, is_on: bool) -> None:
        self._outputs[output] = is_on
        self._send(Output(output, is_on))

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
        session = self._session
        return {
            **(session.health() if session else NO_BOARD),
            "link": {
                "state": "open" if self._transport.is_open else "closed",
                "openings": self._transport.openings,
                "low_latency": self._transport.low_latency,
            },
            "dropped": self._dropped,
            "rejected_frames": self._frames.refused,
        }

    def _send(self, message: FromHost) -> int:
        """How many bytes that took on the wire."""
        sent = message.to_frame().to_bytes()
        self._transport.send(sent)
        return len(sent)

    def _opened(self) -> None:
        self._session = None
        self._pings.clear()
        self._faults.clear("link_closed")
        if self._transport.low_latency is False:
            self._faults.note("low_latency_refused")
        self._send(HelloRequest())

    def _closed(self, reason: str) -> None:
        self._keep_rate()
        self._faults.note("link_closed", reason=reason)

    def _received(self, piece: bytes, at_ns: int) -> None:
        for frame in self._frames.feed(piece):
            try:
                self._take(read_from_board(frame), len(frame.to_bytes()), at_ns)
            except MessageRefused as refused:
                self._faults.count("message_refused", shown=str(refused))

    def _take(self, message: FromBoard, wire_bytes: int, at_ns: int) -> None:
        match message:
            case Hello():
                self._greet(message)
            case Pong():
                self._pong(message, wire_bytes, at_ns)
            case Event():
                self._event(message, at_ns)
            case Status():
                self._status(message)

    def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            self._faults.note("protocol_unknown", found=hello.protocol, known=PROTOCOL)
            return
        if not hello.is_named:
            self._send(Name(secrets.token_bytes(4).hex().encode()))  # answered with a HELLO of that name
            return
        self._faults.clear("protocol_unknown")
        known = self._session
        if known and (known.hello.device, known.hello.boot) == (hello.device, hello.boot):
            known.hello = hello
        else:
            self._begin(hello)
        self._note_dropped(hello.dropped)
        self._greeted()

    def _begin(self, hello: Hello) -> None:
        known_ppm = self._spool.greet(hello.name)
        through = self._spool.through(hello.name, hello.boot)
        if hello.oldest_seq > through + 1:
            # Another host has acknowledged them: they are on its disk, not on ours.
            self._faults.note("readings_elsewhere", first=through + 1, last=hello.oldest_seq - 1)
            through = hello.oldest_seq - 1
        self._session = Session(hello, BoardClock(hello.tick_rate_hz, known_ppm), through)
        self._dropped = 0
        log.info("board", device=hello.name, boot=hello.boot, firmware=hello.firmware, through=through)

    def _pong(self, pong: Pong, wire_bytes: int, at_ns: int) -> None:
        sent = self._pings.pop(pong.id, None)
        session = self._session
        if sent is None or session is None:
            return
        sent_ns, ping_bytes = sent
        baud = session.hello.line_baud
        middle = pong.received_ticks + pong.turnaround_ticks / 2
        left_ns, returned_ns = sent_ns + wire_ns(ping_bytes, baud), at_ns - wire_ns(wire_bytes, baud)
        if not session.clock.add(middle, left_ns, returned_ns, pong.turnaround_ticks):
            self._faults.count("ping_impossible", ticks=pong.received_ticks)
        self._note_dropped(pong.dropped)

    def _event(self, event: Event, at_ns: int) -> None:
        """Spool the next event, then acknowledge it; any other is answered with what is stored already."""
        session = self._session
        if session is None:
            self._send(HelloRequest())
            return
        if event.seq == session.through + 1:
            try:
                self._spool.put(session.spooled(event, at_ns, self.origin()))
            except sqlite3.Error as error:
                self._faults.note("spool_failed", reason=str(error))
                return
            self._faults.clear("spool_failed")
            session.through = event.seq
            self._send(Ack(session.through))
            self._stored()
        else:
            self._send(Ack(session.through))

    def _status(self, status: Status) -> None:
        if self._session is None:
            return
        self._session.status = status
        if self._config and status.config_version != self._config.version:
            self._send(self._config)

    def _ping_on(self) -> None:
        while not self._stopping.wait(PING_EVERY_S if self._session else HELLO_EVERY_S):
            if not self._transport.is_open:
                continue
            session = self._session
            if session is None:
                self._send(HelloRequest())
                continue
            self._ping()
            self._check_link(session)

    def _ping(self) -> None:
        self._next_ping = (self._next_ping + 1) % 0x10000
        ping = Ping(self._next_ping)
        wire_bytes = len(ping.to_frame().to_bytes())
        self._pings[ping.id] = (time.monotonic_ns(), wire_bytes)
        self._send(ping)
        while len(self._pings) > MOST_PINGS_OUT:  # those will not be answered any more
            self._pings.pop(next(iter(self._pings)), None)

    def _check_link(self, session: Session) -> None:
        fit = session.fit()
        if fit is None or fit.quality == "none":
            return
        if fit.round_trip_us > SLOW_LINK_US:
            self._faults.note("link_slow", rtt_us=round(fit.round_trip_us))
        else:
            self._faults.clear("link_slow")

    def _keep_rate(self) -> None:
        """A board that comes back is timed by the rate it had, until it is measured anew."""
        session = self._session
        fit = session.fit() if session and session.clock.is_settled else None
        if session and fit:
            self._spool.keep_rate(session.hello.name, session.clock.ppm(fit.tick_ns))

    def _note_dropped(self, dropped: int) -> None:
        if dropped > self._dropped:
            self._faults.note("events_dropped", count=dropped)
        self._dropped = dropped

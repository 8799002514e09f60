"""The host's side of docs/hardware/field-link.md: greets, pings, spools, acknowledges; has no thread and no port."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from typing import Any

import structlog

from .clock import NANOSECONDS, BoardClock
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
    ProtocolUnknown,
    Status,
    read_from_board,
    wire_ns,
)
from .session import NO_BOARD, Session
from .spool import Spool
from .watch import Watch

log = structlog.get_logger()

MOST_PINGS_OUT = 20
KEEP_RATE_EVERY_NS = 60 * NANOSECONDS


class Link:
    """What is said to one board and heard from it. ``send`` writes bytes, or drops them where no port is open;
    ``stored`` is called when a reading is on the disk, ``greeted`` at each HELLO."""

    def __init__(
        self,
        spool: Spool,
        faults: Faults,
        send: Callable[[bytes], None],
        stored: Callable[[], None],
        greeted: Callable[[], None],
        now_ns: Callable[[], int],
        origin: str | None = None,
    ) -> None:
        self._spool = spool
        self._faults = faults
        self._write = send
        self._stored = stored
        self._greeted = greeted
        self._now_ns = now_ns
        self._origin = origin
        self._frames = FrameReader()
        self._watch = Watch(faults, now_ns)
        self._session: Session | None = None
        self._boot_before: tuple[bytes, int] | None = None
        self._pings: dict[int, tuple[int, int]] = {}
        self._next_ping = 0
        self._config: Config | None = None
        self._is_renaming = False
        self._rate_kept_ns = now_ns()

    @property
    def hello(self) -> Hello | None:
        return self._session.hello if self._session else None

    def origin(self) -> str:
        """``board``, ``simulated`` or ``replayed``: a board says itself that it is simulated."""
        if self._origin:
            return self._origin
        return "simulated" if self.hello and self.hello.is_simulated else "board"

    def health(self) -> dict[str, Any]:
        """The board's part of a heartbeat, without its port."""
        return {
            **(self._session.health() if self._session else NO_BOARD),
            "dropped": self._watch.dropped,
            "rejected_frames": self._frames.refused,
        }

    def opened(self) -> None:
        """A port was opened: who is there?"""
        self._session = None
        self._pings.clear()
        self._watch.opened()
        self.send(HelloRequest())

    def received(self, piece: bytes, at_ns: int) -> None:
        """Take in bytes that arrived at a moment of the steady clock; events among them share one write to the disk."""
        events: list[Event] = []
        self._watch.received(len(piece))
        for frame in self._frames.feed(piece):
            try:
                self._take(read_from_board(frame), len(frame.to_bytes()), at_ns, events)
                self._watch.understood()
            except ProtocolUnknown as unknown:
                self._watch.understood()
                self._session = None
                self._faults.note("protocol_unknown", found=unknown.found, known=PROTOCOL)
            except MessageRefused as refused:
                self._faults.happened("message_refused", shown=str(refused))
            except sqlite3.Error as error:
                self._spool_failed(error)
        session = self._session
        if events and session:
            self._keep(session, events, at_ns)

    def ask(self) -> None:
        """Ping a board that is known, or ask again who is there; call it several times a second."""
        session = self._session
        self._watch.look_for_silence()
        if session is None:
            self.send(HelloRequest())
            return
        self._next_ping = (self._next_ping + 1) % 0x10000
        ping = Ping(self._next_ping)
        wire_bytes = len(ping.to_frame().to_bytes())
        self._pings[ping.id] = (self._now_ns(), wire_bytes)
        self.send(ping)
        while len(self._pings) > MOST_PINGS_OUT:  # those will not be answered any more
            self._pings.pop(next(iter(self._pings)), None)
        self._watch.look_for_slowness(session.clock)
        if self._now_ns() - self._rate_kept_ns > KEEP_RATE_EVERY_NS:
            self.keep_rate()

    def configure(self, config: Config) -> None:
        """Send a configuration, and again for as long as the board's STATUS shows another."""
        self._config = config
        self.send(config)

    def switch(self, output: int, is_on: bool) -> None:
        self.send(Output(output, is_on))

    def send(self, message: FromHost) -> None:
        self._write(message.to_frame().to_bytes())

    def keep_rate(self) -> None:
        """A board that comes back is timed by the rate it had, until it is measured anew."""
        session = self._session
        self._rate_kept_ns = self._now_ns()
        fit = session.fit() if session and session.clock.is_settled else None
        if session and fit:
            try:
                self._spool.keep_rate(session.hello.name, session.clock.ppm(fit.tick_ns))
            except sqlite3.Error as error:
                self._spool_failed(error)

    def _take(self, message: FromBoard, wire_bytes: int, at_ns: int, events: list[Event]) -> None:
        if isinstance(message, Hello):
            events.clear()  # they come again: it may be another boot that says hello
            self._greet(message)
            return
        session = self._session
        if session is None or message.boot != session.hello.brief_boot:
            self.send(HelloRequest())  # it was reset, and its HELLO was lost
            return
        match message:
            case Pong():
                self._pong(session, message, wire_bytes, at_ns)
            case Event():
                events.append(message)
            case Status():
                self._status(session, message)

    def _greet(self, hello: Hello) -> None:
        self._faults.clear("protocol_unknown")
        if not hello.is_named:
            self._give_name()
            return
        known = self._session
        if known and (known.hello.device, known.hello.boot) == (hello.device, hello.boot):
            known.hello = hello
        else:
            self._begin(hello)
        self._watch.note_dropped(hello.dropped)
        self._greeted()

    def rename(self) -> None:
        """Give the board another name: another board goes by this one. What it had said is on our disk."""
        self._is_renaming = True
        self._give_name()

    def _give_name(self) -> None:
        self._session = None
        self.send(Name(secrets.token_hex(4).encode()))  # answered with a HELLO of that name

    def _begin(self, hello: Hello) -> None:
        known_ppm = self._spool.greet(hello.name)
        through = self._spool.through(hello.name, hello.boot)
        if hello.next_seq <= through or hello.boot < self._spool.newest_boot(hello.name):
            # We have more of it than it ever made: it is another board under the same name, and gets its own.
            self._faults.happened("board_name_shared", device=hello.name, boot=hello.boot)
            self._give_name()
            return
        if hello.oldest_seq > through + 1:
            if not self._is_renaming:  # another host has acknowledged them: they are on its disk, not on ours
                self._faults.happened("readings_elsewhere", first=through + 1, last=hello.oldest_seq - 1)
            through = hello.oldest_seq - 1
        self._is_renaming = False
        self._note_restart(hello)
        self._session = Session(hello, BoardClock(hello.tick_rate_hz, known_ppm), through)
        self._watch.dropped = 0
        log.info("board", device=hello.name, boot=hello.boot, firmware=hello.firmware, through=through)

    def _note_restart(self, hello: Hello) -> None:
        """A reset empties the board's ring: what had not come by then is lost, and a referee must know."""
        if self._boot_before and self._boot_before[0] == hello.device and self._boot_before[1] != hello.boot:
            self._faults.happened("board_restarted", boot_before=self._boot_before[1], boot=hello.boot)
        self._boot_before = (hello.device, hello.boot)

    def _pong(self, session: Session, pong: Pong, wire_bytes: int, at_ns: int) -> None:
        sent = self._pings.pop(pong.id, None)
        if sent is None:
            return
        sent_ns, ping_bytes = sent
        baud = session.hello.line_baud
        middle = pong.received_ticks + pong.turnaround_ticks / 2
        left_ns, returned_ns = sent_ns + wire_ns(ping_bytes, baud), at_ns - wire_ns(wire_bytes, baud)
        taken = session.clock.add(middle, left_ns, returned_ns, pong.turnaround_ticks)
        if taken == "impossible":
            self._faults.happened("ping_impossible", ticks=pong.received_ticks)
        elif taken == "jumped":
            self._faults.happened("board_clock_jumped", ticks=pong.received_ticks)
        self._watch.note_dropped(pong.dropped)

    def _keep(self, session: Session, events: list[Event], at_ns: int) -> None:
        """Spool those that come next, then acknowledge; any other is answered with what is stored already."""
        fresh, through = [], session.through
        for event in events:
            if event.seq == through + 1:
                fresh.append(session.spooled(event, at_ns, self.origin()))
                through = event.seq
        try:
            self._spool.put(fresh)
        except sqlite3.Error as error:
            self._spool_failed(error)  # not acknowledged: the board keeps them and sends them again
            return
        session.through = through
        self.send(Ack(through, session.hello.brief_boot))
        if fresh:
            self._faults.clear("spool_failed")
            self._stored()

    def _spool_failed(self, error: sqlite3.Error) -> None:
        self._faults.note("spool_failed", reason=str(error))

    def _status(self, session: Session, status: Status) -> None:
        session.status = status
        if self._config and status.config_version != self._config.version:
            self.send(self._config)

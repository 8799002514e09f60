"""A board on a port: one thread reads it, one pings it, and the link between them knows what is said."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from .faults import Faults
from .haste import hurry
from .link import Link
from .messages import Config
from .spool import Spool
from .transport import Port, Transport

PING_EVERY_S = (0.04, 0.06)
"""At random between these, so that pings do not beat with the frames of USB."""
HELLO_EVERY_S = 0.5


class Board:
    """``stored`` is called when a reading is on the disk, ``greeted`` at each HELLO."""

    def __init__(
        self,
        open_port: Callable[[], Port],
        spool: Spool,
        faults: Faults,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> None:
        self._faults = faults
        self._link = Link(spool, faults, self._write, stored, greeted, time.monotonic_ns, origin)
        self._transport = Transport(
            open_port, self._opened, self._link.received, self._closed, time.monotonic_ns
        )
        self._stopping = threading.Event()
        self._pinger = threading.Thread(target=self._ping_on, name="pinger", daemon=True)

    def start(self) -> None:
        self._transport.start()
        self._pinger.start()

    def stop(self) -> None:
        self._stopping.set()
        self._pinger.join()
        self._transport.stop()
        self._link.keep_rate()

    def configure(self, config: Config) -> None:
        self._link.configure(config)

    def switch(self, output: int, is_on: bool) -> None:
        self._link.switch(output, is_on)

    def rename(self) -> None:
        self._link.rename()

    @property
    def name(self) -> str | None:
        hello = self._link.hello
        return hello.name if hello else None

    def origin(self) -> str:
        return self._link.origin()

    def health(self) -> dict[str, Any]:
        """The board's part of a heartbeat."""
        port = {
            "state": "open" if self._transport.is_open else "closed",
            "openings": self._transport.openings,
            "low_latency": self._transport.low_latency,
        }
        return {**self._link.health(), "link": port}

    def _write(self, sent: bytes) -> None:
        self._transport.send(sent)

    def _opened(self) -> None:
        self._faults.clear("link_closed")
        if self._transport.low_latency is False:
            self._faults.note("low_latency_refused")
        else:
            self._faults.clear("low_latency_refused")
        self._link.opened()

    def _closed(self, reason: str) -> None:
        self._link.keep_rate()
        self._faults.note("link_closed", reason=reason)

    def _ping_on(self) -> None:
        hurry()
        while not self._stopping.wait(self._pause_s()):
            if self._transport.is_open:
                self._link.ask()

    def _pause_s(self) -> float:
        return random.uniform(*PING_EVERY_S) if self._link.hello else HELLO_EVERY_S  # noqa: S311

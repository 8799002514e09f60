"""The bridge: a device, a spool and the way to the server, wired together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .board import Board
from .devices.device import Device, DeviceMaker
from .faults import Faults
from .messages import Config
from .session import utc_minus_steady_ns
from .spool import Spool
from .transport import Port
from .uplink import Heartbeat, Uplink

VERSION = "0.1.0"
READY_LAMP = "ready_lamp"
VERSIONS = 2**16
MOST_DEBOUNCE_US = 65_535
MOST_HOLD_OFF_US = 1_000_000_000
CLOCK_STEP_NS = 50_000_000
"""A host clock that moved this much between two heartbeats was set, not steered."""


@dataclass(frozen=True, slots=True)
class BridgeSettings:
    """Where the server is and who we are to it; ``origin`` overrides what the board says of itself."""

    server: str
    token: str
    spool: Path
    authority: Path | None = None
    origin: str | None = None
    name: str | None = None
    """What we call ourselves before a board has said its name."""


class Bridge:
    """Runs until stopped; each part has its own thread, and none waits for the network before it acknowledges."""

    def __init__(
        self, settings: BridgeSettings, open_port: Callable[[], Port], make_device: DeviceMaker = Board
    ) -> None:
        self._spool = Spool(settings.spool)
        self._last_board = self._spool.last_board() or "unknown"
        self._heartbeat = Heartbeat(
            settings.server, settings.token, self.health, self._heard, settings.authority
        )
        self._faults = Faults(self._heartbeat.beat_now)
        self._uplink = Uplink(
            settings.server,
            settings.token,
            self._spool,
            self._faults,
            self._rename,
            settings.authority,
        )
        self._device: Device = make_device(
            open_port, self._spool, self._faults, self._uplink.notify, self._greeted, settings.origin
        )
        if self._spool.broken is not None:
            self._faults.note("spool_replaced", kept_as=self._spool.broken.name)
        self._name = settings.name
        self._utc_minus_steady_ns = utc_minus_steady_ns()
        self._config: dict[str, Any] = {}
        self._is_armed = False

    def start(self) -> None:
        self._device.start()
        self._uplink.start()
        self._heartbeat.start()

    def stop(self) -> None:
        self._heartbeat.stop()
        self._device.stop()
        self._uplink.stop()
        self._spool.close()

    def health(self) -> dict[str, Any]:
        """The heartbeat's body."""
        self._watch_host_clock()
        return {
            "device": self._device.name or self._name or self._last_board,
            "origin": self._device.origin(),
            "version": VERSION,
            "spool": self._waiting(),
            "faults": self._faults.standing(),
            **self._device.health(),
        }

    def _waiting(self) -> dict[str, Any] | None:
        """A disk that fails must not silence the heartbeat that says so."""
        try:
            return self._spool.waiting()
        except sqlite3.Error as error:
            self._faults.note("spool_failed", reason=str(error))
            return None

    def _watch_host_clock(self) -> None:
        now_ns = utc_minus_steady_ns()
        stepped_ns, self._utc_minus_steady_ns = now_ns - self._utc_minus_steady_ns, now_ns
        if abs(stepped_ns) > CLOCK_STEP_NS:
            self._faults.happened("host_clock_stepped", by_ms=stepped_ns // 1_000_000)

    def _heard(self, answer: dict[str, Any]) -> None:
        """Take the server's epoch and configuration where they are new; light the lamp while armed or tested."""
        self._enter_epoch(answer.get("epoch"))
        if answer["config"] != self._config:
            self._config = answer["config"]
            self._configure()
        is_armed = answer["armed"] is not None or bool(answer.get("tested"))
        if is_armed != self._is_armed:
            self._is_armed = is_armed
            self._show_armed()

    def _enter_epoch(self, epoch: int | None) -> None:
        """A disk that takes nothing silences no heartbeat: the epoch is entered when it takes something again."""
        try:
            again = self._spool.enter_epoch(epoch, datetime.now(UTC))
        except sqlite3.Error as error:
            self._faults.note("spool_failed", reason=str(error))
            return
        if again is not None:
            self._faults.clear("spool_failed")
            self._uplink.notify()

    def _rename(self) -> None:
        self._device.rename()

    def _greeted(self) -> None:
        """A board that was reset has forgotten everything it was told."""
        self._configure()
        self._show_armed()
        self._heartbeat.beat_now()

    def _configure(self) -> None:
        if self._config:
            wanted = self._config["channels"]
            channels = tuple(
                (int(channel), int(wired["debounce_us"]), int(wired["hold_off_us"]))
                for channel, wired in wanted.items()
            )
            within = tuple(channel for channel in channels if fits(*channel))
            if within != channels:
                beyond = sorted({channel[0] for channel in channels} - {channel[0] for channel in within})
                self._faults.note("config_beyond_board", channels=beyond)
            self._device.configure(Config(self._config["version"] % VERSIONS, within))

    def _show_armed(self) -> None:
        for output, use in self._config.get("outputs", {}).items():
            if use == READY_LAMP:
                self._device.switch(int(output), self._is_armed)


def fits(channel: int, debounce_us: int, hold_off_us: int) -> bool:
    """Whether the board can be told so: docs/hardware/field-link.md bounds what CONFIG carries."""
    return (
        0 <= channel <= 255 and 0 <= debounce_us <= MOST_DEBOUNCE_US and 0 <= hold_off_us <= MOST_HOLD_OFF_US
    )

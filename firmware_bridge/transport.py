"""The serial port: opened, read by one thread, and opened again for ever when it goes away."""

from __future__ import annotations

import contextlib
import termios
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import serial
import structlog

from .haste import hurry
from .ports import resolve

log = structlog.get_logger()

BAUD = 250_000
"""Exact at a 16 MHz board clock; 115,200 would be 2.1 % off."""
READ_TIMEOUT_S = 0.2
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0
READ_AT_MOST = 4096
GONE = (OSError, TypeError, termios.error)
"""What pyserial raises when a port vanishes: a read of a closed descriptor is a TypeError there."""


class Port(Protocol):
    """What the bridge needs of a serial port."""

    @property
    def low_latency(self) -> bool | None:
        """Whether bytes are handed over at once; None where the driver has no such setting."""
        ...

    def read(self) -> bytes:
        """What has arrived, waiting a short while for something. Raises OSError when the port is gone."""
        ...

    def write(self, sent: bytes) -> None: ...
    def close(self) -> None: ...


class SerialPort:
    """A port by pyserial; ``wanted`` is a path, ``usb:SERIAL`` or ``socket:PATH``. Raises OSError."""

    def __init__(
        self, wanted: str, baud: int = BAUD, data_bits: int = 8, parity: str = "N", stop_bits: int = 1
    ) -> None:
        path = resolve(wanted)
        self._serial = serial.Serial(
            path,
            baud,
            bytesize=data_bits,
            parity=parity,
            stopbits=stop_bits,
            timeout=READ_TIMEOUT_S,
            write_timeout=1.0,
            exclusive=True,
        )
        self._keep_board_running()
        self.low_latency = self._set_low_latency(Path(path).resolve())

    def read(self) -> bytes:
        first: bytes = self._serial.read(1)
        waiting = self._serial.in_waiting if first else 0
        return first + self._serial.read(min(waiting, READ_AT_MOST)) if waiting else first

    def write(self, sent: bytes) -> None:
        self._serial.write(sent)

    def close(self) -> None:
        with contextlib.suppress(*GONE):
            self._serial.close()

    def _keep_board_running(self) -> None:
        """Leave DTR up when the port is closed: an Uno resets whenever it comes up again."""
        with contextlib.suppress(termios.error):
            settings = termios.tcgetattr(self._serial)
            settings[2] &= ~termios.HUPCL
            termios.tcsetattr(self._serial, termios.TCSANOW, settings)

    def _set_low_latency(self, path: Path) -> bool | None:
        try:
            self._serial.set_low_latency_mode(True)
        except (ValueError, OSError, NotImplementedError):
            return False if path.name.startswith("ttyUSB") else None
        return True


class Transport:
    """Keeps a port open. ``opened`` is called at each opening, ``received`` with each piece that arrives and when,
    ``closed`` with the reason when the port cannot be opened or goes away."""

    def __init__(
        self,
        open_port: Callable[[], Port],
        opened: Callable[[], None],
        received: Callable[[bytes, int], None],
        closed: Callable[[str], None],
        now_ns: Callable[[], int],
    ) -> None:
        self._open_port = open_port
        self._opened = opened
        self._received = received
        self._closed = closed
        self._now_ns = now_ns
        self._port: Port | None = None
        self._write_lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="transport", daemon=True)
        self.openings = 0

    @property
    def is_open(self) -> bool:
        return self._port is not None

    @property
    def low_latency(self) -> bool | None:
        port = self._port
        return port.low_latency if port else None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def send(self, sent: bytes) -> None:
        """Write to the port; dropped while it is closed, for the far side asks again."""
        with self._write_lock:
            if self._port is not None:
                try:
                    self._port.write(sent)
                except GONE as error:
                    log.warning("write_failed", reason=str(error))

    def _run(self) -> None:
        hurry()
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            spoke = self._open_and_read()
            pause_s = FIRST_PAUSE_S if spoke else min(pause_s * 2, LONGEST_PAUSE_S)
            self._stopping.wait(pause_s)

    def _open_and_read(self) -> bool:
        """Until the port is gone; whether anything came from it: one that opens and dies at once is no better."""
        try:
            port = self._port = self._open_port()
        except GONE as error:
            self._closed(str(error))
            return False
        self.openings += 1
        self._opened()
        return self._read_until_gone(port)

    def _read_until_gone(self, port: Port) -> bool:
        spoke = False
        try:
            while not self._stopping.is_set():
                piece = port.read()
                if piece:
                    spoke = True
                    self._received(piece, self._now_ns())
        except GONE as error:
            self._closed(str(error))
        finally:
            with self._write_lock:
                self._port = None
            port.close()
        return spoke

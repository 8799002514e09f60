"""A board that is not there: its own pseudo-terminal, the same bytes as a real one, and robots to trip its gates."""

from __future__ import annotations

import os
import random
import select
import threading
import time
import tty
from collections import deque

from .framing import FrameReader
from .messages import (
    PROTOCOL,
    SIMULATED,
    Ack,
    Config,
    Edge,
    Event,
    FromHost,
    Hello,
    HelloRequest,
    MessageRefused,
    Name,
    Output,
    Ping,
    Pong,
    Status,
    read_from_host,
)

TICK_RATE_HZ = 2_000_000
NANOSECONDS = 1_000_000_000
WINDOW = 8
RING = 64
CHANNELS = 8
RETRANSMIT_AFTER_S = 0.05
STATUS_EVERY_S = 0.25
SUPPLY_MV, TEMPERATURE_C = 5000, 25
LONGEST_WAIT_S = 0.02
FIRMWARE = 0x0100
START_CHANNEL, FINISH_CHANNEL, READY_LAMP = 0, 1, 0
BEAM_FOR_S = 0.02


class SimulatedBoard:
    """Speaks the board's side of docs/hardware/field-link.md. ``path`` is the port to open; time is the host's own."""

    def __init__(
        self, device: bytes = b"simulate", boot: int | None = None, rate_error_ppm: float = 0.0
    ) -> None:
        self._host, board_side = os.openpty()
        tty.setraw(board_side)
        os.set_blocking(self._host, False)
        self.path = os.ttyname(board_side)
        self._board_side = board_side
        self._device = device.ljust(8, b"\0")[:8]
        self._boot = boot if boot is not None else time.time_ns() // NANOSECONDS % 2**32
        self._rate = TICK_RATE_HZ * (1 + rate_error_ppm * 1e-6)
        self._powered_on_ns = time.monotonic_ns()
        self._frames = FrameReader()
        self._ring: deque[Event] = deque()
        self._next_seq = 1
        self._sent = 0
        self._sent_at_s = 0.0
        self._last_ack = -1
        self._dropped = 0
        self._config_version = 0
        self._status_at_s = 0.0
        self._levels = 2**CHANNELS - 1
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="board", daemon=True)
        self.lamps: dict[int, bool] = {}
        self.lamp_changed = threading.Event()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        os.close(self._host)
        os.close(self._board_side)

    def ticks(self, at_ns: int | None = None) -> int:
        """The board's counter now, or at a moment of the steady clock."""
        since_ns = (time.monotonic_ns() if at_ns is None else at_ns) - self._powered_on_ns
        return int(since_ns * self._rate / NANOSECONDS)

    def trip(self, channel: int, edge: Edge = "fall") -> int:
        """An edge on a channel, now; its ticks. A full ring drops it, and counts that it did."""
        ticks = self.ticks()
        with self._lock:
            self._levels = self._levels & ~(1 << channel) | (edge == "rise") << channel
            if len(self._ring) >= RING:
                self._dropped += 1
                return ticks
            self._ring.append(Event(self._next_seq, self._boot & 0xFF, channel, edge, ticks))
            self._next_seq += 1
            self._transmit_new()
        return ticks

    def reboot(self) -> None:
        """Lose everything a reset loses: counter, ring and sequence."""
        with self._lock:
            self._boot += 1
            self._powered_on_ns = time.monotonic_ns()
            self._ring.clear()
            self._next_seq, self._sent, self._dropped, self._last_ack = 1, 0, 0, -1
            self._say_hello()

    def _run(self) -> None:
        while not self._stopping.is_set():
            readable, _, _ = select.select([self._host], [], [], LONGEST_WAIT_S)
            if readable:
                self._read()
            with self._lock:
                self._retransmit_when_due()
                self._tell_status_when_due()

    def _read(self) -> None:
        try:
            piece = os.read(self._host, 4096)
        except OSError:
            return  # nobody has the port open
        arrived_ticks = self.ticks()
        for frame in self._frames.feed(piece):
            try:
                message = read_from_host(frame)
            except MessageRefused:
                continue
            with self._lock:
                self._take(message, arrived_ticks)

    def _take(self, message: FromHost, arrived_ticks: int) -> None:
        match message:
            case HelloRequest():
                self._say_hello()
            case Ping(id=id_):
                self._send(
                    Pong(id_, arrived_ticks, self.ticks() - arrived_ticks, self._dropped, self._boot & 0xFF)
                )
            case Ack(through=through, boot=boot):
                if boot == self._boot & 0xFF:
                    self._acknowledged(through)
            case Config(version=version):
                self._config_version = version
            case Name(device=device):
                self._device = device
                self._say_hello()
            case Output(output=output, is_on=is_on):
                self.lamps[output] = is_on
                self.lamp_changed.set()

    def _say_hello(self) -> None:
        hello = Hello(
            protocol=PROTOCOL,
            firmware=FIRMWARE,
            device=self._device,
            boot=self._boot,
            tick_rate_hz=TICK_RATE_HZ,
            line_baud=0,
            channels=CHANNELS,
            flags=SIMULATED,
            oldest_seq=self._ring[0].seq if self._ring else self._next_seq,
            next_seq=self._next_seq,
            dropped=self._dropped,
        )
        self._send(hello)
        self._sent = 0
        self._transmit_new()

    def _acknowledged(self, through: int) -> None:
        while self._ring and self._ring[0].seq <= through:
            self._ring.popleft()
            self._sent = max(0, self._sent - 1)
        if through == self._last_ack:
            self._sent = 0  # a repeated acknowledgement: what followed was lost on the way
        self._last_ack = through
        self._transmit_new()

    def _transmit_new(self) -> None:
        while self._sent < min(WINDOW, len(self._ring)):
            self._send(self._ring[self._sent])
            self._sent += 1
            self._sent_at_s = time.monotonic()

    def _retransmit_when_due(self) -> None:
        if self._ring and time.monotonic() - self._sent_at_s > RETRANSMIT_AFTER_S:
            self._sent = 0
            self._transmit_new()

    def _tell_status_when_due(self) -> None:
        now_s = time.monotonic()
        if now_s - self._status_at_s > STATUS_EVERY_S:
            self._status_at_s = now_s
            self._send(
                Status(SUPPLY_MV, TEMPERATURE_C, self._levels, self._config_version, self._boot & 0xFF)
            )

    def _send(self, message: Hello | Pong | Event | Status) -> None:
        try:
            os.write(self._host, message.to_frame().to_bytes())
        except OSError:
            return  # the line is full or closed: what matters is sent again


class Robots:
    """Robots that see the ready lamp: each waits a moment, starts, and finishes some seconds later."""

    def __init__(
        self,
        board: SimulatedBoard,
        wait_s: tuple[float, float] = (1.0, 2.5),
        run_s: tuple[float, float] = (8.0, 20.0),
        seed: int | None = None,
    ) -> None:
        self._board = board
        self._wait_s = wait_s
        self._run_s = run_s
        self._dice = random.Random(seed)  # noqa: S311 (a robot's speed)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="robots", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._board.lamp_changed.set()
        self._thread.join()

    def _run(self) -> None:
        was_ready = False
        while not self._stopping.is_set():
            self._board.lamp_changed.wait()
            self._board.lamp_changed.clear()
            is_ready = self._board.lamps.get(READY_LAMP, False)
            if is_ready and not was_ready:
                self._drive()
            was_ready = self._board.lamps.get(READY_LAMP, False)

    def _drive(self) -> None:
        if self._stopping.wait(self._dice.uniform(*self._wait_s)) or not self._board.lamps.get(READY_LAMP):
            return
        self._pass(START_CHANNEL)
        if not self._stopping.wait(self._dice.uniform(*self._run_s)):
            self._pass(FINISH_CHANNEL)

    def _pass(self, channel: int) -> None:
        """Break the beam, then leave it."""
        self._board.trip(channel, "fall")
        if not self._stopping.wait(BEAM_FOR_S):
            self._board.trip(channel, "rise")

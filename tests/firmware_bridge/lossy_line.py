"""A pseudo-terminal between bridge and simulated board that loses, doubles, delays and corrupts bytes, by a seed."""

from __future__ import annotations

import random

from firmware_bridge.transport import Port, SerialPort


class LossyPort:
    """A port that treats each piece it carries badly, now and then; ``share`` of bytes are hit."""

    def __init__(self, path: str, seed: int, share: float) -> None:
        self._port: Port = SerialPort(path)
        self._dice = random.Random(seed)
        self._share = share
        self._held = b""

    @property
    def low_latency(self) -> bool | None:
        return self._port.low_latency

    def read(self) -> bytes:
        return self._spoilt(self._port.read())

    def write(self, sent: bytes) -> None:
        self._port.write(self._spoilt(sent))

    def close(self) -> None:
        self._port.close()

    def _spoilt(self, piece: bytes) -> bytes:
        spoilt = bytearray()
        for byte in piece:
            luck = self._dice.random() / self._share
            if luck > 1:
                spoilt.append(byte)
            elif luck > 0.6:
                spoilt.append(byte ^ 1 << self._dice.randrange(8))
            elif luck > 0.3:
                spoilt += bytes([byte, byte])
        return bytes(spoilt)

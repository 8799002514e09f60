"""Frames on the serial line: type, payload and CRC-16, COBS-stuffed, ended by a zero (docs/hardware/field-link.md)."""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterator
from dataclasses import dataclass

from cobs import cobs

END = b"\x00"
CRC_START = 0xFFFF
CRC_BYTES = 2
LONGEST_FRAME = 254


class FrameRefused(ValueError):
    """Bytes between two ends that are no frame; ``code`` says why, ``shown`` shows them in hex."""

    def __init__(self, code: str, raw: bytes) -> None:
        self.code = code
        self.shown = raw[:40].hex(" ")
        super().__init__(f"{code}: {self.shown}")


@dataclass(frozen=True, slots=True)
class Frame:
    """A message's type and payload, before anyone has said what they mean."""

    type: int
    payload: bytes

    def to_bytes(self) -> bytes:
        """The frame as it goes on the wire, its end included."""
        content = bytes([self.type]) + self.payload
        crc = crc_hqx(content, CRC_START).to_bytes(CRC_BYTES, "big")
        stuffed: bytes = cobs.encode(content + crc)
        return stuffed + END

    @classmethod
    def from_bytes(cls, stuffed: bytes) -> Frame:
        """Read what stood between two ends. Raises FrameRefused: bad_stuffing, too_short or bad_crc."""
        try:
            content: bytes = cobs.decode(stuffed)
        except cobs.DecodeError:
            raise FrameRefused("bad_stuffing", stuffed) from None
        if len(content) <= CRC_BYTES:
            raise FrameRefused("too_short", stuffed)
        if crc_hqx(content, CRC_START) != 0:
            raise FrameRefused("bad_crc", stuffed)
        return cls(content[0], content[1:-CRC_BYTES])


class FrameReader:
    """Cuts a stream of bytes into frames, whatever pieces it arrives in; counts what was refused."""

    def __init__(self) -> None:
        self.refused = 0
        self._pending = bytearray()
        self._is_overlong = False

    def feed(self, received: bytes) -> Iterator[Frame]:
        """The frames that ``received`` completes; garbage and half frames are dropped and counted."""
        for byte in received:
            if byte == 0:
                frame = self._finish()
                if frame:
                    yield frame
            elif len(self._pending) < LONGEST_FRAME:
                self._pending.append(byte)
            else:
                self._is_overlong = True

    def _finish(self) -> Frame | None:
        stuffed, overlong = bytes(self._pending), self._is_overlong
        self._pending.clear()
        self._is_overlong = False
        if not stuffed:
            return None
        if overlong:
            self.refused += 1
            return None
        try:
            return Frame.from_bytes(stuffed)
        except FrameRefused:
            self.refused += 1
            return None

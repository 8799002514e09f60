"""What frames mean: the messages between board and bridge, each with its bytes (docs/hardware/field-link.md).

Numbers are little-endian. Messages are frozen; ``from_frame`` raises MessageRefused where the payload does not fit.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, Self

from .framing import Frame

PROTOCOL = 1
Edge = Literal["rise", "fall"]
EDGES: tuple[Edge, Edge] = ("fall", "rise")
SIMULATED = 0x01
UNNAMED = b"\xff" * 8
BITS_A_BYTE = 10


class MessageRefused(ValueError):
    """A sound frame that is no message of this protocol."""


class ProtocolUnknown(MessageRefused):
    """A HELLO of another version, ``found``: whatever else is in it may mean something else there."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"protocol {found}")


class Message:
    """One whose payload is its fields, in their order, packed by ``LAYOUT``."""

    __slots__ = ()
    TYPE: ClassVar[int]
    LAYOUT: ClassVar[struct.Struct]

    def to_frame(self) -> Frame:
        return Frame(self.TYPE, self.LAYOUT.pack(*self._packed()))

    @classmethod
    def from_frame(cls, frame: Frame) -> Self:
        """Raises MessageRefused where the payload is of another length."""
        return cls(*_unpack(cls.LAYOUT, frame))

    def _packed(self) -> tuple[Any, ...]:
        return tuple(getattr(self, one.name) for one in fields(self))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class HelloRequest(Message):
    """Host → board: say who you are."""

    TYPE: ClassVar = 0x02
    LAYOUT: ClassVar = struct.Struct("")


@dataclass(frozen=True, slots=True)
class Hello(Message):
    """Board → host: who it is and where its sequence stands. ``tick_rate_hz`` is the nominal one."""

    TYPE: ClassVar = 0x01
    LAYOUT: ClassVar = struct.Struct("<BH8sIIIBBIIH")

    protocol: int
    firmware: int
    device: bytes
    boot: int
    tick_rate_hz: int
    line_baud: int
    """What a byte takes on the wire, at ten bits; 0 where there is no wire (USB of the chip's own, simulated)."""
    channels: int
    flags: int
    oldest_seq: int
    """The first event it still holds; ``next_seq`` where it holds none."""
    next_seq: int
    dropped: int

    @classmethod
    def from_frame(cls, frame: Frame) -> Self:
        """Raises ProtocolUnknown; MessageRefused where the payload is of another length."""
        if frame.payload and frame.payload[0] != PROTOCOL:
            raise ProtocolUnknown(frame.payload[0])
        return cls(*_unpack(cls.LAYOUT, frame))

    @property
    def name(self) -> str:
        return self.device.hex()

    @property
    def brief_boot(self) -> int:
        """What the other messages carry of ``boot``."""
        return self.boot & 0xFF

    @property
    def is_named(self) -> bool:
        """Whether the board was given an identity; an erased memory reads all ones."""
        return self.device != UNNAMED

    @property
    def is_simulated(self) -> bool:
        return bool(self.flags & SIMULATED)


@dataclass(frozen=True, slots=True)
class Config:
    """Host → board: per channel, for how long an edge must hold, and how long the next one is not reported."""

    TYPE: ClassVar = 0x03
    HEAD: ClassVar = struct.Struct("<H")
    CHANNEL: ClassVar = struct.Struct("<BHI")

    version: int
    channels: tuple[tuple[int, int, int], ...]
    """(channel, debounce in µs, hold-off in µs)"""

    def to_frame(self) -> Frame:
        packed = b"".join(self.CHANNEL.pack(*channel) for channel in self.channels)
        return Frame(self.TYPE, self.HEAD.pack(self.version) + packed)

    @classmethod
    def from_frame(cls, frame: Frame) -> Config:
        head = cls.HEAD.size
        if (len(frame.payload) - head) % cls.CHANNEL.size:
            raise MessageRefused(frame.payload.hex(" "))
        (version,) = cls.HEAD.unpack(frame.payload[:head])
        return cls(version, tuple(cls.CHANNEL.iter_unpack(frame.payload[head:])))


@dataclass(frozen=True, slots=True)
class Ping(Message):
    """Host → board: what does your clock say?"""

    TYPE: ClassVar = 0x04
    LAYOUT: ClassVar = struct.Struct("<H")

    id: int


@dataclass(frozen=True, slots=True)
class Pong(Message):
    """Board → host: the ticks at which the ping had arrived, and how many passed until this left.

    ``boot`` here and below is the low byte of HELLO's: what is said of another boot must not be taken for this one's.
    """

    TYPE: ClassVar = 0x05
    LAYOUT: ClassVar = struct.Struct("<HQIHB")

    id: int
    received_ticks: int
    turnaround_ticks: int
    dropped: int
    boot: int


@dataclass(frozen=True, slots=True)
class Event(Message):
    """Board → host: an edge on a channel, stamped where it happened. ``seq`` counts from 1 in each boot."""

    TYPE: ClassVar = 0x06
    LAYOUT: ClassVar = struct.Struct("<IBBBQ")

    seq: int
    boot: int
    channel: int
    edge: Edge
    ticks: int

    def _packed(self) -> tuple[Any, ...]:
        return self.seq, self.boot, self.channel, EDGES.index(self.edge), self.ticks

    @classmethod
    def from_frame(cls, frame: Frame) -> Event:
        seq, boot, channel, edge, ticks = _unpack(cls.LAYOUT, frame)
        if edge >= len(EDGES):
            raise MessageRefused(frame.payload.hex(" "))
        return cls(seq, boot, channel, EDGES[edge], ticks)


@dataclass(frozen=True, slots=True)
class Ack(Message):
    """Host → board: every event of this boot up to ``through`` is on my disk."""

    TYPE: ClassVar = 0x07
    LAYOUT: ClassVar = struct.Struct("<IB")

    through: int
    boot: int


@dataclass(frozen=True, slots=True)
class Status(Message):
    """Board → host: supply, temperature, the level of each channel as a bit, and the configuration it goes by."""

    TYPE: ClassVar = 0x08
    LAYOUT: ClassVar = struct.Struct("<HbHHB")

    supply_mv: int
    temperature_c: int
    levels: int
    config_version: int
    boot: int


@dataclass(frozen=True, slots=True)
class Output(Message):
    """Host → board: switch a lamp, buzzer or signal."""

    TYPE: ClassVar = 0x09
    LAYOUT: ClassVar = struct.Struct("<B?")

    output: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Name(Message):
    """Host → board: your identity from now on, kept over power cuts; answered with HELLO."""

    TYPE: ClassVar = 0x0A
    LAYOUT: ClassVar = struct.Struct("<8s")

    device: bytes


FromBoard = Hello | Pong | Event | Status
FromHost = HelloRequest | Config | Ping | Ack | Output | Name
_FROM_BOARD: dict[int, type[Hello | Pong | Event | Status]] = {
    kind.TYPE: kind for kind in (Hello, Pong, Event, Status)
}
_FROM_HOST: dict[int, type[HelloRequest | Config | Ping | Ack | Output | Name]] = {
    kind.TYPE: kind for kind in (HelloRequest, Config, Ping, Ack, Output, Name)
}


def wire_ns(frame_bytes: int, line_baud: int) -> int:
    """How long a frame takes on the wire."""
    return frame_bytes * BITS_A_BYTE * 1_000_000_000 // line_baud if line_baud else 0


def read_from_board(frame: Frame) -> FromBoard:
    """The message a board sent. Raises MessageRefused."""
    kind = _FROM_BOARD.get(frame.type)
    if kind is None:
        raise MessageRefused(f"type {frame.type:#04x}")
    return kind.from_frame(frame)


def read_from_host(frame: Frame) -> FromHost:
    """The message a host sent. Raises MessageRefused."""
    kind = _FROM_HOST.get(frame.type)
    if kind is None:
        raise MessageRefused(f"type {frame.type:#04x}")
    return kind.from_frame(frame)


def _unpack(layout: struct.Struct, frame: Frame) -> tuple[Any, ...]:
    try:
        return layout.unpack(frame.payload)
    except struct.error:
        raise MessageRefused(f"type {frame.type:#04x}: {frame.payload.hex(' ')}") from None

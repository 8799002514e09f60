"""Frames: the documented vectors, every way of cutting the stream, and garbage that is never a frame."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.framing import Frame, FrameReader, FrameRefused
from firmware_bridge.messages import Ack, Config, Event, Hello, HelloRequest, Name, Output, Ping, Pong, Status


class Sent(Protocol):
    """Anything that goes on the wire."""

    def to_frame(self) -> Frame: ...


HELLO = Hello(1, 0x0100, b"baige-01", 7, 2_000_000, 250_000, 8, 1, 3, 5, 0)

VECTORS: dict[str, tuple[Sent, str]] = {
    "hello_request": (HelloRequest(), "04 02 c1 b2 00"),
    "ping": (Ping(1), "03 04 01 03 23 6d 00"),
    "ack": (Ack(300, 7), "04 07 2c 01 01 04 07 43 9d 00"),
    "event": (
        Event(1, 7, 1, "fall", 2_000_000),
        "03 06 01 01 01 03 07 01 04 80 84 1e 01 01 01 01 03 4f 2c 00",
    ),
    "pong": (
        Pong(1, 4_000_000, 120, 0, 7),
        "03 05 01 01 03 09 3d 01 01 01 01 02 78 01 01 01 01 04 07 d2 b6 00",
    ),
    "output": (Output(0, True), "02 09 04 01 42 2c 00"),
}

MESSAGES = [
    HELLO,
    HelloRequest(),
    Config(3, ((0, 2000, 500_000), (1, 0, 4_000_000))),
    Ping(65535),
    Pong(9, 2**64 - 1, 12, 3, 255),
    Event(2**32 - 1, 0, 5, "rise", 2**40),
    Ack(0, 0),
    Status(4980, -12, 0b100001, 3, 7),
    Name(b"gate-007"),
    Output(3, False),
]

frames = st.builds(Frame, st.integers(0, 255), st.binary(max_size=200))


@pytest.mark.parametrize("name", VECTORS)
def test_documented_vectors(name: str) -> None:
    message, wire = VECTORS[name]
    assert message.to_frame().to_bytes().hex(" ") == wire


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_messages_come_back_as_they_went(message: Any) -> None:
    frame = message.to_frame()
    read = Frame.from_bytes(frame.to_bytes()[:-1])
    assert read == frame
    if not isinstance(message, HelloRequest):
        assert type(message).from_frame(read) == message


@given(st.lists(frames, max_size=5), st.integers(1, 7))
def test_frames_survive_any_cutting(sent: list[Frame], piece: int) -> None:
    wire = b"".join(frame.to_bytes() for frame in sent)
    reader = FrameReader()
    received = [f for at in range(0, len(wire), piece) for f in reader.feed(wire[at : at + piece])]
    assert received == sent
    assert reader.refused == 0


@given(frames, st.data())
def test_one_flipped_bit_is_refused(frame: Frame, data: st.DataObject) -> None:
    wire = bytearray(frame.to_bytes()[:-1])
    at = data.draw(st.integers(0, len(wire) - 1))
    wire[at] ^= 1 << data.draw(st.integers(0, 7))
    if 0 in wire:
        return
    with pytest.raises(FrameRefused):
        Frame.from_bytes(bytes(wire))


@given(st.binary(max_size=600), frames)
def test_a_frame_after_garbage_arrives(garbage: bytes, frame: Frame) -> None:
    reader = FrameReader()
    received = list(reader.feed(garbage + b"\0" + frame.to_bytes()))
    assert received[-1] == frame

"""Reads a server's WebSocket frames from raw bytes, strictly: tests of what reached a client whole."""

from __future__ import annotations


def payloads(data: bytes) -> list[bytes]:
    """The payloads of whole text frames. Raises AssertionError for anything else, a cut frame included."""
    found = []
    while data:
        assert data[0] == 0x81, data[:2]
        assert data[1] < 128, "a server masks nothing"
        size, start = data[1], 2
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(data[2:10], "big"), 10
        assert len(data) >= start + size, "the frame is cut"
        found.append(data[start : start + size])
        data = data[start + size :]
    return found

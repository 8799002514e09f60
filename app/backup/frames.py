"""Commits as bytes: what a stream file holds, one frame a commit, readable up to wherever it was torn off.

A frame is the length of its body and the CRC-32 of it (4 bytes each, little end first), then the body: JSON of the
commit's number and its statements, each with its lists of values.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

HEADER = struct.Struct("<II")
MOST_BODY_BYTES = 256 * 1024 * 1024
BYTES_KEY = "hex"


@dataclass(frozen=True, slots=True)
class Commit:
    """One transaction: ``statements`` are SQL with every row of values it was run for, in order."""

    number: int
    statements: tuple[tuple[str, list[list[Any]]], ...]


def to_frame(commit: Commit) -> bytes:
    body = orjson.dumps([commit.number, commit.statements], default=_plain)
    return HEADER.pack(len(body), zlib.crc32(body)) + body


def read_frames(path: Path) -> Iterator[Commit]:
    """The commits of a stream file, up to the first frame that is not whole: a power cut tears only the end."""
    with path.open("rb") as file:
        while len(header := file.read(HEADER.size)) == HEADER.size:
            size, checksum = HEADER.unpack(header)
            if size > MOST_BODY_BYTES:
                return
            body = file.read(size)
            if len(body) < size or zlib.crc32(body) != checksum:
                return
            number, statements = orjson.loads(body)
            yield Commit(number, tuple((sql, _rows(rows)) for sql, rows in statements))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {BYTES_KEY: bytes(value).hex()}
    raise TypeError(type(value).__name__)


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    return [[_value(value) for value in row] for row in rows]


def _value(value: Any) -> Any:
    return bytes.fromhex(value[BYTES_KEY]) if isinstance(value, dict) else value

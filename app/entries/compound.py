"""Compound files, which old Excel workbooks are: one stream taken out, each chain bounded, and put in a new one."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII109I")
ENTRY = struct.Struct("<64sHBBIII16xIQQIQ")
SECTOR_BYTES, MINI_SECTOR_BYTES = 512, 64
SMALLEST_STREAM_BYTES = 4096
"""A shorter stream lies in the mini stream."""
LAST, FREE, OF_TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ROOT, STREAM = 5, 2


class CompoundBroken(Exception):
    """The file is no compound file, or a chain in it leads astray or in a circle."""


def stream_of(content: bytes, names: Collection[str]) -> bytes | None:
    """The first stream that has one of ``names``; None where there is none. Raises CompoundBroken."""
    try:
        return _Compound(content).stream(names)
    except (struct.error, UnicodeError) as error:
        raise CompoundBroken from error


def alone(name: str, stream: bytes) -> bytes:
    """A compound file of one stream, made anew."""
    stream = stream.ljust(SMALLEST_STREAM_BYTES, b"\0")
    body = _padded(stream, SECTOR_BYTES)
    count = len(body) // SECTOR_BYTES
    per_sector = SECTOR_BYTES // 4
    tables = 1
    while tables * per_sector < count + 1 + tables + _lists(tables):
        tables += 1
    lists = _lists(tables)
    chain = [*range(1, count), LAST, LAST, *[OF_TABLE] * tables, *[OF_TABLE - 1] * lists]
    first_table = count + 1
    places = list(range(first_table, first_table + tables))
    directory = _entry("Root Entry", ROOT, 1, LAST, 0) + _entry(name, STREAM, FREE, 0, len(stream))
    header = HEADER.pack(
        SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6, 0, tables, count, 0, SMALLEST_STREAM_BYTES, LAST, 0,
        first_table + tables if lists else LAST, lists, *(places[:109] + [FREE] * 109)[:109],
    )  # fmt: skip
    table = _padded(struct.pack(f"<{len(chain)}I", *chain), SECTOR_BYTES, b"\xff")
    table = table.ljust(tables * SECTOR_BYTES, b"\xff")
    more = b"".join(
        struct.pack("<128I", *(places[at : at + 127] + [FREE] * 127)[:127],
                    first_table + tables + number + 1 if number + 1 < lists else LAST)
        for number, at in enumerate(range(109, 109 + 127 * lists, 127))
    )  # fmt: skip
    return header + body + _padded(directory, SECTOR_BYTES) + table + more


def _lists(tables: int) -> int:
    """How many sectors name the sectors of the table that the header has no room for."""
    return max(0, -(-(tables - 109) // 127))


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return ENTRY.pack(written, len(written), kind, 1, FREE, FREE, child, 0, 0, 0, first, size)


def _padded(data: bytes, unit: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % unit)


class _Compound:
    def __init__(self, content: bytes) -> None:
        header = HEADER.unpack_from(content)
        _, _, major, order, shift, _, _, _, directory, _, _, mini, _, more, _, *places = header
        if header[0] != SIGNATURE or order != 0xFFFE or shift not in (9, 12):
            raise CompoundBroken
        self._content, self._sector_bytes, self._major = content, 1 << shift, major
        self._count = -(-len(content) // self._sector_bytes)
        self._left = 4 * self._count
        """Sectors that may still be followed: in an honest file no two chains share one."""
        self._table = self._table_of(places, more)
        self._mini_table = self._numbers(self._joined(mini))
        self._entries = list(self._read_entries(self._joined(directory)))

    def stream(self, names: Collection[str]) -> bytes | None:
        wanted = {name.casefold() for name in names}
        found = next((one for one in self._entries if one[1] == STREAM and one[0].casefold() in wanted), None)
        if found is None:
            return None
        _name, _kind, first, size = found
        if size >= SMALLEST_STREAM_BYTES:
            return self._joined(first)[:size]
        root = next((one for one in self._entries if one[1] == ROOT), None)
        if root is None:
            raise CompoundBroken
        small = self._joined(root[2])
        begins = (at * MINI_SECTOR_BYTES for at in self._chain(first, self._mini_table))
        return b"".join(small[begin : begin + MINI_SECTOR_BYTES] for begin in begins)[:size]

    def _table_of(self, places: list[int], more: int) -> list[int]:
        """Which sector follows which; its own sectors are named in the header, then in a chain of lists."""
        named = [place for place in places if place < OF_TABLE - 1]
        while more < OF_TABLE - 1:
            *listed, more = self._numbers(self._sector(more))
            named += [place for place in listed if place < OF_TABLE - 1]
        return [number for place in named for number in self._numbers(self._sector(place))]

    def _sector(self, at: int) -> bytes:
        self._left -= 1
        if at >= self._count or self._left < 0:
            raise CompoundBroken
        begin = (at + 1) * self._sector_bytes
        return self._content[begin : begin + self._sector_bytes].ljust(self._sector_bytes, b"\0")

    def _joined(self, first: int) -> bytes:
        return b"".join(self._sector(at) for at in self._chain(first, self._table))

    def _chain(self, first: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while first < OF_TABLE - 1:
            seen += 1
            if first >= len(table) or seen > len(table):
                raise CompoundBroken
            yield first
            first = table[first]

    def _numbers(self, data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _read_entries(self, directory: bytes) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(directory) - ENTRY.size + 1, ENTRY.size):
            name, length, kind, *_rest, first, size = ENTRY.unpack_from(directory, at)
            if kind in (ROOT, STREAM) and 2 <= length <= 64:
                written = name[: length - 2].decode("utf-16-le", "replace")
                yield written, kind, first, size & 0xFFFFFFFF if self._major == 3 else size

"""The hash chain: how an event becomes an entry, and how a stored chain is checked link by link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from .clock import CLOCK

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """An accepted fact, before it has a place in a log. ``data`` holds no personal data, only references."""

    type: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who brought an event about, with which device and command, and when the server accepted it.

    ``handed_in_by`` is the account that signed in and vouched for it, where that was not ``actor``.
    """

    actor: str
    device: str | None
    command: str | None
    at: datetime
    handed_in_by: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place: ``seq`` counts from 1; ``at_utc`` is RFC 3339 with microseconds.

    With ``handed_in_by``, ``actor`` and what they did are that account's word: it vouched for them.
    """

    seq: int
    type: str
    at_utc: str
    actor: str
    device: str | None
    command: str | None
    data: dict[str, Any]
    handed_in_by: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored: its exact text and its hash."""

    entry: Entry
    body: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a stored chain is not what was written: a code and the sequence number."""

    code: str
    seq: int


def utc_now() -> datetime:
    """Now, by the server's own clock."""
    return CLOCK.utc()


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds and a Z: the one spelling of an instant on the wire and in the log."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link(previous_hash: str, seq: int, event: Event, cause: Cause) -> Link:
    """Make the next link of a chain whose last hash is ``previous_hash``."""
    at_utc = instant(cause.at)
    entry = Entry(
        seq, event.type, at_utc, cause.actor, cause.device, cause.command, event.data, cause.handed_in_by
    )
    told = {
        "seq": seq,
        "type": event.type,
        "at": at_utc,
        "actor": cause.actor,
        "device": cause.device,
        "command": cause.command,
        "data": event.data,
    }
    if cause.handed_in_by is not None:
        told["handed_in_by"] = cause.handed_in_by
    body = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return Link(entry, body.decode(), _hash(previous_hash, body))


def read(body: str) -> Entry:
    """The entry a stored ``body`` says. Raises ValueError or KeyError if it is not one."""
    fields = orjson.loads(body)
    return Entry(
        fields["seq"],
        fields["type"],
        fields["at"],
        fields["actor"],
        fields["device"],
        fields["command"],
        fields["data"],
        fields.get("handed_in_by"),
    )


def first_break(
    links: Iterable[tuple[int, str, str, str]], at_least: int = 0
) -> tuple[int, str, Break | None]:
    """Walk ``(seq, type, body, hash)`` in order: how many are sound, the last sound hash, and the first break.

    ``at_least`` is a sequence number that something else (a receipt) says was reached: a chain that ends before
    it has lost its tail.
    """
    previous, expected = GENESIS, 0
    for seq, type_, body, stored_hash in links:
        expected += 1
        if seq != expected:
            return expected - 1, previous, Break("entry_missing", expected)
        if _hash(previous, body.encode()) != stored_hash:
            return expected - 1, previous, Break("hash_differs", seq)
        if not _says(body, seq, type_):
            return expected - 1, previous, Break("entry_unreadable", seq)
        previous = stored_hash
    if expected < at_least:
        return expected, previous, Break("tail_missing", expected + 1)
    return expected, previous, None


def _says(body: str, seq: int, type_: str) -> bool:
    try:
        entry = read(body)
    except (ValueError, KeyError, TypeError):
        return False
    return (entry.seq, entry.type) == (seq, type_)


def _hash(previous_hash: str, body: bytes) -> str:
    return hashlib.sha256(bytes.fromhex(previous_hash) + body).hexdigest()

"""Reads of the log: chains, their links, receipts, and the installation's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, cast, func, or_, select

from .chain import Entry, Link, read
from .models import Fact, LogEntry, Note, ReceiptRow


def chains(connection: Connection) -> list[str]:
    """Every chain that has at least one entry, by name."""
    return list(connection.scalars(select(LogEntry.chain).distinct().order_by(LogEntry.chain)))


def stored(connection: Connection, chain: str) -> Iterator[tuple[int, str, str, str]]:
    """``(seq, type, body, hash)`` of a chain as stored, in order, for checking."""
    rows = connection.execute(
        select(LogEntry.seq, LogEntry.type, LogEntry.body, LogEntry.hash)
        .where(LogEntry.chain == chain)
        .order_by(LogEntry.seq)
    )
    return (tuple(row) for row in rows)  # type: ignore[misc]


def stored_as_bytes(connection: Connection, chain: str) -> Iterator[tuple[int, str, str, str]]:
    """The same where bytes may have been spoilt: what is no text any more comes with replacement characters."""
    columns = [cast(column, LargeBinary) for column in (LogEntry.type, LogEntry.body, LogEntry.hash)]
    rows = connection.execute(
        select(LogEntry.seq, *columns).where(LogEntry.chain == chain).order_by(LogEntry.seq)
    )
    return ((seq, *(bytes(text).decode(errors="replace") for text in texts)) for seq, *texts in rows)  # type: ignore[misc]


def chains_spoken_of(connection: Connection) -> list[str]:
    """Every chain that has an entry, or a receipt that says it had one."""
    receipts_of = select(ReceiptRow.chain).where(ReceiptRow.version > 0)
    return sorted(connection.scalars(select(LogEntry.chain).union(receipts_of)))


def links(connection: Connection, chain: str) -> Iterator[Link]:
    """A chain's links in order, for folding."""
    return (Link(read(body), body, hash_) for _seq, _type, body, hash_ in stored(connection, chain))


def last_receipt_version(connection: Connection, chain: str) -> int:
    """The highest sequence number that any receipt of this chain speaks of; 0 where there is none."""
    return connection.scalar(select(func.max(ReceiptRow.version)).where(ReceiptRow.chain == chain)) or 0


def receipts(connection: Connection, command_ids: Iterable[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """``{command id: (content digest, answer)}`` for those of ``command_ids`` that were answered before."""
    rows = connection.execute(
        select(ReceiptRow.command_id, ReceiptRow.content_digest, ReceiptRow.answer).where(
            ReceiptRow.command_id.in_(list(command_ids))
        )
    )
    return {command_id: (digest, answer) for command_id, digest, answer in rows}


def fact(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(Fact.value).where(Fact.name == name))


def newest(
    connection: Connection,
    chain: str,
    most: int,
    before: int | None = None,
    types: Iterable[str] = (),
    actor: str = "",
    about: Iterable[str] = (),
) -> list[Entry]:
    """The newest entries of a chain, newest first; with ``before``, those older than that sequence number.

    Where they are told: of these types alone, by this account alone, speaking of one of these ids.
    """
    wanted = select(LogEntry.body).where(LogEntry.chain == chain)
    if before is not None:
        wanted = wanted.where(LogEntry.seq < before)
    if types := list(types):
        wanted = wanted.where(LogEntry.type.in_(types))
    if actor:
        wanted = wanted.where(LogEntry.body.contains(f'"actor":"{actor}"', autoescape=True))
    if about := list(about):
        wanted = wanted.where(or_(*(LogEntry.body.contains(f'"{one}"', autoescape=True) for one in about)))
    return [read(body) for body in connection.scalars(wanted.order_by(LogEntry.seq.desc()).limit(most))]


def last_by_device(connection: Connection, chain: str, device: str, types: Iterable[str]) -> Entry | None:
    """The newest entry of some types that a device brought about."""
    wanted = select(LogEntry.body).where(
        LogEntry.chain == chain,
        LogEntry.type.in_(list(types)),
        LogEntry.body.contains(f'"device":"{device}"'),
    )
    body = connection.scalar(wanted.order_by(LogEntry.seq.desc()).limit(1))
    return read(body) if body is not None else None


def about(connection: Connection, chain: str, id_: str) -> list[Entry]:
    """Every entry of a chain that mentions an id, oldest first."""
    wanted = select(LogEntry.body).where(LogEntry.chain == chain, LogEntry.body.contains(f'"{id_}"'))
    return [read(body) for body in connection.scalars(wanted.order_by(LogEntry.seq))]


def notes(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Texts of sealed notes by id; those erased are missing."""
    found = connection.execute(select(Note.id, Note.text).where(Note.id.in_(list(ids))))
    return {note.id: note.text for note in found}

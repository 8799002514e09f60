"""Tables of the log: its entries, the receipts of commands, and what is sealed outside it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Base


class LogEntry(Base):
    """One accepted fact. ``chain`` is a competition's id, or ``installation``; ``seq`` counts from 1 in it.

    ``body`` is the exact text that was hashed: canonical JSON of type, version, instant, actor, device, cause
    and data. ``hash`` is sha256(previous hash ‖ body), so that no entry can be changed, dropped or moved unseen.
    """

    __tablename__ = "log_entry"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class ReceiptRow(Base):
    """The answer a command got the first time; a repeated command id gets it again."""

    __tablename__ = "receipt"
    __table_args__ = (Index("receipt_chain", "chain", "version"),)

    command_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    content_digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)


class Fact(Base):
    """A single named value of the whole installation, such as its epoch."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Sealed:
    """A row that the log mentions only by id and salted digest, so that erasing it leaves the log whole."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(String(40), index=True)
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


class Note(Sealed, Base):
    """Free text someone wrote: a remark on a score sheet, a reason for a change."""

    __tablename__ = "note"

    text: Mapped[str] = mapped_column(Text)

    @classmethod
    def seal(cls, id_: str, chain: str, text: str) -> Note:
        salt = new_salt()
        return cls(id=id_, chain=chain, salt=salt, digest=seal_digest(salt, text.encode()), text=text)


def new_salt() -> str:
    return secrets.token_hex(16)


def seal_digest(salt: str, content: bytes) -> str:
    """The salted digest an event carries in place of ``content``; hex sha256."""
    return hashlib.sha256(bytes.fromhex(salt) + content).hexdigest()

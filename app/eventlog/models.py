"""Tables of the log: its entries, the receipts of commands, and what is sealed outside it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, Self

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

    __tablename__: str

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(String(40), index=True)
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))

    def content(self) -> bytes:
        """What is sealed: everything the row says, in one spelling."""
        raise NotImplementedError

    def seal_up(self) -> Self:
        """Give the row a salt of its own, and the digest that events will name it by."""
        self.salt = secrets.token_hex(16)
        self.digest = self.true_digest()
        return self

    def true_digest(self) -> str:
        """Hex sha256 of the salt and the content. Raises ValueError if the salt was spoilt."""
        return hashlib.sha256(bytes.fromhex(self.salt) + self.content()).hexdigest()


class Note(Sealed, Base):
    """Free text someone wrote: a remark on a score sheet, a reason for a change."""

    __tablename__ = "note"

    text: Mapped[str] = mapped_column(Text)

    @classmethod
    def seal(cls, id_: str, chain: str, text: str) -> Note:
        return cls(id=id_, chain=chain, text=text).seal_up()

    def content(self) -> bytes:
        return self.text.encode()

"""Tables of who may sign in, and of who is signed in where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Base


class Account(Base):
    """A role someone or something signs in to. ``competition`` None reaches the whole installation; no ``fields``
    means all of them."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    competition: Mapped[str | None] = mapped_column(String(40), index=True)
    fields: Mapped[list[str]] = mapped_column(JSON)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(2))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime)


class SignIn(Base):
    """One device signed in to one account, known by the digest of the secret it carries."""

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime] = mapped_column(DateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime)

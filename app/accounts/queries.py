"""Reads of accounts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, or_, select

from .models import Account

_SHOWN = select(Account.id, Account.name, Account.role, Account.competition, Account.fields).where(
    Account.revoked_at.is_(None)
)


def choices(connection: Connection) -> list[dict[str, Any]]:
    """Accounts a person signs in to with a PIN, for the sign-in page to offer."""
    people = _SHOWN.where(Account.pin_hash.is_not(None)).order_by(
        Account.competition, Account.role, Account.name
    )
    return [dict(row) for row in connection.execute(people).mappings()]


def accounts_of(connection: Connection, slug: str) -> list[dict[str, Any]]:
    """The accounts of a competition, and those of the whole installation."""
    scope = or_(Account.competition == slug, Account.competition.is_(None))
    return [
        dict(row)
        for row in connection.execute(_SHOWN.where(scope).order_by(Account.role, Account.name)).mappings()
    ]


def pin_hash(connection: Connection, account: str) -> str | None:
    return connection.scalar(
        select(Account.pin_hash).where(Account.id == account, Account.revoked_at.is_(None))
    )


def exists_any(connection: Connection) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(Account)))


def name_of(connection: Connection, account: str) -> str | None:
    return connection.scalar(select(Account.name).where(Account.id == account))

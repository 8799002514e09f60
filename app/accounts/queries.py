"""Reads of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from .models import Account, SignIn

AT_TABLETS = ("judge", "referee")
LINK = "link"
IN_ACCESS_FILE = "access-"
"""Devices of sign-ins that no browser made: a link on paper until somebody opens it, a token told in access.json."""

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


def signed_in_devices(connection: Connection, slug: str, now: datetime) -> list[dict[str, Any]]:
    """The browsers signed in to accounts of a competition at ``now``: account, its name, device, first sign-in."""
    devices = (
        select(
            SignIn.account_id.label("account"),
            Account.name,
            SignIn.device,
            func.min(SignIn.created_at).label("since"),
        )
        .join(Account, Account.id == SignIn.account_id)
        .where(Account.competition == slug, Account.role.in_(AT_TABLETS))
        .where(
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now.replace(tzinfo=None),
            SignIn.device != LINK,
            SignIn.device.not_like(f"{IN_ACCESS_FILE}%"),
        )
        .group_by(SignIn.account_id, Account.name, SignIn.device)
        .order_by(Account.name, "since")
    )
    rows = connection.execute(devices).mappings()
    return [dict(row) | {"since": row["since"].replace(tzinfo=UTC)} for row in rows]


def pin_hash(connection: Connection, account: str) -> str | None:
    return connection.scalar(
        select(Account.pin_hash).where(Account.id == account, Account.revoked_at.is_(None))
    )


def exists_any(connection: Connection) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(Account)))


def name_of(connection: Connection, account: str) -> str | None:
    return connection.scalar(select(Account.name).where(Account.id == account))

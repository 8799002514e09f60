"""Reads of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from .models import Account, SignIn

READER = "reader"
PROGRAMS = ("field_controller", READER)
"""Roles that no browser signs in to."""
LINK = "link"
IN_ACCESS_FILE = "access-"
"""Devices of sign-ins that no browser made: a link on paper until somebody opens it, a token told in access.json."""

_SHOWN = select(Account.id, Account.name, Account.role, Account.competition, Account.fields).where(
    Account.revoked_at.is_(None)
)


def is_link(device: str) -> bool:
    """Whether a sign-in is one that others are made from, by opening its address."""
    return device == LINK or device.startswith(IN_ACCESS_FILE)


def choices(connection: Connection) -> list[dict[str, Any]]:
    """Accounts a person signs in to with a PIN, for the sign-in page to offer."""
    people = _SHOWN.where(Account.pin_hash.is_not(None)).order_by(
        Account.competition, Account.role, Account.name
    )
    return [dict(row) for row in connection.execute(people).mappings()]


def accounts_of(connection: Connection, slug: str | None) -> list[dict[str, Any]]:
    """The accounts people and devices have in a competition, and those of the whole installation; None: only these."""
    scope = or_(Account.competition == slug, Account.competition.is_(None)) & (Account.role != READER)
    return [
        dict(row)
        for row in connection.execute(_SHOWN.where(scope).order_by(Account.role, Account.name)).mappings()
    ]


def keys_of(connection: Connection, slug: str) -> list[dict[str, Any]]:
    """The keys by which programs read a competition: account, name, when it was made and when it runs out."""
    wanted = (
        select(SignIn.account_id.label("account"), Account.name, SignIn.created_at, SignIn.expires_at)
        .join(Account, Account.id == SignIn.account_id)
        .where(Account.competition == slug, Account.role == READER)
        .where(Account.revoked_at.is_(None), SignIn.revoked_at.is_(None))
        .order_by(SignIn.created_at)
    )
    return [
        dict(row) | {name: row[name].replace(tzinfo=UTC) for name in ("created_at", "expires_at")}
        for row in connection.execute(wanted).mappings()
    ]


def signed_in_devices(connection: Connection, slug: str | None, now: datetime) -> list[dict[str, Any]]:
    """The browsers signed in to accounts of a competition at ``now``: account, its name, device, first sign-in.

    With None, to those of the whole installation.
    """
    devices = (
        select(
            SignIn.account_id.label("account"),
            Account.name,
            SignIn.device,
            func.min(SignIn.created_at).label("since"),
        )
        .join(Account, Account.id == SignIn.account_id)
        .where(Account.competition == slug, Account.role.not_in(PROGRAMS))
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


def has_signed_in(connection: Connection, account: str, device: str) -> bool:
    """Whether a device was ever signed in to an account, though it may be signed out by now."""
    found = select(SignIn.id).where(SignIn.account_id == account, SignIn.device == device).limit(1)
    return connection.scalar(found) is not None


def exists_any(connection: Connection) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(Account)))


def name_of(connection: Connection, account: str) -> str | None:
    return connection.scalar(select(Account.name).where(Account.id == account))


def name_and_role(connection: Connection, account: str) -> tuple[str, str] | None:
    row = connection.execute(select(Account.name, Account.role).where(Account.id == account)).first()
    return (row.name, row.role) if row else None


def called(connection: Connection, name: str) -> list[dict[str, Any]]:
    """The open accounts of people that have this name or id."""
    wanted = _SHOWN.where(or_(Account.name == name, Account.id == name), Account.role.not_in(PROGRAMS))
    return [dict(row) for row in connection.execute(wanted).mappings()]

"""Reads of people: lists, one person with everything known, and who looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.sql import Executable, insert
from uuid_utils import uuid7

from ..eventlog.chain import utc_now
from .models import Consent, Person, PersonalAccess, PersonalLink
from .naming import alphabetical

SHOWN_LOOKS = 200


def people(connection: Connection, chain: str) -> list[Row[Any]]:
    """Every person row of a competition, in alphabetical order."""
    found = connection.execute(select(Person.__table__).where(Person.chain == chain))
    return sorted(found, key=lambda row: alphabetical(row.full_name))


def person(connection: Connection, chain: str, id_: str) -> Row[Any] | None:
    return connection.execute(
        select(Person.__table__).where(Person.chain == chain, Person.id == id_)
    ).one_or_none()


def consents(connection: Connection, person_id: str) -> list[dict[str, Any]]:
    """Who signed what for a person: ``{"id", "signed_by", "relation"}``, oldest first."""
    wanted = select(Consent.id, Consent.signed_by, Consent.relation).where(Consent.person_id == person_id)
    return [dict(row) for row in connection.execute(wanted.order_by(Consent.id)).mappings()]


def subject_of(connection: Connection, token_digest: str, chain: str, purpose: str) -> str | None:
    """What a secret address opens; None where there is none or it was revoked."""
    return connection.scalar(
        select(PersonalLink.subject).where(
            PersonalLink.token_digest == token_digest,
            PersonalLink.chain == chain,
            PersonalLink.purpose == purpose,
            PersonalLink.revoked_at.is_(None),
        )
    )


def looks(
    connection: Connection,
    chain: str,
    subjects: Iterable[str] | None = None,
    most: int = SHOWN_LOOKS,
    before: str | None = None,
    account: str = "",
    what: str = "",
) -> list[Row[Any]]:
    """The newest looks at personal data; older than the one ``before``, where one is named.

    Of one account alone or of one kind where they are told; with ``subjects`` those at one of them, or at a whole list.
    """
    wanted = select(PersonalAccess.__table__).where(PersonalAccess.chain == chain)
    if subjects is not None:
        wanted = wanted.where(PersonalAccess.subject.in_(list(subjects)) | PersonalAccess.subject.is_(None))
    if before is not None:
        wanted = wanted.where(PersonalAccess.id < before)
    if account:
        wanted = wanted.where(PersonalAccess.account == account)
    if what:
        wanted = wanted.where(PersonalAccess.what == what)
    return list(connection.execute(wanted.order_by(PersonalAccess.id.desc()).limit(most)))


def look(chain: str, account: str, what: str, count: int, subject: str | None = None) -> Executable:
    """The statement that records a look at ``count`` people."""
    return insert(PersonalAccess).values(
        id=str(uuid7()),
        chain=chain,
        at=utc_now().replace(tzinfo=None),
        account=account,
        what=what,
        subject=subject,
        people=count,
    )

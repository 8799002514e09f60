"""People and what was consented to, kept outside the log so that a person can be erased; links and looks at them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..eventlog.models import Sealed
from ..extensions import Base


class Person(Sealed, Base):
    """A coach or a member of a team.

    ``full_name`` is always there; its parts only where a form asked for them. ``sex`` is ``f`` or ``m``, ``contact``
    a telephone number or an address of e-mail.
    """

    __tablename__ = "person"

    full_name: Mapped[str] = mapped_column(String(200))
    birth_year: Mapped[int | None]
    surname: Mapped[str | None] = mapped_column(String(80))
    given_name: Mapped[str | None] = mapped_column(String(80))
    patronymic: Mapped[str | None] = mapped_column(String(80))
    grade: Mapped[str | None] = mapped_column(String(20))
    sex: Mapped[str | None] = mapped_column(String(1))
    contact: Mapped[str | None] = mapped_column(String(200))

    @classmethod
    def seal(
        cls, id_: str, chain: str, full_name: str, birth_year: int | None, **details: str | None
    ) -> Person:
        return cls(id=id_, chain=chain, full_name=full_name, birth_year=birth_year, **details).seal_up()

    def content(self) -> bytes:
        """Details come after what was sealed before there were any, so that older digests hold."""
        details = [self.surname, self.given_name, self.patronymic, self.grade, self.sex, self.contact]
        text = f"{self.full_name}\n{self.birth_year or ''}"
        return (text + "".join(f"\n{detail or ''}" for detail in details if any(details))).encode()


class Consent(Sealed, Base):
    """Who ticked a consent: a parent or guardian, by name, or whoever is grown up. What was ticked is in the log."""

    __tablename__ = "consent"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    signed_by: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(12))

    def content(self) -> bytes:
        return f"{self.person_id}\n{self.signed_by}\n{self.relation}".encode()


class PersonalLink(Base):
    """A secret address given to somebody without an account, known by its digest alone.

    ``purpose`` is ``application`` or ``consent``, ``subject`` the id of what it opens.
    """

    __tablename__ = "personal_link"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    chain: Mapped[str] = mapped_column(String(40), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(36), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime)


class PersonalAccess(Base):
    """One look at personal data: who, when, at what (``list``, ``person``, ``export`` …) and at how many people."""

    __tablename__ = "personal_access"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    account: Mapped[str] = mapped_column(String(36))
    what: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str | None] = mapped_column(String(36), index=True)
    people: Mapped[int]

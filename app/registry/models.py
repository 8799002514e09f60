"""People: names and years of birth, kept outside the log so that a person can be erased."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..eventlog.models import Sealed
from ..extensions import Base


class Person(Sealed, Base):
    """A coach or a member of a team."""

    __tablename__ = "person"

    full_name: Mapped[str] = mapped_column(String(200))
    birth_year: Mapped[int | None]

    @classmethod
    def seal(cls, id_: str, chain: str, full_name: str, birth_year: int | None) -> Person:
        return cls(id=id_, chain=chain, full_name=full_name, birth_year=birth_year).seal_up()

    def content(self) -> bytes:
        return f"{self.full_name}\n{self.birth_year or ''}".encode()

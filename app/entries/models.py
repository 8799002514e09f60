"""What a team said about itself, kept outside the log: its card, and who belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..eventlog.models import Sealed
from ..eventlog.visible import visible
from ..extensions import Base


class EntryCard(Sealed, Base):
    """The public side of an entry: team, organisation, region (ISO 3166-2 code).

    An application tells more: the kind of organisation, the district, and the robot's or project's name.
    """

    __tablename__ = "entry_card"

    team: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(300))
    region: Mapped[str | None] = mapped_column(String(6))
    organisation_kind: Mapped[str | None] = mapped_column(String(20))
    district: Mapped[str | None] = mapped_column(String(120))
    robot: Mapped[str | None] = mapped_column(String(120))

    @classmethod
    def seal(
        cls, id_: str, chain: str, team: str, organisation: str, region: str | None, **more: str | None
    ) -> EntryCard:
        return cls(id=id_, chain=chain, team=team, organisation=organisation, region=region, **more).seal_up()

    def content(self) -> bytes:
        """What an application adds comes last, so that the digests of cards without it hold."""
        more = [self.organisation_kind, self.district, self.robot]
        text = f"{self.team}\n{self.organisation}\n{self.region or ''}"
        return (text + "".join(f"\n{said or ''}" for said in more if any(more))).encode()

    @staticmethod
    def known_of(row: Mapping[str, Any]) -> dict[str, Any]:
        """What a state knows of a card row; cards of older versions and other servers may hold what nobody sees."""
        return {
            "team": visible(row["team"]),
            "organisation": visible(row["organisation"]),
            "region": row["region"],
            "district": visible(row["district"]) if row["district"] else None,
        }


class EntryPerson(Base):
    """A person's part in an entry: ``coach`` or ``member``."""

    __tablename__ = "entry_person"

    entry_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(8))

"""What crosses the wire about entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..eventlog.deciding import Payload
from ..registry.schemas import OldestBirthYear, OrganisationKind, PersonId, YoungestBirthYear

MOST_ROWS = 20_000
MOST_HEADINGS = 60
Heading = Annotated[str, Field(min_length=1, max_length=100)]
Column = Literal[
    "division", "team", "organisation", "organisation_kind", "region", "district", "robot", "coach", "contact",
    "members", "person", "surname", "given_name", "patronymic", "birth_year", "grade", "sex", "",
]  # fmt: skip
"""What a heading of a list means; empty where it is to be passed over."""
FullName = Annotated[str, Field(min_length=1, max_length=200)]
NamePart = Annotated[str, Field(min_length=1, max_length=80)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Member(Payload):
    """A member of whom more than the name is said; ``full_name`` has the parts that are given, surname first."""

    full_name: FullName
    surname: NamePart | None = None
    given_name: NamePart | None = None
    patronymic: NamePart | None = None
    birth_year: Annotated[int, Field(ge=OldestBirthYear, le=YoungestBirthYear)] | None = None
    grade: Annotated[str, Field(max_length=20)] | None = None
    sex: Literal["f", "m"] | None = None


class CardDetails(Payload):
    """What a team's card says besides: the kind of its organisation, the district, the robot's or project's name."""

    organisation_kind: OrganisationKind | None = None
    district: Annotated[str, Field(max_length=120)] | None = None
    robot: Annotated[str, Field(max_length=120)] | None = None


class _Team(Payload):
    """What rows and changes have in common; ``region`` is an ISO 3166-2 code, ``contact`` the coach's."""

    team: Annotated[str, Field(min_length=1, max_length=200)]
    organisation: Annotated[str, Field(min_length=1, max_length=300)]
    region: str | None = None
    details: CardDetails = CardDetails()
    coach: FullName | None = None
    contact: Annotated[str, Field(max_length=200)] | None = None
    members: tuple[FullName | Member, ...] = ()

    def people(self) -> Iterator[tuple[str, Member, str | None]]:
        """The part, the person and the contact of each who is named, the coach first."""
        if self.coach:
            yield "coach", Member(full_name=self.coach), self.contact
        for one in self.members:
            yield "member", Member(full_name=one) if isinstance(one, str) else one, None


class EntryRow(_Team):
    """One entry as a spreadsheet row gives it; ``division`` is a division's code."""

    division: str


class Revised(Member):
    """Somebody who stays, and of whom this is now known."""

    id: PersonId
    contact: Annotated[str, Field(max_length=200)] | None = None


class EntryChange(_Team):
    """An entry that is there as it is to be: ``kept`` are the people who stay, the names are those who come.

    Of those who stay ``revised`` are said anew; their consents hold. With ``card`` the change was made against the
    card of that id, and is refused where there is a newer one.
    """

    entry: Annotated[str, Field(max_length=36)]
    card: Annotated[str, Field(max_length=36)] | None = None
    kept: tuple[PersonId, ...] = ()
    revised: tuple[Revised, ...] = ()


class ImportEntries(Payload):
    """Register every row as an entry and change those that are named; all of it, or nothing.

    ``headings`` are those a person said the meaning of, in plain letters; the next list is read by them.
    """

    rows: Annotated[tuple[EntryRow, ...], Field(max_length=MOST_ROWS)] = ()
    changes: Annotated[tuple[EntryChange, ...], Field(max_length=MOST_ROWS)] = ()
    headings: Annotated[dict[Heading, Column], Field(max_length=MOST_HEADINGS, default_factory=dict)]


class SetEmblem(Payload):
    """Show a picture beside a team's name, or none; ``picture`` is the SHA-256 of one that was uploaded."""

    entry: Annotated[str, Field(max_length=36)]
    picture: Digest | None


class SetSpokenWords(Payload):
    """What the announcer should know of a team: how its name is said, and anything else."""

    entry: Annotated[str, Field(max_length=36)]
    pronunciation: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""

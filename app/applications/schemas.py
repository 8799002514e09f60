"""What crosses the wire, and what the server's own pages ask, about applications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload
from ..registry.schemas import OldestBirthYear, OrganisationKind, YoungestBirthYear

MOST_MEMBERS = 12
MOST_DIVISIONS = 8
Id = Annotated[str, Field(max_length=36)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Salt = Annotated[str, Field(min_length=16, max_length=64)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Age = Annotated[int, Field(ge=3, le=99)]

DocumentKind = Literal["consent", "project", "photo", "other"]


class Applicant(Payload):
    """A coach or member. With ``id`` somebody the application has already, unchanged; the page has compared."""

    id: Id | None = None
    surname: Name
    given_name: Name
    patronymic: Annotated[str, Field(max_length=80)] | None = None
    birth_year: Annotated[int, Field(ge=OldestBirthYear, le=YoungestBirthYear)] | None = None
    grade: Annotated[str, Field(max_length=20)] | None = None
    sex: Literal["f", "m"] | None = None
    contact: Annotated[str, Field(max_length=200)] | None = None


class Wanted(Payload):
    """A division the team wants to compete in, and with which robot or project."""

    division: Code
    robot: Annotated[str, Field(max_length=120)] | None = None


class Form(Payload):
    """A team's application as its coach fills it in; ``region`` is an ISO 3166-2 code."""

    team: Annotated[str, Field(min_length=1, max_length=200)]
    organisation: Annotated[str, Field(min_length=1, max_length=300)]
    organisation_kind: OrganisationKind
    region: Annotated[str, Field(max_length=6)]
    district: Annotated[str, Field(max_length=120)] | None = None
    coach: Applicant
    members: Annotated[tuple[Applicant, ...], Field(min_length=1, max_length=MOST_MEMBERS)]
    wanted: Annotated[tuple[Wanted, ...], Field(min_length=1, max_length=MOST_DIVISIONS)]


class SubmitApplication(Payload):
    """Hand in an application; whoever has the token of ``token_digest`` may open and change it.

    ``salt`` keeps the receipt's digest from being guessed back to names, here and below.
    """

    form: Form
    token_digest: Digest
    salt: Salt


class ChangeApplication(Payload):
    """Hand it in again, changed."""

    form: Form
    salt: Salt


class WithdrawApplication(Payload):
    """Take an application back; everybody named in it is erased."""


class AcceptApplication(Payload):
    """Make each division it wants an entry."""


class ReturnApplication(Payload):
    """Give it back to be mended, with a note of what is amiss."""

    note: Annotated[str, Field(min_length=1, max_length=2000)]


class PutOnWaitingList(Payload):
    """Keep it for when a place becomes free."""


class ReplaceApplicationLink(Payload):
    """Revoke the application's address, and give it a new one where a digest is told."""

    token_digest: Digest | None = None


class MakeConsentLinks(Payload):
    """Give each of these people an address of their own to consent at; their earlier ones are revoked."""

    digests: Annotated[dict[Id, Digest], Field(min_length=1, max_length=MOST_MEMBERS + 1)]


class MakeConsentLinksOfEntry(Payload):
    """The same for members of an entry, whoever brought it: a list, the desk or an application."""

    digests: Annotated[dict[Id, Digest], Field(min_length=1, max_length=200)]


class AttachDocument(Payload):
    """Add a document whose pages were drawn and put away already, each named by its digest."""

    document: Id
    kind: DocumentKind
    pages: Annotated[tuple[Digest, ...], Field(min_length=1, max_length=20)]
    bytes: Annotated[int, Field(gt=0)]


class RemoveDocument(Payload):
    """Take a document off; its pages are erased."""

    document: Id


class KeepDocument(Payload):
    """Say that a consent is of one who stays, though somebody left since it was attached."""

    document: Id


class DivisionTerms(Payload):
    """Whom a division takes, by age at the end of the competition's year, and how many entries."""

    youngest: Age | None = None
    oldest: Age | None = None
    most: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> DivisionTerms:
        if self.youngest and self.oldest and self.oldest < self.youngest:
            raise ValueError("bounds_crossed")
        return self


class SetApplicationTerms(Payload):
    """Open or close applications, until when they may be changed, and how many entries there may be."""

    is_open: bool
    deadline: AwareDatetime | None = None
    most_of_organisation: Count | None = None
    most_of_district: Count | None = None
    most_of_region: Count | None = None
    divisions: dict[Code, DivisionTerms] = Field(default_factory=dict)

    def is_over(self, now: datetime) -> bool:
        return self.deadline is not None and now > self.deadline

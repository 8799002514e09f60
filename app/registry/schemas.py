"""What crosses the wire about people."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ..eventlog.deciding import Payload

OldestBirthYear, YoungestBirthYear = 1930, 2030
OrganisationKind = Literal[
    "school", "technicians", "palace", "circle", "college", "university", "studio", "other"
]
PersonId = Annotated[str, Field(max_length=36)]
Relation = Literal["mother", "father", "guardian", "self"]


class SetRetention(Payload):
    """Say until which day people of this competition are kept."""

    until: date


class GiveConsent(Payload):
    """Tick what may be done with a person's data. ``salt`` keeps the receipt's digest from being guessed."""

    person: PersonId
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{1,2}$")]
    results: bool
    photo: bool
    contact: bool
    signed_by: Annotated[str, Field(min_length=3, max_length=200)]
    relation: Relation
    salt: Annotated[str, Field(min_length=16, max_length=64)]


class RevokeConsent(Payload):
    """Take a consent back; from then on the public sees the team alone."""

    person: PersonId

"""What crosses the wire about a competition's set-up."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, model_validator

from ..eventlog.deciding import Payload
from ..eventlog.instants import Day

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
ShortName = Annotated[str, Field(min_length=1, max_length=120)]
Level = Literal["school", "district", "region", "republic"]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("zone_unknown")
    return ZoneInfo(name).key


USUAL_ZONE = "Asia/Almaty"
Zone = Annotated[str, AfterValidator(_known_zone)]


class Names(Payload):
    """One name in the three languages."""

    kk: ShortName
    ru: ShortName
    en: ShortName


class CreateCompetition(Payload):
    """Open a competition under its slug; ``demo`` ones take simulated readings and say so everywhere."""

    name: Names
    venue: Annotated[str, Field(min_length=1, max_length=200)]
    starts_on: Day
    ends_on: Day
    zone: Zone = USUAL_ZONE
    level: Level = "district"
    demo: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> CreateCompetition:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_before_start")
        return self


class AddField(Payload):
    """Add a field (an arena's playing surface) that runs are held on."""

    code: Code
    name: ShortName


class AddDivision(Payload):
    """Add a division that is run by a shipped discipline; its ruleset is pinned as it is now."""

    code: Code
    name: Names
    discipline: Code

"""What crosses the wire about the plan of the day."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from pydantic import Field, model_validator

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload
from ..eventlog.instants import Day, Instant

MOST_DAYS = 5
Minutes = Annotated[int, Field(ge=0, le=600)]


class Hours(Payload):
    """From one time of day to another, in the venue's own time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _forwards(self) -> Hours:
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self


class DivisionPlan(Payload):
    """How long a run of a division keeps a field, setting up included, and on which fields it may be held."""

    division: Code
    minutes: Annotated[int, Field(ge=1, le=240)]
    fields: Annotated[tuple[Code, ...], Field(min_length=1, max_length=40)]
    jointly: bool = False
    """A panel's judges see a team together, in their room, instead of each by themselves."""
    inspected: bool = True
    """Where there is inspection at all."""


class PlaceHours(Payload):
    """A place that is not open all day, every day: ``field/CODE``, ``judge/ACCOUNT``, or ``tables``.

    ``days`` count from 0; none are all of them.
    """

    place: Annotated[str, Field(pattern=r"^(field/.+|judge/.+|tables)$", max_length=60)]
    days: Annotated[tuple[Annotated[int, Field(ge=0, lt=MOST_DAYS)], ...], Field(max_length=MOST_DAYS)] = ()
    opens: time | None = None
    closes: time | None = None

    @model_validator(mode="after")
    def _forwards(self) -> PlaceHours:
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self


class Decided(Payload):
    """Whether people of one name, each known by an id, are one person."""

    persons: Annotated[tuple[Annotated[str, Field(max_length=36)], ...], Field(min_length=2, max_length=100)]
    one: bool


class SetPlan(Payload):
    """Say what the plan of the day has to keep to. Starts are multiples of ``slot_min``; nobody has less than
    ``gap_min`` between two things, nor less than ``travel_min`` between a panel and a field, and no field or judge less
    than ``changeover_min``. With ``inspection_min`` every
    entry is inspected before its first start, at one of ``inspection_tables``. ``pairs`` are fields that begin
    together. With ``one_judge`` a judge who alone has several fields, or a field and a panel, is at one of them at a
    time.
    """

    first_day: Day
    days: Annotated[tuple[Hours, ...], Field(min_length=1, max_length=MOST_DAYS)]
    breaks: Annotated[tuple[Hours, ...], Field(max_length=5)] = ()
    slot_min: Annotated[int, Field(ge=1, le=60)] = 5
    gap_min: Minutes = 10
    divisions: Annotated[tuple[DivisionPlan, ...], Field(max_length=100)]
    inspection_min: Annotated[int, Field(ge=0, le=120)] = 0
    inspection_tables: Annotated[int, Field(ge=1, le=40)] = 1
    changeover_min: Annotated[int, Field(ge=0, le=120)] = 0
    travel_min: Minutes = 0
    places: Annotated[tuple[PlaceHours, ...], Field(max_length=300)] = ()
    pairs: Annotated[
        tuple[Annotated[tuple[Code, ...], Field(min_length=2, max_length=8)], ...], Field(max_length=100)
    ] = ()
    one_judge: bool = True
    namesakes: Annotated[tuple[Decided, ...], Field(max_length=2_000)] = ()


class PlannedRun(Payload):
    """Where and when a run is to be held."""

    run: Annotated[str, Field(max_length=36)]
    field: Code
    start_at: Instant


class PlannedMatch(Payload):
    """Where and when a match is to be held."""

    match: Annotated[str, Field(max_length=36)]
    field: Code
    start_at: Instant


class PlannedInspection(Payload):
    """When a robot is to be inspected."""

    entry: Annotated[str, Field(max_length=36)]
    start_at: Instant


class ApplyPlan(Payload):
    """Give runs and matches planned starts and fields, and queues the order that follows; nothing that began moves."""

    runs: Annotated[tuple[PlannedRun, ...], Field(max_length=20_000)]
    matches: Annotated[tuple[PlannedMatch, ...], Field(max_length=20_000)] = ()
    inspections: Annotated[tuple[PlannedInspection, ...], Field(max_length=20_000)] = ()


def as_event_time(at: datetime) -> str:
    """Whole minutes suffice for a plan: ``2026-05-01T04:30:00Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:00Z")

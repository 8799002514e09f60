"""What crosses the wire about check-in, inspection and impound."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..eventlog.deciding import Payload

Size = Annotated[float, Field(gt=0, le=100_000)]


class CheckIn(Payload):
    """Confirm that a team is here."""


class TakeBackCheckIn(Payload):
    """Say that a team was checked in by mistake."""


class RecordInspection(Payload):
    """What the inspection of a robot found.

    ``again`` asks for another inspection, because the robot was changed, say. Sizes are in millimetres, the mass in
    grams; what was not measured is left out. ``photo`` is the digest of a picture of the robot.
    """

    outcome: Literal["passed", "failed", "again"]
    mass_g: Size | None = None
    length_mm: Size | None = None
    width_mm: Size | None = None
    height_mm: Size | None = None
    note: Annotated[str, Field(max_length=1000)] = ""
    photo: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Impound(Payload):
    """Take a robot into impound, where nobody may touch it."""


class ReturnRobot(Payload):
    """Give a robot back from impound to its team."""

"""What crosses the wire about screens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..competitions.schemas import Code, ShortName
from ..eventlog.deciding import Payload

ShownView = Literal["auto", "field", "standings"]
"""``auto`` follows a field: the run, then the standings of its division; ``field`` keeps to the field."""

OF_A_FIELD = frozenset({"auto", "field"})
OF_A_DIVISION = frozenset({"standings"})

Words = Annotated[str, Field(max_length=60)]
Device = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Locale = Literal["kk", "ru", "en", "rotate"]


class AddScreen(Payload):
    """Register a screen of the hall; its id is the competition's slug and the code in its address."""

    code: Code
    name: ShortName
    place: Words = ""
    group: Words = ""


class DescribeScreen(Payload):
    """Say what a screen is called, where it hangs, and which group it is steered with."""

    name: ShortName
    place: Words = ""
    group: Words = ""


class ClaimScreen(Payload):
    """Bind a browser to a screen: from then on the screens' plain address leads it there."""

    device: Device


class RemoveScreen(Payload):
    """Take a screen off the list; its address then shows nothing."""


class Step(Payload):
    """One thing a rotation shows, and for how long."""

    view: ShownView
    field: Code | None = None
    division: Code | None = None
    region: Code | None = None
    seconds: Annotated[int, Field(ge=5, le=600)] = 20


class SetScreen(Payload):
    """Say what a screen shows: one view, or with ``rotation`` the steps in turn."""

    view: ShownView | Literal["rotation"]
    field: Code | None = None
    division: Code | None = None
    region: Code | None = None
    locale: Locale = "rotate"
    steps: Annotated[tuple[Step, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _steps_rotate(self) -> SetScreen:
        if (self.view == "rotation") != bool(self.steps):
            raise ValueError("steps_are_of_a_rotation")
        return self

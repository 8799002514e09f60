"""What crosses the wire about screens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from ..competitions.schemas import Code, Names, ShortName
from ..entries.schemas import Digest
from ..eventlog.deciding import Payload

ShownView = Literal[
    "auto",
    "field",
    "timer",
    "overlay",
    "standings",
    "bracket",
    "alliances",
    "ceremony",
    "schedule",
    "pit",
    "wall",
    "blank",
]
"""``auto`` follows a field: the run, then the standings of its division; ``field`` keeps to the field."""

OF_A_FIELD = frozenset({"auto", "field", "timer", "overlay"})
OF_A_DIVISION = frozenset({"standings", "bracket", "alliances", "ceremony"})

Words = Annotated[str, Field(max_length=60)]
Device = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Locale = Literal["kk", "ru", "en", "rotate"]


class LongNames(Payload):
    """A text in the three languages."""

    kk: Annotated[str, Field(max_length=400)]
    ru: Annotated[str, Field(max_length=400)]
    en: Annotated[str, Field(max_length=400)]


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
    volume_percent: Annotated[int, Field(ge=0, le=100)] = 0
    steps: Annotated[tuple[Step, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _steps_rotate(self) -> SetScreen:
        if (self.view == "rotation") != bool(self.steps):
            raise ValueError("steps_are_of_a_rotation")
        return self


class RaiseEmergency(Payload):
    """Put one message over everything every screen and phone shows; ``own`` has words of its own."""

    kind: Literal["evacuate", "stop", "medical", "own"]
    text: Names | None = None

    @model_validator(mode="after")
    def _own_words(self) -> RaiseEmergency:
        if (self.kind == "own") != (self.text is not None):
            raise ValueError("own_words_missing")
        return self


class LiftEmergency(Payload):
    """Take the message off again."""


class Said(Payload):
    """A short text in at least one of the three languages; where one is empty, another one is shown."""

    kk: Annotated[str, Field(max_length=200)] = ""
    ru: Annotated[str, Field(max_length=200)] = ""
    en: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _something(self) -> Said:
        if not any(words.strip() for words in (self.kk, self.ru, self.en)):
            raise ValueError("words_missing")
        return self

    def in_all(self) -> dict[str, str]:
        """With the words of another language where one has none."""
        words = {code: getattr(self, code).strip() for code in ("kk", "ru", "en")}
        there = next(filter(None, words.values()))
        return {code: written or there for code, written in words.items()}


class Announce(Payload):
    """Tell everybody something plain, such as when lunch is: phones, tablets and screens show it until a moment."""

    text: Said
    until_at: AwareDatetime


class EndAnnouncement(Payload):
    """Take an announcement off before its time."""

    announcement: Annotated[str, Field(max_length=36)]


class Card(Payload):
    """One card of the wall: a message, a rule, or a sponsor."""

    kind: Literal["message", "rule", "sponsor"]
    title: Names
    text: LongNames | None = None
    picture: Digest | None = None


class SetWall(Payload):
    """What the wall shows, in its order."""

    cards: Annotated[tuple[Card, ...], Field(max_length=40)]


class SetDelay(Payload):
    """Say how many minutes a field is late; 0 where it is on time."""

    field: Code
    minutes: Annotated[int, Field(ge=0, le=600)]


class CallRun(Payload):
    """Call an entry to its field, so that the pit and its followers know."""


class CallMatch(Payload):
    """Call both sides of a match to their field."""

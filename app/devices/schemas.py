"""What crosses the wire from field controllers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload

MOST_READINGS = 1000
INT64 = 2**63
MOST_FIT_BYTES = 2_000
MOST_HEARTBEAT_BYTES = 64_000
LONGEST_TICK_US = 1_000_000
Origin = Literal["board", "simulated", "replayed"]
DeviceName = Annotated[str, Field(min_length=1, max_length=80)]


def _real_instant(text: str) -> str:
    """The pattern lets 30 February through, which no clock of a run could count with."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("instant_invalid", "not a date and time") from None
    return text


def _storable(content: Any, most_bytes: int) -> None:
    """Free-form facts go where JSON of 64-bit numbers goes: the log, the live feed."""
    try:
        fits = len(orjson.dumps(content)) <= most_bytes
    except TypeError:
        fits = False
    if not fits:
        raise PydanticCustomError("not_storable", "too large, or numbers beyond 64 bits")


def _sound_fit(fit: dict[str, Any]) -> dict[str, Any]:
    _storable(fit, MOST_FIT_BYTES)
    tick_us = fit.get("tick_us")
    is_number = isinstance(tick_us, int | float) and not isinstance(tick_us, bool)
    if tick_us is not None and not (is_number and 0 < tick_us <= LONGEST_TICK_US):
        raise PydanticCustomError("tick_us_wrong", "tick_us is not a length of time")
    return fit


Instant = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$"),
    AfterValidator(_real_instant),
]
Fit = Annotated[dict[str, Any], AfterValidator(_sound_fit)]
"""The bridge's clock fit as it came; only ``tick_us``, a tick's length in microseconds, is counted with."""


class Reading(BaseModel):
    """A sensor's raw claim: an edge on a channel at a tick, mapped by the bridge to UTC ± ``uncertainty_us``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seq: Annotated[int, Field(ge=0, lt=INT64)]
    channel: Annotated[int, Field(ge=0, le=255)]
    edge: Literal["rise", "fall"]
    ticks: Annotated[int, Field(ge=0, le=2**64 - 1)]
    at_utc: Instant
    uncertainty_us: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ReadingBatch(BaseModel):
    """Readings of one boot of one device, in order; sending it again is harmless.

    ``sent_at_utc`` is the controller's clock at the sending: with it the server knows how old each reading is, however
    wrong that clock may be.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    device: DeviceName
    boot: Annotated[int, Field(ge=0, lt=INT64)]
    origin: Origin = "board"
    fit: Fit | None = None
    sent_at_utc: Instant | None = None
    readings: Annotated[tuple[Reading, ...], Field(max_length=MOST_READINGS)]


class RecordReading(Payload):
    """Keep one reading, and let it start or finish the run its field is armed for."""

    device: DeviceName
    boot: int
    origin: Origin
    fit: dict[str, Any] | None = None
    age_us: float | None = None
    reading: Reading


class WiredChannel(Payload):
    """An input of a board and what it is wired to; only ``edge`` counts. ``number`` tells splits and zones apart."""

    channel: Annotated[int, Field(ge=0, le=255)]
    role: Literal["start_gate", "finish_gate", "split", "lap_gate", "zone", "touch", "start_button", "e_stop"]
    edge: Literal["rise", "fall"] = "fall"
    debounce_us: Annotated[int, Field(ge=0, le=65_535)] = 2_000
    hold_off_us: Annotated[int, Field(ge=0, le=1_000_000_000)] = 500_000
    number: Annotated[int, Field(ge=0, le=99)] = 0
    lanes: Annotated[tuple[Code, ...], Field(max_length=16)] = ()


class WiredOutput(Payload):
    """An output of a board and what it is for."""

    output: Annotated[int, Field(ge=0, le=255)]
    use: Literal["ready_lamp"]


class WiredBoard(Payload):
    """A board by its name, or any board (an empty name) of the field's."""

    device: Annotated[str, Field(max_length=80)] = ""
    channels: Annotated[tuple[WiredChannel, ...], Field(max_length=32)]
    outputs: Annotated[tuple[WiredOutput, ...], Field(max_length=32)] = ()


class WireField(Payload):
    """Say what a field's boards are wired to, and which times are believed there."""

    boards: Annotated[tuple[WiredBoard, ...], Field(min_length=1, max_length=8)]
    shortest_s: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)] | None = None
    longest_s: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)] | None = None
    laps: Annotated[int, Field(ge=1, le=1_000)] | None = None


class StartSelfTest(Payload):
    """Test a field: until the test ends, what its gates report moves no run."""


class Check(Payload):
    """One thing a self-test looked at; ``facts`` are what its sentence needs."""

    code: Annotated[str, Field(max_length=40)]
    passed: bool
    facts: dict[str, Any] = Field(default_factory=dict)


class FinishSelfTest(Payload):
    """End a field's self-test with what was found."""

    checks: Annotated[tuple[Check, ...], Field(max_length=200)]


class OverrideSelfTest(Payload):
    """Let a field take runs although its self-test failed, or was not ended."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ReleaseField(Payload):
    """Let a field take runs again after its emergency stop."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Heartbeat(BaseModel):
    """A controller's health, once a second; unknown facts are kept as they are, for the referee to see."""

    model_config = ConfigDict(extra="allow", frozen=True)

    device: DeviceName
    boot: int | None = None
    origin: Origin = "board"
    clock: dict[str, Any] | None = None
    spool: dict[str, Any] | None = None
    faults: tuple[dict[str, Any], ...] = ()

    @model_validator(mode="after")
    def _can_be_told(self) -> Self:
        _storable(self.model_dump(), MOST_HEARTBEAT_BYTES)
        return self

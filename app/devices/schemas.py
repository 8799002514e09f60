"""What crosses the wire from field controllers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..eventlog.deciding import Payload

MOST_READINGS = 1000
INT64 = 2**63
Origin = Literal["board", "simulated", "replayed"]
DeviceName = Annotated[str, Field(min_length=1, max_length=80)]


class Reading(BaseModel):
    """A sensor's raw claim: an edge on a channel at a tick, mapped by the bridge to UTC ± ``uncertainty_us``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seq: Annotated[int, Field(ge=0, lt=INT64)]
    channel: Annotated[int, Field(ge=0, le=255)]
    edge: Literal["rise", "fall"]
    ticks: Annotated[int, Field(ge=0, lt=2**64)]
    at_utc: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$")]
    uncertainty_us: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ReadingBatch(BaseModel):
    """Readings of one boot of one device, in order; sending it again is harmless."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    device: DeviceName
    boot: Annotated[int, Field(ge=0, lt=INT64)]
    origin: Origin = "board"
    fit: dict[str, Any] | None = None
    readings: Annotated[tuple[Reading, ...], Field(max_length=MOST_READINGS)]


class RecordReading(Payload):
    """Keep one reading, and let it start or finish the run its field is armed for."""

    device: DeviceName
    boot: int
    origin: Origin
    fit: dict[str, Any] | None = None
    reading: Reading


class Heartbeat(BaseModel):
    """A controller's health, once a second; unknown facts are kept as they are, for the referee to see."""

    model_config = ConfigDict(extra="allow", frozen=True)

    device: DeviceName
    boot: int | None = None
    origin: Origin = "board"
    clock: dict[str, Any] | None = None
    spool: dict[str, Any] | None = None
    faults: tuple[dict[str, Any], ...] = ()

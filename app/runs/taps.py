"""The moment of a tap, told by a tablet that may have been offline since: how far it can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field, FiniteFloat

from ..eventlog.deciding import Payload

Instant = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)$")]
LATEST = timedelta(hours=12)
"""A tap that is told later than this is not believed: the tablet's clock was wrong."""
AHEAD = timedelta(seconds=2)
"""How far a tablet that knows the server's clock may be ahead of it."""


class Tap(Payload):
    """When a judge tapped, by the server's clock as the tablet knew it, and by how much it may be off.

    ``uncertainty_ms`` is None where the tablet never heard the server's clock: then it is the tablet's own.
    """

    at_utc: Instant
    uncertainty_ms: Annotated[FiniteFloat, Field(ge=0, le=3_600_000)] | None = None


def tapped_at(tap: Tap, now: datetime) -> datetime | None:
    """The moment of a tap; None where it cannot have been then."""
    try:
        at = datetime.fromisoformat(tap.at_utc).astimezone(UTC)
    except ValueError:
        return None
    ahead = AHEAD + timedelta(milliseconds=tap.uncertainty_ms or 0)
    return at if now - LATEST <= at <= now + ahead else None

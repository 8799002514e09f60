"""The read API's part of the OpenAPI description."""

from __future__ import annotations

from .schemas import (
    CompetitionTold,
    CountsTold,
    EntriesTold,
    MatchesTold,
    RunsTold,
    StandingsTold,
    Told,
)

READINGS: dict[str, tuple[str, type[Told]]] = {
    "/api/v1/c/{slug}": ("A competition, its fields and divisions", CompetitionTold),
    "/api/v1/c/{slug}/entries": ("Its teams", EntriesTold),
    "/api/v1/c/{slug}/counts": ("How many take part, and from where", CountsTold),
    "/api/v1/c/{slug}/divisions/{code}/standings": ("A division in order", StandingsTold),
    "/api/v1/c/{slug}/divisions/{code}/runs": ("The runs of a division", RunsTold),
    "/api/v1/c/{slug}/divisions/{code}/matches": ("The matches of a division", MatchesTold),
}
"""Each path with its summary and what it answers."""

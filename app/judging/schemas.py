"""What crosses the wire about panels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload

Id = Annotated[str, Field(min_length=1, max_length=36)]
TieKind = Literal["school", "district", "family", "other"]


class Affiliation(Payload):
    """Where a judge comes from; empty where nobody said."""

    judge: Id
    organisation: Annotated[str, Field(max_length=300)] = ""
    district: Annotated[str, Field(max_length=120)] = ""


class StateAffiliations(Payload):
    """Say where judges come from, so that ties to teams can be found before they mark."""

    judges: Annotated[tuple[Affiliation, ...], Field(max_length=200)]


class Tie(Payload):
    """A judge who must not mark a project, and why."""

    judge: Id
    entry: Id
    kind: TieKind


class DrawPanel(Payload):
    """Have judges mark every project of a division, each with a sheet of their own, in a room.

    ``judges`` are ids of accounts, at least as many as the rules ask for a project; none marks a project that one of
    ``ties`` names. ``blind`` hides the teams' names from the panel, ``secret`` every result from the public until it is
    revealed; the same ``seed`` draws the same order again.
    """

    field: Code
    judges: Annotated[tuple[Id, ...], Field(min_length=1, max_length=40)]
    ties: Annotated[tuple[Tie, ...], Field(max_length=20_000)] = ()
    blind: bool = False
    secret: bool = False
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class AddLateProjects(Payload):
    """Have a panel mark the projects that came in after it was drawn; none of ``ties`` is given to its judge."""

    ties: Annotated[tuple[Tie, ...], Field(max_length=20_000)] = ()


class StepAside(Payload):
    """A judge cannot mark a project, because of a tie nobody knew of before."""

    kind: TieKind


class GiveSheets(Payload):
    """Hand the sheets a judge has not confirmed yet to another judge; without ``judge`` those that nobody has."""

    judge: Id | None = None
    to: Id

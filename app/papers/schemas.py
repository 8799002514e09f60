"""What crosses the wire about papers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..eventlog.deciding import Payload

Kind = Literal["diploma", "participation", "coach", "judge"]
Language = Literal["kk", "ru", "en"]
Languages = Annotated[tuple[Language, ...], Field(min_length=1, max_length=3)]
FullName = Annotated[str, Field(min_length=2, max_length=200)]
Text = Annotated[str, Field(max_length=1000)]


class SetOfficials(Payload):
    """Say who signs: the chief judge, the judges, the secretary. Replaces whom it named before."""

    chief_judge: FullName | None = None
    judges: Annotated[tuple[FullName, ...], Field(max_length=40)] = ()
    secretary: FullName | None = None


class DecideTie(Payload):
    """The jury's word on those level at the border of a degree: take them all in, or leave them out."""

    degree: Annotated[int, Field(ge=1, le=10)]
    decision: Literal["extend", "leave_out"]


class PublishOverall(Payload):
    """Make the overall protocol official: every division that was held is, as it stands."""


class DesignPaper(Payload):
    """The organiser's own words and background of a kind of paper. ``background`` is the SHA-256 of a picture."""

    kind: Kind
    title: dict[Language, Text]
    text: dict[Language, Text]
    background: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class IssuePapers(Payload):
    """Number the papers of a kind, for a division or for all; those who have theirs already get no second one."""

    kind: Kind
    division: Annotated[str, Field(max_length=32)] | None = None
    languages: Languages = ("kk", "ru")

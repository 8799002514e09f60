"""What is told to those who read with a key; every answer is made through these, so the description is true."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Figure = bool | int | float | str | None


class Told(BaseModel):
    """The base of every answer: a field that is not described is a mistake of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Told):
    """One name in the three languages."""

    kk: str
    ru: str
    en: str


class FieldTold(Told):
    """A field (an arena's playing surface)."""

    code: str
    name: str


class DivisionTold(Told):
    """A division. While it is frozen, ``published`` and ``revision`` are as they were then."""

    code: str
    name: Words
    discipline: str
    kind: str
    ruleset_digest: str
    entries: int
    has_matches: bool
    published: bool
    frozen_at_utc: str | None


class CompetitionTold(Told):
    """A competition's own facts, its fields and divisions."""

    slug: str
    name: Words
    venue: str
    starts_on: str
    ends_on: str
    zone: str
    level: Literal["school", "district", "region", "republic"]
    demo: bool
    fields: list[FieldTold]
    divisions: list[DivisionTold]


class EntryTold(Told):
    """A team as everyone may see it; one that was taken down is its number alone. ``region`` is ISO 3166-2."""

    id: str
    number: int
    team: str
    organisation: str
    region: str | None
    region_name: Words | None


class DivisionEntryTold(EntryTold):
    """A team and the division it is in."""

    division: str


class EntriesTold(Told):
    """Every entry, by number."""

    entries: list[DivisionEntryTold]


class ColumnTold(Told):
    """A column of results: ``time`` is in seconds, ``points`` and ``number`` have the unit given."""

    name: str
    label: Words
    type: str
    unit: str | None


class AttemptTold(Told):
    """One attempt; ``values`` is null until it is confirmed."""

    attempt: int
    status: str
    mark: str | None
    values: dict[str, Figure] | None
    hand_time: bool
    corrected: bool


class PlaceTold(Told):
    """A line of the standings; ``rank`` is null for who has no place, ``decided_by`` the criterion that settled it."""

    rank: int | None
    mark: str | None
    entry: EntryTold
    values: dict[str, Figure]
    attempts: list[AttemptTold]
    decided_by: str | None


class OfficialTold(Told):
    """The newest publication: ``is_current`` says whether results still are what was published then."""

    revision: int
    at_utc: str
    code: str
    head: str
    is_current: bool


class StandingsTold(Told):
    """A division in order, as the public sees it: a frozen one as it stood."""

    division: str
    columns: list[ColumnTold]
    attempt_columns: list[ColumnTold]
    rows: list[PlaceTold]
    unconfirmed: int
    frozen_at_utc: str | None
    official: OfficialTold | None


class RunTold(Told):
    """A run; ``sealed`` where a ceremony keeps its result. ``elapsed_us`` is what the field measured."""

    id: str
    field: str | None
    attempt: int
    position: int
    entry: EntryTold
    status: str
    rank: int | None
    mark: str | None
    values: dict[str, Figure] | None
    elapsed_us: int | None
    practice: bool
    sealed: bool


class RunsTold(Told):
    """The runs of a division in the order of its start list."""

    division: str
    runs: list[RunTold]


class MatchTold(Told):
    """A match; ``winner`` is the id of one of its sides.

    ``alliances`` are all who play for each side, where those are more than one; a match does not count for the
    ``surrogates`` among them, and is lost for the ``absent``, by their ids.
    """

    id: str
    number: int
    phase: str
    part: str
    group: int | None
    round: int
    field: str | None
    sides: list[EntryTold]
    alliances: list[list[EntryTold]]
    surrogates: list[str]
    absent: list[str]
    status: str
    score: list[float]
    winner: str | None
    is_over: bool
    walkover: bool


class MatchesTold(Told):
    """The matches of a division in their order; those paired since it was frozen are not told."""

    division: str
    is_over: bool
    matches: list[MatchTold]


class CountTold(Told):
    """How many participants and teams have a value; the value is in the asker's language, empty where unknown."""

    value: str
    participants: int
    teams: int


class CountsTold(Told):
    """Who takes part: everybody once in the totals; groups are division, region, district, grade, sex, …"""

    participants: int
    coaches: int
    teams: int
    organisations: int
    groups: dict[str, list[CountTold]]

"""The parts of a ruleset about matches, phases, rubrics and awards, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from .parts import Words


@dataclass(frozen=True, slots=True)
class MatchPoints:
    """What a match is worth in a table; ``bye`` is for an entry without an opponent (a win, unless said)."""

    win: float = 3.0
    draw: float = 1.0
    loss: float = 0.0
    bye: float | None = None


@dataclass(frozen=True, slots=True)
class Countdown:
    """A count the referee begins when a side, or both, come into a position: nobody moves, say, or one pins the other.

    ``of`` side or both. ``then`` is what the referee is offered when ``seconds`` are over: of a side, that it has lost
    the bout, has won it, or has a warning; of both, a restart of the bout, or that it is over as if time had run out.
    """

    id: str
    label: Words
    seconds: float
    of: str
    then: str


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How two sides meet.

    ``decided_by`` bouts: who wins more of ``bouts``; points: who first collects ``target`` (yuhkoh) over the bouts;
    score: who has more after the match. So many warnings or false starts lose a bout. ``draws``: allowed, replayed,
    or decided (by a judge). ``countdowns``: what the referee may count while a bout is fought.
    """

    bouts: int = 1
    bout_limit_s: float | None = None
    break_s: float | None = None
    decided_by: str = "bouts"
    target: int | None = None
    warnings_to_loss: int | None = None
    false_starts_to_loss: int | None = None
    on_time_out: str = "draw"
    draws: str = "allowed"
    score_difference_cap: int | None = None
    points: MatchPoints = MatchPoints()
    countdowns: tuple[Countdown, ...] = ()

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        points = MatchPoints(**content.get("points", {}))
        countdowns = tuple(Countdown(**one) for one in content.get("countdowns", ()))
        return cls(**{**content, "points": points, "countdowns": countdowns})

    def countdown(self, id_: str | None) -> Countdown | None:
        return next((one for one in self.countdowns if one.id == id_), None)

    @property
    def needed(self) -> int:
        """The bouts or points that win the match."""
        return self.target if self.target is not None else self.bouts // 2 + 1


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on: the first ``top`` overall, of each group, or a share; ``ties`` says what a tie at the line does."""

    top: int | None = None
    of_each_group: int | None = None
    share: float | None = None
    least_wins: int | None = None
    ties: str = "extend"


@dataclass(frozen=True, slots=True)
class AllianceRules:
    """How alliances come about: ``count`` captains pick ``picks`` partners each, in as many rounds.

    ``order`` of the even rounds: serpentine (from the last alliance to the first) or straight. ``backups``: how many
    teams an alliance may call in later.
    """

    count: int
    picks: int
    order: str = "serpentine"
    backups: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the contest; ``groups``, ``rounds``, ``legs`` and ``best_of`` count what their names say.

    With ``alliances`` those who come into it choose partners first; from then on alliances meet, not entries.
    In a qualification ``side`` entries meet as many, each time with other partners, each in ``rounds`` matches whose
    numbers are ``min_gap`` apart where so many entries allow that.
    """

    id: str
    label: Words
    format: str
    groups: int = 1
    rounds: int | None = None
    side: int = 1
    min_gap: int = 1
    legs: int = 1
    bronze: bool = False
    best_of: int = 1
    final_best_of: int | None = None
    final_reset: bool = False
    carry_over: bool = True
    advance: Advance | None = None
    alliances: AllianceRules | None = None

    @property
    def is_qualification(self) -> bool:
        return self.format == "qualification"

    @property
    def is_elimination(self) -> bool:
        return self.format in ("single_elimination", "double_elimination", "alliances_of_8")

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        advance = Advance(**content["advance"]) if "advance" in content else None
        alliances = AllianceRules(**content["alliances"]) if "alliances" in content else None
        return cls(**{**content, "advance": advance, "alliances": alliances})


@dataclass(frozen=True, slots=True)
class Level:
    value: float
    text: Words


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """A line of a judge's form; a mark counts ``weight`` times."""

    id: str
    label: Words
    max: float
    min: float = 0.0
    weight: float = 1.0
    step: float = 1.0
    group: str | None = None
    note: bool = False
    levels: tuple[Level, ...] = ()

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        levels = tuple(Level(**level) for level in content.get("levels", ()))
        return cls(**{**content, "levels": levels})


@dataclass(frozen=True, slots=True)
class Rubric:
    criteria: tuple[RubricCriterion, ...]
    judges_per_project: int = 1

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        return cls(
            tuple(map(RubricCriterion.read, content["criteria"])), content.get("judges_per_project", 1)
        )


@dataclass(frozen=True, slots=True)
class Nomination:
    id: str
    label: Words


@dataclass(frozen=True, slots=True)
class Awards:
    """Degrees by a share of the participants and its split over I, II, III; or by ``places`` a degree."""

    winners_share: float | None = None
    split: tuple[float, ...] = (0.2, 0.3, 0.5)
    places: tuple[int, ...] = ()
    nominations: tuple[Nomination, ...] = field(default=())
    certificates: str = "all"

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        lists = {key: tuple(content[key]) for key in ("split", "places") if key in content}
        nominations = tuple(Nomination(**nomination) for nomination in content.get("nominations", ()))
        return cls(**{**content, **lists, "nominations": nominations})

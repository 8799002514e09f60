"""A match of two sides: who took each bout, and who the match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from .contest import MatchRules

Status = Literal["open", "won", "drawn", "replay", "to_decide"]
Sides = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bout:
    """One scored engagement. ``points`` (yuhkoh, goals), ``warnings`` and ``false_starts`` are by side.

    ``decision`` is the judge's after a time-out. ``countdown`` is the id of the rules' countdown that ended it.
    """

    winner: str | None = None
    points: Mapping[str, float] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)
    false_starts: Mapping[str, int] = field(default_factory=dict)
    timed_out: bool = False
    decision: str | None = None
    countdown: str | None = None

    @classmethod
    def read(cls, content: Mapping[str, Any] | str | None) -> Bout:
        """A bout as JSON has it; a plain text is the side that won."""
        return cls(**content) if isinstance(content, Mapping) else cls(winner=content)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took a bout and by what: pushed out, warnings, false starts, a countdown, a decision. None: nobody has."""

    winner: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A match as it stands. ``status`` is open until the rules close it; ``score`` is in the order of the sides."""

    status: Status
    winner: str | None
    score: tuple[float, float]
    bouts: tuple[Taken, ...]

    @property
    def is_closed(self) -> bool:
        return self.status in ("won", "drawn")


def decide(rules: MatchRules, sides: Sides, bouts: Sequence[Bout], decision: str | None = None) -> Outcome:
    """What the bouts so far make of the match; ``decision`` is the judge's between level sides."""
    taken: list[Taken] = []
    score = dict.fromkeys(sides, 0.0)
    for at, bout in enumerate(bouts):
        made = _take(rules, sides, bouts[: at + 1])
        taken.append(made)
        for side in sides:
            score[side] += _points(rules, bout, made, side)
    settled = sum(made.winner is not None or made.by == "drawn" for made in taken)
    status, winner = _settle(rules, sides, score, settled, decision)
    return Outcome(status, winner, (score[sides[0]], score[sides[1]]), tuple(taken))


def _take(rules: MatchRules, sides: Sides, bouts: Sequence[Bout]) -> Taken:
    """Who took the last of these bouts; warnings and false starts add up over the match."""
    bout = bouts[-1]
    for by, limit in (("false_starts", rules.false_starts_to_loss), ("warnings", rules.warnings_to_loss)):
        for side in sides:
            if limit and _reaches(limit, [getattr(one, by).get(side, 0) for one in bouts]):
                return Taken(_other(sides, side), by)
    ended_by = rules.countdown(bout.countdown)
    if bout.winner is not None:
        return Taken(bout.winner, "countdown" if ended_by else "bout")
    if ended_by and ended_by.then == "restart":
        return Taken(None, "restarted")
    if bout.timed_out:
        return _timed_out(rules, bout)
    return Taken(None, "drawn" if rules.decided_by == "score" else "open")


def _reaches(limit: int, counts: Sequence[int]) -> bool:
    """Whether the last count brings the sum to the next multiple of ``limit``."""
    return sum(counts) // limit > sum(counts[:-1]) // limit


def _timed_out(rules: MatchRules, bout: Bout) -> Taken:
    if rules.on_time_out == "replay":
        return Taken(None, "replayed")
    if rules.on_time_out == "draw":
        return Taken(None, "drawn")
    return Taken(bout.decision, "decision" if bout.decision else "to_decide")


def _points(rules: MatchRules, bout: Bout, taken: Taken, side: str) -> float:
    """What a bout adds to a side: one for a bout won, or the points it collected."""
    if rules.decided_by == "bouts":
        return float(taken.winner == side)
    if rules.decided_by == "score" or bout.points:
        lost_by_rule = taken.by in ("false_starts", "warnings") and taken.winner == side
        return float(bout.points.get(side, 0)) + float(lost_by_rule)
    return float(taken.winner == side)


def _settle(
    rules: MatchRules, sides: Sides, score: Mapping[str, float], settled: int, decision: str | None
) -> tuple[Status, str | None]:
    ahead, behind = sorted(sides, key=lambda side: -score[side])
    over = settled >= rules.bouts
    if score[ahead] > score[behind] and (over or _is_decided(rules, score[ahead])):
        return "won", ahead
    if not over:
        return "open", None
    if rules.draws == "allowed":
        return "drawn", None
    if rules.draws == "replayed":
        return "replay", None
    return ("won", decision) if decision else ("to_decide", None)


def _is_decided(rules: MatchRules, score: float) -> bool:
    """Whether a side has what wins before all bouts are played; a score is counted to the end."""
    return rules.decided_by != "score" and score >= rules.needed


def _other(sides: Sides, side: str) -> str:
    return sides[1] if side == sides[0] else sides[0]

"""What is kept of a match's result that its tablet sent after somebody else's had been taken."""

from __future__ import annotations

from typing import Any

from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target
from ..eventlog.fold import State
from ..runs.disputes import disputed, is_same
from ..runs.notes import Notes
from .match import Match
from .schemas import CorrectMatch, EnterMatch, GiveWalkover
from .sheets import captains_said, checked, outcome_of, sealed_bouts
from .targets import contest_of, match_on_own_field


def keep_disputed(
    state: State, target: Target, payload: EnterMatch | CorrectMatch | GiveWalkover, context: Context
) -> Decision:
    """Keep it as a dispute where it says otherwise than what stands. Raises Refusal where it cannot be this match's.

    Nothing is kept against a match that is still open, or that no longer stands.
    """
    match = match_on_own_field(state, target, context)
    if match.outcome is None or match.called_off or match.replaced_by is not None:
        return Decision()
    notes = Notes(state)
    claim = (
        _walkover(match, payload)
        if isinstance(payload, GiveWalkover)
        else _played(state, match, payload, notes)
    )
    stands = {
        "bouts": match.bouts,
        "decision": match.decision,
        "walkover": match.outcome.walkover,
        "winner": match.winner,
    }
    if is_same(stands, claim, notes.texts()):
        return Decision()
    said = {
        "note": notes.take(getattr(payload, "note", None)),
        "reason": notes.take(getattr(payload, "reason", None)),
        "captains": captains_said(match, payload, notes) if isinstance(payload, EnterMatch) else {},
    }
    return Decision([disputed("match", match.id, match.field, claim | said, context)], notes.rows)


def _played(state: State, match: Match, payload: EnterMatch | CorrectMatch, notes: Notes) -> dict[str, Any]:
    """What the bouts of a result come to. Raises Refusal for those that cannot be of this match."""
    ruleset = contest_of(state, match.division).ruleset
    checked(ruleset, match, payload, whole=False)
    outcome = outcome_of(ruleset, match, payload)
    return {
        "bouts": sealed_bouts(ruleset, payload.bouts, notes),
        "decision": payload.decision,
        "winner": outcome.winner,
        "score": list(outcome.score),
    }


def _walkover(match: Match, payload: GiveWalkover) -> dict[str, Any]:
    """That a side, or neither, was there. Raises Refusal for a winner who is not of this match."""
    if payload.winner is not None and payload.winner not in match.sides:
        raise Refusal("side_unknown", [Problem("side_unknown", "winner")], side=payload.winner)
    return {"bouts": [], "decision": None, "winner": payload.winner, "score": [], "walkover": True}

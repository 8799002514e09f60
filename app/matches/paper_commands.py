"""The command for a match sheet that was filled in on paper and is keyed in afterwards."""

from __future__ import annotations

from typing import Any

from scoring.situation import Decided

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .commands import after
from .match import Match
from .schemas import KeyPaperMatch
from .sheets import scored
from .state import Matches
from .targets import match_version, open_match, ruleset_of


@command(KeyPaperMatch, on="match", roles=("organiser", "referee"), version_of=match_version)
def key_paper_match(state: State, target: Target, payload: KeyPaperMatch, context: Context) -> Decision:
    """As if its judge had entered it, marked as from paper; who keyed it stands in the log."""
    match = open_match(state, target, context)
    other = state[Matches].on_field(match.field)
    if other is match and match.bouts:
        raise Refusal("match_on_tablet", match=match.number)
    for side in (*payload.captains, *payload.absent):
        if side not in match.sides:
            raise Refusal("side_unknown", [Problem("side_unknown", None)], side=side)
    notes = Notes(state)
    about = {"match": match.id, "paper": notes.take(payload.judge)}
    if payload.absent:
        if payload.bouts:
            raise Refusal("bouts_invalid", [Problem("bouts_invalid", "absent")])
        return _walkover(state, match, payload, about, notes)
    data = scored(ruleset_of(state, match), match, payload, notes)
    captains = {side: {"outcome": outcome, "note": None} for side, outcome in payload.captains.items()}
    event = Event("MatchEntered", {**data, **about, "note": notes.take(payload.note), "captains": captains})
    decided = Decided(data["winner"], tuple(data["score"]))
    return Decision([event, *after(state, match, decided)], notes.rows)


def _walkover(
    state: State, match: Match, payload: KeyPaperMatch, about: dict[str, Any], notes: Notes
) -> Decision:
    """Given to the side that came, or lost by both."""
    winner = next((side for side in match.sides if side not in payload.absent), None)
    event = Event("WalkoverGiven", {**about, "winner": winner, "reason": notes.take(payload.note)})
    decided = Decided(winner, lost_by_both=winner is None)
    return Decision([event, *after(state, match, decided)], notes.rows)

"""Commands that change what is next on a field: a match moved, two exchanged, one more for practice."""

from __future__ import annotations

from uuid_utils import uuid7

from ..competitions.commands import existing
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .order_commands import STEERING
from .schemas import AddPracticeMatch, MoveMatch, SwapMatches
from .state import Matches
from .targets import JUDGES, check_fields, own_match


@command(MoveMatch, on="match", roles=STEERING)
def move_match(state: State, target: Target, payload: MoveMatch, context: Context) -> Decision:
    match = own_match(state, target, context)
    if match.is_begun or match.is_over:
        raise Refusal("match_begun", match=match.number)
    check_fields(state, [payload.field])
    queue = state[Matches].queues.get(payload.field, [])
    if payload.before is not None and (payload.before == match.id or payload.before not in queue):
        raise Refusal("match_unknown", [Problem("match_unknown", "before")], match=payload.before)
    data = {"match": match.id, "field": payload.field, "before": payload.before}
    return Decision([Event("MatchMoved", data)])


@command(SwapMatches, on="match", roles=JUDGES)
def swap_matches(state: State, target: Target, payload: SwapMatches, context: Context) -> Decision:
    """A side is late, say, and the next match goes first; only matches that nobody began can be exchanged."""
    match = own_match(state, target, context)
    other = state[Matches].by_id.get(payload.other)
    if other is None or other is match or other.pairing.is_bye or other.field != match.field:
        raise Refusal("match_not_there", [Problem("match_not_there", "other")], field=match.field)
    for one in (match, other):
        if one.is_begun or not one.is_waiting:
            raise Refusal("match_begun", match=one.number)
    notes = Notes(state)
    data = {
        "field": match.field,
        "match": match.id,
        "other": other.id,
        "reason": notes.take(payload.reason),
    }
    return Decision([Event("MatchesSwapped", data)], notes.rows)


@command(AddPracticeMatch, on="field", roles=(*JUDGES, "organiser"))
def add_practice_match(state: State, target: Target, payload: AddPracticeMatch, context: Context) -> Decision:
    """Before the matches that wait, so that it can be held now; the division need not be drawn."""
    check_fields(state, [target.id])
    if context.actor.fields and target.id not in context.actor.fields:
        raise Refusal("field_of_another", field=target.id)
    known = state[Entries].by_id
    if any(entry not in known for entry in payload.entries):
        raise Refusal("entry_unknown", [Problem("entry_unknown", "entries")])
    first, second = (known[entry] for entry in payload.entries)
    if first is second or first.division != second.division:
        raise Refusal("practice_sides_wrong", [Problem("practice_sides_wrong", "entries")])
    if existing(state).divisions[first.division].ruleset.match is None:
        raise Refusal("division_without_matches", division=first.division)
    waiting = next(state[Matches].waiting(target.id), None)
    data = {
        "match": str(uuid7()),
        "division": first.division,
        "field": target.id,
        "sides": list(payload.entries),
        "before": waiting.id if waiting else None,
    }
    return Decision([Event("PracticeMatchAdded", data)])

"""Which match a command is about, and whether anything may still be entered for it."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.model import Ruleset

from ..competitions.commands import existing
from ..competitions.state import Division, Setup
from ..eventlog.deciding import Context, Problem, Refusal, Target
from ..eventlog.fold import State
from .contest import Contest
from .match import Match
from .state import Matches

JUDGES = ("judge", "referee")


def match_version(state: State, target: Target) -> int:
    """The version of the match a command is about; 0 where there is no such match (deciding says so)."""
    match = state[Matches].by_id.get(target.id)
    return match.version if match else 0


def match_on_own_field(state: State, target: Target, context: Context) -> Match:
    """The match a command is about, if it is on a field of the actor's. Raises Refusal otherwise."""
    existing(state)
    match = state[Matches].by_id.get(target.id)
    if match is None or match.pairing.is_bye:
        raise Refusal("match_unknown", match=target.id)
    if context.actor.fields and match.field not in context.actor.fields:
        raise Refusal("field_of_another", field=match.field)
    return match


def own_match(state: State, target: Target, context: Context) -> Match:
    """The match a command is about, if it is on a field of the actor's and stands. Raises Refusal otherwise."""
    match = match_on_own_field(state, target, context)
    if match.called_off:
        raise Refusal("match_called_off", match=match.number)
    if match.replaced_by is not None:
        raise Refusal("match_replaced", match=match.number)
    return match


def open_match(state: State, target: Target, context: Context) -> Match:
    """The same, if it is still to be decided. Raises Refusal otherwise."""
    match = own_match(state, target, context)
    if match.is_confirmed:
        raise Refusal("match_confirmed", match=match.number)
    if match.is_over:
        raise Refusal("match_given", match=match.number)
    return match


def division_of(state: State, target: Target) -> Division:
    """The division a command is about, if it has matches. Raises Refusal otherwise."""
    divisions = existing(state).divisions
    if target.id not in divisions:
        raise Refusal("division_unknown", division=target.id, known=", ".join(divisions))
    division = divisions[target.id]
    if division.ruleset.match is None:
        raise Refusal("division_without_matches", division=target.id)
    return division


def check_fields(state: State, fields: Iterable[str]) -> None:
    """Raises Refusal where the competition has no such field."""
    known = existing(state).fields
    for code in fields:
        if code not in known:
            raise Refusal("field_unknown", [Problem("field_unknown", "fields")], field=code)


def ruleset_of(state: State, match: Match) -> Ruleset:
    """The rules a match is played by, practice before the draw among them."""
    return state[Setup].divisions[match.division].ruleset


def contest_of(state: State, division: str) -> Contest:
    """The division's contest. Raises Refusal where its matches are not drawn."""
    contest = state[Matches].contest(division)
    if contest is None:
        raise Refusal("matches_not_drawn", division=division)
    return contest

"""Commands a judge or referee gives about a match: open it, show its bouts, confirm it, correct it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from uuid_utils import uuid7

from scoring.situation import Decided, Situation

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.fields import Fields
from ..runs.notes import Notes
from ..runs.state import LIVE, Runs
from .match import Match
from .pairing import follow
from .schemas import CloseMatch, CorrectMatch, EnterMatch, GiveWalkover, OpenMatch, ReplayMatch, ShowBouts
from .sheets import checked, plain_bouts, scored
from .state import Matches
from .targets import JUDGES, contest_of, match_version, open_match, own_match


@command(OpenMatch, on="match", roles=JUDGES)
def open_match_on_field(state: State, target: Target, payload: OpenMatch, context: Context) -> Decision:
    match = open_match(state, target, context)
    other, run = state[Matches].on_field(match.field), state[Runs].on_field(match.field)
    if other is match:
        return Decision()
    barred = state[Fields].bar(match.field)
    if barred:
        raise Refusal(barred, field=match.field)
    if (other and other.bouts) or (run and run.status == LIVE):
        raise Refusal("field_busy", field=match.field)
    closed = [Event("RunClosed", {"run": run.id})] if run else []
    return Decision([*closed, Event("MatchOpened", {"match": match.id})])


@command(CloseMatch, on="match", roles=JUDGES)
def close_match(state: State, target: Target, payload: CloseMatch, context: Context) -> Decision:
    match = own_match(state, target, context)
    if state[Matches].on_field(match.field) is not match:
        return Decision()
    return Decision([Event("MatchClosed", {"match": match.id})])


@command(ShowBouts, on="match", roles=JUDGES)
def show_bouts(state: State, target: Target, payload: ShowBouts, context: Context) -> Decision:
    match = open_match(state, target, context)
    if state[Matches].on_field(match.field) is not match:
        raise Refusal("match_not_on_field", field=match.field)
    checked(contest_of(state, match.division).ruleset, match, payload, whole=False)
    data = {
        "match": match.id,
        "bouts": plain_bouts(payload.bouts),
        "decision": payload.decision,
        "clock": payload.clock.model_dump(mode="json"),
    }
    return Decision([Event("BoutsShown", data)])


@command(EnterMatch, on="match", roles=JUDGES, version_of=match_version)
def enter_match(state: State, target: Target, payload: EnterMatch, context: Context) -> Decision:
    """Confirm a match; the matches that follow from it appear with it."""
    match = open_match(state, target, context)
    notes = Notes(state)
    data = scored(contest_of(state, match.division).ruleset, match, payload)
    event = Event("MatchEntered", {"match": match.id, **data, "note": notes.take(payload.note)})
    return Decision([event, *_after(state, match, _decided(data))], notes.rows)


@command(CorrectMatch, on="match", roles=JUDGES, version_of=match_version)
def correct_match(state: State, target: Target, payload: CorrectMatch, context: Context) -> Decision:
    """A judge mends a slip until results are official; after that it takes a referee.

    Where the winner changes, matches not played yet are paired anew; it is refused where one was played.
    """
    match = own_match(state, target, context)
    _check_mendable(match, context)
    notes = Notes(state)
    data = scored(contest_of(state, match.division).ruleset, match, payload)
    event = Event("MatchCorrected", {"match": match.id, **data, "reason": notes.take(payload.reason)})
    return Decision([event, *_after(state, match, _decided(data))], notes.rows)


@command(GiveWalkover, on="match", roles=JUDGES, version_of=match_version)
def give_walkover(state: State, target: Target, payload: GiveWalkover, context: Context) -> Decision:
    match = own_match(state, target, context)
    if match.is_confirmed:
        _check_mendable(match, context)
    if payload.winner not in match.sides:
        raise Refusal("side_unknown", [Problem("side_unknown", "winner")], side=payload.winner)
    notes = Notes(state)
    data = {"match": match.id, "winner": payload.winner, "reason": notes.take(payload.reason)}
    return Decision(
        [Event("WalkoverGiven", data), *_after(state, match, Decided(payload.winner))], notes.rows
    )


@command(ReplayMatch, on="match", roles=("referee",), version_of=match_version)
def replay_match(state: State, target: Target, payload: ReplayMatch, context: Context) -> Decision:
    match = own_match(state, target, context)
    if not match.is_confirmed:
        raise Refusal("match_not_confirmed", match=match.number)
    notes = Notes(state)
    waiting = next(state[Matches].waiting(match.field), None)
    data = {
        "match": match.id,
        "replay": str(uuid7()),
        "before": waiting.id if waiting else None,
        "reason": notes.take(payload.reason),
    }
    return Decision([Event("MatchReplayOrdered", data), *_after(state, match, None)], notes.rows)


def _check_mendable(match: Match, context: Context) -> None:
    if not match.is_confirmed:
        raise Refusal("match_not_confirmed", match=match.number)
    if match.official and context.actor.role != "referee":
        raise Refusal("result_official", match=match.number)


def _decided(data: dict[str, Any]) -> Decided:
    return Decided(data["winner"], tuple(data["score"]))


def _after(state: State, match: Match, decided: Decided | None) -> list[Event]:
    """What follows in the contest once this match is decided so, or is open again."""
    contest = contest_of(state, match.division)
    return follow(state, contest, _with(contest.situation(), match.place, decided))


def _with(situation: Situation, place: str, decided: Decided | None) -> Situation:
    others = {at: one for at, one in situation.decided.items() if at != place}
    if decided is None:
        return replace(situation, decided=others, begun=situation.begun - {place})
    return replace(situation, decided={**others, place: decided}, begun=situation.begun | {place})

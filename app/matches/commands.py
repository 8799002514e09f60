"""Commands a judge or referee gives about a match: open it, show its bouts, confirm it, correct it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from uuid_utils import uuid7

from scoring.situation import Decided, Situation

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.disputes import settled, to_settle
from ..runs.fields import Fields
from ..runs.notes import Notes
from ..runs.state import LIVE, Runs
from .contest import Contest
from .late_matches import keep_disputed
from .match import Match
from .pairing import follow
from .schemas import (
    Bouts,
    CloseMatch,
    CorrectMatch,
    EnterMatch,
    GiveWalkover,
    OpenMatch,
    ReplayMatch,
    ShowBouts,
)
from .sheets import captains_said, check_counting, checked, rules_of, scored, shown_bouts
from .state import Matches
from .targets import (
    JUDGES,
    contest_of,
    match_on_own_field,
    match_version,
    open_match,
    own_match,
    ruleset_of,
)


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
    ruleset = ruleset_of(state, match)
    checked(ruleset, match, payload, whole=False)
    check_counting(rules_of(ruleset), match, payload.countdowns)
    data = {
        "match": match.id,
        "bouts": shown_bouts(ruleset, payload.bouts),
        "decision": payload.decision,
        "clock": payload.clock.model_dump(mode="json"),
        "countdowns": [one.model_dump(mode="json") for one in payload.countdowns],
    }
    return Decision([Event("BoutsShown", data)])


@command(
    EnterMatch,
    on="match",
    roles=JUDGES,
    version_of=match_version,
    stale=keep_disputed,
    only_own=match_on_own_field,
)
def enter_match(state: State, target: Target, payload: EnterMatch, context: Context) -> Decision:
    """Confirm a match; the matches that follow from it appear with it."""
    match = open_match(state, target, context)
    notes = Notes(state)
    data = scored(ruleset_of(state, match), match, payload, notes)
    about = {"note": notes.take(payload.note), "captains": captains_said(match, payload, notes)}
    event = Event("MatchEntered", {"match": match.id, **data, **about})
    return Decision([event, *after(state, match, _decided(data))], notes.rows)


@command(
    CorrectMatch,
    on="match",
    roles=JUDGES,
    version_of=match_version,
    stale=keep_disputed,
    only_own=match_on_own_field,
)
def correct_match(state: State, target: Target, payload: CorrectMatch, context: Context) -> Decision:
    """A judge mends a slip until results are official; after that it takes a referee.

    Where the winner changes, matches not played yet are paired anew; it is refused where one was played.
    """
    match = own_match(state, target, context)
    _check_mendable(match, context)
    disputes = to_settle(state, match.id, payload.settles, context)
    notes = Notes(state)
    events = corrected(state, match, payload, {"reason": notes.take(payload.reason)}, notes)
    return Decision([*events, *settled("match", match.id, match.field, disputes)], notes.rows)


def corrected(state: State, match: Match, bouts: Bouts, why: dict[str, Any], notes: Notes) -> list[Event]:
    """The events of a match corrected to these bouts; ``why`` goes with the first. Raises Refusal."""
    data = scored(ruleset_of(state, match), match, bouts, notes)
    event = Event("MatchCorrected", {"match": match.id, **data, **why})
    return [event, *after(state, match, _decided(data))]


@command(
    GiveWalkover,
    on="match",
    roles=JUDGES,
    version_of=match_version,
    stale=keep_disputed,
    only_own=match_on_own_field,
)
def give_walkover(state: State, target: Target, payload: GiveWalkover, context: Context) -> Decision:
    match = own_match(state, target, context)
    if match.is_confirmed:
        _check_mendable(match, context)
    if payload.winner is not None and payload.winner not in match.sides:
        raise Refusal("side_unknown", [Problem("side_unknown", "winner")], side=payload.winner)
    disputes = to_settle(state, match.id, payload.settles, context)
    notes = Notes(state)
    data = {"match": match.id, "winner": payload.winner, "reason": notes.take(payload.reason)}
    decided = Decided(payload.winner, lost_by_both=payload.winner is None)
    events = [Event("WalkoverGiven", data), *after(state, match, decided)]
    return Decision([*events, *settled("match", match.id, match.field, disputes)], notes.rows)


@command(ReplayMatch, on="match", roles=("referee",), version_of=match_version, only_own=match_on_own_field)
def replay_match(state: State, target: Target, payload: ReplayMatch, context: Context) -> Decision:
    match = own_match(state, target, context)
    if match.practice:
        raise Refusal("match_is_practice", match=match.id)
    if not match.is_confirmed:
        raise Refusal("match_not_confirmed", match=match.number)
    notes = Notes(state)
    return Decision(held_again(state, match, {"reason": notes.take(payload.reason)}), notes.rows)


def held_again(state: State, match: Match, why: dict[str, Any]) -> list[Event]:
    """The events of a match held again, next on its field; ``why`` goes with the first. Raises Refusal."""
    waiting = next(state[Matches].waiting(match.field), None)
    data = {"match": match.id, "replay": str(uuid7()), "before": waiting.id if waiting else None, **why}
    return [Event("MatchReplayOrdered", data), *after(state, match, None)]


def _check_mendable(match: Match, context: Context) -> None:
    if not match.is_confirmed:
        raise Refusal("match_not_confirmed", match=match.number)
    if match.official and context.actor.role != "referee":
        raise Refusal("result_official", match=match.number)


def _decided(data: dict[str, Any]) -> Decided:
    return Decided(data["winner"], tuple(data["score"]))


def after(state: State, match: Match, decided: Decided | None) -> list[Event]:
    """What follows in the contest once this match is decided so, or is open again; nothing from practice.

    Of drawn partners, who has withdrawn when it is decided was not there.
    """
    if match.practice:
        return []
    contest = contest_of(state, match.division)
    situation = _with(contest.situation(), match.place, decided)
    gone = contest.withdrawn.intersection(match.entries) - match.absent
    if decided is None or match.is_confirmed or not gone or not match.pairing.alliances:
        return follow(state, contest, situation)
    return absent_from(state, contest, situation, match, match.absent | gone)


def absent_from(
    state: State, contest: Contest, situation: Situation, match: Match, absent: frozenset[str]
) -> list[Event]:
    """That these of a match's drawn partners are not there, and what follows from it."""
    event = Event("AbsentPartnersSet", {"match": match.id, "absent": sorted(absent)})
    return [
        event,
        *follow(state, contest, replace(situation, absent={**situation.absent, match.place: absent})),
    ]


def _with(situation: Situation, place: str, decided: Decided | None) -> Situation:
    others = {at: one for at, one in situation.decided.items() if at != place}
    if decided is None:
        return replace(situation, decided=others, begun=situation.begun - {place})
    return replace(situation, decided={**others, place: decided}, begun=situation.begun | {place})

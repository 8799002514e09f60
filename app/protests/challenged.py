"""What a protest is about: a run or a match with a result, since when it stands, and what a ruling makes of it."""

from __future__ import annotations

from typing import Any

from ..eventlog.chain import Event
from ..eventlog.deciding import Refusal, Target
from ..eventlog.fold import State
from ..matches.commands import corrected, held_again
from ..matches.match import Match
from ..matches.schemas import Bouts
from ..matches.state import Matches
from ..runs.notes import Notes
from ..runs.order_commands import replay_event
from ..runs.sheets import scored
from ..runs.state import Run, Runs
from .schemas import DecideProtest
from .state import Protest, Protests

Challenged = Run | Match


def of_target(state: State, target: Target) -> Challenged:
    """The run or match a command is about, if its result may be challenged at all. Raises Refusal otherwise."""
    return _match(state, target.id) if target.kind == "match" else _run(state, target.id)


def of_protest(state: State, protest: Protest) -> Challenged:
    if protest.match is not None:
        return state[Matches].by_id[protest.match]
    assert protest.run is not None
    return state[Runs].by_id[protest.run]


def named(about: Challenged) -> dict[str, str]:
    """How events of a protest name what it is about."""
    return {"match" if isinstance(about, Match) else "run": about.id}


def protests_about(state: State, about: Challenged) -> list[Protest]:
    known = state[Protests]
    return known.of_match(about.id) if isinstance(about, Match) else known.of_run(about.id)


def stands_since(about: Challenged) -> str | None:
    """When its result was confirmed, or corrected last; None where there is none."""
    stands = about.outcome if isinstance(about, Match) else about.result
    return stands.at_utc if stands else None


def effect(
    state: State, about: Challenged, protest: Protest, ruling: DecideProtest, notes: Notes
) -> list[Event]:
    """What a ruling changes. Raises Refusal where the result or the correction does not allow it."""
    if ruling.effect == "none":
        return []
    if isinstance(about, Match):
        return _effect_on_match(state, about, protest, ruling, notes)
    if about.replaced_by is not None:
        raise Refusal("run_replaced", run=about.id)
    if ruling.effect == "replay":
        event = replay_event(state, about, notes, ruling.reason)
        return [Event(event.type, event.data | {"protest": protest.id})]
    return [Event("ScoreCorrected", scored(state, about, ruling, notes) | _why(protest, ruling, notes))]


def _why(protest: Protest, ruling: DecideProtest, notes: Notes) -> dict[str, Any]:
    return {"reason": notes.take(ruling.reason), "protest": protest.id}


def _effect_on_match(
    state: State, match: Match, protest: Protest, ruling: DecideProtest, notes: Notes
) -> list[Event]:
    why = _why(protest, ruling, notes)
    if match.replaced_by is not None:
        raise Refusal("match_replaced", match=match.number)
    if ruling.effect == "replay":
        return held_again(state, match, why)
    return corrected(state, match, Bouts(bouts=ruling.bouts, decision=ruling.decision), why, notes)


def _run(state: State, id_: str) -> Run:
    run = state[Runs].by_id.get(id_)
    if run is None:
        raise Refusal("run_unknown", run=id_)
    if run.practice:
        raise Refusal("run_is_practice", run=run.id)
    if not run.is_confirmed:
        raise Refusal("run_not_confirmed", run=run.id)
    if run.replaced_by is not None:
        raise Refusal("run_replaced", run=run.id)
    return run


def _match(state: State, id_: str) -> Match:
    match = state[Matches].by_id.get(id_)
    if match is None or match.pairing.is_bye:
        raise Refusal("match_unknown", match=id_)
    if match.practice:
        raise Refusal("match_is_practice", match=match.id)
    if match.called_off:
        raise Refusal("match_called_off", match=match.number)
    if not match.is_confirmed:
        raise Refusal("match_not_confirmed", match=match.number)
    if match.replaced_by is not None:
        raise Refusal("match_replaced", match=match.number)
    return match

"""Commands that freeze a division for the public and reveal it again."""

from __future__ import annotations

from datetime import datetime

from ..competitions.commands import ORGANISER, existing
from ..entries.state import Entries
from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .reveal import Ceremony
from .schemas import BeginCeremony, FreezeStandings, RevealNext, UndoReveal, UnfreezeStandings
from .state import Ceremonies


@command(FreezeStandings, on="division", roles=ORGANISER)
def freeze_standings(state: State, target: Target, payload: FreezeStandings, context: Context) -> Decision:
    """An instant that has passed means now: what people have seen cannot be taken back."""
    _check_division(state, target)
    if state[Ceremonies].seal(target.id):
        raise Refusal("division_frozen", division=target.id)
    return Decision([_frozen(target, max(payload.at_utc or context.now, context.now))])


@command(UnfreezeStandings, on="division", roles=ORGANISER)
def unfreeze_standings(
    state: State, target: Target, payload: UnfreezeStandings, context: Context
) -> Decision:
    _check_division(state, target)
    if state[Ceremonies].seal(target.id) is None and target.id not in state[Ceremonies].planned:
        raise Refusal("division_not_frozen", division=target.id)
    return Decision([Event("StandingsUnfrozen", {"division": target.id})])


@command(BeginCeremony, on="division", roles=ORGANISER)
def begin_ceremony(state: State, target: Target, payload: BeginCeremony, context: Context) -> Decision:
    """A division that is not frozen yet is frozen by this."""
    _check_division(state, target)
    if target.id in state[Ceremonies].ceremonies:
        raise Refusal("ceremony_begun", division=target.id)
    known = {entry.id for entry in state[Entries].by_id.values()}
    for at, award in enumerate(payload.awards):
        if award.entry not in known:
            raise Refusal("entry_unknown", [Problem("entry_unknown", f"awards.{at}.entry")])
    frozen = [] if state[Ceremonies].seal(target.id) else [_frozen(target, context.now)]
    begun = Event("CeremonyBegun", {"division": target.id, **payload.model_dump(mode="json")})
    return Decision([*frozen, begun])


@command(RevealNext, on="division", roles=ORGANISER)
def reveal_next(state: State, target: Target, payload: RevealNext, context: Context) -> Decision:
    ceremony = _under_way(state, target, payload.step)
    if payload.step >= ceremony.steps:
        raise Refusal("ceremony_over")
    return Decision([Event("PlaceRevealed", {"division": target.id, "step": payload.step + 1})])


@command(UndoReveal, on="division", roles=ORGANISER)
def undo_reveal(state: State, target: Target, payload: UndoReveal, context: Context) -> Decision:
    _under_way(state, target, payload.step)
    return Decision([Event("RevealUndone", {"division": target.id, "step": payload.step - 1})])


def _frozen(target: Target, at: datetime) -> Event:
    return Event("StandingsFrozen", {"division": target.id, "at_utc": instant(at)})


def _check_division(state: State, target: Target) -> None:
    setup = existing(state)
    if target.id not in setup.divisions:
        raise Refusal("division_unknown", division=target.id, known=", ".join(setup.divisions))


def _under_way(state: State, target: Target, step: int) -> Ceremony:
    """The ceremony at the step someone was looking at. Raises Refusal where there is none, or it went on."""
    _check_division(state, target)
    ceremony = state[Ceremonies].ceremonies.get(target.id)
    if ceremony is None:
        raise Refusal("ceremony_not_begun", division=target.id)
    if ceremony.step != step:
        raise Refusal("reveal_stale", step=ceremony.step)
    return ceremony

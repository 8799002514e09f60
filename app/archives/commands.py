"""The command by which a competition that was run elsewhere begins to exist here."""

from __future__ import annotations

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .schemas import TakeOverCompetition


@command(TakeOverCompetition, on="competition", roles=("organiser",), internal=True, keeps_refusals=False)
def take_over_competition(
    state: State, target: Target, payload: TakeOverCompetition, context: Context
) -> Decision:
    """Its log goes on here: the links as they were made there, then one that says where they came from."""
    if context.actor.competition is not None:
        raise Refusal("not_allowed", role=context.actor.role)
    if state.seq:
        raise Refusal("competition_exists", [Problem("competition_exists", "slug")], slug=target.id)
    taken = payload.history.state
    data = {
        "archive": payload.archive,
        "made_at_utc": payload.made_at_utc,
        "entries": taken.seq,
        "head": taken.head,
    }
    return Decision([Event("CompetitionTakenOver", data)], list(payload.rows), history=payload.history)

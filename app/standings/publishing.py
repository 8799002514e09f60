"""The command that makes a division's results official, once nothing of it is open."""

from __future__ import annotations

from ..competitions.commands import ORGANISER
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from ..runs.schemas import PublishResults
from .commands import division_of
from .readiness import WINDOW_OPEN, blocks


@command(PublishResults, on="division", roles=ORGANISER)
def publish_results(state: State, target: Target, payload: PublishResults, context: Context) -> Decision:
    """While results may still be protested it takes a reason; nothing else can be passed over."""
    division, notes = division_of(state, target), Notes(state)
    for block in blocks(state, division, context.now):
        if not (block.code == WINDOW_OPEN and payload.early):
            raise Refusal(block.code, **block.facts)
    data = {"division": division.code, "early": notes.take(payload.early)}
    return Decision([Event("ResultsPublished", data)], notes.rows)

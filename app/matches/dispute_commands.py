"""The command by which a result stands against sheets that came too late, whether of a run or of a match."""

from __future__ import annotations

from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.disputes import settled, to_settle
from ..runs.notes import Notes
from ..runs.schemas import SettleDisputes
from ..runs.targets import own_run
from .targets import JUDGES, own_match


@command(SettleDisputes, on=("run", "match"), roles=JUDGES)
def settle_disputes(state: State, target: Target, payload: SettleDisputes, context: Context) -> Decision:
    """Whoever made the sheet lets theirs go; a referee settles anybody's with a reason.

    What is settled already stays so, without a word.
    """
    about = own_run(state, target, context) if target.kind == "run" else own_match(state, target, context)
    disputes = to_settle(state, about.id, payload.disputes, context)
    if payload.reason is None and any(one.by != context.actor.account for one in disputes):
        raise Refusal("dispute_needs_reason", [Problem("dispute_needs_reason", "reason")])
    notes = Notes(state)
    why = notes.take(payload.reason)
    return Decision(settled(target.kind, about.id, about.field, disputes, reason=why), notes.rows)

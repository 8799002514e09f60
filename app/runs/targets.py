"""Which run a command is about, and whether anything may still be entered for it."""

from __future__ import annotations

from ..competitions.commands import existing
from ..eventlog.deciding import Context, Refusal, Target
from ..eventlog.fold import State
from .state import Run, Runs

JUDGES = ("judge", "referee")


def run_on_own_field(state: State, target: Target, context: Context) -> Run:
    """The run a command is about, if it is on a field of the actor's or their own sheet. Raises Refusal otherwise."""
    existing(state)
    run = state[Runs].by_id.get(target.id)
    if run is None:
        raise Refusal("run_unknown", run=target.id)
    is_own_sheet = run.judge == context.actor.account
    if context.actor.fields and run.field not in context.actor.fields and not is_own_sheet:
        raise Refusal("field_of_another", field=run.field)
    return run


def own_run(state: State, target: Target, context: Context) -> Run:
    """The same, if it is not another judge's sheet either. Raises Refusal otherwise."""
    run = run_on_own_field(state, target, context)
    if run.judge not in (None, context.actor.account) and context.actor.role != "referee":
        raise Refusal("sheet_of_another_judge", run=run.id)
    return run


def check_open(run: Run) -> None:
    """Raises Refusal unless the run is still to be confirmed."""
    if run.is_confirmed:
        raise Refusal("run_confirmed", run=run.id)
    if run.replaced_by is not None:
        raise Refusal("run_replaced", run=run.id)
    if run.withdrawn:
        raise Refusal("run_withdrawn", run=run.id)

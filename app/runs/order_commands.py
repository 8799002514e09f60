"""Commands that change what is to be run: replays, practice runs, entries withdrawn."""

from __future__ import annotations

from uuid_utils import uuid7

from ..competitions.commands import existing
from ..entries.state import Entries, Entry
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..schedule.state import Schedule
from .notes import Notes, reference, seal_note
from .schemas import AddPracticeRun, OrderReplay, ReinstateEntry, WithdrawEntry
from .state import Run, Runs
from .targets import own_run

ORDERING = ("referee", "organiser")


@command(OrderReplay, on="run", roles=("referee",))
def order_replay(state: State, target: Target, payload: OrderReplay, context: Context) -> Decision:
    run = own_run(state, target, context)
    notes = Notes(state)
    return Decision([replay_event(state, run, notes, payload.reason)], notes.rows)


@command(AddPracticeRun, on="field", roles=("judge", "referee", "organiser"))
def add_practice_run(state: State, target: Target, payload: AddPracticeRun, context: Context) -> Decision:
    """Before the runs that wait, so that it can be held now."""
    if target.id not in existing(state).fields:
        raise Refusal("field_unknown", field=target.id)
    if context.actor.fields and target.id not in context.actor.fields:
        raise Refusal("field_of_another", field=target.id)
    entry = state[Entries].by_id.get(payload.entry)
    if entry is None:
        raise Refusal("entry_unknown", [Problem("entry_unknown", "entry")])
    data = {
        "run": str(uuid7()),
        "division": entry.division,
        "field": target.id,
        "entry": entry.id,
        "before": _first_waiting(state, target.id),
    }
    return Decision([Event("PracticeRunAdded", data)])


@command(WithdrawEntry, on="entry", roles=ORDERING)
def withdraw_entry(state: State, target: Target, payload: WithdrawEntry, context: Context) -> Decision:
    entry = _entry(state, target)
    if is_withdrawn(state, entry.id):
        raise Refusal("entry_withdrawn", number=entry.number)
    note = seal_note(state, payload.reason)
    data = {"entry": entry.id, "division": entry.division, "reason": reference(note)}
    return Decision([Event("EntryWithdrawn", data)], [note])


@command(ReinstateEntry, on="entry", roles=ORDERING)
def reinstate_entry(state: State, target: Target, payload: ReinstateEntry, context: Context) -> Decision:
    entry = _entry(state, target)
    if not is_withdrawn(state, entry.id):
        raise Refusal("entry_not_withdrawn", number=entry.number)
    note = seal_note(state, payload.reason)
    data = {"entry": entry.id, "division": entry.division, "reason": reference(note)}
    return Decision([Event("EntryReinstated", data)], [note])


def replay_event(state: State, run: Run, notes: Notes, reason: str) -> Event:
    """The event by which a run is held again, first of those that wait on its field. Raises Refusal if it cannot be."""
    if run.practice:
        raise Refusal("run_is_practice", run=run.id)
    if run.replaced_by is not None:
        raise Refusal("run_replaced", run=run.id)
    if run.withdrawn:
        raise Refusal("run_withdrawn", run=run.id)
    data = {
        "run": run.id,
        "replay": str(uuid7()),
        "field": run.field,
        "before": _first_waiting(state, run.field),
        "reason": notes.take(reason),
    }
    return Event("ReplayOrdered", data)


def is_withdrawn(state: State, entry: str) -> bool:
    return entry in state[Runs].withdrawn


def _entry(state: State, target: Target) -> Entry:
    existing(state)
    entry = state[Entries].by_id.get(target.id)
    if entry is None:
        raise Refusal("entry_unknown")
    return entry


def _first_waiting(state: State, field: str) -> str | None:
    waiting = state[Runs].waiting(state[Schedule].queues.get(field, []))
    return next((run.id for run in waiting), None)

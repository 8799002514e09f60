"""Commands that change what is to be run: replays, practice runs, runs of entries that came late."""

from __future__ import annotations

from uuid_utils import uuid7

from ..competitions.commands import existing
from ..competitions.state import Setup
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..schedule.commands import TIMED
from ..schedule.state import Schedule, StartList
from .notes import Notes
from .schemas import AddLateEntries, AddPracticeRun, OrderReplay, SwapRuns
from .state import Run, Runs
from .targets import JUDGES, check_open, own_run


@command(OrderReplay, on="run", roles=("referee",))
def order_replay(state: State, target: Target, payload: OrderReplay, context: Context) -> Decision:
    run = own_run(state, target, context)
    notes = Notes(state)
    return Decision([replay_event(state, run, notes, payload.reason)], notes.rows)


@command(SwapRuns, on="run", roles=JUDGES)
def swap_runs(state: State, target: Target, payload: SwapRuns, context: Context) -> Decision:
    """A team is late, say, and the next one goes first; only runs that nobody began can be exchanged."""
    run = own_run(state, target, context)
    other = state[Runs].by_id.get(payload.other)
    if other is None or other is run or other.field != run.field:
        raise Refusal("run_not_on_this_field", [Problem("run_not_on_this_field", "other")], field=run.field)
    for one in (run, other):
        check_open(one)
        if one.armed or one.sheets or one.clock.start is not None:
            raise Refusal("run_begun", number=state[Entries].by_id[one.entry].number)
    notes = Notes(state)
    data = {"field": run.field, "run": run.id, "other": other.id, "reason": notes.take(payload.reason)}
    return Decision([Event("RunsSwapped", data)], notes.rows)


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


@command(AddLateEntries, on="division", roles=("organiser", "referee"))
def add_late_entries(state: State, target: Target, payload: AddLateEntries, context: Context) -> Decision:
    """They run last in each round that is not over, in the order of their numbers; nobody else is moved."""
    drawn = state[Schedule].start_lists.get(target.id)
    if drawn is None or target.id not in existing(state).divisions:
        raise Refusal("start_list_not_drawn", division=target.id)
    if state[Setup].divisions[target.id].ruleset.kind != TIMED:
        raise Refusal("division_not_timed", division=target.id)
    late = late_entries(state, target.id)
    if not late:
        raise Refusal("no_late_entries", division=target.id)
    runs = [
        {
            "id": str(uuid7()),
            "entry": entry,
            "attempt": attempt,
            "before": _after_round(state, drawn, attempt),
        }
        for attempt in range(1, state[Setup].divisions[target.id].ruleset.attempts.count + 1)
        for entry in late
    ]
    position = max(run.position for run in state[Runs].by_id.values() if run.division == target.id) + 1
    data = {"division": target.id, "field": drawn.field, "position": position, "runs": runs}
    return Decision([Event("LateEntriesAdded", data)])


def late_entries(state: State, division: str) -> list[str]:
    """The entries that take part in a division whose start list was drawn without them."""
    drawn = state[Schedule].start_lists.get(division)
    if drawn is None:
        return []
    return [entry for entry in state[Entries].to_draw(division) if entry not in drawn.entries]


def _after_round(state: State, drawn: StartList, attempt: int) -> str | None:
    """The first run of a later attempt that still waits on the division's field; None where all of them are over."""
    waiting = state[Runs].waiting(state[Schedule].queues.get(drawn.field, []))
    later = (run.id for run in waiting if run.division == drawn.division and run.attempt > attempt)
    return next(later, None)


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


def _first_waiting(state: State, field: str) -> str | None:
    waiting = state[Runs].waiting(state[Schedule].queues.get(field, []))
    return next((run.id for run in waiting), None)

"""Commands that field controllers give, and what referees do with readings by hand."""

from __future__ import annotations

from ..competitions.commands import existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.clock import Crossing, crossing_data, crossing_of
from ..runs.commands import own_run, reference, seal_note
from ..runs.placing import Placement, is_after, place
from ..runs.schemas import AssignReading
from .roles import counts, role_of
from .schemas import RecordReading
from .state import OTHER_EDGE, Controllers


@command(RecordReading, on="field", roles=("field_controller",), internal=True, keeps_refusals=False)
def record_reading(state: State, target: Target, payload: RecordReading, context: Context) -> Decision:
    setup = existing(state)
    if context.actor.fields and target.id not in context.actor.fields:
        raise Refusal("field_of_another", field=target.id)
    if target.id not in setup.fields:
        raise Refusal("field_unknown", field=target.id)
    if payload.origin != "board" and not setup.is_demo:
        raise Refusal("simulated_not_allowed", origin=payload.origin)
    crossing = _crossing(payload)
    role = role_of(payload.reading.channel)
    reading = payload.reading
    if counts(reading.channel, reading.edge):
        placement = place(state, target.id, role, crossing)
    else:
        placement = Placement(reason=OTHER_EDGE)
    data = {
        "device": payload.device,
        "boot": payload.boot,
        "seq": reading.seq,
        "channel": reading.channel,
        "edge": reading.edge,
        "origin": payload.origin,
        "fit": payload.fit,
        "field": target.id,
        "role": role,
        "run": placement.run,
        "reason": placement.reason,
        "crossing": crossing_data(crossing),
    }
    return Decision([Event("ReadingRecorded", data), *placement.events])


@command(AssignReading, on="run", roles=("referee",))
def assign_reading(state: State, target: Target, payload: AssignReading, context: Context) -> Decision:
    run = own_run(state, target, context)
    key = (payload.device, payload.boot, payload.seq)
    reading = state[Controllers].unassigned.get(key)
    if reading is None:
        raise Refusal("reading_unknown", [Problem("reading_unknown", "seq")], seq=payload.seq)
    if payload.use == "finish" and run.clock.start is None:
        raise Refusal("run_not_started", run=run.id)
    crossing = crossing_of(reading["crossing"])
    if payload.use == "finish" and not is_after(run.clock, crossing):
        raise Refusal("finish_before_start", [Problem("finish_before_start", "seq")], run=run.id)
    note = seal_note(state, payload.reason)
    assigned = {"device": key[0], "boot": key[1], "seq": key[2], "run": run.id, "reason": reference(note)}
    moved = "RunStarted" if payload.use == "start" else "RunFinished"
    events = [
        Event("ReadingAssigned", assigned),
        Event(moved, {"run": run.id, "crossing": reading["crossing"], "by_hand": True}),
    ]
    return Decision(events, [note])


def _crossing(payload: RecordReading) -> Crossing:
    reading = payload.reading
    return Crossing(
        device=payload.device,
        boot=payload.boot,
        seq=reading.seq,
        ticks=reading.ticks,
        tick_us=(payload.fit or {}).get("tick_us"),
        at_utc=reading.at_utc,
        uncertainty_us=reading.uncertainty_us,
        simulated=payload.origin != "board",
    )

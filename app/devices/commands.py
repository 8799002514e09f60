"""Commands that field controllers give, and what referees do with readings by hand."""

from __future__ import annotations

from datetime import timedelta

from ..competitions.commands import existing
from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.clock import Crossing, crossing_data, crossing_of
from ..runs.fields import Fields
from ..runs.notes import reference, seal_note
from ..runs.placing import Placement, is_after, place
from ..runs.schemas import AssignReading
from ..runs.targets import own_run
from .schemas import RecordReading
from .state import OTHER_EDGE, Controllers
from .wiring import Channel, Wiring


@command(RecordReading, on="field", roles=("field_controller",), internal=True, keeps_refusals=False)
def record_reading(state: State, target: Target, payload: RecordReading, context: Context) -> Decision:
    setup = existing(state)
    if context.actor.fields and target.id not in context.actor.fields:
        raise Refusal("field_of_another", field=target.id)
    if target.id not in setup.fields:
        raise Refusal("field_unknown", field=target.id)
    if payload.origin != "board" and not setup.is_demo:
        raise Refusal("simulated_not_allowed", origin=payload.origin)
    crossing, reading = _crossing(payload, context), payload.reading
    wiring = state[Controllers].wiring(target.id)
    wired = wiring.channel(payload.device, reading.channel)
    placements = _placements(state, target.id, wiring, wired, reading.edge, crossing)
    moved = next((one for one in placements if one.run), placements[0])
    data = {
        "device": payload.device,
        "boot": payload.boot,
        "seq": reading.seq,
        "channel": reading.channel,
        "edge": reading.edge,
        "origin": payload.origin,
        "fit": payload.fit,
        "field": target.id,
        "role": wired.role if wired else None,
        "run": moved.run,
        "reason": moved.reason,
        "crossing": crossing_data(crossing),
    }
    events = [event for placement in placements for event in placement.events]
    return Decision([Event("ReadingRecorded", data), *events])


def _placements(
    state: State, field: str, wiring: Wiring, wired: Channel | None, edge: str, crossing: Crossing
) -> list[Placement]:
    """What a reading does on each field its channel serves; at least one."""
    if wired is not None and wired.edge != edge and not state[Fields].is_tested(field):
        return [Placement(reason=OTHER_EDGE)]
    gate = wiring.gate(wired) if wired else None
    return [place(state, lane, gate, crossing) for lane in (wired.lanes if wired else ()) or (field,)]


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


def _crossing(payload: RecordReading, context: Context) -> Crossing:
    reading, age_us = payload.reading, payload.age_us
    return Crossing(
        device=payload.device,
        boot=payload.boot,
        seq=reading.seq,
        ticks=reading.ticks,
        tick_us=(payload.fit or {}).get("tick_us"),
        at_utc=reading.at_utc,
        uncertainty_us=reading.uncertainty_us,
        simulated=payload.origin != "board",
        shown_at_utc=None
        if age_us is None
        else instant(context.now - timedelta(microseconds=max(0.0, age_us))),
    )

"""From a gate crossing to a run: which run it starts or finishes, or why it does neither."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..eventlog.chain import Event
from ..eventlog.fold import State
from .clock import Clock, Crossing, crossing_data
from .state import Run, Runs

START_GATE, FINISH_GATE = "start_gate", "finish_gate"


@dataclass(frozen=True, slots=True)
class Placement:
    """What a crossing did: the run it moved and the event, or the reason it moved none."""

    run: str | None = None
    reason: str | None = None
    events: tuple[Event, ...] = ()


def place(state: State, field: str, role: str | None, crossing: Crossing) -> Placement:
    """Decide what a crossing on ``field`` means for the run that is open there."""
    run = state[Runs].on_field(field)
    if role is None:
        return Placement(reason="channel_without_role")
    if run is None:
        return Placement(reason="no_run_open")
    if role == START_GATE:
        return _start(run, crossing)
    return _finish(run, crossing)


def _start(run: Run, crossing: Crossing) -> Placement:
    if run.clock.start is not None:
        return Placement(reason="already_started")
    return _moved("RunStarted", run, crossing)


def _finish(run: Run, crossing: Crossing) -> Placement:
    if run.clock.start is None:
        return Placement(reason="not_started")
    if run.clock.finish is not None:
        return Placement(reason="already_finished")
    if not is_after(run.clock, crossing):
        return Placement(reason="finish_before_start")
    return _moved("RunFinished", run, crossing)


def is_after(clock: Clock, finish: Crossing) -> bool:
    """Whether a crossing lies after the start of a clock that was started."""
    elapsed_us = replace(clock, finish=finish).elapsed_us
    return elapsed_us is not None and elapsed_us > 0


def _moved(event_type: str, run: Run, crossing: Crossing) -> Placement:
    event = Event(event_type, {"run": run.id, "crossing": crossing_data(crossing), "by_hand": False})
    return Placement(run.id, None, (event,))

"""From a gate crossing to a run: which run it starts, splits or finishes, or why it does none of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..eventlog.chain import Event
from ..eventlog.fold import State
from .clock import LAP_GATE, MICROSECONDS, SPLIT, TOUCH, ZONE, Clock, Crossing, apart_us, crossing_data
from .fields import Fields
from .state import Run, Runs

START_GATE, FINISH_GATE, START_BUTTON, E_STOP = "start_gate", "finish_gate", "start_button", "e_stop"
NUMBERED = (SPLIT, ZONE)

SELF_TEST = "self_test"
"""Why a crossing moved no run: the field was being tested."""
DOUBLE_BEAM_US = 1_000_000
"""A second crossing of the finish so soon is the same robot, or its tail."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a field has and what is believed of a run on it.

    ``shortest_s`` and ``longest_s`` bound a run, or a lap where there are lap gates; ``laps`` is how many finish it.
    """

    roles: frozenset[str] = frozenset((START_GATE, FINISH_GATE))
    splits: tuple[int, ...] = ()
    shortest_s: float | None = None
    longest_s: float | None = None
    laps: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What is wired to a channel; ``number`` tells splits and zones apart."""

    role: str
    number: int = 0
    course: Course = Course()


@dataclass(frozen=True, slots=True)
class Placement:
    """What a crossing did: the run it moved and the event, or the reason it moved none."""

    run: str | None = None
    reason: str | None = None
    events: tuple[Event, ...] = ()


def place(state: State, field: str, gate: Gate | None, crossing: Crossing) -> Placement:
    """Decide what a crossing on ``field`` means for the run that is open there."""
    run = state[Runs].on_field(field)
    if state[Fields].is_tested(field):
        return Placement(reason=SELF_TEST)
    if gate is None:
        return Placement(reason="channel_without_role")
    if gate.role == E_STOP:
        return Placement(reason=E_STOP, events=(_halt(field, run, crossing),))
    if state[Fields].is_halted(field):
        return Placement(reason="field_halted")
    if run is None:
        return Placement(reason="no_run_open")
    return _PLACED[gate.role](run, gate, crossing)


def is_after(clock: Clock, finish: Crossing) -> bool:
    """Whether a crossing lies after the start of a clock that was started."""
    return clock.start is not None and apart_us(clock.start, finish) > 0


def _button(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    if run.clock.start is not None:
        return Placement(reason="already_started")
    if gate.course.roles.isdisjoint((START_GATE, LAP_GATE)):
        return _moved("RunStarted", run, crossing)
    if run.clock.signal is not None:
        return Placement(reason="already_signalled")
    return _moved("StartSignalled", run, crossing)


def _start(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    if run.clock.start is not None:
        return Placement(reason="already_started")
    signal = run.clock.signal
    waits_for_signal = START_BUTTON in gate.course.roles
    if waits_for_signal and (signal is None or apart_us(signal, crossing) < 0):
        return Placement(reason="false_start", events=(_event("FalseStartSeen", run, crossing),))
    return _moved("RunStarted", run, crossing)


def _finish(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    reason = _not_running(run, crossing) or _not_believed(run.clock.start, gate.course, crossing)
    return Placement(reason=reason) if reason else _finished(run, gate, crossing)


def _lap(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    if run.clock.start is None and START_GATE not in gate.course.roles:
        return _start(run, gate, crossing)
    laps = run.clock.passed(LAP_GATE)
    since = laps[-1].crossing if laps else run.clock.start
    reason = _not_running(run, crossing) or _not_believed(since, gate.course, crossing)
    if reason:
        return Placement(reason=reason)
    passed = _moved("GatePassed", run, crossing, role=LAP_GATE, number=len(laps) + 1)
    if gate.course.laps is None or len(laps) + 1 < gate.course.laps:
        return passed
    return Placement(run.id, None, (*passed.events, *_finished(run, gate, crossing).events))


def _pass(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    reason = _not_running(run, crossing)
    is_known = any(one.number == gate.number for one in run.clock.passed(gate.role))
    if reason is None and gate.role in NUMBERED and is_known:
        reason = "already_passed"
    return (
        Placement(reason=reason)
        if reason
        else _moved("GatePassed", run, crossing, role=gate.role, number=gate.number)
    )


_PLACED: dict[str, Callable[[Run, Gate, Crossing], Placement]] = {
    START_BUTTON: _button,
    START_GATE: _start,
    FINISH_GATE: _finish,
    LAP_GATE: _lap,
    SPLIT: _pass,
    ZONE: _pass,
    TOUCH: _pass,
}


def _not_running(run: Run, crossing: Crossing) -> str | None:
    """Why a crossing cannot belong to a run that is under way; None where it can."""
    clock = run.clock
    if clock.start is None:
        return "not_started"
    if clock.finish is not None:
        return "double_beam" if abs(apart_us(clock.finish, crossing)) < DOUBLE_BEAM_US else "already_finished"
    return None if is_after(clock, crossing) else "finish_before_start"


def _not_believed(since: Crossing | None, course: Course, crossing: Crossing) -> str | None:
    """Whether a time is shorter or longer than this field believes."""
    taken_us = apart_us(since, crossing) if since else 0
    if course.shortest_s is not None and taken_us < course.shortest_s * MICROSECONDS:
        return "too_soon"
    if course.longest_s is not None and taken_us > course.longest_s * MICROSECONDS:
        return "too_late"
    return None


def _finished(run: Run, gate: Gate, crossing: Crossing) -> Placement:
    passed = {one.number for one in run.clock.passed(SPLIT)}
    missed = [number for number in gate.course.splits if number not in passed]
    return _moved("RunFinished", run, crossing, **({"missed": missed} if missed else {}))


def _halt(field: str, run: Run | None, crossing: Crossing) -> Event:
    data = {"field": field, "run": run.id if run else None, "crossing": crossing_data(crossing)}
    return Event("FieldHalted", data)


def _moved(event_type: str, run: Run, crossing: Crossing, **facts: object) -> Placement:
    return Placement(run.id, None, (_event(event_type, run, crossing, by_hand=False, **facts),))


def _event(event_type: str, run: Run, crossing: Crossing, **facts: object) -> Event:
    return Event(event_type, {"run": run.id, "crossing": crossing_data(crossing), **facts})

"""Commands by which a judge's taps start and stop a run's clock: late ones are welcome, the gates' times win."""

from __future__ import annotations

from datetime import datetime

from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .run import Run
from .schemas import CancelByHand, StartByHand, StopByHand
from .state import Runs
from .taps import Tap, tapped_at
from .targets import JUDGES, own_run


@command(StartByHand, on="run", roles=JUDGES)
def start_by_hand(state: State, target: Target, payload: StartByHand, context: Context) -> Decision:
    """Nothing follows where the clock runs already. Stopped by hand, it goes on from the tap that is told."""
    run = own_run(state, target, context)
    at = _believed(payload.tap, context)
    if _is_late(run) or run.clock.start is not None or run.clock.state == "running":
        return Decision()
    if state[Runs].on_field(run.field) is not run:
        raise Refusal("run_not_on_field", field=run.field)
    return Decision([_event("HandClockStarted", run, at, payload.tap)])


@command(StopByHand, on="run", roles=JUDGES)
def stop_by_hand(state: State, target: Target, payload: StopByHand, context: Context) -> Decision:
    """Nothing follows where no hand clock runs: it was reset meanwhile, or the gates have it."""
    run = own_run(state, target, context)
    at = _believed(payload.tap, context)
    started = run.clock.hand_start
    if _is_late(run) or not run.clock.by_hand or run.clock.state != "running" or started is None:
        return Decision()
    if at <= datetime.fromisoformat(started.at_utc):
        raise Refusal("finish_before_start")
    return Decision([_event("HandClockStopped", run, at, payload.tap)])


@command(CancelByHand, on="run", roles=JUDGES)
def cancel_by_hand(state: State, target: Target, payload: CancelByHand, context: Context) -> Decision:
    run = own_run(state, target, context)
    if _is_late(run) or not run.clock.by_hand:
        return Decision()
    return Decision([Event("HandClockCancelled", {"run": run.id})])


def _believed(tap: Tap, context: Context) -> datetime:
    """The moment of the tap. Raises Refusal where it cannot have been then."""
    at = tapped_at(tap, context.now)
    if at is None:
        raise Refusal("tap_implausible", [Problem("tap_implausible", "tap.at_utc")])
    return at


def _is_late(run: Run) -> bool:
    """Whether the run is over: a tap that comes so late changes nothing any more."""
    return run.is_confirmed or run.withdrawn or run.replaced_by is not None


def _event(type_: str, run: Run, at: datetime, tap: Tap) -> Event:
    return Event(type_, {"run": run.id, "at_utc": instant(at), "uncertainty_ms": tap.uncertainty_ms})

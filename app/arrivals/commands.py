"""Commands about arrivals: teams checked in, robots inspected, taken into impound and given back."""

from __future__ import annotations

from collections.abc import Iterator

from ..competitions.commands import existing
from ..entries.state import Entries, Entry
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .schemas import CheckIn, Impound, RecordInspection, ReturnRobot, TakeBackCheckIn
from .state import PASSED, Arrivals

AT_THE_DOOR = ("volunteer", "judge", "referee", "organiser")
MEASURES = ("mass_g", "length_mm", "width_mm", "height_mm")


@command(CheckIn, on="entry", roles=AT_THE_DOOR)
def check_in(state: State, target: Target, payload: CheckIn, context: Context) -> Decision:
    entry = _present(state, target)
    if entry.id in state[Arrivals].checked_in:
        raise Refusal("already_checked_in", number=entry.number)
    return Decision([Event("EntryCheckedIn", {"entry": entry.id})])


@command(TakeBackCheckIn, on="entry", roles=AT_THE_DOOR)
def take_back_check_in(state: State, target: Target, payload: TakeBackCheckIn, context: Context) -> Decision:
    entry = _present(state, target)
    if entry.id not in state[Arrivals].checked_in:
        raise Refusal("not_checked_in", number=entry.number)
    return Decision([Event("CheckInTakenBack", {"entry": entry.id})])


@command(RecordInspection, on="entry", roles=AT_THE_DOOR)
def record_inspection(state: State, target: Target, payload: RecordInspection, context: Context) -> Decision:
    """A robot over a limit of its class cannot pass: the rules decide that, not the inspector."""
    entry = _present(state, target)
    measured = {name: size for name in MEASURES if (size := getattr(payload, name)) is not None}
    over = list(_over_limits(state, entry, measured))
    if over and payload.outcome == PASSED:
        raise Refusal("robot_over_limits", over, number=entry.number)
    notes = Notes(state)
    data = {
        "entry": entry.id,
        "outcome": payload.outcome,
        "measured": measured,
        "note": notes.take(payload.note),
        "photo": payload.photo,
    }
    return Decision([Event("RobotInspected", data)], notes.rows)


@command(Impound, on="entry", roles=AT_THE_DOOR)
def impound(state: State, target: Target, payload: Impound, context: Context) -> Decision:
    entry = _present(state, target)
    if entry.id in state[Arrivals].impounded:
        raise Refusal("already_impounded", number=entry.number)
    return Decision([Event("RobotImpounded", {"entry": entry.id})])


@command(ReturnRobot, on="entry", roles=AT_THE_DOOR)
def return_robot(state: State, target: Target, payload: ReturnRobot, context: Context) -> Decision:
    entry = _present(state, target)
    if entry.id not in state[Arrivals].impounded:
        raise Refusal("not_impounded", number=entry.number)
    return Decision([Event("RobotReturned", {"entry": entry.id})])


def _present(state: State, target: Target) -> Entry:
    existing(state)
    entry = state[Entries].by_id.get(target.id)
    if entry is None or entry.id in state[Entries].taken_down:
        raise Refusal("entry_unknown")
    return entry


def _over_limits(state: State, entry: Entry, measured: dict[str, float]) -> Iterator[Problem]:
    limits = existing(state).divisions[entry.division].ruleset.robot
    for name, size in measured.items():
        if name in limits and size > limits[name]:
            yield Problem("over_limit", name, None, {"limit": f"{limits[name]:g}", "measured": f"{size:g}"})

"""Commands about a field's hardware: what is wired to it, its self-test, its emergency stop."""

from __future__ import annotations

from collections import Counter

from ..competitions.commands import existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.fields import Fields
from ..runs.notes import reference, seal_note
from ..runs.placing import NUMBERED
from ..runs.state import LIVE, Runs
from .schemas import FinishSelfTest, OverrideSelfTest, ReleaseField, StartSelfTest, WiredBoard, WireField
from .state import Controllers

KEEPERS = ("organiser", "referee")


def wiring_version(state: State, target: Target) -> int:
    """The version of a field's wiring; 0 until it was wired."""
    return state[Controllers].wiring(target.id).version


@command(WireField, on="field", roles=KEEPERS, version_of=wiring_version)
def wire_field(state: State, target: Target, payload: WireField, context: Context) -> Decision:
    field = _field(state, target)
    run = state[Runs].on_field(field)
    if run is not None and run.status == LIVE:
        raise Refusal("field_busy", field=field, attempt=run.attempt)
    problems = _unknown_lanes(state, payload) + _repeated_boards(payload)
    for at, board in enumerate(payload.boards):
        problems += _repeated(board, f"boards.{at}.channels")
    if None not in (payload.shortest_s, payload.longest_s) and payload.shortest_s >= payload.longest_s:  # type: ignore[operator]
        problems.append(Problem("bounds_crossed", "longest_s"))
    if problems:
        raise Refusal("payload_invalid", problems)
    return Decision([Event("FieldWired", {"field": field, **payload.model_dump()})])


@command(StartSelfTest, on="field", roles=KEEPERS)
def start_self_test(state: State, target: Target, payload: StartSelfTest, context: Context) -> Decision:
    field = _field(state, target)
    run = state[Runs].on_field(field)
    if run is not None:
        raise Refusal("field_busy", field=field, attempt=run.attempt)
    return Decision([Event("SelfTestStarted", {"field": field})])


@command(FinishSelfTest, on="field", roles=KEEPERS, internal=True)
def finish_self_test(state: State, target: Target, payload: FinishSelfTest, context: Context) -> Decision:
    """The checks come from the server, which sees the controllers' health; see ``self_test``."""
    field = _field(state, target)
    if not state[Fields].is_tested(field):
        raise Refusal("self_test_not_running", field=field)
    passed = bool(payload.checks) and all(check.passed for check in payload.checks)
    checks = [check.model_dump() for check in payload.checks]
    return Decision([Event("SelfTestFinished", {"field": field, "passed": passed, "checks": checks})])


@command(OverrideSelfTest, on="field", roles=("referee",))
def override_self_test(state: State, target: Target, payload: OverrideSelfTest, context: Context) -> Decision:
    field = _field(state, target)
    if state[Controllers].tests.get(field) is None:
        raise Refusal("self_test_not_running", field=field)
    note = seal_note(state, payload.reason)
    return Decision([Event("SelfTestOverridden", {"field": field, "reason": reference(note)})], [note])


@command(ReleaseField, on="field", roles=("referee",))
def release_field(state: State, target: Target, payload: ReleaseField, context: Context) -> Decision:
    field = _field(state, target)
    if not state[Fields].is_halted(field):
        return Decision()
    note = seal_note(state, payload.reason)
    return Decision([Event("FieldReleased", {"field": field, "reason": reference(note)})], [note])


def _field(state: State, target: Target) -> str:
    if target.id not in existing(state).fields:
        raise Refusal("field_unknown", field=target.id)
    return target.id


def _unknown_lanes(state: State, payload: WireField) -> list[Problem]:
    known = existing(state).fields
    return [
        Problem("field_unknown", f"boards.{at}.channels.{row}.lanes", facts={"field": lane})
        for at, board in enumerate(payload.boards)
        for row, channel in enumerate(board.channels)
        for lane in channel.lanes
        if lane not in known
    ]


def _repeated_boards(payload: WireField) -> list[Problem]:
    counts = Counter(board.device for board in payload.boards)
    return [
        Problem("board_repeated", f"boards.{at}.device", facts={"device": board.device})
        for at, board in enumerate(payload.boards)
        if counts[board.device] > 1
    ]


def _repeated(board: WiredBoard, place: str) -> list[Problem]:
    """Channels wired twice, and splits or zones of one number on one board."""
    problems, channels, numbers = [], set[int](), set[tuple[str, int]]()
    for row, one in enumerate(board.channels):
        if one.channel in channels:
            problems.append(
                Problem("channel_repeated", f"{place}.{row}.channel", facts={"channel": one.channel})
            )
        key = (one.role, one.number)
        if one.role in NUMBERED and key in numbers and not one.lanes:
            problems.append(Problem("number_repeated", f"{place}.{row}.number", facts={"number": one.number}))
        channels.add(one.channel)
        numbers.add(key)
    return problems

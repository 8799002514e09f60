"""What a field's self-test finds: of the health its controllers tell, and of the edges seen while hands waved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..eventlog.fold import State
from .schemas import Check, Heartbeat
from .state import Controllers, SelfTest
from .wiring import Channel, Wiring

WORST_UNCERTAINTY_US = 1_000.0
"""A clock known worse than this would be seen in the thousandths that results are given in."""
SLOWEST_ROUND_TRIP_US = 8_000.0
"""An FTDI chip left at its 16 ms timer answers later than this; at 1 ms it does not."""
SUPPLY_MV = (4_500, 5_500)
MOST_EDGES_A_WAVE = 40
"""A beam that was cut more often than a hand can wave flickers: misaligned, dusty, or in the sun."""
CONFIG_VERSIONS = 2**16
"""The board keeps the low half of the wiring's version."""
FAULTS_THAT_FAIL = frozenset(
    {
        "link_closed",
        "link_slow",
        "low_latency_refused",
        "board_silent",
        "device_unknown",
        "protocol_unknown",
        "board_clock_jumped",
        "spool_failed",
        "config_beyond_board",
    }
)


def self_test(state: State, field: str, beats: Sequence[tuple[Heartbeat, bool]]) -> list[Check]:
    """Every check of a field; ``beats`` are the last heartbeats of its controllers and whether each is online."""
    controllers = state[Controllers]
    wiring, test = controllers.wiring(field), controllers.tests.get(field)
    if not beats:
        return [_check("controller_absent", False)]
    made = [check for beat, online in beats for check in _controller(wiring, beat, online)]
    if test is not None:
        made += [check for beat, _ in beats for check in _gates(wiring, test, beat)]
    return made


def _controller(wiring: Wiring, beat: Heartbeat, online: bool) -> list[Check]:
    made = [_check("controller_online", online, device=beat.device)]
    told = beat.model_extra or {}
    clock = beat.clock or {}
    uncertainty_us, round_trip_us = clock.get("uncertainty_us"), clock.get("rtt_us")
    if "quality" in clock:
        is_known = isinstance(uncertainty_us, int | float) and uncertainty_us <= WORST_UNCERTAINTY_US
        made.append(_check("clock_known", is_known, uncertainty_us=uncertainty_us, most=WORST_UNCERTAINTY_US))
    if isinstance(round_trip_us, int | float):
        is_fast = (
            round_trip_us <= SLOWEST_ROUND_TRIP_US
            and (told.get("link") or {}).get("low_latency") is not False
        )
        made.append(_check("link_fast", is_fast, round_trip_us=round_trip_us, most=SLOWEST_ROUND_TRIP_US))
    if isinstance(told.get("dropped"), int):
        made.append(_check("nothing_dropped", told["dropped"] == 0, dropped=told["dropped"]))
    if isinstance(told.get("supply_mv"), int):
        low, high = SUPPLY_MV
        made.append(
            _check(
                "supply_sound",
                low <= told["supply_mv"] <= high,
                supply_mv=told["supply_mv"],
                low=low,
                high=high,
            )
        )
    if told.get("config_version") is not None:
        wanted = wiring.version % CONFIG_VERSIONS
        made.append(
            _check(
                "wiring_taken", told["config_version"] == wanted, found=told["config_version"], wanted=wanted
            )
        )
    failing = sorted({str(fault.get("code")) for fault in beat.faults} & FAULTS_THAT_FAIL)
    made.append(_check("no_fault", not failing, faults=failing))
    return made


def _gates(wiring: Wiring, test: SelfTest, beat: Heartbeat) -> list[Check]:
    levels = (beat.model_extra or {}).get("levels") or {}
    return [
        check
        for one in wiring.board(beat.device).channels.values()
        for check in _gate(one, test.seen.get((beat.device, one.channel), {}), levels.get(str(one.channel)))
    ]


def _gate(wired: Channel, seen: dict[str, int], level: Any) -> list[Check]:
    """Waved: cut and clear again. Steady: not cut by itself. Clear: not cut now."""
    facts = {"channel": wired.channel, "role": wired.role, "number": wired.number}
    falls, rises = seen.get("fall", 0), seen.get("rise", 0)
    made = [
        _check(
            "gate_waved", bool(falls if wired.edge == "fall" else rises), falls=falls, rises=rises, **facts
        )
    ]
    made.append(_check("gate_steady", falls + rises <= MOST_EDGES_A_WAVE, edges=falls + rises, **facts))
    if isinstance(level, bool):
        made.append(_check("gate_clear", level == (wired.edge == "fall"), **facts))
    return made


def _check(code: str, passed: bool, **facts: Any) -> Check:
    return Check(code=code, passed=passed, facts=facts)

"""The words of field hardware: what channels are for, what checks found, why readings fitted no run, faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

ROLES: dict[str, Any] = {
    "start_gate": _l("start gate"),
    "finish_gate": _l("finish gate"),
    "split": _l("split gate"),
    "lap_gate": _l("lap gate"),
    "zone": _l("zone"),
    "touch": _l("touch"),
    "start_button": _l("start button"),
    "e_stop": _l("emergency stop (a signal only)"),
}

CHECKS: dict[str, Any] = {
    "controller_absent": _l("No controller of this field has reported."),
    "controller_online": _l("%(device)s answers"),
    "clock_known": _l("Its clock is known to ± %(uncertainty_us)s µs; at most %(most)s"),
    "link_fast": _l("It answers in %(round_trip_us)s µs; at most %(most)s"),
    "nothing_dropped": _l("Readings lost on the board: %(dropped)s"),
    "supply_sound": _l("Supply %(supply_mv)s mV; from %(low)s to %(high)s"),
    "wiring_taken": _l("The board has this wiring"),
    "no_fault": _l("No faults"),
    "faults_stand": _l("Faults: %(faults)s"),
    "gate_waved": _l(
        "Channel %(channel)s (%(role)s): wave a hand through. Cut %(falls)s times, clear %(rises)s"
    ),
    "gate_steady": _l("Channel %(channel)s (%(role)s) does not flicker: %(edges)s edges"),
    "gate_clear": _l("Channel %(channel)s (%(role)s) is clear now"),
}

REASONS: dict[str, Any] = {
    "no_run_open": _l("no run was on the field"),
    "channel_without_role": _l("nothing is wired to this channel"),
    "already_started": _l("the run had started"),
    "already_signalled": _l("the start signal was given"),
    "already_finished": _l("the run had finished"),
    "already_passed": _l("this gate was passed before"),
    "not_started": _l("the run had not started"),
    "finish_before_start": _l("it lies before the start"),
    "double_beam": _l("the beam was cut twice"),
    "too_soon": _l("sooner than this field believes"),
    "too_late": _l("later than this field believes"),
    "false_start": _l("false start: before the signal"),
    "field_halted": _l("the emergency stop was pressed"),
    "self_test": _l("the field was being tested"),
}

FAULTS: dict[str, Any] = {
    "link_closed": _l("the board is unplugged"),
    "link_slow": _l("the link is slow; times between boards suffer"),
    "low_latency_refused": _l("the port cannot be made fast"),
    "protocol_unknown": _l("the board speaks a version this bridge does not know; flash it anew"),
    "events_dropped": _l("the board's memory was full and readings were lost"),
    "reading_lost": _l("a reading is missing"),
    "readings_elsewhere": _l("readings of this board went to another bridge"),
    "board_silent": _l("no board of ours answers on the port"),
    "board_name_shared": _l("two boards go by one name; one was renamed"),
    "board_clock_jumped": _l("the board's clock jumped; times over that moment are wrong"),
    "board_restarted": _l("the board restarted"),
    "device_unknown": _l("the timer does not answer as its make does"),
    "line_unknown": _l("the timer says what is not understood"),
    "channel_unknown": _l("the timer names a channel that it does not have"),
    "bad_check_sum": _l("a line of the timer came spoilt"),
    "spool_replaced": _l("the store of readings was broken; it was put aside and a new one begun"),
    "config_beyond_board": _l("the board cannot take this wiring"),
    "host_clock_stepped": _l("the clock of this computer was set"),
    "message_refused": _l("the board says what is not understood"),
    "ping_impossible": _l("the board's clock cannot be asked"),
    "spool_failed": _l("the disk does not take readings"),
    "server_unreached": _l("the server is not reached"),
    "server_refused": _l("the server refuses"),
    "readings_refused": _l("the server refused readings"),
}


def check_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What a check looked at, with what it found."""
    if facts.get("faults"):
        return str(CHECKS["faults_stand"]) % {"faults": "; ".join(map(fault_words, facts["faults"]))}
    role = str(ROLES.get(str(facts.get("role")), facts.get("role") or ""))
    number = f" {facts['number']}" if facts.get("number") else ""
    wording = str(CHECKS.get(code, code))
    shown = {name: _figure(value) for name, value in facts.items()} | {"role": role + number}
    return wording % shown if "%(" in wording else wording


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return "–" if value is None else str(value)


def reason_words(code: str | None) -> str:
    return str(REASONS.get(code or "", code or ""))


def fault_words(code: str) -> str:
    return str(FAULTS.get(code, code))

"""The form of a board's wiring: a row a channel, and from its fields to the command's payload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...devices.wiring import Channel, Wiring
from ...runs.placing import NUMBERED

CHANNELS = 8
OUTPUTS = 4


def rows(wiring: Wiring, board: str) -> list[tuple[int, Channel | None]]:
    """Each channel a board may have, and what is wired to it."""
    channels = wiring.board(board).channels
    return [(number, channels.get(number)) for number in sorted({*range(CHANNELS), *channels})]


def wiring_payload(wiring: Wiring, board: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The whole wiring, with one board's part as the form has it. Raises ValueError where a number is none."""
    boards = {name: kept.to_payload(name) for name, kept in wiring.boards.items()}
    numbers = sorted(int(key.removeprefix("role-")) for key in form if key.startswith("role-"))
    boards[board] = {
        "device": board,
        "channels": [_channel(number, form) for number in numbers if form[f"role-{number}"]],
        "outputs": [
            {"output": number, "use": form[f"output-{number}"]}
            for number in range(OUTPUTS)
            if form.get(f"output-{number}")
        ],
    }
    return {
        "boards": list(boards.values()),
        "shortest_s": _seconds(form, "shortest_s"),
        "longest_s": _seconds(form, "longest_s"),
        "laps": int(form["laps"]) if form.get("laps") else None,
    }


def _channel(number: int, form: Mapping[str, str]) -> dict[str, Any]:
    role = form[f"role-{number}"]
    given = Channel(number, role)
    return {
        "channel": number,
        "role": role,
        "edge": form.get(f"edge-{number}", given.edge),
        "debounce_us": int(form.get(f"debounce-{number}") or given.debounce_us),
        "hold_off_us": int(form.get(f"hold-off-{number}") or given.hold_off_us),
        "number": int(form.get(f"number-{number}") or 0) if role in NUMBERED else 0,
        "lanes": form.get(f"lanes-{number}", "").replace(",", " ").split(),
    }


def _seconds(form: Mapping[str, str], name: str) -> float | None:
    written = form.get(name, "").strip().replace(",", ".")
    return float(written) if written else None

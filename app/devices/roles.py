"""What each channel of a field controller's board is wired to."""

from __future__ import annotations

from typing import Any

from ..runs.placing import FINISH_GATE, START_GATE

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "channels": {
        "0": {"role": START_GATE, "debounce_us": 2_000, "hold_off_us": 500_000},
        "1": {"role": FINISH_GATE, "debounce_us": 2_000, "hold_off_us": 500_000},
    },
    "outputs": {"0": "ready_lamp"},
}


def role_of(channel: int) -> str | None:
    """The role of a channel, or None where nothing is wired to it."""
    wired = CONFIGURATION["channels"].get(str(channel))
    return wired["role"] if wired else None

"""What each channel of a field controller's board is wired to."""

from __future__ import annotations

from typing import Any

from ..runs.placing import FINISH_GATE, START_GATE

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "channels": {
        "0": {"role": START_GATE, "edge": "fall", "debounce_us": 2_000, "hold_off_us": 500_000},
        "1": {"role": FINISH_GATE, "edge": "fall", "debounce_us": 2_000, "hold_off_us": 500_000},
    },
    "outputs": {"0": "ready_lamp"},
}


def role_of(channel: int) -> str | None:
    """The role of a channel, or None where nothing is wired to it."""
    wired = _wired(channel)
    return wired["role"] if wired else None


def counts(channel: int, edge: str) -> bool:
    """Whether this edge is the one that the channel's role goes by: a beam that clears says nothing new."""
    wired = _wired(channel)
    return wired is None or wired["edge"] == edge


def _wired(channel: int) -> dict[str, Any] | None:
    wired: dict[str, Any] | None = CONFIGURATION["channels"].get(str(channel))
    return wired

"""Has the server's clock follow the machine's, but never in the middle of a run."""

from __future__ import annotations

import structlog

from .eventlog.clock import CLOCK, ServerClock
from .pipeline import Pipeline
from .runs.state import Runs

BARELY_OFF_S = 0.05
"""What a clock disciplined over the network may be off, and nobody sees."""


def keep_time(pipeline: Pipeline, clock: ServerClock = CLOCK) -> None:
    """Follow the machine's clock where it was set, as soon as no run is running."""
    off_s = clock.off_s()
    if abs(off_s) < BARELY_OFF_S:
        return
    with pipeline.reading():
        if any(state[Runs].is_any_running for state in pipeline.states()):
            return
    clock.follow()
    structlog.get_logger().warning("clock_set", by_s=round(off_s, 3))

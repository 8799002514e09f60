"""Until when a result may be protested: so many minutes from its confirmation, or its last correction."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..competitions.state import Setup
from ..eventlog.fold import State
from ..runs.state import Run, Runs


def closes_at(state: State, run: Run) -> datetime | None:
    """When the window of a run's result closes, in UTC; None while there is no result."""
    if run.result is None:
        return None
    window_min = state[Setup].divisions[run.division].ruleset.protest_window_min
    return datetime.fromisoformat(run.result.at_utc) + timedelta(minutes=window_min)


def last_to_close(state: State, division: str, now: datetime) -> datetime | None:
    """When the last window of a division's results closes; None where all are closed by ``now``."""
    ends = (closes_at(state, run) for run in state[Runs].of(division))
    return max((end for end in ends if end is not None and end > now), default=None)


def local_clock(state: State, at: datetime) -> str:
    """An instant as the competition's clocks show it: ``14:35:07``."""
    return at.astimezone(ZoneInfo(state[Setup].facts["zone"])).strftime("%H:%M:%S")

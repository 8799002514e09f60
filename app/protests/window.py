"""Until when a result may be protested: so many minutes from its confirmation, or its last correction."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..competitions.state import Setup
from ..eventlog.fold import State
from ..matches.state import Matches
from ..runs.state import Runs
from .challenged import Challenged, stands_since


def closes_at(state: State, about: Challenged) -> datetime | None:
    """When the window of a run's or match's result closes, in UTC; None while there is no result."""
    since = stands_since(about)
    if since is None:
        return None
    window_min = state[Setup].divisions[about.division].ruleset.protest_window_min
    return datetime.fromisoformat(since) + timedelta(minutes=window_min)


def last_to_close(state: State, division: str, now: datetime) -> datetime | None:
    """When the last window of a division's results closes; None where all are closed by ``now``."""
    contest = state[Matches].contest(division)
    results: list[Challenged] = [*state[Runs].of(division), *(contest.matches() if contest else ())]
    ends = (closes_at(state, about) for about in results)
    return max((end for end in ends if end is not None and end > now), default=None)


def local_clock(state: State, at: datetime) -> str:
    """An instant as the competition's clocks show it: ``14:35:07``."""
    return at.astimezone(ZoneInfo(state[Setup].facts["zone"])).strftime("%H:%M:%S")

"""How a panel's judges compare: marks as they were given, severity, and what to look at twice."""

from __future__ import annotations

from scoring.judged import Judged, Mark, judge

from ..competitions.state import Division
from ..eventlog.fold import State
from ..runs.state import Runs

TOTAL = "total"
"""What a rubric's sheet comes to; see ``scoring.rubric_sheet``."""


def calibrated(state: State, division: Division) -> Judged:
    """A division's confirmed sheets of judges, brought together; a sheet marked DNS, DNF or DSQ says nothing."""
    return judge(
        Mark(run.entry, run.judge, float(run.result.results[TOTAL]))
        for run in state[Runs].of(division.code)
        if run.judge and run.result and run.result.mark is None
    )

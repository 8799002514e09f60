"""The queues of a field: as people who watch see it, as its judges do, and the sheets of panels, each with its maker.

A judge of a panel is given their own sheets and nobody else's; only the chief judge reads all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..accounts.state import Accounts
from ..competitions.state import Setup
from ..eventlog.fold import State
from ..matches.match import Match
from ..matches.state import Matches
from ..runs.state import Run, Runs
from ..schedule.state import Schedule
from .escalations import written_on
from .match_shapes import judged_match_shape, match_shape, seen_match
from .shapes import field_brief, panel_run_shape, run_shape, utc_offset_min

EVERYBODY = "all"
"""In place of an account: the sheets of every judge of the room."""

Data = dict[str, Any]


def queue_data(state: State, code: str) -> Data | None:
    return _queue(state, code, public=True)


def judging_data(state: State, code: str) -> Data | None:
    """The queue as judges need it: with what the public may not see of a frozen division."""
    return _queue(state, code, public=False)


def sheets_data(state: State, code: str, whose: str) -> Data | None:
    """The sheets of panels that one account has on a field, or those of EVERYBODY, and their written calls likewise.

    A judge is not told how a project stands among the others: that is what the others gave it.
    """
    if code not in state[Setup].fields or not (whose == EVERYBODY or whose in state[Accounts].open):
        return None
    by_id = state[Runs].by_id
    listed = [by_id[run] for run in state[Schedule].queues.get(code, [])]
    runs = [run for run in listed if run.judge is not None and whose in (EVERYBODY, run.judge)]
    hidden = {} if whose == EVERYBODY else {"rank": None}
    shapes = [panel_run_shape(state, run) | hidden for run in runs]
    calls = written_on(state, code, None if whose == EVERYBODY else whose)
    return _shape(state, code, runs, shapes) | {"calls": calls}


def hall_queue(state: State, code: str) -> list[str]:
    """The runs of a field that people watch: not the sheets of a panel, which goes round the projects."""
    by_id = state[Runs].by_id
    return [run for run in state[Schedule].queues.get(code, []) if by_id[run].judge is None]


def queued_matches(state: State, code: str) -> Iterator[Match]:
    return map(state[Matches].by_id.__getitem__, state[Matches].queues.get(code, []))


def seen_matches(state: State, matches: Iterable[Match], *, public: bool = True) -> Iterator[Match]:
    return (seen for match in matches if (seen := seen_match(state, match, public=public)))


def _queue(state: State, code: str, *, public: bool) -> Data | None:
    if code not in state[Setup].fields:
        return None
    runs = [state[Runs].by_id[run] for run in hall_queue(state, code)]
    seen = seen_matches(state, queued_matches(state, code), public=public)
    matches = [match for match in seen if _is_listed(match)]
    shape = match_shape if public else judged_match_shape
    told = {"matches": [shape(state, match) for match in matches]}
    shapes = [run_shape(state, run, public=public) for run in runs]
    return _shape(state, code, [*runs, *matches], shapes) | told


def _shape(state: State, code: str, listed: Sequence[Run | Match], shapes: list[Data]) -> Data:
    setup = state[Setup]
    divisions = {one.division: setup.divisions[one.division] for one in listed}
    return {
        "field": field_brief(setup.fields[code]),
        "utc_offset_min": utc_offset_min(state),
        "runs": shapes,
        "matches": [],
        "divisions": {
            code: {"name": division.name, "ruleset_digest": division.ruleset.digest}
            for code, division in divisions.items()
        },
    }


def _is_listed(match: Match) -> bool:
    """A match that nobody plays is not in a queue, unless it was played before."""
    return match.is_confirmed or not (match.called_off or match.is_over)

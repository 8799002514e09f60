"""The command that makes a division's results official, once nothing of it is open."""

from __future__ import annotations

from ..competitions.commands import ORGANISER
from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.state import Matches
from ..runs.schemas import PublishResults
from ..runs.state import Run, Runs
from .commands import division_of

MOST_NAMED = 12


@command(PublishResults, on="division", roles=ORGANISER)
def publish_results(state: State, target: Target, payload: PublishResults, context: Context) -> Decision:
    division = division_of(state, target)
    if division.ruleset.match is None:
        _check_runs(state, division)
    else:
        _check_matches(state, division)
    return Decision([Event("ResultsPublished", {"division": division.code})])


def _check_runs(state: State, division: Division) -> None:
    runs = state[Runs].of(division.code)
    unconfirmed = [run for run in runs if not run.is_confirmed]
    if unconfirmed or not runs:
        raise Refusal("runs_unconfirmed", count=len(unconfirmed), runs=_numbered(state, unconfirmed))
    protested = [run for run in runs if run.protests]
    if protested:
        raise Refusal("protests_open", count=len(protested), runs=_numbered(state, protested))


def _check_matches(state: State, division: Division) -> None:
    contest = state[Matches].contest(division.code)
    if contest is None:
        raise Refusal("matches_not_drawn", division=division.code)
    if not contest.tournament.is_over:
        undecided = [match for match in contest.matches() if not match.is_over]
        named = ", ".join(str(match.number) for match in undecided[:MOST_NAMED])
        raise Refusal("matches_undecided", count=len(undecided), matches=named)


def _numbered(state: State, runs: list[Run]) -> str:
    """The first runs by number of the entry and of its attempt, as people speak of them."""
    known = state[Entries].by_id
    named = [f"№ {known[run.entry].number}/{run.attempt}" for run in runs[:MOST_NAMED]]
    return ", ".join(named) + (" …" if len(runs) > MOST_NAMED else "")

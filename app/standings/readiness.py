"""What keeps a division's results from being made official: runs without a result, protests, open windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.fold import State
from ..matches.match import Match
from ..matches.state import Matches
from ..protests.challenged import of_protest
from ..protests.state import Protests
from ..protests.window import last_to_close, local_clock
from ..runs.disputes import Disputes
from ..runs.sheets import do_differ
from ..runs.state import Run, Runs

MOST_NAMED = 12
WINDOW_OPEN = "protest_window_open"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in the way: the code of its sentence, and the facts the sentence names."""

    code: str
    facts: dict[str, Any]


def blocks(state: State, division: Division, now: datetime) -> list[Block]:
    """Everything in the way, the gravest first; empty where the results may be made official."""
    found = _of_runs if division.ruleset.match is None else _of_matches
    return [
        *found(state, division),
        *_of_disputes(state, division),
        *_of_protests(state, division),
        *_of_windows(state, division, now),
    ]


def _of_runs(state: State, division: Division) -> Iterator[Block]:
    runs = state[Runs].of(division.code)
    unconfirmed = [run for run in runs if not run.is_confirmed]
    if unconfirmed or not runs:
        yield Block("runs_unconfirmed", {"count": len(unconfirmed), "runs": numbered(state, unconfirmed)})
    differing = [run for run in unconfirmed if do_differ(state, run)]
    if differing:
        yield Block("runs_conflicting", {"count": len(differing), "runs": numbered(state, differing)})


def _of_matches(state: State, division: Division) -> Iterator[Block]:
    contest = state[Matches].contest(division.code)
    if contest is None:
        yield Block("matches_not_drawn", {"division": division.code})
    elif not contest.tournament.is_over:
        undecided = [match for match in contest.matches() if not match.is_over]
        named = ", ".join(str(match.number) for match in undecided[:MOST_NAMED])
        if undecided:
            yield Block("matches_undecided", {"count": len(undecided), "matches": named})
        else:
            yield Block("phase_not_begun", {"division": division.code})


def _of_disputes(state: State, division: Division) -> Iterator[Block]:
    disputes = state[Disputes]
    runs = [run for run in state[Runs].of(division.code) if disputes.open_of(run.id)]
    if runs:
        yield Block("runs_disputed", {"count": len(runs), "runs": numbered(state, runs)})
    contest = state[Matches].contest(division.code)
    matches = [str(one.number) for one in contest.matches() if disputes.open_of(one.id)] if contest else []
    if matches:
        facts = {"count": len(matches), "matches": ", ".join(matches[:MOST_NAMED])}
        yield Block("matches_disputed", facts)


def _of_protests(state: State, division: Division) -> Iterator[Block]:
    challenged = [of_protest(state, protest) for protest in state[Protests].open_of(division.code)]
    runs = [one for one in challenged if isinstance(one, Run)]
    if runs:
        yield Block("protests_open", {"count": len(runs), "runs": numbered(state, runs)})
    matches = [str(one.number) for one in challenged if isinstance(one, Match)]
    if matches:
        facts = {"count": len(matches), "matches": ", ".join(matches[:MOST_NAMED])}
        yield Block("protests_of_matches_open", facts)


def _of_windows(state: State, division: Division, now: datetime) -> Iterator[Block]:
    end = last_to_close(state, division.code, now)
    if end is not None:
        yield Block(WINDOW_OPEN, {"until": local_clock(state, end)})


def numbered(state: State, runs: list[Run]) -> str:
    """The first runs by number of the entry and of its attempt, as people speak of them."""
    known = state[Entries].by_id
    named = [f"№ {known[run.entry].number}/{run.attempt}" for run in runs[:MOST_NAMED]]
    return ", ".join(named) + (" …" if len(runs) > MOST_NAMED else "")

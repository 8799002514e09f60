"""Standings kept in memory: a division's order, brought up to date by what changed."""

from __future__ import annotations

from typing import Any

from scoring.ranking import Attempt, Record, Standing, rank

from ..competitions.state import Division, Setup
from ..entries.state import Entries
from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..runs.state import Run, Runs


class Standings(Part):
    """Each division's ranked entries; ranked when asked for, once after a change."""

    def __init__(self) -> None:
        self._ranked: dict[str, list[Standing]] = {}
        self._before: dict[str, dict[str, int | None]] = {}
        self.published: set[str] = set()

    def of(self, state: State, division: Division) -> list[Standing]:
        """The division's standings now, best first."""
        if division.code not in self._ranked:
            self._ranked[division.code] = rank(division.ruleset, records(state, division))
        return self._ranked[division.code]

    def moved(self, division: str, standing: Standing) -> int:
        """How many places an entry rose since the last change; 0 where it had none."""
        before = self._before.get(division, {}).get(standing.id)
        return before - standing.rank if before and standing.rank else 0

    @on("EntryRegistered")
    def _registered(self, state: State, entry: Entry) -> None:
        self._ranked.pop(entry.data["division"], None)

    @on("StartListDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        self._change(state, entry.data["division"])

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._change(state, state[Runs].by_id[entry.data["run"]].division)

    @on("ScoreCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        division = state[Runs].by_id[entry.data["run"]].division
        self._change(state, division)

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        self.published.add(entry.data["division"])
        self._change(state, entry.data["division"])

    def _change(self, state: State, division: str) -> None:
        ranked = self._ranked.pop(division, None)
        if ranked is not None:
            self._before[division] = {standing.id: standing.rank for standing in ranked}
        state.touch(f"{state.chain}/division/{division}/standings")


def records(state: State, division: Division) -> list[Record]:
    """What ranking needs of a division: each entry with its attempts in order, None where none was confirmed."""
    attempts: dict[str, list[Attempt | None]] = {entry.id: [] for entry in state[Entries].of(division.code)}
    for run in state[Runs].of(division.code):
        attempts[run.entry].append(_attempt(run))
    return [Record(entry, tuple(made)) for entry, made in attempts.items()]


def _attempt(run: Run) -> Attempt | None:
    if run.result is None:
        return None
    return Attempt(results=run.result.results, mark=run.result.mark)


def standings_data(state: State, division: str) -> list[dict[str, Any]]:
    """A division's standings as plain data, for comparing and exporting."""
    ranked = state[Standings].of(state, state[Setup].divisions[division])
    return [standing.to_json() for standing in ranked]

"""A run's clock started and stopped by a judge's hand, where its gates give no time."""

from __future__ import annotations

from dataclasses import replace

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .clock import Hand
from .state import LIVE, START_LIST, UNCONFIRMED, Run, Runs


class HandClocks(Part):
    """Puts the taps into the clocks of their runs, which screens, desk and tablets show; it keeps nothing itself."""

    @on("HandClockStarted")
    def _started(self, state: State, entry: Entry) -> None:
        run = _run(state, entry)
        run.clock = replace(run.clock, hand_start=_hand(entry), hand_stop=None)
        self._show(state, run, LIVE)

    @on("HandClockStopped")
    def _stopped(self, state: State, entry: Entry) -> None:
        run = _run(state, entry)
        run.clock = replace(run.clock, hand_stop=_hand(entry))
        self._show(state, run, UNCONFIRMED)

    @on("HandClockCancelled")
    def _cancelled(self, state: State, entry: Entry) -> None:
        run = _run(state, entry)
        run.clock = replace(run.clock, hand_start=None, hand_stop=None)
        self._show(state, run, START_LIST)

    def _show(self, state: State, run: Run, status: str) -> None:
        if not run.is_confirmed:
            run.status = status
        state[Runs].touch_clock(state, run)


def _run(state: State, entry: Entry) -> Run:
    return state[Runs].by_id[entry.data["run"]]


def _hand(entry: Entry) -> Hand:
    return Hand(entry.data["at_utc"], entry.data["uncertainty_ms"])

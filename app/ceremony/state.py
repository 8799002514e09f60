"""What is true of ceremonies: which divisions are frozen for the public, since when, and what was revealed."""

from __future__ import annotations

from dataclasses import replace

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Runs
from ..schedule.state import Schedule
from ..standings.state import Standings
from .reveal import Ceremony
from .seal import Seal


class Ceremonies(Part):
    """Seals by division, freezes planned for an instant to come, and the ceremonies under way.

    A division is sealed by the first entry of the log at or after the chosen instant, before that entry is taken in:
    so what the public sees depends on the log alone. This part must therefore come before those of runs and standings.
    """

    def __init__(self) -> None:
        self.planned: dict[str, str] = {}
        self.ceremonies: dict[str, Ceremony] = {}
        self._seals: dict[str, Seal] = {}

    def seal(self, division: str) -> Seal | None:
        """What the public sees of a division, where it is frozen."""
        return self._seals.get(division)

    @on("*")
    def _seal_what_is_due(self, state: State, entry: Entry) -> None:
        for division in [code for code, at_utc in self.planned.items() if at_utc <= entry.at_utc]:
            self._seal(state, division, self.planned.pop(division))

    @on("DivisionAdded")
    def _division_added(self, state: State, entry: Entry) -> None:
        self._touch_ceremony(state, entry.data["code"])

    @on("StandingsFrozen")
    def _frozen(self, state: State, entry: Entry) -> None:
        division, at_utc = entry.data["division"], entry.data["at_utc"]
        if at_utc <= entry.at_utc:
            self._seal(state, division, entry.at_utc)
        else:
            self.planned[division] = at_utc
            self._touch(state, division)

    @on("StandingsUnfrozen")
    def _unfrozen(self, state: State, entry: Entry) -> None:
        division = entry.data["division"]
        for kept in (self.planned, self.ceremonies, self._seals):
            kept.pop(division, None)
        state[Runs].sealed.discard(division)
        self._touch(state, division)

    @on("CeremonyBegun")
    def _begun(self, state: State, entry: Entry) -> None:
        data = entry.data
        order = tuple(state[Standings].of(data["division"]))
        self.ceremonies[data["division"]] = Ceremony.of(order, data["places"], tuple(data["awards"]))
        self._touch_ceremony(state, data["division"])

    @on("PlaceRevealed")
    def _revealed(self, state: State, entry: Entry) -> None:
        self._go_to(state, entry.data["division"], entry.data["step"])

    @on("RevealUndone")
    def _undone(self, state: State, entry: Entry) -> None:
        self._go_to(state, entry.data["division"], entry.data["step"])

    def _go_to(self, state: State, division: str, step: int) -> None:
        self.ceremonies[division] = replace(self.ceremonies[division], step=step)
        self._touch_ceremony(state, division)

    def _seal(self, state: State, division: str, at_utc: str) -> None:
        self._seals[division] = Seal.of(state, division, at_utc)
        state[Runs].sealed.add(division)
        self._touch(state, division)

    def _touch(self, state: State, division: str) -> None:
        """Show anew all that tells the public of a division."""
        fields = {run.field for run in state[Runs].of(division)} & state[Schedule].queues.keys()
        contest = state[Matches].contest(division)
        if contest:
            fields |= {match.field for match in contest.matches()}
            state.touch(f"{state.chain}/division/{division}/matches")
        state.touch(f"{state.chain}/division/{division}/standings", f"{state.chain}/schedule")
        for field in fields:
            state.touch(f"{state.chain}/field/{field}", f"{state.chain}/field/{field}/queue")
        self._touch_ceremony(state, division)

    def _touch_ceremony(self, state: State, division: str) -> None:
        state.touch(f"{state.chain}/division/{division}/ceremony")

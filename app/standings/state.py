"""Standings kept in memory: a division's order, mended by what changed, and the same as when ranked anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.ranking import Attempt, Record, Standing, Table
from scoring.standing import with_places

from ..competitions.state import Division, Setup
from ..entries.state import Entries
from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Run, Runs


@dataclass(slots=True)
class Order:
    """A division's table; ``moved`` is the entry that changed last and how many places it rose.

    ``places`` are those that brackets decide; who has one stands before all who have none.
    """

    table: Table
    moved: tuple[str, int] = ("", 0)
    lots: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def standings(self) -> list[Standing]:
        standings = self.table.standings()
        return with_places(standings, self.places) if self.places else standings

    def standing(self, entry: str) -> Standing:
        """Raises KeyError where there is no such entry."""
        if not self.places:
            return self.table.standing(entry)
        found = next((standing for standing in self.standings() if standing.id == entry), None)
        return found or self.table.standing(entry)


class Standings(Part):
    """Each division's order, and which divisions are published."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self.published: set[str] = set()

    def of(self, division: str) -> list[Standing]:
        """The division's standings now, best first."""
        return self._orders[division].standings()

    def standing(self, division: str, entry: str) -> Standing:
        """One entry's place. Raises KeyError where there is no such entry."""
        return self._orders[division].standing(entry)

    def lots(self, division: str) -> dict[str, int]:
        """The lots drawn, by entry: the lower number stands first where nothing else decides."""
        return self._orders[division].lots

    def moved(self, division: str, entry: str) -> int:
        """How many places an entry rose by the last change; 0 for all but the one that changed."""
        changed, places = self._orders[division].moved
        return places if changed == entry else 0

    @on("DivisionAdded")
    def _division_added(self, state: State, entry: Entry) -> None:
        division = state[Setup].divisions[entry.data["code"]]
        self._orders[division.code] = Order(Table(division.ruleset))

    @on("EntryRegistered")
    def _registered(self, state: State, entry: Entry) -> None:
        self._orders[entry.data["division"]].table.update(Record(entry.data["entry"]))

    @on("EntryMoved")
    def _moved(self, state: State, entry: Entry) -> None:
        left, division = entry.data["left"], entry.data["division"]
        self._orders[left].table.remove(entry.data["entry"])
        self._orders[division].table.update(Record(entry.data["entry"]))
        self._touch(state, left)
        self._touch(state, division)

    @on("StartListDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        self._touch(state, entry.data["division"])

    @on("LateEntriesAdded")
    def _late_entries_added(self, state: State, entry: Entry) -> None:
        self._touch(state, entry.data["division"])

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._rescore(state, state[Runs].by_id[entry.data["run"]])

    @on("ScoreCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        self._rescore(state, state[Runs].by_id[entry.data["run"]])

    @on("ReplayOrdered")
    def _held_again(self, state: State, entry: Entry) -> None:
        self._rescore(state, state[Runs].by_id[entry.data["run"]])

    @on("EntryWithdrawn")
    def _withdrawn(self, state: State, entry: Entry) -> None:
        self._withdrawals_changed(state, entry)

    @on("EntryReinstated")
    def _reinstated(self, state: State, entry: Entry) -> None:
        self._withdrawals_changed(state, entry)

    @on("MatchesDrawn")
    def _matches_drawn(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("MatchesDiscarded")
    def _matches_discarded(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("LateEntriesTakenIn")
    def _late_taken_in(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("MatchesPaired")
    def _matches_paired(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("MatchesCalledOff")
    def _matches_called_off(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("AlliancesFormed")
    def _alliances_formed(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("AlliancesReopened")
    def _alliances_reopened(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("BackupCalled")
    def _backup_called(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("AllianceStepUndone")
    def _alliance_step_undone(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("TieSettled")
    def _tie_settled(self, state: State, entry: Entry) -> None:
        self._rematch(state, entry.data["division"])

    @on("MatchEntered")
    def _match_entered(self, state: State, entry: Entry) -> None:
        self._match_decided(state, entry)

    @on("MatchCorrected")
    def _match_corrected(self, state: State, entry: Entry) -> None:
        self._match_decided(state, entry)

    @on("WalkoverGiven")
    def _walkover_given(self, state: State, entry: Entry) -> None:
        self._match_decided(state, entry)

    @on("AbsentPartnersSet")
    def _absent_set(self, state: State, entry: Entry) -> None:
        self._rematch(state, state[Matches].by_id[entry.data["match"]].division)

    @on("MatchReplayOrdered")
    def _match_held_again(self, state: State, entry: Entry) -> None:
        self._rematch(state, state[Matches].by_id[entry.data["match"]].division)

    @on("NumbersSet")
    def _numbers_set(self, state: State, entry: Entry) -> None:
        order = self._orders[entry.data["division"]]
        division = state[Setup].divisions[entry.data["division"]]
        order.table = _table(state, division, order.lots)
        self._touch(state, division.code)

    @on("LotsDrawn")
    def _lots_drawn(self, state: State, entry: Entry) -> None:
        order = self._orders[entry.data["division"]]
        order.lots |= entry.data["lots"]
        order.table.draw(order.lots)
        self._rematch(state, entry.data["division"])

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        self.published.add(entry.data["division"])
        self._touch(state, entry.data["division"])

    def _rescore(self, state: State, run: Run) -> None:
        if not run.practice:
            self._rescore_entry(state, run.division, run.entry)

    def _withdrawals_changed(self, state: State, entry: Entry) -> None:
        self._rescore_entry(state, entry.data["division"], entry.data["entry"])
        self._rematch(state, entry.data["division"])

    def _match_decided(self, state: State, entry: Entry) -> None:
        match = state[Matches].by_id[entry.data["match"]]
        if match.practice:
            return
        order = self._orders[match.division]
        climber = match.winner or match.sides[0]
        before = order.standing(climber).rank
        self._rematch(state, match.division)
        after = order.standing(climber).rank
        order.moved = (climber, before - after if before and after else 0)

    def _rematch(self, state: State, division: str) -> None:
        """Follow the division's matches, if it has any."""
        contest = state[Matches].contest(division)
        order = self._orders[division]
        if contest or order.places:
            order.table.play(contest.table_matches() if contest else ())
            order.places = contest.tournament.places() if contest else {}
        self._touch(state, division)

    def _rescore_entry(self, state: State, division: str, entry: str) -> None:
        order = self._orders[division]
        before = order.standing(entry).rank
        order.table.update(_record(entry, state[Runs].attempts_of(entry)))
        after = order.standing(entry).rank
        order.moved = (entry, before - after if before and after else 0)
        self._touch(state, division)

    def _touch(self, state: State, division: str) -> None:
        """A division that is frozen for the public is not even said to have changed."""
        if division not in state[Runs].sealed:
            state.touch(f"{state.chain}/division/{division}/standings")


def ranked_anew(state: State, division: Division) -> list[Standing]:
    """The standings ranked from the runs and lots alone, to hold against the order kept."""
    contest = state[Matches].contest(division.code)
    table = _table(state, division, state[Standings].lots(division.code))
    return Order(table, places=contest.tournament.places() if contest else {}).standings()


def _table(state: State, division: Division, lots: Mapping[str, int]) -> Table:
    attempts: dict[str, list[Run]] = {entry.id: [] for entry in state[Entries].of(division.code)}
    for run in state[Runs].of(division.code):
        attempts[run.entry].append(run)
    records = [_record(entry, runs) for entry, runs in attempts.items()]
    contest = state[Matches].contest(division.code)
    matches = contest.table_matches() if contest else ()
    return Table(division.ruleset, records, matches, lots)


def _record(entry: str, runs: list[Run]) -> Record:
    """What ranking needs of an entry: its attempts in order, None where none was confirmed."""
    return Record(entry, tuple(_attempt(run) for run in runs))


def _attempt(run: Run) -> Attempt | None:
    if run.result is None:
        return None
    return Attempt(mark=run.result.mark) if run.result.mark else Attempt(run.result.results)

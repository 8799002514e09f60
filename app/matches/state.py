"""What is true of matches: how each division was drawn, who meets whom, what was decided, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.situation import Pairing

from ..competitions.state import Setup
from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..runs.state import Runs
from .contest import Contest
from .field_queues import FieldQueues
from .match import Clock, Counting, Match, Outcome


class Matches(Part):
    """Contests by division, matches by id; the match now on each field, the last one confirmed there, and the queues.

    Of a division that is frozen for the public, only those who judge are told that its matches move.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Match] = {}
        self.contests: dict[str, Contest] = {}
        self.fields = FieldQueues()
        self.last: dict[str, str] = {}
        self._withdrawn: set[str] = set()
        self._lots: dict[str, dict[str, int]] = {}

    def contest(self, division: str) -> Contest | None:
        """How a division stands; None where its matches are not drawn."""
        return self.contests.get(division)

    @property
    def queues(self) -> dict[str, list[str]]:
        """All matches of each field by their ids, in the order they are held."""
        return self.fields.by_field

    def on_field(self, field: str) -> Match | None:
        return self.fields.on_field(field)

    def waiting(self, field: str) -> Iterator[Match]:
        """The matches of a field that are still to be held, in order, without the one on it."""
        return self.fields.waiting(field, self.by_id)

    def lots(self, division: str) -> dict[str, int]:
        return self._lots.get(division, {})

    @property
    def withdrawn(self) -> frozenset[str]:
        return frozenset(self._withdrawn)

    @on("MatchesDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        data = entry.data
        ruleset = state[Setup].divisions[data["division"]].ruleset
        contest = Contest(
            data["division"], ruleset, tuple(data["entries"]), tuple(data["fields"]), data["seed"]
        )
        contest.seeding = data.get("seeding", "draw")
        contest.lots = self.lots(contest.division)
        contest.withdrawn = self.withdrawn
        self.contests[contest.division] = contest
        self._pair(state, entry, contest)

    @on("LateEntriesTakenIn")
    def _late_taken_in(self, state: State, entry: Entry) -> None:
        contest = self.contests[entry.data["division"]]
        late = tuple(entry.data["entries"])
        contest.entries, contest.late = contest.entries + late, contest.late + late
        self._show(state, contest)

    @on("MatchesPaired")
    def _paired(self, state: State, entry: Entry) -> None:
        self._pair(state, entry, self.contests[entry.data["division"]])

    @on("MatchesCalledOff")
    def _called_off(self, state: State, entry: Entry) -> None:
        contest = self.contests[entry.data["division"]]
        for match in map(self.by_id.__getitem__, entry.data["matches"]):
            match.called_off, match.version = True, entry.seq
            self.fields.leave(match)
            contest.drop(match)
            self._remember(state, match, entry)
        self._show(state, contest)

    @on("MatchesDiscarded")
    def _discarded(self, state: State, entry: Entry) -> None:
        contest = self.contests.pop(entry.data["division"])
        for match in contest.matches():
            match.called_off, match.version = True, entry.seq
            self.fields.leave(match)
            self._touch(state, match)
        self._touch_division(state, contest.division)

    @on("MatchOpened")
    def _opened(self, state: State, entry: Entry) -> None:
        match = self.by_id[entry.data["match"]]
        self.fields.enter(match)
        self._touch(state, match)

    @on("MatchClosed")
    def _closed(self, state: State, entry: Entry) -> None:
        match = self.by_id[entry.data["match"]]
        self.fields.leave(match)
        self._touch(state, match)

    @on("RunOpened")
    def _run_opened(self, state: State, entry: Entry) -> None:
        """A run comes onto the field: the match that was there leaves it."""
        field = state[Runs].by_id[entry.data["run"]].field
        match = self.on_field(field)
        if match:
            self.fields.leave(match)
            self._touch(state, match)

    @on("BoutsShown")
    def _bouts_shown(self, state: State, entry: Entry) -> None:
        data = entry.data
        match = self.by_id[data["match"]]
        match.bouts, match.decision = tuple(data["bouts"]), data["decision"]
        match.clock = Clock(data["clock"]["started_at_utc"], data["clock"]["elapsed_s"])
        match.countdowns = tuple(Counting(**one) for one in data.get("countdowns", ()))
        self._touch(state, match)

    @on("MatchEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=False)

    @on("MatchCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=True)

    @on("AbsentPartnersSet")
    def _absent_set(self, state: State, entry: Entry) -> None:
        match = self.by_id[entry.data["match"]]
        match.absent, match.official = frozenset(entry.data["absent"]), False
        self._show(state, self.contests[match.division])

    @on("WalkoverGiven")
    def _walkover(self, state: State, entry: Entry) -> None:
        match = self.by_id[entry.data["match"]]
        match.bouts, match.decision, match.clock = (), None, Clock()
        match.outcome = Outcome(
            entry.data["winner"],
            (),
            (),
            True,
            match.is_confirmed,
            entry.actor,
            entry.at_utc,
            paper=bool(entry.data.get("paper")),
        )
        self._settle(state, entry, match)

    @on("MatchReplayOrdered")
    def _held_again(self, state: State, entry: Entry) -> None:
        data = entry.data
        old = self.by_id[data["match"]]
        again = Match(
            data["replay"], old.division, old.field, old.number, old.pairing, entry.seq, replay_of=old.id
        )
        old.replaced_by, old.version = again.id, entry.seq
        self.fields.leave(old)
        self.by_id[again.id] = again
        self.fields.insert(again, data["before"])
        contest = self.contests[old.division]
        contest.take(again)
        self._remember(state, old, entry)
        self._show(state, contest)

    @on("MatchMoved")
    def _moved(self, state: State, entry: Entry) -> None:
        match = self.by_id[entry.data["match"]]
        self._touch(state, match)
        self.fields.move(match, entry.data["field"], entry.data["before"])
        self._touch(state, match)

    @on("PracticeMatchAdded")
    def _practised(self, state: State, entry: Entry) -> None:
        data = entry.data
        pairing = Pairing(f"practice.{data['match']}", "practice", "practice", 1, tuple(data["sides"]))
        match = Match(data["match"], data["division"], data["field"], 0, pairing, entry.seq, practice=True)
        self.by_id[match.id] = match
        self.fields.insert(match, data["before"])
        self._touch(state, match)

    @on("MatchesSwapped")
    def _swapped(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.fields.swap(data["field"], data["match"], data["other"])
        for match in (self.by_id[data["match"]], self.by_id[data["other"]]):
            self._touch(state, match)

    @on("TieSettled")
    def _tie_settled(self, state: State, entry: Entry) -> None:
        contest = self.contests[entry.data["division"]]
        contest.settled[entry.data["key"]] = tuple(entry.data["entries"])
        self._show(state, contest)

    @on("AlliancesFormed")
    def _alliances_formed(self, state: State, entry: Entry) -> None:
        self._alliances_changed(state, entry)

    @on("BackupCalled")
    def _backup_called(self, state: State, entry: Entry) -> None:
        self._alliances_changed(state, entry)

    @on("AllianceStepUndone")
    def _alliance_step_undone(self, state: State, entry: Entry) -> None:
        if "alliances" in entry.data:
            self._alliances_changed(state, entry)

    @on("AlliancesReopened")
    def _alliances_reopened(self, state: State, entry: Entry) -> None:
        self._alliances_changed(state, entry)

    @on("LotsDrawn")
    def _lots_drawn(self, state: State, entry: Entry) -> None:
        division = entry.data["division"]
        self._lots[division] = self.lots(division) | entry.data["lots"]
        contest = self.contests.get(division)
        if contest:
            contest.lots = self._lots[division]
            self._show(state, contest)

    @on("EntryWithdrawn")
    def _withdrew(self, state: State, entry: Entry) -> None:
        self._withdrawn.add(entry.data["entry"])
        self._withdrawals_changed(state, entry)

    @on("EntryReinstated")
    def _reinstated(self, state: State, entry: Entry) -> None:
        self._withdrawn.discard(entry.data["entry"])
        self._withdrawals_changed(state, entry)

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        contest = self.contests.get(entry.data["division"])
        if contest is None:
            return
        for match in contest.matches():
            match.official = True
        self._show(state, contest)

    @on("ProtestFiled")
    def _protested(self, state: State, entry: Entry) -> None:
        match = self.by_id.get(entry.data.get("match", ""))
        if match:
            match.protests |= {entry.data["protest"]}
            self._touch(state, match)

    @on("ProtestDecided")
    def _protest_decided(self, state: State, entry: Entry) -> None:
        match = self.by_id.get(entry.data.get("match", ""))
        if match:
            match.protests -= {entry.data["protest"]}
            self._touch(state, match)

    @on("PlanApplied")
    def _planned(self, state: State, entry: Entry) -> None:
        for planned in entry.data.get("matches", ()):
            match = self.by_id[planned["match"]]
            match.field, match.planned_at_utc = planned["field"], planned["at_utc"]
        self.queues.update({field: list(ids) for field, ids in entry.data.get("match_queues", {}).items()})

    def _withdrawals_changed(self, state: State, entry: Entry) -> None:
        contest = self.contests.get(entry.data["division"])
        if contest:
            contest.withdrawn = self.withdrawn
            self._show(state, contest)

    def _alliances_changed(self, state: State, entry: Entry) -> None:
        """The alliances an event names, or none where it names none."""
        data = entry.data
        contest = self.contests[data["division"]]
        others = {phase: formed for phase, formed in contest.alliances.items() if phase != data["phase"]}
        if "alliances" in data:
            others[data["phase"]] = tuple(map(tuple, data["alliances"]))
        contest.alliances = others
        contest.resting = frozenset(data.get("resting", ()))
        self._show(state, contest)

    def _pair(self, state: State, entry: Entry, contest: Contest) -> None:
        contest.seeds |= {phase: tuple(seeds) for phase, seeds in entry.data["seeds"].items()}
        for made in entry.data["matches"]:
            match = Match(
                made["id"], contest.division, made["field"], made["number"], Pairing.read(made), entry.seq
            )
            self.by_id[match.id] = match
            contest.take(match)
            if not match.pairing.is_bye:
                self.fields.insert(match, None)
        self._show(state, contest)

    def _confirm(self, state: State, entry: Entry, *, corrected: bool) -> None:
        data = entry.data
        match = self.by_id[data["match"]]
        match.bouts, match.decision, match.clock = tuple(data["bouts"]), data["decision"], Clock()
        score, taken = tuple(data["score"]), tuple(data["taken"])
        captains = {side: one["outcome"] for side, one in (data.get("captains") or {}).items()}
        match.outcome = Outcome(
            data["winner"],
            score,
            taken,
            False,
            corrected,
            entry.actor,
            entry.at_utc,
            captains,
            bool(data.get("paper")),
        )
        self._settle(state, entry, match)

    def _settle(self, state: State, entry: Entry, match: Match) -> None:
        match.version, match.official = entry.seq, False
        self.fields.leave(match)
        self._remember(state, match, entry)
        if match.practice:
            self._touch(state, match)
            return
        if match.outcome and not match.outcome.corrected:
            self.last[match.field] = match.id
        self._show(state, self.contests[match.division])

    def _remember(self, state: State, match: Match, entry: Entry) -> None:
        state.remember(f"{state.chain}/match/{match.id}", entry)

    def _show(self, state: State, contest: Contest) -> None:
        """Work out what the contest comes to now, and show it."""
        contest.unfold()
        for match in contest.matches():
            self._touch(state, match)
        self._touch_division(state, contest.division)

    def _touch(self, state: State, match: Match) -> None:
        place = f"{state.chain}/field/{match.field}"
        state.touch(f"{place}/judging")
        if match.division not in state[Runs].sealed:
            state.touch(place, f"{place}/queue")
            self._touch_division(state, match.division)

    def _touch_division(self, state: State, division: str) -> None:
        if division not in state[Runs].sealed:
            state.touch(f"{state.chain}/division/{division}/matches", f"{state.chain}/schedule")

"""What was written about whom, so that it can be erased with them: ids of sealed rows, by entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import EVERY, Part, State, on
from ..eventlog.verifying import references
from ..matches.state import Matches
from ..protests.state import Protests
from ..runs.state import Runs

ABOUT_ENTRIES = frozenset(
    {
        "BackupCalled",
        "DisputesSettled",
        "EscalationAnswered",
        "EntryReinstated",
        "EntryWithdrawn",
        "MatchCorrected",
        "MatchEntered",
        "MatchReplayOrdered",
        "MatchesSwapped",
        "ProtestDecided",
        "ProtestFiled",
        "ReadingAssigned",
        "RefereeCalled",
        "ReplayOrdered",
        "RobotInspected",
        "RunReset",
        "RunsSwapped",
        "ScoreCorrected",
        "ScoreEntered",
        "SheetDisputed",
        "SheetSubmitted",
        "SpokenWordsSet",
        "TieSettled",
        "WalkoverGiven",
    }
)
ABOUT_NO_ENTRY = frozenset(
    {
        "AllianceSelectionDiscarded",
        "AllianceStepUndone",
        "AlliancesReopened",
        "ApplicationReturned",
        "FieldReleased",
        "MatchesDiscarded",
        "ResultsPublished",
        "SelfTestOverridden",
    }
)
"""Events with notes that are about a field or a whole division, or go with an application."""

ERASURES = ("EntryTakenDown", "PeopleErased", "EntryChanged", "ApplicationChanged")


class Written(Part):
    """Sealed rows by the entries they are about. ``erased_at`` is the newest entry of the log that erased anybody."""

    def __init__(self) -> None:
        self.about: dict[str, set[str]] = {}
        self.erased_at = 0

    @on(EVERY)
    def _heard(self, state: State, entry: Entry) -> None:
        if entry.type in ABOUT_ENTRIES:
            self._wrote(state, entry.data)
        elif entry.type in ERASURES and ("gone" not in entry.data or entry.data["gone"]):
            self.erased_at = entry.seq

    @on("EntryTakenDown")
    def _taken_down(self, state: State, entry: Entry) -> None:
        self._erase(state, [entry.data["entry"]])

    @on("PeopleErased")
    def _people_erased(self, state: State, entry: Entry) -> None:
        if entry.data.get("everything"):
            self._erase(state, list(self.about))
        elif entry.data.get("entries"):
            self._erase(state, entry.data["entries"])

    def _erase(self, state: State, entries: Iterable[str]) -> None:
        """Live topics may tell what was written, so all there are come anew."""
        for row in [row for entry in entries for row in self.about.pop(entry, ())]:
            state.texts.pop(row, None)
        state.touch(*state.topics)

    def _wrote(self, state: State, data: Mapping[str, Any]) -> None:
        captains = data.get("captains") or {}
        told = {name: value for name, value in data.items() if name != "captains"}
        self._keep(_entries_of(state, data), told)
        for side, captain in captains.items():
            self._keep(_players(state, data["match"], [side]), captain)

    def _keep(self, entries: Iterable[str], told: Any) -> None:
        rows = {id_ for id_, _digest in references(told)}
        for entry in set(entries) if rows else ():
            self.about.setdefault(entry, set()).update(rows)


def _entries_of(state: State, data: Mapping[str, Any]) -> Iterator[str]:
    """The entries an event is about: those it names, and those of the runs, matches and protests it names."""
    runs = state[Runs].by_id
    yield from (runs[data[name]].entry for name in ("run", "other") if data.get(name) in runs)
    yield from (data[name] for name in ("entry", "instead_of") if data.get(name))
    yield from data.get("entries", ())
    matches = state[Matches].by_id
    for named in (data[name] for name in ("match", "other") if data.get(name) in matches):
        yield from _players(state, named, matches[named].sides)
    protest = state[Protests].by_id.get(data.get("protest", ""))
    if protest is not None:
        yield protest.entry


def _players(state: State, match_id: str, sides: Iterable[str]) -> Iterator[str]:
    """The entries that play for sides of a match: of an alliance all its members."""
    match = state[Matches].by_id[match_id]
    contest = state[Matches].contest(match.division)
    for side in sides:
        yield from contest.members(match.pairing, side) if contest else (side,)

"""What is true of alliance selections: step by step, who picked whom, and whether the alliances stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scoring.alliances import Backup, Selection, start
from scoring.contest import AllianceRules

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Runs

PICKED, DECLINED, BACKUP = "picked", "declined", "backup"


@dataclass(frozen=True, slots=True)
class Step:
    """What happened last: picked, declined or backup; the alliance that asked, who was asked, and how it was before."""

    kind: str
    alliance: int | None
    entry: str
    before: Selection


@dataclass(frozen=True, slots=True)
class Choosing:
    """A division's selection. ``version`` moves with every step.

    ``formed_after`` is the number of steps after which the alliances were said to stand; None until then.
    """

    division: str
    phase: str
    selection: Selection
    version: int
    steps: tuple[Step, ...] = ()
    formed_after: int | None = None

    @property
    def is_formed(self) -> bool:
        return self.formed_after is not None

    @property
    def last_undoable(self) -> Step | None:
        """The step that can be taken back: none from before the alliances were formed."""
        return self.steps[-1] if len(self.steps) > (self.formed_after or 0) else None

    def stepped(self, kind: str, alliance: int | None, entry: str, after: Selection) -> Choosing:
        step = Step(kind, alliance, entry, self.selection)
        return replace(self, selection=after, steps=(*self.steps, step))

    def undone(self) -> Choosing:
        """One step less; who has withdrawn since stays withdrawn."""
        before = self.steps[-1].before.without(self.selection.gone)
        return replace(self, selection=before, steps=self.steps[:-1])


class Alliances(Part):
    """Selections by division. Of a division that is frozen for the public, nobody is told that they move."""

    def __init__(self) -> None:
        self._choosing: dict[str, Choosing] = {}

    def of(self, division: str) -> Choosing | None:
        """A division's selection; None where none was begun."""
        return self._choosing.get(division)

    @on("AllianceSelectionOpened")
    def _opened(self, state: State, entry: Entry) -> None:
        data = entry.data
        rules = AllianceRules(data["count"], data["picks"], data["order"], data["backups"])
        selection = start(rules, data["ranked"], state[Matches].withdrawn)
        self._put(state, entry, Choosing(data["division"], data["phase"], selection, entry.seq))

    @on("PartnerPicked")
    def _picked(self, state: State, entry: Entry) -> None:
        now, picked = self._choosing[entry.data["division"]], entry.data["entry"]
        after = now.selection.pick(picked)
        self._put(state, entry, now.stepped(PICKED, entry.data["alliance"], picked, after))

    @on("InvitationDeclined")
    def _declined(self, state: State, entry: Entry) -> None:
        now, asked = self._choosing[entry.data["division"]], entry.data["entry"]
        after = now.selection.decline(asked)
        self._put(state, entry, now.stepped(DECLINED, entry.data["alliance"], asked, after))

    @on("BackupCalled")
    def _backup_called(self, state: State, entry: Entry) -> None:
        data = entry.data
        now = self._choosing[data["division"]]
        after = now.selection.call_backup(Backup(data["alliance"], data["entry"], data["instead_of"]))
        self._put(state, entry, now.stepped(BACKUP, data["alliance"], data["entry"], after))

    @on("AllianceStepUndone")
    def _undone(self, state: State, entry: Entry) -> None:
        self._put(state, entry, self._choosing[entry.data["division"]].undone())

    @on("AlliancesFormed")
    def _formed(self, state: State, entry: Entry) -> None:
        now = self._choosing[entry.data["division"]]
        self._put(state, entry, replace(now, formed_after=len(now.steps)))

    @on("AlliancesReopened")
    def _reopened(self, state: State, entry: Entry) -> None:
        now = self._choosing[entry.data["division"]]
        while now.last_undoable and now.is_formed:
            now = now.undone()
        self._put(state, entry, replace(now, formed_after=None))

    @on("AllianceSelectionDiscarded")
    def _discarded(self, state: State, entry: Entry) -> None:
        self._drop(state, entry)

    @on("MatchesDiscarded")
    def _matches_discarded(self, state: State, entry: Entry) -> None:
        self._drop(state, entry)

    @on("EntryWithdrawn")
    def _withdrew(self, state: State, entry: Entry) -> None:
        self._withdrawals_changed(state, entry)

    @on("EntryReinstated")
    def _reinstated(self, state: State, entry: Entry) -> None:
        self._withdrawals_changed(state, entry)

    def _withdrawals_changed(self, state: State, entry: Entry) -> None:
        now = self._choosing.get(entry.data["division"])
        if now:
            self._put(state, entry, replace(now, selection=now.selection.without(state[Matches].withdrawn)))

    def _drop(self, state: State, entry: Entry) -> None:
        if self._choosing.pop(entry.data["division"], None):
            self._say(state, entry, entry.data["division"])

    def _put(self, state: State, entry: Entry, now: Choosing) -> None:
        self._choosing[now.division] = replace(now, version=entry.seq)
        self._say(state, entry, now.division)

    def _say(self, state: State, entry: Entry, division: str) -> None:
        state.remember(f"{state.chain}/alliances/{division}", entry)
        if division not in state[Runs].sealed:
            state.touch(f"{state.chain}/division/{division}/alliances")

"""Alliance selection: captains come from the ranking and pick partners in turn; backups are called in later.

Source of the order and of what a refusal costs: FIRST Robotics Competition Game Manual, "Alliance Selection Process".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .contest import AllianceRules
from .problems import SheetProblem


class SelectionRefused(ValueError):
    """A step that the selection does not allow now; ``problem`` has the code and the facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.problem = SheetProblem(code, None, facts)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: the alliance's number and the round, both from 1."""

    alliance: int
    round: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A team called into an alliance later, for the member it plays instead of, if it is said."""

    alliance: int
    entry: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection after some steps; each step gives a new one.

    ``ranked``: who takes part, best first. ``formed``: the alliances whose captain is settled, captain first.
    ``turns``: how many turns are over. ``declined`` may not be picked any more, nor be a backup, but may become
    captains. ``gone`` have withdrawn.
    """

    rules: AllianceRules
    ranked: tuple[str, ...]
    formed: tuple[tuple[str, ...], ...] = ()
    turns: int = 0
    declined: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    backups: tuple[Backup, ...] = ()

    @property
    def turn(self) -> Turn | None:
        """None once every turn is over."""
        if self.turns >= self.rules.count * self.rules.picks:
            return None
        round_, at = divmod(self.turns, self.rules.count)
        is_back = self.rules.order == "serpentine" and round_ % 2 == 1
        return Turn(self.rules.count - at if is_back else at + 1, round_ + 1)

    @property
    def captains(self) -> tuple[str, ...]:
        """The captains settled, then those who would be next as it stands: a captain who is picked moves them up."""
        settled = [members[0] for members in self.formed]
        coming = self._present() if self._is_forming else []
        return (*settled, *coming[: self.rules.count - len(settled)])

    @property
    def free(self) -> tuple[str, ...]:
        """Who is in no alliance, best first."""
        taken = {entry for members in self.rosters() for entry in members}
        return tuple(entry for entry in self.ranked if entry not in taken)

    @property
    def available(self) -> tuple[str, ...]:
        """Whom the captain whose turn it is may pick; or once all turns are over, the backups in their order.

        While captains are still to be settled, nobody can be picked if that left an alliance without one.
        """
        turn, there = self.turn, self._present()
        if turn is None or not self._is_forming:
            return tuple(entry for entry in there if entry not in self.declined)
        others = there[1:]
        still_to_form = self.rules.count - turn.alliance
        if len(others) - 1 < still_to_form:
            return ()
        return tuple(entry for entry in others if entry not in self.declined)

    def rosters(self) -> tuple[tuple[str, ...], ...]:
        """The alliances so far with the backups they called in."""
        return tuple(
            (*members, *(backup.entry for backup in self.backups if backup.alliance == number))
            for number, members in enumerate(self.formed, 1)
        )

    def pick(self, entry: str) -> Selection:
        """The captain whose turn it is picks a team, and it accepts. Raises SelectionRefused."""
        turn = self._open_turn()
        self._check_available(entry)
        if self._is_forming:
            formed = (*self.formed, (self._present()[0], entry))
        else:
            formed = tuple(
                (*members, entry) if number == turn.alliance else members
                for number, members in enumerate(self.formed, 1)
            )
        return replace(self, formed=formed, turns=self.turns + 1)._passing()

    def decline(self, entry: str) -> Selection:
        """A team that was asked says no, as a partner or as a backup. Raises SelectionRefused."""
        self._check_available(entry)
        return replace(self, declined=self.declined | {entry})._passing()

    def call_backup(self, backup: Backup) -> Selection:
        """The next backup joins an alliance, once all turns are over. Raises SelectionRefused."""
        if self.turn is not None:
            raise SelectionRefused("alliances_incomplete")
        if not 1 <= backup.alliance <= len(self.formed):
            raise SelectionRefused("alliance_unknown", alliance=backup.alliance)
        own = [one for one in self.backups if one.alliance == backup.alliance]
        if len(own) >= self.rules.backups:
            raise SelectionRefused("backups_used_up", alliance=backup.alliance, most=self.rules.backups)
        if backup.entry not in self.available[:1]:
            raise SelectionRefused("backup_not_next")
        if backup.instead_of is not None and backup.instead_of not in self.playing(backup.alliance):
            raise SelectionRefused("alliance_member_unknown", alliance=backup.alliance)
        return replace(self, backups=(*self.backups, backup))

    def playing(self, alliance: int) -> tuple[str, ...]:
        """Who plays for an alliance: its members and backups, without those whom a backup plays for."""
        out = {backup.instead_of for backup in self.backups}
        return tuple(entry for entry in self.rosters()[alliance - 1] if entry not in out)

    def without(self, gone: Collection[str]) -> Selection:
        """The same with these withdrawn: not captains to come, not to be picked; who is in an alliance stays there."""
        return replace(self, gone=frozenset(gone))._passing()

    @property
    def _is_forming(self) -> bool:
        """The first round is under way: each turn settles a captain."""
        return self.turns < self.rules.count

    def _present(self) -> list[str]:
        return [entry for entry in self.free if entry not in self.gone]

    def _open_turn(self) -> Turn:
        turn = self.turn
        if turn is None:
            raise SelectionRefused("alliances_complete")
        return turn

    def _check_available(self, entry: str) -> None:
        if entry not in self.available:
            raise SelectionRefused("not_available", entry=entry)

    def _passing(self) -> Selection:
        """The selection without the turns in which nobody is left to be picked."""
        selection = self
        while selection.turn is not None and not selection.available:
            captain = selection._present()[:1] if selection._is_forming else []
            formed = (*selection.formed, tuple(captain)) if captain else selection.formed
            selection = replace(selection, formed=formed, turns=selection.turns + 1)
        return selection


def start(rules: AllianceRules, ranked: Sequence[str], gone: Collection[str] = ()) -> Selection:
    """A selection before its first step. Raises SelectionRefused where there are fewer teams than alliances."""
    there = [entry for entry in ranked if entry not in gone]
    if len(there) < rules.count:
        raise SelectionRefused("entries_too_few", found=len(there), needed=rules.count)
    return Selection(rules, tuple(ranked)).without(gone)


def order_of_turns(rules: AllianceRules) -> Iterator[Turn]:
    """Every turn there will be, in order."""
    selection = Selection(rules, ())
    for turns in range(rules.count * rules.picks):
        turn = replace(selection, turns=turns).turn
        assert turn is not None
        yield turn

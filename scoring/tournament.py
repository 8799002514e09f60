"""A contest of matches, phase after phase: who meets now, who goes on, what holds it up, and the order at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .advancing import Advancement, advance
from .brackets import seeding
from .contest import Phase
from .model import Ruleset
from .placing import DRAW
from .situation import Pairing, Situation
from .stages import Meeting, Stage, stage_of, table_of

ALL = Phase("all", {"kk": "Матчтар", "ru": "Матчи", "en": "Matches"}, "round_robin")
"""The phase of a ruleset that names none: everybody meets everybody."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries level at the line of a phase, or of a group of it, of whom only ``places`` go on.

    ``key`` is what it is settled under; ``needed`` says by what: ``draw`` (lots) or ``extra_run`` (a match more).
    """

    key: str
    level: tuple[str, ...]
    places: int
    needed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alliances are to be chosen before ``phase`` begins, by those who came so far, best first.

    ``needs_lots``: some of them are level in all that counts, and the rules have lots part them.
    """

    phase: Phase
    ranked: tuple[str, ...]
    needs_lots: bool = False


@dataclass(frozen=True, slots=True)
class Tournament:
    """The phases that have begun, in order, and what keeps the next one from beginning: ties, or a choice.

    ``alliances``: those that meet since the phase that has them, captains first; a captain stands for its alliance.
    """

    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]
    is_over: bool
    choice: Choice | None = None
    alliances: tuple[tuple[str, ...], ...] = ()

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return tuple(meeting for stage in self.stages for meeting in stage.meetings)

    @property
    def partners_due(self) -> Stage | None:
        """The qualification that began and whose partners are still to be drawn."""
        last = self.stages[-1] if self.stages else None
        return last if last and last.phase.is_qualification and not last.meetings else None

    @property
    def seeds(self) -> dict[str, tuple[str, ...]]:
        """Who came into each phase, best first."""
        return {stage.phase.id: stage.entries for stage in self.stages}

    def places(self) -> dict[str, int]:
        """The places that phases after the first decide, and brackets: their entries come before all others.

        All of an alliance have its place. Who is still in a bracket stands in the order of the seeds, before all who
        are out. Empty while there is only a table: then that gives the order.
        """
        places: dict[str, int] = {}
        for at, stage in reversed(list(enumerate(self.stages))):
            if stage.bracket is not None:
                final = stage.bracket.places()
                still_in = [entry for entry in stage.entries if entry not in final]
                own = {entry: place for place, entry in enumerate(still_in, 1)} | final
            elif at > 0 or stage.phase.alliances is not None:
                own = {one.id: one.rank for table in stage.tables for one in table if one.rank is not None}
            else:
                own = {}
            places = self._of_all(own, at) | places
        return places

    @property
    def individual(self) -> tuple[Stage, ...]:
        """The phases in which entries met for themselves."""
        return self.stages[: self._first_of_alliances]

    def is_of_alliances(self, phase: str) -> bool:
        """Whether a phase that has begun is played by alliances."""
        return any(stage.phase.id == phase for stage in self.stages[self._first_of_alliances :])

    @property
    def _first_of_alliances(self) -> int:
        found = (at for at, stage in enumerate(self.stages) if stage.phase.alliances is not None)
        return next(found, len(self.stages))

    def _of_all(self, own: Mapping[str, int], at: int) -> dict[str, int]:
        if at < self._first_of_alliances:
            return dict(own)
        members = {members[0]: members for members in self.alliances}
        return {entry: place for captain, place in own.items() for entry in members[captain]}


def unfold(ruleset: Ruleset, situation: Situation) -> Tournament:
    """The contest as the situation has it. The ruleset must have matches (``ruleset.match``)."""
    phases = ruleset.phases or (ALL,)
    entries: Sequence[str] = situation.entries
    alliances: tuple[tuple[str, ...], ...] = ()
    stages: list[Stage] = []
    counted_from = 0
    for phase, following in zip(phases, (*phases[1:], None), strict=True):
        if phase.alliances is not None:
            formed = situation.alliances.get(phase.id)
            if formed is None:
                choice = Choice(phase, tuple(entries), _needs_lots(stages[-1:], entries))
                return Tournament(tuple(stages), (), False, choice)
            alliances, entries = formed, [members[0] for members in formed]
            situation, counted_from = _of_alliances(situation, formed), len(stages)
        earlier = [stage for stage in stages[counted_from:] if stage.bracket is None]
        carried = [one for stage in earlier for one in stage.meetings]
        late = () if stages else situation.late
        stage = stage_of(ruleset, phase, entries, situation, carried if phase.carry_over else (), late)
        stages.append(stage)
        if not stage.is_over or following is None:
            break
        entries, ties = _going_on(ruleset, stage, following, situation)
        if ties:
            return Tournament(tuple(stages), tuple(ties), False, None, alliances)
    is_over = len(stages) == len(phases) and stages[-1].is_over
    return Tournament(tuple(stages), (), is_over, None, alliances)


def _needs_lots(stages: Sequence[Stage], entries: Sequence[str]) -> bool:
    rows = (one for stage in stages for table in stage.tables for one in table)
    return any(one.id in entries and one.reason.get("code") == "draw_needed" for one in rows)


def _of_alliances(situation: Situation, alliances: Sequence[Sequence[str]]) -> Situation:
    """The same where captains stand for alliances: one has withdrawn once all of it have."""
    gone = frozenset(members[0] for members in alliances if situation.withdrawn.issuperset(members))
    return replace(situation, withdrawn=gone)


def _going_on(
    ruleset: Ruleset, stage: Stage, following: Phase, situation: Situation
) -> tuple[list[str], list[Tie]]:
    """Who comes into the next phase, best seed first; or the ties that must be settled before.

    Who has withdrawn does not go on, unless the next phase was paired with them already.
    """
    gone = situation.withdrawn - set(situation.seeds.get(following.id, ()))
    rule = stage.phase.advance
    if stage.bracket is not None:
        places = stage.bracket.places()
        most = rule.top if rule and rule.top else len(places)
        return [entry for entry, place in places.items() if place <= most and entry not in gone], []
    tables = list(stage.tables)
    per_group = rule is not None and rule.of_each_group is not None
    if not per_group and len(tables) > 1:
        tables = [table_of(ruleset, stage.entries, stage.meetings, situation.lots)]
    lists, ties = [], []
    for number, table in enumerate(tables, 1):
        staying = [standing for standing in table if standing.id not in gone]
        made = advance(staying, rule) if rule else Advancement(tuple(one.id for one in staying))
        key = f"{stage.phase.id}.{number}" if per_group and len(tables) > 1 else stage.phase.id
        chosen = _settled(ruleset, made, key, situation)
        if chosen is None:
            ties.append(Tie(key, made.level, made.places, made.needed or ""))
        else:
            lists.append([*made.entries, *chosen])
    return (_interleaved(lists) if not ties else []), ties


def _settled(ruleset: Ruleset, made: Advancement, key: str, situation: Situation) -> Sequence[str] | None:
    """Who of those level at the line goes on; None while that is open."""
    if made.needed is None:
        return ()
    chosen = situation.settled.get(key, ())
    if len(chosen) == made.places and set(chosen) <= set(made.level):
        return chosen
    by_lot = made.needed == DRAW or any(criterion.by == DRAW for criterion in ruleset.ranking)
    if by_lot and set(made.level) <= set(situation.lots):
        return sorted(made.level, key=situation.lots.__getitem__)[: made.places]
    return None


def _interleaved(groups: Sequence[Sequence[str]]) -> list[str]:
    """Seeds from groups: all the firsts, then all the seconds, turned so that few of a group meet again at once."""
    if len(groups) < 2:
        return [entry for members in groups for entry in members]
    group_of = {entry: number for number, members in enumerate(groups) for entry in members}
    seeds: list[str] = []
    for place in range(max(map(len, groups))):
        row = [members[place] for members in groups if place < len(members)]
        turned = [[*row[at:], *row[:at]] for at in range(len(row))]
        total = len(group_of)
        seeds += min(turned, key=lambda made: _met_again([*seeds, *made], group_of, total))
    return seeds


def _met_again(seeds: Sequence[str], group_of: Mapping[str, int], total: int) -> int:
    """How many first matches of a bracket of ``total`` are between two of one group, as far as seeds are given."""
    size = 1 << (total - 1).bit_length()
    order = seeding(size)
    known = dict(enumerate(seeds, 1))
    pairs = [(known.get(left), known.get(right)) for left, right in zip(order[::2], order[1::2], strict=True)]
    return sum(
        left is not None and right is not None and group_of[left] == group_of[right] for left, right in pairs
    )


def given_away(before: Tournament, after: Tournament) -> list[Pairing]:
    """The pairings that go to the other side by a withdrawal: open before, given after."""
    open_ = {meeting.pairing.place for meeting in before.meetings if not meeting.is_over}
    return [one.pairing for one in after.meetings if one.given and one.pairing.place in open_]

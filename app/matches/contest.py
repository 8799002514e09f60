"""One division's contest of matches: its draw, the matches that stand, and what they come to by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scoring.matches import Match as Played
from scoring.model import Ruleset
from scoring.situation import Pairing, Situation
from scoring.tournament import Tournament, unfold

from .match import Match


@dataclass
class Contest:
    """``entries`` in the drawn order; ``seeds`` by phase, as paired; ``settled`` says who went on from ties.

    ``alliances`` by phase, captains first, who stand for them; ``resting`` are those of them a backup plays for.
    ``at`` holds the match that stands at each place: none that was called off or is held again. ``late`` are the last
    of the entries, taken in after the first match; ``seeding`` says how the others were seeded.
    """

    division: str
    ruleset: Ruleset
    entries: tuple[str, ...]
    fields: tuple[str, ...]
    seed: int | None
    seeds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alliances: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    at: dict[str, Match] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    lots: Mapping[str, int] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    seeding: str = "draw"
    tournament: Tournament = field(default_factory=lambda: Tournament((), (), False))

    def matches(self) -> Iterable[Match]:
        """The matches that stand, in the order they were paired."""
        return self.at.values()

    def copy(self) -> Contest:
        """The contest as it stands now, whatever becomes of it."""
        return replace(self, at={place: replace(match) for place, match in self.at.items()})

    def take(self, match: Match) -> None:
        self.at[match.place] = match

    def drop(self, match: Match) -> None:
        if self.at.get(match.place) is match:
            del self.at[match.place]

    def situation(self) -> Situation:
        """What the rules need to know to say how it goes on."""
        return Situation(
            self.entries,
            {match.place: match.decided for match in self.matches() if match.decided},
            tuple(match.pairing for match in self.matches()),
            frozenset(match.place for match in self.matches() if match.is_begun),
            dict(self.seeds),
            self.withdrawn,
            dict(self.lots),
            dict(self.settled),
            dict(self.alliances),
            self.late,
            {match.place: match.absent for match in self.matches() if match.absent},
        )

    def members(self, pairing: Pairing, side: str) -> tuple[str, ...]:
        """All of a side of a match: the entry itself, or everybody in the alliance it stands for."""
        found = self.alliance_in(pairing, side)
        return found[1] if found else (side,)

    def alliance_in(self, pairing: Pairing, side: str) -> tuple[int | None, tuple[str, ...]] | None:
        """As ``alliance``, for a side of a match; without a number where its partners were drawn for it alone."""
        if pairing.alliances:
            return None, pairing.players(side)
        return self.alliance(side, pairing.phase)

    def alliance(self, side: str, phase: str) -> tuple[int, tuple[str, ...]] | None:
        """The number and the members of the alliance that a side stands for in a phase; None for an entry alone."""
        if not self.tournament.is_of_alliances(phase):
            return None
        found = enumerate(self.tournament.alliances, 1)
        return next(((number, members) for number, members in found if members[0] == side), None)

    def is_paired_without(self, entry: str) -> bool:
        """Whether partners were drawn for a qualification this entry is in, while it had withdrawn."""
        return any(
            stage.phase.is_qualification
            and entry in stage.entries
            and bool(stage.meetings)
            and not any(entry in one.pairing.entries for one in stage.meetings)
            for stage in self.tournament.stages
        )

    def unfold(self) -> None:
        """Work the tournament out anew, and tell the matches that one side left to the other."""
        self.tournament = unfold(self.ruleset, self.situation())
        for meeting in self.tournament.meetings:
            match = self.at.get(meeting.pairing.place)
            if match is None:
                continue
            match.given_to = meeting.decided.winner if meeting.given and meeting.decided else None
            match.void = meeting.void

    def table_matches(self) -> list[Played]:
        """What counts in the division's table: brackets decide places of their own."""
        return [
            meeting.decided.as_match(meeting.pairing)
            for stage in self.tournament.individual
            if stage.bracket is None
            for meeting in stage.meetings
            if meeting.decided is not None
        ]

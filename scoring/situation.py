"""What is known of a contest of matches: who was drawn, who meets whom, and what was decided so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .matches import Match


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two entries that meet (one for a bye), at a place of the contest that has one name however often it is drawn.

    ``part`` is group, swiss, qualification, upper, lower, final, reset or bronze; ``slot`` is the place in a bracket,
    ``group`` the group from 1. ``game`` counts the games of a series from 1. ``alliances``: who plays for each side,
    by station, where partners were drawn for this match; the first of them names the side. ``surrogates`` among them
    play once more than their share, and it does not count for them.
    """

    place: str
    phase: str
    part: str
    round: int
    sides: tuple[str, ...]
    group: int | None = None
    slot: str | None = None
    game: int = 1
    best_of: int = 1
    alliances: tuple[tuple[str, ...], ...] = ()
    surrogates: frozenset[str] = frozenset()

    @property
    def is_bye(self) -> bool:
        return len(self.sides) == 1

    def players(self, side: str) -> tuple[str, ...]:
        """Who plays for a side, but for the alliances that a phase has."""
        return self.alliances[self.sides.index(side)] if self.alliances else (side,)

    @property
    def entries(self) -> tuple[str, ...]:
        """Everybody on either side, but for the alliances that a phase has."""
        return tuple(entry for side in self.sides for entry in self.players(side))

    def to_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in _NAMES} | {"sides": list(self.sides)}
        if not self.alliances:
            return told
        return told | {
            "alliances": [list(members) for members in self.alliances],
            "surrogates": sorted(self.surrogates),
        }

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Pairing:
        known = {name: content[name] for name in _NAMES if name in content}
        return cls(
            **known,
            sides=tuple(content["sides"]),
            alliances=tuple(map(tuple, content.get("alliances", ()))),
            surrogates=frozenset(content.get("surrogates", ())),
        )


_NAMES = ("place", "phase", "part", "round", "group", "slot", "game", "best_of")


@dataclass(frozen=True, slots=True)
class Decided:
    """How a match ended: the winner, None for a draw, and each side's score in the order of the sides.

    ``lost_by_both``: neither side came, so there is no winner, and it is no draw either. ``absent``: whom of drawn
    partners the match was played without.
    """

    winner: str | None
    scores: tuple[float, ...] = ()
    lost_by_both: bool = False
    absent: frozenset[str] = frozenset()

    def as_match(self, pairing: Pairing) -> Match:
        return Match(
            pairing.sides,
            self.winner,
            self.scores,
            pairing.phase,
            pairing.round,
            self.lost_by_both,
            pairing.alliances,
            pairing.surrogates,
            self.absent,
        )


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that says how a contest goes on.

    ``entries``: in the drawn order. ``decided``: what came of matches, by place. ``paired``: who was paired so far;
    ``begun``: the places of those pairings that were played at least in part. ``seeds``: who came into each phase
    that was paired, best first. ``settled``: by phase (``groups``) or group (``groups.2``), who goes on of those level
    at the line. ``alliances``: by phase, its alliances in the order of their seeds, captains first. ``late``: the
    last of the entries, who came after the first match. ``absent``: by place, who of drawn partners was not there.
    """

    entries: tuple[str, ...]
    decided: Mapping[str, Decided] = field(default_factory=dict)
    paired: tuple[Pairing, ...] = ()
    begun: frozenset[str] = frozenset()
    seeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    lots: Mapping[str, float] = field(default_factory=dict)
    settled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alliances: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    absent: Mapping[str, frozenset[str]] = field(default_factory=dict)

"""A bracket with what was played in it: who stands where, which matches are ready, who has won."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .brackets import Bracket, BracketMatch, Source
from .matches import Match

Status = Literal["waiting", "ready", "played", "walkover", "void"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A match of the bracket as it stands; a side is None while it is not known, or if there will be nobody.

    ``walkover``: one side had no opponent, or the opponent withdrew. ``void``: nobody comes here. Played without a
    winner: neither side came, so both are out.
    """

    match: BracketMatch
    sides: tuple[str | None, str | None]
    games: tuple[str | None, ...]
    winner: str | None
    status: Status

    @property
    def loser(self) -> str | None:
        if self.winner is None:
            return None
        return self.sides[1] if self.winner == self.sides[0] else self.sides[0]

    @property
    def is_lost_by_both(self) -> bool:
        return self.status == "played" and self.winner is None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.match.id,
            "part": self.match.part,
            "round": self.match.round,
            "best_of": self.match.best_of,
            "from": [{source.kind: source.of} for source in self.match.sides],
            "sides": list(self.sides),
            "games": list(self.games),
            "winner": self.winner,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Played:
    """The whole bracket as it stands, and the winner once there is one."""

    matches: tuple[Placed, ...]
    champion: str | None

    def places(self) -> dict[str, int]:
        """The place of everyone whose way is over; those who went out in one round share it.

        The first place, or the third, stays empty where neither side came to the match for it.
        """
        out = _went_out(self.matches)
        entries = {side for placed in self.matches for side in placed.sides if side is not None}
        reached = [out.get(entry, _STILL_IN) for entry in entries]
        empty = _empty(self.matches)
        places = {
            entry: 1 + sum(other > stage for other in reached) + (stage in empty)
            for entry, stage in out.items()
        }
        if self.champion is not None:
            places[self.champion] = 1
        return dict(sorted(places.items(), key=lambda item: (item[1], item[0])))


_STILL_IN = (math.inf, 0)
_FINAL, _BRONZE = 1000, 999
"""Later than any round."""
_STAGES = {"final": _FINAL, "reset": _FINAL, "bronze": _BRONZE}


def _went_out(matches: Sequence[Placed]) -> dict[str, tuple[float, int]]:
    """How far everyone came who is out: the round, and in the bronze match who won it."""
    goes_on = {
        source.of
        for placed in matches
        for source in placed.match.sides
        if source.kind == "loser" and not (placed.match.part == "reset" and placed.status == "void")
    }
    out: dict[str, tuple[float, int]] = {}
    for placed in matches:
        stage = _STAGES.get(placed.match.part, placed.match.round)
        if placed.is_lost_by_both:
            out |= {side: (stage, 0) for side in placed.sides if side is not None}
        if placed.loser is not None and placed.match.id not in goes_on:
            out[placed.loser] = (stage, 0)
        if placed.match.part == "bronze" and placed.winner is not None:
            out[placed.winner] = (stage, 1)
    return out


def _empty(matches: Sequence[Placed]) -> set[tuple[float, int]]:
    """How far those came who did not come to the match for a place, so that the better one of its two is empty."""
    return {
        (_STAGES[placed.match.part], 0)
        for placed in matches
        if placed.is_lost_by_both and placed.match.part in _STAGES
    }


def play(
    bracket: Bracket, entries: Sequence[str], matches: Sequence[Match], withdrawn: Sequence[str] = ()
) -> Played:
    """Put the entries, best seed first, and the games played into the bracket.

    Games belong to the first open match of their two sides; a game without a winner is to be replayed, but where
    neither side came to it both are out. Once an entry has withdrawn, its matches that were not decided go to the
    opponent.
    """
    games = _by_sides(matches)
    placed: dict[str, Placed] = {}
    for match in bracket:
        placed[match.id] = _place(match, entries, placed, games, withdrawn)
    return Played(tuple(placed.values()), _champion(bracket, placed))


def _by_sides(matches: Sequence[Match]) -> dict[frozenset[str], list[Match]]:
    games: dict[frozenset[str], list[Match]] = defaultdict(list)
    for match in matches:
        if not match.is_bye:
            games[frozenset(match.sides)].append(match)
    return games


def _place(
    match: BracketMatch,
    entries: Sequence[str],
    placed: Mapping[str, Placed],
    games: dict[frozenset[str], list[Match]],
    withdrawn: Sequence[str],
) -> Placed:
    if match.part == "reset" and _needs_no_reset(placed[str(match.sides[0].of)]):
        return Placed(match, (None, None), (), None, "void")
    known = [_side(source, entries, placed) for source in match.sides]
    sides = (known[0][0], known[1][0])
    if not all(is_known for _, is_known in known):
        return Placed(match, sides, (), None, "waiting")
    present = [side for side in sides if side is not None]
    if len(present) < 2:
        return Placed(match, sides, (), present[0] if present else None, "walkover" if present else "void")
    taken = _take_games(games[frozenset(present)], match.best_of)
    played = tuple(game.winner for game in taken)
    winner = _winner(played, match.best_of)
    if taken and taken[-1].lost_by_both:
        return Placed(match, sides, played, None, "played")
    if winner is None and set(present) & set(withdrawn):
        there = [side for side in present if side not in withdrawn]
        return Placed(match, sides, played, (there or present)[0], "walkover")
    return Placed(match, sides, played, winner, "played" if winner else "ready")


def _side(source: Source, entries: Sequence[str], placed: Mapping[str, Placed]) -> tuple[str | None, bool]:
    """Who comes from a source, and whether that is known by now."""
    if source.kind == "seed":
        seed = int(source.of)
        return (entries[seed - 1] if seed <= len(entries) else None), True
    before = placed[str(source.of)]
    is_over = before.status in ("played", "walkover", "void")
    return (before.winner if source.kind == "winner" else before.loser), is_over


def _take_games(games: list[Match], best_of: int) -> list[Match]:
    """The games of one series, taken off those these two sides have played."""
    taken: list[Match] = []
    while games and not _is_over(taken, best_of):
        taken.append(games.pop(0))
    return taken


def _is_over(games: Sequence[Match], best_of: int) -> bool:
    is_won = _winner([game.winner for game in games], best_of) is not None
    return is_won or any(game.lost_by_both for game in games)


def _winner(games: Sequence[str | None], best_of: int) -> str | None:
    needed = best_of // 2 + 1
    return next((side for side in games if side is not None and games.count(side) >= needed), None)


def _needs_no_reset(final: Placed) -> bool:
    """The upper finalist won, or had nobody to meet: nothing is left to play."""
    return final.status != "waiting" and final.winner is not None and final.winner == final.sides[0]


def _champion(bracket: Bracket, placed: Mapping[str, Placed]) -> str | None:
    finals = [placed[match.id] for match in bracket if match.part in ("final", "reset")]
    decided = [final for final in finals if final.status != "void"]
    return decided[-1].winner if decided else None

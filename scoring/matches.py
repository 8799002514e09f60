"""What matches add up to: points, wins, differences, and the strength of the opponents met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .contest import MatchRules
from .timed import Number, exact


@dataclass(frozen=True, slots=True)
class Match:
    """A match played: two sides (one for a bye), who won (None for a draw), and each side's score where it counts.

    ``lost_by_both``: neither side came, so that both lost. ``alliances``: who played for each side, where partners were
    drawn for this match; the first of them names the side. It does not count for the ``surrogates`` among them, and
    is lost for the ``absent``, whatever their partners made of it.
    """

    sides: tuple[str, ...]
    winner: str | None
    scores: tuple[float, ...] = ()
    phase: str | None = None
    round: int | None = None
    lost_by_both: bool = False
    alliances: tuple[tuple[str, ...], ...] = ()
    surrogates: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    @property
    def is_bye(self) -> bool:
        return len(self.sides) == 1

    def players(self, place: int) -> tuple[str, ...]:
        """Who played for a side."""
        return self.alliances[place] if self.alliances else (self.sides[place],)


@dataclass(slots=True)
class _Met:
    """One entry's matches added up; ``against`` holds each opponent with the share of the win taken from it."""

    points: Fraction = Fraction()
    wins: int = 0
    played: int = 0
    scored: Fraction = Fraction()
    conceded: Fraction = Fraction()
    difference: Fraction = Fraction()
    against: list[tuple[str, Fraction]] = field(default_factory=list)


def match_values(
    entries: Iterable[str], matches: Sequence[Match], rules: MatchRules
) -> dict[str, dict[str, Number]]:
    """Every criterion that matches give, by entry.

    Buchholz is the sum of the opponents' points, cut-1 without the weakest, median without weakest and strongest;
    Sonneborn-Berger adds the points of those beaten and half of those drawn with (FIDE Handbook C.07). A bye adds
    its points, and a win if it is worth one, but no opponent.
    """
    met = _met(matches, rules)
    return {entry: _values(met[entry], met) for entry in entries}


def head_to_head(entries: Sequence[str], matches: Sequence[Match], rules: MatchRules) -> dict[str, Number]:
    """Points in the matches that these entries played among themselves, alone and not with others at their side."""
    level = set(entries)
    alone = (match for match in matches if not match.is_bye and not match.alliances)
    among = [match for match in alone if level.issuperset(match.sides)]
    met = _met(among, rules) if len(level) > 1 else defaultdict(_Met)
    return {entry: met[entry].points for entry in entries}


def _met(matches: Sequence[Match], rules: MatchRules) -> defaultdict[str, _Met]:
    met: defaultdict[str, _Met] = defaultdict(_Met)
    for match in matches:
        for place in range(len(match.sides)):
            for entry in match.players(place):
                if entry in match.surrogates:
                    continue
                if entry in match.absent:
                    _miss(met[entry], rules)
                else:
                    _add(met[entry], match, place, rules)
    return met


def _add(own: _Met, match: Match, place: int, rules: MatchRules) -> None:
    if match.is_bye:
        own.points += exact(rules.points.win if rules.points.bye is None else rules.points.bye)
        own.wins += rules.points.bye is None or rules.points.bye == rules.points.win
        return
    share = _share(match, match.sides[place])
    own.points += exact(_points(share, rules))
    own.wins += share == 1
    own.played += 1
    own.against += [(opponent, share) for opponent in match.players(1 - place)]
    if match.scores:
        scored, conceded = exact(match.scores[place]), exact(match.scores[1 - place])
        own.scored += scored
        own.conceded += conceded
        own.difference += _capped(scored - conceded, rules.score_difference_cap)


def _miss(own: _Met, rules: MatchRules) -> None:
    """A match that the entry's partners played without it."""
    own.played += 1
    own.points += exact(rules.points.loss)


def _share(match: Match, side: str) -> Fraction:
    """How much of the win a side took: half of it in a draw, nothing where neither came."""
    if match.lost_by_both:
        return Fraction()
    return Fraction(1, 2) if match.winner is None else Fraction(int(match.winner == side))


def _points(share: Fraction, rules: MatchRules) -> float:
    return rules.points.win if share == 1 else rules.points.loss if share == 0 else rules.points.draw


def _capped(difference: Fraction, cap: int | None) -> Fraction:
    return difference if cap is None else max(Fraction(-cap), min(Fraction(cap), difference))


def _values(own: _Met, met: Mapping[str, _Met]) -> dict[str, Number]:
    strengths = sorted(met[opponent].points for opponent, _ in own.against)
    beaten = [met[opponent].points * share for opponent, share in own.against]
    return {
        "match_points": own.points,
        "points_per_match": own.points / own.played if own.played else Fraction(),
        "wins": Fraction(own.wins),
        "played": Fraction(own.played),
        "buchholz": sum(strengths, Fraction()),
        "buchholz_cut_1": sum(strengths[1:], Fraction()),
        "buchholz_median": sum(strengths[1:-1], Fraction()),
        "sonneborn_berger": sum(beaten, Fraction()),
        "score_for": own.scored,
        "score_against": own.conceded,
        "score_difference": own.difference,
    }

"""What would follow from a withdrawal, said before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.tournament import given_away, unfold

from ..eventlog.deciding import Refusal
from ..eventlog.fold import State
from .contest import Contest
from .match import Match
from .order_commands import after_withdrawal
from .pairing import follow
from .state import Matches


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What an entry's withdrawal does: matches the other side is given, and how many keep their results.

    ``short`` are those that its partners, drawn for them alone, play without it.

    ``refusal`` says why it cannot be, if it cannot.
    """

    given: tuple[Match, ...]
    kept: int
    refusal: Refusal | None = None
    short: tuple[Match, ...] = ()


def withdrawal(state: State, contest: Contest, entry: str) -> Withdrawal:
    """What taking this entry out would do to the matches of its division."""
    after = after_withdrawal(contest, state[Matches].withdrawn | {entry})
    places = [one.place for one in given_away(contest.tournament, unfold(contest.ruleset, after))]
    played = sum(match.is_confirmed and entry in match.entries for match in contest.matches())
    try:
        follow(state, contest, after)
    except Refusal as refusal:
        return Withdrawal((), played, refusal)
    given = tuple(contest.at[place] for place in places if place in contest.at)
    short = tuple(
        match
        for match in contest.matches()
        if match.pairing.alliances and entry in match.entries and not match.is_over and match not in given
    )
    return Withdrawal(given, played, short=short)

"""Entries that came in after their matches were drawn: all is drawn anew, or they come in where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scoring.contest import Phase
from scoring.situation import Situation
from scoring.tournament import ALL

from ..competitions.commands import ORGANISER
from ..competitions.state import Setup
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .contest import Contest
from .order_commands import drawn
from .pairing import follow
from .schemas import DrawMatches, TakeInLateEntries
from .state import Matches
from .targets import contest_of, division_of


@dataclass(frozen=True, slots=True)
class TakingIn:
    """What taking in these entries would do: all drawn ``anew``, or so many matches ``added`` and ``called_off``.

    ``refusal`` says why it cannot be, if it cannot.
    """

    late: tuple[str, ...]
    anew: bool = False
    added: int = 0
    called_off: int = 0
    refusal: Refusal | None = None


@command(TakeInLateEntries, on="division", roles=ORGANISER)
def take_in_late_entries(
    state: State, target: Target, payload: TakeInLateEntries, context: Context
) -> Decision:
    contest = contest_of(state, division_of(state, target).code)
    late = late_for(state, contest.division)
    if not late:
        raise Refusal("no_late_entries", division=contest.division)
    return Decision(_redrawn(state, contest) if _is_unplayed(contest) else _taken_in(state, contest, late))


def late_for(state: State, division: str) -> tuple[str, ...]:
    """The entries that take part in a division and are in no match of it; none before it is drawn."""
    contest = state[Matches].contest(division)
    if contest is None:
        return ()
    known = set(contest.entries)
    return tuple(one for one in state[Entries].to_draw(division) if one not in known)


def taking_in(state: State, division: str) -> TakingIn | None:
    """What it would do, said before it is done; None where nobody came late."""
    contest, late = state[Matches].contest(division), late_for(state, division)
    if contest is None or not late:
        return None
    try:
        if _is_unplayed(contest):
            _redrawn(state, contest)
            return TakingIn(late, anew=True)
        events = _taken_in(state, contest, late)
    except Refusal as refusal:
        return TakingIn(late, refusal=refusal)
    counts = {event.type: len(event.data["matches"]) for event in events if "matches" in event.data}
    return TakingIn(late, False, counts.get("MatchesPaired", 0), counts.get("MatchesCalledOff", 0))


def _is_unplayed(contest: Contest) -> bool:
    """Whether nothing was played, and no alliance chosen, so that all may be drawn anew."""
    return not contest.alliances and not any(match.is_begun for match in contest.matches())


def _redrawn(state: State, contest: Contest) -> list[Event]:
    """The draw taken back, and made again as it was made, with everybody."""
    division = state[Setup].divisions[contest.division]
    entries = state[Entries].to_draw(division.code)
    how = DrawMatches.model_validate({"fields": contest.fields, "seeding": contest.seeding})
    discarded = Event("MatchesDiscarded", {"division": contest.division, "reason": None})
    return [discarded, drawn(state, division, entries, how)]


def _taken_in(state: State, contest: Contest, late: tuple[str, ...]) -> list[Event]:
    """The late ones last in the order of the seeds. Raises Refusal where the format has no room for them any more."""
    first = contest.ruleset.phases[0] if contest.ruleset.phases else ALL
    situation = contest.situation()
    situation = replace(situation, entries=(*situation.entries, *late), late=(*situation.late, *late))
    _check_room(contest, first, situation)
    taken = Event("LateEntriesTakenIn", {"division": contest.division, "entries": list(late)})
    try:
        return [taken, *follow(state, contest, situation)]
    except Refusal as refusal:
        if refusal.code != "pairing_played":
            raise
        raise Refusal("late_pairing_played", **refusal.facts) from None


def _check_room(contest: Contest, first: Phase, situation: Situation) -> None:
    """Raises Refusal where those who come now would have nobody to meet, or would undo what was played."""
    begun = [match.pairing for match in contest.matches() if match.is_begun]
    if contest.alliances or any(one.phase != first.id for one in begun):
        raise Refusal("late_phase_over")
    if first.format == "alliances_of_8":
        raise Refusal("late_bracket_full")
    if first.is_qualification:
        raise Refusal("late_partners_drawn")
    if first.format == "swiss":
        rounds = first.rounds or max(1, math.ceil(math.log2(max(2, len(situation.entries)))))
        if max((one.round for one in begun), default=0) >= rounds:
            raise Refusal("late_rounds_over", rounds=rounds)

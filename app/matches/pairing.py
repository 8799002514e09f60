"""How a contest goes on after something changed: which matches appear, and which are called off."""

from __future__ import annotations

from collections.abc import Sequence

from uuid_utils import uuid7

from scoring.situation import Pairing, Situation
from scoring.stages import Meeting
from scoring.tournament import Tournament, unfold

from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Refusal
from ..eventlog.fold import State
from .contest import Contest
from .match import Match


def follow(state: State, contest: Contest, situation: Situation) -> list[Event]:
    """The events by which the contest follows what is changing.

    Raises Refusal ``pairing_played`` where a match that is under way or decided would be paired otherwise by it.
    """
    tournament = unfold(contest.ruleset, situation)
    due = {meeting.pairing.place: meeting for meeting in tournament.meetings}
    gone = [match for match in contest.matches() if not _stands(match, due)]
    _refuse_played(state, [match for match in gone if match.place in situation.begun])
    left = contest.at.keys() - {match.place for match in gone}
    new = [meeting.pairing for place, meeting in due.items() if place not in left]
    events = []
    if gone:
        called_off = {"division": contest.division, "matches": [match.id for match in gone]}
        events.append(Event("MatchesCalledOff", called_off))
    if new or _seeds_changed(contest, tournament):
        events.append(
            Event("MatchesPaired", {"division": contest.division, **paired(contest, tournament, new)})
        )
    return events


def paired(contest: Contest, tournament: Tournament, new: Sequence[Pairing]) -> dict[str, object]:
    """What an event says of new pairings: each with its id, number and field, and the seeds of the phases."""
    first = max((match.number for match in contest.matches()), default=0) + 1
    return {
        "matches": [
            {
                "id": str(uuid7()),
                "number": number,
                "field": _field(contest.fields, pairing, at),
                **pairing.to_json(),
            }
            for at, (number, pairing) in enumerate(enumerate(new, first))
        ],
        "seeds": {phase: list(entries) for phase, entries in tournament.seeds.items()},
    }


def _field(fields: Sequence[str], pairing: Pairing, at: int) -> str:
    """A group stays on one field; other matches are dealt to the fields in turn."""
    turn = pairing.group - 1 if pairing.group is not None else at
    return fields[turn % len(fields)]


def _stands(match: Match, due: dict[str, Meeting]) -> bool:
    meeting = due.get(match.place)
    return meeting is not None and set(meeting.pairing.entries) == set(match.entries)


def _seeds_changed(contest: Contest, tournament: Tournament) -> bool:
    return any(contest.seeds.get(phase) != entries for phase, entries in tournament.seeds.items())


def _refuse_played(state: State, played: Sequence[Match]) -> None:
    if not played:
        return
    known = state[Entries].by_id
    sides = " – ".join(f"№ {known[side].number}" for side in played[0].sides)
    raise Refusal("pairing_played", match=played[0].number, sides=sides)

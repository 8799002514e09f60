"""The shapes of alliances in live data: a side of a match, and a selection as the hall sees it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from scoring.alliances import Selection
from scoring.situation import Pairing

from ..alliances.state import Alliances, Choosing, Step
from ..ceremony.state import Ceremonies
from ..competitions.state import Division, Setup
from ..eventlog.fold import State
from ..matches.contest import Contest
from .shapes import Shape, division_brief, entry_shape


def side_shape(state: State, contest: Contest, entry: str, phase: str) -> Shape:
    """Who is in a phase: an entry, or the captain of an alliance with the names of all who play for it."""
    return _shape(state, contest, entry, contest.alliance(entry, phase))


def match_side_shape(state: State, contest: Contest | None, pairing: Pairing, side: str) -> Shape:
    """Who meets: an entry, or the first of an alliance with the names of all who play for it, surrogates starred."""
    if contest is None:
        return entry_shape(state, side)
    return _shape(state, contest, side, contest.alliance_in(pairing, side), pairing.surrogates)


def playing_for(contest: Contest | None, pairing: Pairing, side: str) -> tuple[str, ...]:
    """The entries that play for a side: itself, or all of its alliance but those a backup plays for."""
    found = contest.alliance_in(pairing, side) if contest else None
    if contest is None or found is None:
        return (side,)
    return _playing(contest, *found)


def _shape(
    state: State,
    contest: Contest,
    entry: str,
    found: tuple[int | None, tuple[str, ...]] | None,
    surrogates: Collection[str] = (),
) -> Shape:
    if found is None:
        return entry_shape(state, entry)
    number, members = found
    playing = [entry_shape(state, one) for one in _playing(contest, number, members)]
    # A line never begins with the dot.
    names = (f"{one['team']}*" if one["id"] in surrogates else one["team"] for one in playing)
    team = "\N{NO-BREAK SPACE}· ".join(names)
    return entry_shape(state, entry) | {"team": team, "alliance": {"number": number, "members": playing}}


def _playing(contest: Contest, number: int | None, members: tuple[str, ...]) -> tuple[str, ...]:
    """Backups are of alliances that stay together, which have a number."""
    return members if number is None else tuple(one for one in members if one not in contest.resting)


def selection_shape(state: State, division: Division, *, public: bool) -> Shape:
    """A division's selection: whose turn it is, the alliances so far, who may be picked, and what happened last."""
    seal = state[Ceremonies].seal(division.code) if public else None
    now = seal.choosing if seal else state[Alliances].of(division.code)
    shape: Shape = {
        "division": division_brief(division),
        "stage": "none",
        "version": 0,
        "turn": None,
        "alliances": [],
        "available": [],
        "declined": [],
        "backups": 0,
        "last": None,
        "frozen_at_utc": seal.at_utc if seal else None,
    }
    return shape | (_begun(state, now) if now else {})


def _begun(state: State, now: Choosing) -> Shape:
    selection = now.selection
    turn = selection.turn
    return {
        "stage": "formed" if now.is_formed else "choosing" if turn else "complete",
        "version": now.version,
        "turn": {"alliance": turn.alliance, "round": turn.round} if turn else None,
        "alliances": _alliances(state, selection),
        "available": [_ranked(state, selection, entry) for entry in selection.available],
        "declined": [
            _ranked(state, selection, entry)
            for entry in selection.free
            if entry in selection.declined and entry not in selection.captains
        ],
        "backups": selection.rules.backups,
        "last": _last(state, now.steps[-1]) if now.steps else None,
    }


def _alliances(state: State, selection: Selection) -> list[Shape]:
    """Those whose captain is settled, then those to come with the captain they would have."""
    rosters = selection.rosters()
    coming = [(captain,) for captain in selection.captains[len(rosters) :]]
    called = {backup.entry for backup in selection.backups}
    resting = {backup.instead_of for backup in selection.backups}
    return [
        {
            "number": number,
            "settled": number <= len(rosters),
            "places": selection.rules.picks + 1,
            "members": [
                _ranked(state, selection, entry)
                | {
                    "role": "captain" if at == 0 else "backup" if entry in called else "partner",
                    "resting": entry in resting,
                    "withdrawn": entry in selection.gone,
                }
                for at, entry in enumerate(members)
            ],
        }
        for number, members in enumerate((*rosters, *coming), 1)
    ]


def _ranked(state: State, selection: Selection, entry: str) -> Shape:
    return {"rank": selection.ranked.index(entry) + 1, "entry": entry_shape(state, entry)}


def _last(state: State, step: Step) -> Shape:
    return {"kind": step.kind, "alliance": step.alliance, "entry": entry_shape(state, step.entry)}


def has_alliances(division: Division) -> bool:
    """Whether the division's rules have alliances at all."""
    return any(phase.alliances is not None for phase in division.ruleset.phases)


def selection_data(state: State, code: str) -> dict[str, Any] | None:
    """The live topic of a division's selection; None where its rules have no alliances."""
    setup = state[Setup]
    division = setup.divisions.get(code)
    if division is None or not has_alliances(division):
        return None
    competition = {"slug": setup.slug, "name": setup.name, "demo": setup.is_demo}
    return {"competition": competition, **selection_shape(state, division, public=True)}

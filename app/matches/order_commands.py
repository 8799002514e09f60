"""Commands that decide who meets whom: the draw, its taking back, a tie at the line settled."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

from scoring.brackets import ALLIANCES_OF_8
from scoring.planning.match_list import SIDES
from scoring.situation import Situation
from scoring.tournament import unfold

from ..competitions.commands import ORGANISER
from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .contest import Contest
from .pairing import follow, paired
from .schemas import DiscardMatches, DrawMatches, SettleTie
from .state import Matches
from .targets import check_fields, contest_of, division_of

FEWEST_ENTRIES = 2
STEERING = ("organiser", "referee")


@command(DrawMatches, on="division", roles=ORGANISER)
def draw_matches(state: State, target: Target, payload: DrawMatches, context: Context) -> Decision:
    division = division_of(state, target)
    matches = state[Matches]
    if matches.contest(division.code):
        raise Refusal("matches_drawn", division=division.code)
    check_fields(state, payload.fields)
    entries = state[Entries].to_draw(division.code)
    return Decision([drawn(state, division, entries, payload)])


def drawn(state: State, division: Division, entries: list[str], how: DrawMatches) -> Event:
    """The event by which the matches of these entries are drawn. Raises Refusal."""
    matches = state[Matches]
    if len(entries) < FEWEST_ENTRIES:
        raise Refusal("entries_too_few", found=len(entries), needed=FEWEST_ENTRIES)
    first = division.ruleset.phases[0] if division.ruleset.phases else None
    is_chosen = first is not None and first.alliances is not None
    if first and first.format == "alliances_of_8" and len(entries) != ALLIANCES_OF_8 and not is_chosen:
        raise Refusal("entries_too_few", found=len(entries), needed=ALLIANCES_OF_8)
    if first and first.is_qualification and len(entries) < SIDES * first.side:
        raise Refusal("entries_too_few", found=len(entries), needed=SIDES * first.side)
    seed = secrets.randbits(32) if how.seed is None else how.seed
    seeded = _seeded(state, division, entries, how, seed)
    contest = Contest(division.code, division.ruleset, tuple(seeded), how.fields, seed)
    contest.lots, contest.withdrawn = matches.lots(division.code), matches.withdrawn
    tournament = unfold(division.ruleset, contest.situation())
    data = {
        "division": division.code,
        "fields": list(how.fields),
        "seeding": how.seeding,
        "seed": seed if how.seeding == "draw" else None,
        "entries": seeded,
        **paired(contest, tournament, [meeting.pairing for meeting in tournament.meetings]),
    }
    return Event("MatchesDrawn", data)


@command(DiscardMatches, on="division", roles=ORGANISER)
def discard_matches(state: State, target: Target, payload: DiscardMatches, context: Context) -> Decision:
    """Only before the first match, so that nothing played is lost."""
    contest = contest_of(state, division_of(state, target).code)
    if any(match.is_begun for match in contest.matches()):
        raise Refusal("matches_begun", division=contest.division)
    notes = Notes(state)
    data = {"division": contest.division, "reason": notes.take(payload.reason)}
    return Decision([Event("MatchesDiscarded", data)], notes.rows)


@command(SettleTie, on="division", roles=STEERING)
def settle_tie(state: State, target: Target, payload: SettleTie, context: Context) -> Decision:
    contest = contest_of(state, division_of(state, target).code)
    tie = next((tie for tie in contest.tournament.ties if tie.key == payload.key), None)
    if tie is None:
        raise Refusal("tie_not_open", key=payload.key)
    chosen = payload.entries
    if len(set(chosen)) != tie.places or not set(chosen) <= set(tie.level):
        raise Refusal("tie_choice_wrong", [Problem("tie_choice_wrong", "entries")], places=tie.places)
    notes = Notes(state)
    situation = contest.situation()
    after = replace(situation, settled={**situation.settled, tie.key: chosen})
    data = {
        "division": contest.division,
        "key": tie.key,
        "entries": list(chosen),
        "reason": notes.take(payload.reason),
    }
    return Decision([Event("TieSettled", data), *follow(state, contest, after)], notes.rows)


def after_withdrawal(contest: Contest, withdrawn: frozenset[str]) -> Situation:
    """The contest's situation once these entries have withdrawn."""
    return replace(contest.situation(), withdrawn=withdrawn)


def _seeded(
    state: State, division: Division, entries: list[str], payload: DrawMatches, seed: int
) -> list[str]:
    """The entries, best seed first."""
    if payload.seeding == "numbers":
        return entries
    if payload.seeding == "lots":
        lots = state[Matches].lots(division.code)
        if any(entry not in lots for entry in entries):
            raise Refusal("lots_missing", division=division.code)
        return sorted(entries, key=lots.__getitem__)
    drawn = list(entries)
    random.Random(seed).shuffle(drawn)  # noqa: S311 (a draw that can be shown again)
    return drawn

"""Commands that decide who meets whom, and where: the draw, moving a match, a tie at the line settled."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

from scoring.situation import Situation
from scoring.tournament import unfold

from ..competitions.commands import ORGANISER, existing
from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .contest import Contest
from .pairing import follow, paired
from .schemas import DiscardMatches, DrawMatches, MoveMatch, SettleTie
from .state import Matches
from .targets import contest_of, division_of, own_match

FEWEST_ENTRIES = 2
ALLIANCES = 8
STEERING = ("organiser", "referee")


@command(DrawMatches, on="division", roles=ORGANISER)
def draw_matches(state: State, target: Target, payload: DrawMatches, context: Context) -> Decision:
    division = division_of(state, target)
    matches = state[Matches]
    if matches.contest(division.code):
        raise Refusal("matches_drawn", division=division.code)
    _check_fields(state, payload.fields)
    entries = [one.id for one in state[Entries].of(division.code) if one.id not in matches.withdrawn]
    if len(entries) < FEWEST_ENTRIES:
        raise Refusal("entries_too_few", found=len(entries), needed=FEWEST_ENTRIES)
    first = division.ruleset.phases[0] if division.ruleset.phases else None
    if first and first.format == "alliances_of_8" and len(entries) != ALLIANCES:
        raise Refusal("entries_too_few", found=len(entries), needed=ALLIANCES)
    seed = secrets.randbits(32) if payload.seed is None else payload.seed
    seeded = _seeded(state, division, entries, payload, seed)
    contest = Contest(division.code, division.ruleset, tuple(seeded), payload.fields, seed)
    contest.lots, contest.withdrawn = matches.lots(division.code), matches.withdrawn
    tournament = unfold(division.ruleset, contest.situation())
    data = {
        "division": division.code,
        "fields": list(payload.fields),
        "seeding": payload.seeding,
        "seed": seed if payload.seeding == "draw" else None,
        "entries": seeded,
        **paired(contest, tournament, [meeting.pairing for meeting in tournament.meetings]),
    }
    return Decision([Event("MatchesDrawn", data)])


@command(DiscardMatches, on="division", roles=ORGANISER)
def discard_matches(state: State, target: Target, payload: DiscardMatches, context: Context) -> Decision:
    """Only before the first match, so that nothing played is lost."""
    contest = contest_of(state, division_of(state, target).code)
    if any(match.is_begun for match in contest.matches()):
        raise Refusal("matches_begun", division=contest.division)
    notes = Notes(state)
    data = {"division": contest.division, "reason": notes.take(payload.reason)}
    return Decision([Event("MatchesDiscarded", data)], notes.rows)


@command(MoveMatch, on="match", roles=STEERING)
def move_match(state: State, target: Target, payload: MoveMatch, context: Context) -> Decision:
    match = own_match(state, target, context)
    if match.is_begun or match.is_over:
        raise Refusal("match_begun", match=match.number)
    _check_fields(state, [payload.field])
    queue = state[Matches].queues.get(payload.field, [])
    if payload.before is not None and (payload.before == match.id or payload.before not in queue):
        raise Refusal("match_unknown", [Problem("match_unknown", "before")], match=payload.before)
    data = {"match": match.id, "field": payload.field, "before": payload.before}
    return Decision([Event("MatchMoved", data)])


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


def _check_fields(state: State, fields: tuple[str, ...] | list[str]) -> None:
    known = existing(state).fields
    for code in fields:
        if code not in known:
            raise Refusal("field_unknown", [Problem("field_unknown", "fields")], field=code)

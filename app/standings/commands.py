"""Commands about what standings go by: the numbers set on the day, and lots."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

from scoring.placing import DRAW
from scoring.problems import RulesetError

from ..competitions.commands import ORGANISER, existing
from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.pairing import follow
from ..matches.state import Matches
from ..runs.state import START_LIST, Runs
from ..schedule.state import Schedule
from .schemas import DrawLots, SetNumbers
from .state import Standings


@command(SetNumbers, on="division", roles=ORGANISER)
def set_numbers(state: State, target: Target, payload: SetNumbers, context: Context) -> Decision:
    """Only before the first start, so that nobody has run by other numbers."""
    division = division_of(state, target)
    if any(run.status != START_LIST or run.is_confirmed for run in state[Runs].of(division.code)):
        raise Refusal("division_started", division=division.code)
    if state[Matches].contest(division.code):
        raise Refusal("matches_drawn", division=division.code)
    try:
        changed = division.with_numbers(payload.numbers)
    except RulesetError as error:
        problems = [
            Problem(found.code, str(found.facts.get("name")), facts=dict(found.facts))
            for found in error.problems
        ]
        raise Refusal("payload_invalid", problems) from None
    is_drawn = division.code in state[Schedule].start_lists
    if is_drawn and changed.ruleset.attempts.count != division.ruleset.attempts.count:
        raise Refusal("start_list_drawn", division=division.code)
    data = {"division": division.code, "numbers": payload.numbers, "ruleset_digest": changed.ruleset.digest}
    return Decision([Event("NumbersSet", data)])


@command(DrawLots, on="division", roles=("organiser", "referee"))
def draw_lots(state: State, target: Target, payload: DrawLots, context: Context) -> Decision:
    """Lots are drawn once; an entry that came later is drawn behind those before it."""
    division = division_of(state, target)
    if all(criterion.by != DRAW for criterion in division.ruleset.ranking):
        raise Refusal("lots_not_used", division=division.code)
    drawn = state[Standings].lots(division.code)
    entries = [entry.id for entry in state[Entries].of(division.code) if entry.id not in drawn]
    if not entries:
        raise Refusal("lots_drawn" if drawn else "division_empty", division=division.code)
    seed = secrets.randbits(32) if payload.seed is None else payload.seed
    random.Random(seed).shuffle(entries)  # noqa: S311 (a draw that can be shown again)
    lots = {entry: len(drawn) + at for at, entry in enumerate(entries, 1)}
    event = Event("LotsDrawn", {"division": division.code, "seed": seed, "lots": lots})
    return Decision([event, *_after_lots(state, division.code, {**drawn, **lots})])


def _after_lots(state: State, division: str, lots: dict[str, int]) -> list[Event]:
    """Lots may part those level at a line, so that the next phase begins."""
    contest = state[Matches].contest(division)
    return follow(state, contest, replace(contest.situation(), lots=lots)) if contest else []


def division_of(state: State, target: Target) -> Division:
    """The division a command is about. Raises Refusal where there is none."""
    divisions = existing(state).divisions
    if target.id not in divisions:
        raise Refusal("division_unknown", division=target.id, known=", ".join(divisions))
    return divisions[target.id]

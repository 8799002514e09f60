"""The command that gives a qualification its matches, once partners were drawn for each of them."""

from __future__ import annotations

from dataclasses import replace

from scoring.planning.match_list import AskedTooMuch
from scoring.qualification import Listed, fits, pairings
from scoring.stages import Stage

from ..competitions.commands import ORGANISER
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .contest import Contest
from .pairing import follow
from .schemas import PairQualification
from .targets import contest_of, division_of


@command(PairQualification, on="division", roles=ORGANISER)
def pair_qualification(
    state: State, target: Target, payload: PairQualification, context: Context
) -> Decision:
    contest = contest_of(state, division_of(state, target).code)
    stage = partners_due(contest)
    entries = to_pair(contest, stage)
    listed = [Listed(one.sides, frozenset(one.surrogates)) for one in payload.matches]
    try:
        is_fitting = fits(stage.phase, entries, listed)
    except AskedTooMuch as asked:
        raise Refusal("entries_too_few", found=len(entries), needed=asked.limit) from None
    if not is_fitting:
        raise Refusal("match_list_wrong", [Problem("match_list_wrong", "matches")])
    situation = contest.situation()
    paired = (*situation.paired, *pairings(stage.phase, len(entries), listed))
    return Decision(follow(state, contest, replace(situation, paired=paired)))


def partners_due(contest: Contest) -> Stage:
    """The qualification whose partners are to be drawn now. Raises Refusal where there is none."""
    stage = contest.tournament.partners_due
    if stage is None:
        raise Refusal("partners_not_due", division=contest.division)
    return stage


def to_pair(contest: Contest, stage: Stage) -> list[str]:
    """Who is to get partners: everybody who came into the phase and has not withdrawn since, best seed first."""
    return [entry for entry in stage.entries if entry not in contest.withdrawn]

"""Commands about partners drawn for one match: the matches of a qualification, and who of them was not there."""

from __future__ import annotations

from dataclasses import replace

from scoring.planning.match_list import AskedTooMuch
from scoring.qualification import Listed, fits, pairings
from scoring.stages import Stage

from ..competitions.commands import ORGANISER
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .contest import Contest
from .pairing import follow
from .schemas import PairQualification, SetAbsentPartners
from .targets import JUDGES, contest_of, division_of, match_on_own_field, own_match


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


@command(SetAbsentPartners, on="match", roles=JUDGES, only_own=match_on_own_field)
def set_absent_partners(
    state: State, target: Target, payload: SetAbsentPartners, context: Context
) -> Decision:
    """Before the match or after it, until its result is official; then it takes a referee."""
    match = own_match(state, target, context)
    absent = frozenset(payload.absent)
    pairing = match.pairing
    if not pairing.alliances or not absent.issubset(pairing.entries):
        raise Refusal("not_a_partner", [Problem("not_a_partner", "absent")], match=match.number)
    if any(absent.issuperset(pairing.players(side)) for side in pairing.sides):
        raise Refusal("side_all_absent", [Problem("side_all_absent", "absent")], match=match.number)
    if match.official and context.actor.role != "referee":
        raise Refusal("result_official", match=match.number)
    if absent == match.absent:
        return Decision()
    return Decision([Event("AbsentPartnersSet", {"match": match.id, "absent": sorted(absent)})])


def partners_due(contest: Contest) -> Stage:
    """The qualification whose partners are to be drawn now. Raises Refusal where there is none."""
    stage = contest.tournament.partners_due
    if stage is None:
        raise Refusal("partners_not_due", division=contest.division)
    return stage


def to_pair(contest: Contest, stage: Stage) -> list[str]:
    """Who is to get partners: everybody who came into the phase and has not withdrawn since, best seed first."""
    return [entry for entry in stage.entries if entry not in contest.withdrawn]

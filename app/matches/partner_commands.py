"""Commands about partners drawn for one match: the matches of a qualification, and who of them was not there."""

from __future__ import annotations

from dataclasses import replace

from scoring.planning.match_list import AskedTooMuch
from scoring.qualification import Listed, fits, pairings
from scoring.stages import Stage

from ..competitions.commands import ORGANISER
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .commands import absent_from
from .contest import Contest
from .pairing import follow
from .schemas import PairQualification, SetPartnerAbsent
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


@command(SetPartnerAbsent, on="match", roles=JUDGES, only_own=match_on_own_field)
def set_partner_absent(state: State, target: Target, payload: SetPartnerAbsent, context: Context) -> Decision:
    """Before the match or after it, until its result is official; then it takes a referee."""
    match = own_match(state, target, context)
    entry, contest = payload.entry, contest_of(state, match.division)
    if not match.pairing.alliances or entry not in match.entries:
        raise Refusal("not_a_partner", [Problem("not_a_partner", "entry")], match=match.number)
    if match.official and context.actor.role != "referee":
        raise Refusal("result_official", match=match.number)
    absent = match.absent | {entry} if payload.absent else match.absent - {entry}
    if absent == match.absent:
        return Decision()
    gone = absent | contest.withdrawn
    if payload.absent and any(gone.issuperset(match.pairing.players(side)) for side in match.sides):
        raise Refusal("side_all_absent", [Problem("side_all_absent", "entry")], match=match.number)
    return Decision(absent_from(state, contest, contest.situation(), match, absent))


def partners_due(contest: Contest) -> Stage:
    """The qualification whose partners are to be drawn now. Raises Refusal where there is none."""
    stage = contest.tournament.partners_due
    if stage is None:
        raise Refusal("partners_not_due", division=contest.division)
    return stage


def to_pair(contest: Contest, stage: Stage) -> list[str]:
    """Who is to get partners: everybody who came into the phase and has not withdrawn since, best seed first."""
    return [entry for entry in stage.entries if entry not in contest.withdrawn]

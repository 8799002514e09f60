"""The shapes of matches in live data: the match itself, a phase with its tables and bracket, a whole contest."""

from __future__ import annotations

from typing import Any

from scoring.bracket_play import Placed
from scoring.contest import MatchRules
from scoring.head_to_head import Outcome
from scoring.model import Ruleset
from scoring.stages import Stage
from scoring.standing import Standing

from ..arrivals.state import arrival_of_all
from ..ceremony.state import Ceremonies
from ..competitions.state import Division, Setup
from ..displays.notices import Notices
from ..eventlog.fold import State
from ..matches.contest import Contest
from ..matches.match import Counting, Match
from ..matches.schemas import Bouts
from ..matches.sheets import outcome_of, rules_of
from ..matches.state import Matches
from ..runs.texts import ERASED, told, without_texts
from .alliance_shapes import match_side_shape, playing_for, side_shape
from .shapes import Shape, clock_at_venue, disputes_shape, division_brief, entry_shape


def match_shape(state: State, match: Match, *, public: bool = True) -> Shape:
    """A match as it is given: who sees it is the caller's matter. The public is not told what judges remarked."""
    ruleset = state[Setup].divisions[match.division].ruleset
    rules, phase = rules_of(ruleset), match.pairing.phase
    outcome = _outcome(state, ruleset, match)
    return {
        "id": match.id,
        "target": f"{state.chain}/match/{match.id}",
        "division": match.division,
        "field": match.field,
        "number": match.number,
        "phase": _phase_brief(ruleset, phase),
        "part": match.pairing.part,
        "group": match.pairing.group,
        "round": match.pairing.round,
        "slot": match.pairing.slot,
        "game": match.pairing.game,
        "best_of": match.pairing.best_of,
        "sides": [
            match_side_shape(state, _contest_of(state, match), match.pairing, side) for side in match.sides
        ],
        "surrogates": sorted(match.pairing.surrogates),
        "absent": sorted(match.absent),
        "status": match.status,
        "version": match.version,
        "armed": match.armed,
        "bouts": [_bout_shape(state, ruleset, bout, public) for bout in match.bouts],
        "bouts_most": rules.bouts,
        "needed": rules.needed,
        "decided_by": rules.decided_by,
        "decision": match.decision,
        "clock": {
            "started_at_utc": match.clock.started_at_utc,
            "elapsed_s": match.clock.elapsed_s,
            "limit_s": rules.bout_limit_s,
        },
        "countdowns": [_counting(rules, one) for one in match.countdowns],
        "score": list(outcome.score) if outcome else list(match.outcome.score if match.outcome else ()),
        "taken": [{"winner": one.winner, "by": one.by} for one in outcome.bouts] if outcome else [],
        "outcome": outcome.status if outcome else "open",
        "winner": match.winner,
        "is_over": match.is_over,
        "walkover": bool(match.outcome and match.outcome.walkover),
        "given": match.given_to is not None,
        "void": match.void,
        "corrected": bool(match.outcome and match.outcome.corrected),
        "paper": bool(match.outcome and match.outcome.paper),
        "captains": dict(match.outcome.captains) if match.outcome else {},
        "by": match.outcome.by if match.outcome else None,
        "at_utc": match.outcome.at_utc if match.outcome else None,
        "called_off": match.called_off,
        "replay_of": match.replay_of,
        "replaced_by": match.replaced_by,
        "practice": match.practice,
        "planned_at_utc": match.planned_at_utc,
        "planned_clock": clock_at_venue(state, match.planned_at_utc),
        "called_at_utc": state[Notices].called_at_utc.get(match.id),
    }


def _counting(rules: MatchRules, one: Counting) -> Shape:
    """A countdown that runs, with what the rules say of it."""
    known = rules.countdown(one.id)
    assert known is not None
    return {
        "id": one.id,
        "label": dict(known.label),
        "seconds": known.seconds,
        "side": one.side,
        "started_at_utc": one.started_at_utc,
    }


def judged_match_shape(state: State, match: Match) -> Shape:
    """The same as those who judge see it: with how each side's arrival stands, and who says otherwise."""
    contest = _contest_of(state, match)
    playing = (playing_for(contest, match.pairing, side) for side in match.sides)
    arrivals = [arrival_of_all(state, entries) for entries in playing]
    told = {"arrivals": arrivals, "disputes": disputes_shape(state, match.id)}
    return match_shape(state, match, public=False) | told


def seen_match(state: State, match: Match, *, public: bool) -> Match | None:
    """A match as the public sees it, or those who judge; None where the public is not to know that it is held."""
    seal = state[Ceremonies].seal(match.division) if public else None
    return seal.seen_match(match) if seal else match


def contest_shape(state: State, division: Division, *, public: bool) -> Shape:
    """A division's matches: its phases with tables and brackets, every match, and what holds it up."""
    seal = state[Ceremonies].seal(division.code) if public else None
    contest = seal.contest if seal else state[Matches].contest(division.code)
    shape: Shape = {
        "division": division_brief(division),
        "drawn": contest is not None,
        "seed": None,
        "is_over": False,
        "phases": [],
        "matches": [],
        "choosing": False,
        "partners_due": False,
        "ties": [],
        "frozen_at_utc": seal.at_utc if seal else None,
    }
    return shape | (_drawn(state, contest) if contest else {})


def _drawn(state: State, contest: Contest) -> Shape:
    tournament = contest.tournament
    return {
        "seed": contest.seed,
        "is_over": tournament.is_over,
        "phases": [_stage(state, contest, stage) for stage in tournament.stages],
        "matches": [match_shape(state, match) for match in contest.matches()],
        "choosing": tournament.choice is not None,
        "partners_due": tournament.partners_due is not None,
        "ties": [
            {
                "key": tie.key,
                "needed": tie.needed,
                "places": tie.places,
                "level": [entry_shape(state, entry) for entry in tie.level],
            }
            for tie in tournament.ties
        ],
    }


def _stage(state: State, contest: Contest, stage: Stage) -> Shape:
    bracket = stage.bracket
    champion = bracket.champion if bracket else None
    return _phase_brief(contest.ruleset, stage.phase.id) | {
        "format": stage.phase.format,
        "is_over": stage.is_over,
        "tables": [[_row(state, contest, stage, standing) for standing in table] for table in stage.tables],
        "bracket": [_slot(state, contest, stage, placed) for placed in bracket.matches] if bracket else None,
        "champion": side_shape(state, contest, champion, stage.phase.id) if champion else None,
    }


def _row(state: State, contest: Contest, stage: Stage, standing: Standing) -> Shape:
    names = ("match_points", "wins", "played", "score_difference")
    return {
        "rank": standing.rank,
        "entry": side_shape(state, contest, standing.id, stage.phase.id),
        "values": {name: standing.values.get(name) for name in names},
    }


def _slot(state: State, contest: Contest, stage: Stage, placed: Placed) -> Shape:
    """A place of the bracket; a side that is not known yet says which match it comes from."""
    match = placed.match
    wins = [sum(winner == side for winner in placed.games) if side else 0 for side in placed.sides]
    return {
        "slot": match.id,
        "part": match.part,
        "round": match.round,
        "best_of": match.best_of,
        "status": placed.status,
        "winner": placed.winner,
        "sides": [
            {
                "entry": side_shape(state, contest, side, stage.phase.id) if side else None,
                "from": {"kind": source.kind, "of": source.of},
                "wins": won,
            }
            for side, source, won in zip(placed.sides, match.sides, wins, strict=True)
        ],
    }


def _contest_of(state: State, match: Match) -> Contest | None:
    return state[Matches].contest(match.division)


def _phase_brief(ruleset: Ruleset, phase_id: str) -> dict[str, Any]:
    label = next((dict(phase.label) for phase in ruleset.phases if phase.id == phase_id), None)
    return {"id": phase_id, "label": label}


def _bout_shape(state: State, ruleset: Ruleset, bout: dict[str, Any], public: bool) -> Shape:
    if bout["sheet"] is None:
        return bout
    sheet = without_texts(ruleset.fields, bout["sheet"]) if public else told(bout["sheet"], state.texts)
    return bout | {"sheet": sheet}


def _outcome(state: State, ruleset: Ruleset, match: Match) -> Outcome | None:
    """What the bouts come to, of a match that has any."""
    if match.pairing.is_bye or not match.bouts:
        return None
    bouts = told(match.bouts, state.texts, ERASED)
    return outcome_of(ruleset, match, Bouts.model_validate({"bouts": bouts, "decision": match.decision}))

"""What the bouts of a match come to by its rules, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from scoring import head_to_head
from scoring.contest import MatchRules
from scoring.model import Ruleset
from scoring.sheet import evaluate

from ..eventlog.deciding import Problem, Refusal
from ..runs.notes import Notes
from ..runs.texts import NO_VALUE_OF_ITS_FIELD, sealed, without_texts
from .match import Match
from .schemas import Bout, Bouts, Counting, EnterMatch

SIDES_OF_A_SHEET = ("left", "right")
"""The results of a sheet that count for the first and the second side."""


def scored(ruleset: Ruleset, match: Match, payload: Bouts, notes: Notes) -> dict[str, Any]:
    """What an event says of a match with these bouts, the texts of their sheets sealed among ``notes``.

    Raises Refusal unless they decide it by the rules.
    """
    checked(ruleset, match, payload, whole=True)
    outcome = outcome_of(ruleset, match, payload)
    if not outcome.is_closed:
        raise Refusal("match_undecided", status=outcome.status)
    return {
        "bouts": sealed_bouts(ruleset, payload.bouts, notes),
        "decision": payload.decision,
        "winner": outcome.winner,
        "score": list(outcome.score),
        "taken": [{"winner": taken.winner, "by": taken.by} for taken in outcome.bouts],
    }


def checked(ruleset: Ruleset, match: Match, payload: Bouts, *, whole: bool) -> None:
    """Raises Refusal for bouts that cannot be of this match; ``whole``: also where a sheet has something missing."""
    problems = [*_strangers(match, payload), *_unknown_countdowns(rules_of(ruleset), payload)]
    problems += [
        problem
        for at, bout in enumerate(payload.bouts)
        if whole or bout.sheet is not None
        for problem in _sheet_problems(ruleset, bout, at, whole=whole)
    ]
    if problems:
        raise Refusal("bouts_invalid", problems)
    for end in range(1, len(payload.bouts)):
        before = payload.model_copy(update={"bouts": payload.bouts[:end], "decision": None})
        if outcome_of(ruleset, match, before).is_closed:
            raise Refusal("bout_after_end", [Problem("bout_after_end", f"bouts.{end}")], bout=end + 1)


def captains_said(match: Match, payload: EnterMatch, notes: Notes) -> dict[str, Any]:
    """What the event says of the captains. Raises Refusal for one of neither side."""
    for side in payload.captains:
        if side not in match.sides:
            raise Refusal("side_unknown", [Problem("side_unknown", f"captains.{side}")], side=side)
    return {side: notes.captain(captain) for side, captain in payload.captains.items()}


def outcome_of(ruleset: Ruleset, match: Match, payload: Bouts) -> head_to_head.Outcome:
    """How the match stands by its rules, as far as its sheets are filled."""
    left, right = match.sides
    bouts = [_bout(ruleset, (left, right), bout) for bout in payload.bouts]
    return head_to_head.decide(rules_of(ruleset), (left, right), bouts, payload.decision)


def rules_of(ruleset: Ruleset) -> MatchRules:
    assert ruleset.match is not None
    return ruleset.match


def sealed_bouts(ruleset: Ruleset, bouts: Sequence[Bout], notes: Notes) -> list[dict[str, Any]]:
    """Bouts as an event tells them, the texts of their sheets sealed among ``notes``."""
    return [_plain(bout, lambda sheet: sealed(ruleset.fields, sheet, notes)) for bout in bouts]


def shown_bouts(ruleset: Ruleset, bouts: Sequence[Bout]) -> list[dict[str, Any]]:
    """Bouts as everybody is told of them while the match is on: without what the judge remarks."""
    return [_plain(bout, lambda sheet: without_texts(ruleset.fields, sheet)) for bout in bouts]


def _plain(bout: Bout, sheet_of: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    told = bout.model_dump(mode="json")
    return told | {"sheet": sheet_of(bout.sheet) if bout.sheet is not None else None}


def _bout(ruleset: Ruleset, sides: tuple[str, str], bout: Bout) -> head_to_head.Bout:
    points = dict(bout.points)
    evaluation = evaluate(ruleset, bout.sheet) if bout.sheet is not None else None
    if evaluation and evaluation.ok:
        results = evaluation.results
        points = {
            side: float(results.get(name) or 0.0) for side, name in zip(sides, SIDES_OF_A_SHEET, strict=True)
        }
    return head_to_head.Bout(
        bout.winner, points, bout.warnings, bout.false_starts, bout.timed_out, bout.decision, bout.countdown
    )


def _strangers(match: Match, payload: Bouts) -> Iterator[Problem]:
    """Names that are neither side's."""
    named = [("decision", payload.decision)]
    for at, bout in enumerate(payload.bouts):
        sides = (bout.winner, bout.decision, *bout.points, *bout.warnings, *bout.false_starts)
        named += [(f"bouts.{at}", side) for side in sides]
    for field, side in named:
        if side is not None and side not in match.sides:
            yield Problem("side_unknown", field, facts={"side": side})


def _unknown_countdowns(rules: MatchRules, payload: Bouts) -> Iterator[Problem]:
    for at, bout in enumerate(payload.bouts):
        if bout.countdown is not None and rules.countdown(bout.countdown) is None:
            yield Problem("countdown_unknown", f"bouts.{at}.countdown", facts={"countdown": bout.countdown})


def check_counting(rules: MatchRules, match: Match, counting: Sequence[Counting]) -> None:
    """Raises Refusal where what is counted is not in the rules, or against neither side."""
    for at, one in enumerate(counting):
        known = rules.countdown(one.id)
        if known is None:
            raise Refusal("countdown_unknown", [Problem("countdown_unknown", f"countdowns.{at}.id")])
        if (known.of == "side") != (one.side in match.sides) or (known.of == "both" and one.side):
            raise Refusal("side_unknown", [Problem("side_unknown", f"countdowns.{at}.side")])


def _sheet_problems(ruleset: Ruleset, bout: Bout, at: int, *, whole: bool) -> Iterator[Problem]:
    if not ruleset.fields:
        if bout.sheet is not None:
            yield Problem("sheet_field_unknown", f"bouts.{at}.sheet")
        return
    for error in evaluate(ruleset, bout.sheet or {}).errors:
        if not whole and error.code not in NO_VALUE_OF_ITS_FIELD:
            continue
        code = "sheet_field_unknown" if error.code == "field_unknown" else error.code
        words = {"message": dict(error.message)} if error.message else {}
        yield Problem(code, f"bouts.{at}.sheet.{error.field}", facts={**error.facts, **words})

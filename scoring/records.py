"""Results as JSON gives them (docs/rulesets.md, ``flask rules rank``), turned into records, matches and draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .head_to_head import Bout, decide
from .judged import Judged, Mark, judge
from .model import Ruleset
from .problems import SheetProblem
from .ranking import Attempt, Match, Record, Standing, rank
from .schema import MARKS_SCHEMA, malformed
from .sheet import Evaluation, evaluate


class RecordsRefused(Exception):
    """Results cannot be ranked; ``problems`` says where and why."""

    def __init__(self, problems: Sequence[SheetProblem]) -> None:
        super().__init__(problems[0].code)
        self.problems = list(problems)


def rank_json(ruleset: Ruleset, results: Mapping[str, Any]) -> list[Standing]:
    """The standings of ``{"entries", "matches", "draws"}``. Raises RecordsRefused.

    Matches of an elimination phase are left out: they decide a bracket, not a table.
    """
    records, matches, draws = read_results(ruleset, results)
    eliminations = {phase.id for phase in ruleset.phases if phase.is_elimination}
    return rank(ruleset, records, [match for match in matches if match.phase not in eliminations], draws)


def read_results(
    ruleset: Ruleset, results: Mapping[str, Any]
) -> tuple[list[Record], list[Match], Mapping[str, float]]:
    """The records, matches and draws of results. Raises RecordsRefused if anything in them is wrong."""
    problems = malformed(results)
    if problems:
        raise RecordsRefused(problems)
    records = [record_of(ruleset, entry, problems) for entry in results["entries"]]
    matches = [
        match_of(ruleset, match, f"matches.{at}", problems)
        for at, match in enumerate(results.get("matches", []))
    ]
    problems += _strangers(records, matches)
    if problems:
        raise RecordsRefused(problems)
    return records, matches, results.get("draws", {})


def judge_json(ruleset: Ruleset, marks: Any) -> Judged:
    """Both means of ``[{"project", "judge", "sheet"}]``, by the ruleset's first result. Raises RecordsRefused."""
    problems = malformed(marks, MARKS_SCHEMA)
    if problems:
        raise RecordsRefused(problems)
    evaluated = [_evaluated(ruleset, mark["sheet"], str(at), problems) for at, mark in enumerate(marks)]
    if problems:
        raise RecordsRefused(problems)
    first = ruleset.results[0].name
    return judge(
        Mark(mark["project"], mark["judge"], made.results[first])
        for mark, made in zip(marks, evaluated, strict=True)
    )


def _strangers(records: Sequence[Record], matches: Sequence[Match]) -> list[SheetProblem]:
    """Entries given twice, and sides of matches that are no entries."""
    known: set[str] = set()
    problems = []
    for record in records:
        if record.id in known:
            problems.append(SheetProblem("entry_repeated", "entries", {"entry": record.id}))
        known.add(record.id)
    for at, match in enumerate(matches):
        players = {entry for alliance in match.alliances for entry in alliance}
        named = {*match.sides, match.winner or match.sides[0], *players, *match.surrogates, *match.absent}
        problems += [
            SheetProblem("entry_unknown", f"matches.{at}", {"entry": name}) for name in sorted(named - known)
        ]
    return problems


def record_of(ruleset: Ruleset, entry: Mapping[str, Any], problems: list[SheetProblem]) -> Record:
    """One entry; what its sheets get wrong is added to ``problems``, under ``entry.attempts.N.field``."""
    attempts = tuple(
        _attempt(ruleset, attempt, f"{entry['id']}.attempts.{at}", problems)
        for at, attempt in enumerate(entry.get("attempts", []))
    )
    if len(attempts) > ruleset.attempts.count:
        facts = {"found": len(attempts), "most": ruleset.attempts.count}
        problems.append(SheetProblem("too_many_attempts", f"{entry['id']}.attempts", facts))
    return Record(str(entry["id"]), attempts, bool(entry.get("out_of_competition")), entry.get("mark"))


def match_of(ruleset: Ruleset, match: Mapping[str, Any], path: str, problems: list[SheetProblem]) -> Match:
    """One match: ``winner`` if given, otherwise decided by its bouts or its sheet; with neither it is a draw.

    It has neither where it is ``lost_by_both``, because no side came.

    A sheet counts through its results ``left`` and ``right``, the first and the second side's.
    """
    sides = tuple(map(str, match["sides"]))
    played = Match(
        sides,
        match.get("winner"),
        phase=match.get("phase"),
        round=match.get("round"),
        alliances=tuple(map(tuple, match.get("alliances", ()))),
        surrogates=frozenset(match.get("surrogates", ())),
        absent=frozenset(match.get("absent", ())),
    )
    if tuple(members[0] for members in played.alliances) not in ((), sides):
        problems.append(SheetProblem("alliances_of_others", path))
    if match.get("lost_by_both"):
        return replace(played, winner=None, lost_by_both=True)
    if len(sides) == 1 or ruleset.match is None:
        return played
    bouts = [Bout.read(bout) for bout in match.get("bouts", ())]
    if match.get("sheet") is not None:
        bouts.append(_bout_of_sheet(ruleset, sides, match["sheet"], path, problems))
    problems += _not_sides(sides, bouts, match, path)
    outcome = decide(ruleset.match, (sides[0], sides[1]), bouts, match.get("decision"))
    winner = match.get("winner") or outcome.winner
    if bouts and winner is None and not outcome.is_closed:
        problems.append(SheetProblem("match_undecided", path, {"status": outcome.status}))
    scores = tuple(map(float, match["scores"])) if "scores" in match else outcome.score if bouts else ()
    return replace(played, winner=winner, scores=scores)


def _not_sides(
    sides: Sequence[str], bouts: Sequence[Bout], match: Mapping[str, Any], path: str
) -> list[SheetProblem]:
    """Names in a match that are neither of its sides."""
    named = {match.get("winner"), match.get("decision")}
    for bout in bouts:
        named |= {bout.winner, bout.decision, *bout.points, *bout.warnings, *bout.false_starts}
    return [
        SheetProblem("side_unknown", path, {"side": name})
        for name in sorted(filter(None, named))
        if name not in sides
    ]


def _bout_of_sheet(
    ruleset: Ruleset, sides: Sequence[str], sheet: Mapping[str, Any], path: str, problems: list[SheetProblem]
) -> Bout:
    evaluation = _evaluated(ruleset, sheet, path, problems)
    sides_results = zip(sides, ("left", "right"), strict=True)
    return Bout(points={side: evaluation.results.get(name, 0.0) for side, name in sides_results})


def _attempt(
    ruleset: Ruleset, attempt: Mapping[str, Any] | None, path: str, problems: list[SheetProblem]
) -> Attempt | None:
    if attempt is not None and attempt.get("mark"):
        return Attempt(mark=attempt["mark"])
    if attempt is None or "sheet" not in attempt:
        return None
    return Attempt(_evaluated(ruleset, attempt["sheet"], path, problems).results)


def _evaluated(
    ruleset: Ruleset, sheet: Mapping[str, Any], path: str, problems: list[SheetProblem]
) -> Evaluation:
    evaluation = evaluate(ruleset, sheet)
    problems += [
        SheetProblem(error.code, f"{path}.{error.field}", error.facts, error.message)
        for error in evaluation.errors
    ]
    return evaluation

"""A made day played: runs scored and matches decided by each field's judge, as strong as every robot is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from scoring.ruleset import Ruleset

from ..arrivals.state import Arrivals
from ..competitions.state import Setup
from ..entries.state import Entries
from ..eventlog.deciding import Actor
from ..eventlog.fold import State
from ..matches.match import Match
from ..matches.state import Matches
from ..pipeline import Pipeline
from ..runs.state import Run, Runs
from .sheets import made_attempt, strength_of
from .steps import Step, carry_out
from .teams import Plan

EXTRA_RUN = {"reason": "қосымша жүріс"}
MOST_GOALS = 4
MATCH_LUCK = 0.15


class Day:
    """Everything that happens on the fields of a made competition."""

    def __init__(self, pipeline: Pipeline, state: State, plan: Plan, seed: int) -> None:
        self._pipeline = pipeline
        self._state = state
        self._seed = seed
        self._abilities = {division["code"]: division.get("sheet", {}) for division in plan["divisions"]}
        self._chance = Random(f"day/{seed}")  # noqa: S311 (a day that can be shown again)

    def hold_runs(self, judges: Sequence[Actor], share: float) -> None:
        """Confirm the first ``share`` of each field's runs; those of teams that did not come, as DNS."""
        of_field: dict[str, list[Run]] = defaultdict(list)
        for run in self._state[Runs].by_id.values():
            of_field[run.field].append(run)
        due = [run for runs in of_field.values() for run in runs[: round(len(runs) * share)]]
        for judge in judges:
            own = [run for run in due if not run.is_confirmed and _judges(judge, run)]
            carry_out(self._pipeline, [self._run(run) for run in own], judge)

    def hold_matches(self, judges: Sequence[Actor], referee: Actor, rounds: int | None = None) -> None:
        """Decide what can be played, again and again until the contests are over, or so many times."""
        made = 0
        while rounds is None or made < rounds:
            played = False
            for judge in judges:
                fields = judge.fields
                steps = [
                    self._match(match) for field in fields for match in self._state[Matches].waiting(field)
                ]
                carry_out(self._pipeline, steps, judge)
                played = played or bool(steps)
            ties = list(self._ties())
            carry_out(self._pipeline, ties, referee)
            if not played and not ties:
                return
            made += 1

    def _run(self, run: Run) -> Step:
        ruleset = self._state[Setup].divisions[run.division].ruleset
        is_here = run.entry in self._state[Arrivals].checked_in
        abilities, strength = self._abilities[run.division], self._strength(run.entry)
        made = made_attempt(ruleset, abilities, strength, self._chance)
        payload = made if is_here else {"sheet": {}, "mark": "DNS"}
        return Step("EnterScore", f"{self._state.chain}/run/{run.id}", payload, run.version)

    def _match(self, match: Match) -> Step:
        ruleset = self._state[Setup].divisions[match.division].ruleset
        payload = {"bouts": list(self._bouts(ruleset, match))}
        return Step("EnterMatch", f"{self._state.chain}/match/{match.id}", payload, match.version)

    def _bouts(self, ruleset: Ruleset, match: Match) -> Iterator[dict[str, Any]]:
        """Bouts until one side has as many as decide the match; one sheet of goals where the rules have fields."""
        assert ruleset.match is not None
        if ruleset.fields:
            yield {"sheet": self._goals(ruleset, match)}
            return
        wins = dict.fromkeys(match.sides, 0)
        while max(wins.values()) < (ruleset.match.target or 1):
            winner = self._stronger(match)
            wins[winner] += 1
            yield {"winner": winner}

    def _goals(self, ruleset: Ruleset, match: Match) -> dict[str, int]:
        most = self._chance.randint(1, MOST_GOALS)
        less = self._chance.randrange(most)
        first_wins = self._stronger(match) == match.sides[0]
        score = (most, less) if first_wins else (less, most)
        return {field.id: goals for field, goals in zip(ruleset.fields, score, strict=True)}

    def _stronger(self, match: Match) -> str:
        """The side that is better today: the stronger one mostly."""
        return max(match.sides, key=lambda side: self._chance.gauss(self._strength(side), MATCH_LUCK))

    def _ties(self) -> Iterator[Step]:
        """The strongest of those who are level at a line go on, as after an extra run."""
        for contest in self._state[Matches].contests.values():
            for tie in contest.tournament.ties:
                chosen = sorted(tie.level, key=self._strength, reverse=True)[: tie.places]
                where = f"{self._state.chain}/division/{contest.division}"
                yield Step("SettleTie", where, {"key": tie.key, "entries": chosen, **EXTRA_RUN})

    def _strength(self, entry: str) -> float:
        return strength_of(self._seed, self._state[Entries].by_id[entry].number)


def _judges(judge: Actor, run: Run) -> bool:
    """Whether a run is this judge's to score: of their field, and of a panel their own sheet."""
    return run.judge == judge.account if run.judge else run.field in judge.fields

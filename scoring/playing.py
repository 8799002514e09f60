"""The next Swiss round and the bracket of a phase, from results as JSON gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .bracket_play import Played, play
from .brackets import ALLIANCES_OF_8, Bracket, alliances_of_8, double_elimination, single_elimination
from .contest import Phase
from .model import Ruleset
from .pairing import SwissRound, swiss
from .problems import SheetProblem
from .ranking import rank
from .records import RecordsRefused, read_results


def next_swiss_round(ruleset: Ruleset, results: Mapping[str, Any]) -> SwissRound:
    """The next round for the entries by their standings so far. Raises RecordsRefused."""
    records, matches, draws = read_results(ruleset, results)
    standings = rank(ruleset, [record for record in records if not record.out_of_competition], matches, draws)
    table = [(standing.id, _points(standing.values)) for standing in standings if standing.mark is None]
    return swiss(table, matches)


def bracket_of(ruleset: Ruleset, results: Mapping[str, Any], phase_id: str | None = None) -> Played:
    """The bracket of a phase (the first elimination, unless named), entries being seeded in the order given.

    Only matches of that phase, or of no named phase, are played into it. Raises RecordsRefused.
    """
    phase = _phase(ruleset, phase_id)
    records, matches, _ = read_results(ruleset, results)
    if len(records) < 2 or (phase.format == "alliances_of_8" and len(records) != ALLIANCES_OF_8):
        needed = ALLIANCES_OF_8 if phase.format == "alliances_of_8" else 2
        raise RecordsRefused(
            [SheetProblem("entries_too_few", "entries", {"found": len(records), "needed": needed})]
        )
    played = [match for match in matches if match.phase in (None, phase.id)]
    withdrawn = [record.id for record in records if record.mark is not None]
    return play(drawn(phase, len(records)), [record.id for record in records], played, withdrawn)


def drawn(phase: Phase, entries: int) -> Bracket:
    """The bracket of an elimination phase for so many entries."""
    if phase.format == "alliances_of_8":
        return alliances_of_8()
    if phase.format == "double_elimination":
        return double_elimination(
            entries, final_reset=phase.final_reset, best_of=phase.best_of, final_best_of=phase.final_best_of
        )
    return single_elimination(
        entries, bronze=phase.bronze, best_of=phase.best_of, final_best_of=phase.final_best_of
    )


def _phase(ruleset: Ruleset, phase_id: str | None) -> Phase:
    fitting: Sequence[Phase] = [
        phase
        for phase in ruleset.phases
        if phase.is_elimination and (phase_id is None or phase.id == phase_id)
    ]
    if not fitting:
        raise RecordsRefused([SheetProblem("phase_without_bracket", None, {"phase": phase_id})])
    return fitting[0]


def _points(values: Mapping[str, Any]) -> float:
    return float(values.get("match_points") or 0.0)

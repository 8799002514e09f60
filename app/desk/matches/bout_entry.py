"""The bouts of a match as the desk's forms hold them: who took each, or what it came to, beside what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.contest import MatchRules
from scoring.ruleset import Ruleset

from ...matches.match import Match
from ...matches.sheets import rules_of

KEPT, NOBODY = "kept", "nobody"
"""A bout as it was entered, faults and all; one that ran out of time without a winner."""
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class BoutRow:
    """One bout of the form: its place, what is chosen, and the points of either side where points decide."""

    at: int
    chosen: str
    was_entered: bool
    points: tuple[str, ...]


def can_type(ruleset: Ruleset) -> bool:
    """Whether bouts can be typed on the desk: those scored by a sheet of fields are corrected on a tablet."""
    return not ruleset.fields


def has_points(rules: MatchRules) -> bool:
    return rules.decided_by != "bouts"


def bout_rows(ruleset: Ruleset, match: Match, typed: Mapping[str, str] | None = None) -> list[BoutRow]:
    """A row for each bout there may be, as typed, or else as entered."""
    most = min(max(rules_of(ruleset).bouts, len(match.bouts)), MOST_ROWS)
    return [_row(match, at, typed) for at in range(most)]


def read_bouts(ruleset: Ruleset, match: Match, typed: Mapping[str, str]) -> dict[str, Any]:
    """The payload's ``bouts`` and ``decision`` from what was typed; rows left empty are not held."""
    rules = rules_of(ruleset)
    bouts = [_read(rules, match, row) for row in bout_rows(ruleset, match, typed) if row.chosen]
    return {"bouts": bouts, "decision": typed.get("decision") or None}


def _row(match: Match, at: int, typed: Mapping[str, str] | None) -> BoutRow:
    was_entered = at < len(match.bouts)
    entered = match.bouts[at]["points"] if was_entered else {}
    names = [f"bout-{at}-points-{place}" for place in range(len(match.sides))]
    if typed is None or f"bout-{at}" not in typed:
        points = tuple(f"{entered.get(side, ''):g}" if side in entered else "" for side in match.sides)
        return BoutRow(at, KEPT if was_entered else "", was_entered, points)
    return BoutRow(at, typed[f"bout-{at}"], was_entered, tuple(typed.get(name, "").strip() for name in names))


def _read(rules: MatchRules, match: Match, row: BoutRow) -> dict[str, Any]:
    if row.chosen == KEPT and row.was_entered:
        return dict(match.bouts[row.at])
    bout: dict[str, Any] = {"winner": row.chosen} if row.chosen in match.sides else {"timed_out": True}
    if has_points(rules):
        points = zip(match.sides, row.points, strict=True)
        bout["points"] = {side: text.replace(",", ".") for side, text in points if text}
    return bout

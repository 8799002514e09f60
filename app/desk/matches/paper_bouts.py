"""The bouts of a match as they are keyed from paper: who took each, what was counted, and what was scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from scoring.contest import MatchRules
from scoring.ruleset import Ruleset

from ...matches.match import Match
from ...matches.sheets import rules_of
from ...reports.match_sheets import MORE_ROWS
from ..sheets.sheet_entry import read_sheet, typed_in
from .bout_entry import NOBODY, has_points

COUNTDOWN = "countdown:"
"""What a choice begins with by which a countdown ended a bout that nobody took."""


def rows_of(rules: MatchRules) -> int:
    return rules.bouts + MORE_ROWS


def counted(rules: MatchRules) -> list[str]:
    """What is counted for either side in a bout by these rules."""
    kinds = {
        "points": has_points(rules),
        "warnings": rules.warnings_to_loss is not None,
        "false_starts": rules.false_starts_to_loss is not None,
    }
    return [kind for kind, is_counted in kinds.items() if is_counted]


def read_paper(ruleset: Ruleset, match: Match, form: MultiDict[str, str]) -> dict[str, Any]:
    """The payload's bouts, decision, captains and absent sides; rows left empty were not fought."""
    rules = rules_of(ruleset)
    if ruleset.fields:
        sheet = read_sheet(ruleset.fields, typed_in(form))
        bouts = [{"sheet": sheet}] if sheet else []
    else:
        read = (_read(rules, match, form, at) for at in range(rows_of(rules)))
        bouts = [bout for bout in read if bout]
    captains = {side: form.get(f"captain-{place}") for place, side in enumerate(match.sides)}
    return {
        "bouts": bouts,
        "decision": form.get("decision") or None,
        "captains": {side: outcome for side, outcome in captains.items() if outcome},
        "absent": [side for side in match.sides if side in form.getlist("absent")],
    }


def _read(rules: MatchRules, match: Match, form: Mapping[str, str], at: int) -> dict[str, Any]:
    bout: dict[str, Any] = {}
    for kind in counted(rules):
        typed = {
            side: form.get(f"bout-{at}-{kind}-{place}", "").strip().replace(",", ".")
            for place, side in enumerate(match.sides)
        }
        if filled := {side: text for side, text in typed.items() if text}:
            bout[kind] = filled
    chosen = form.get(f"bout-{at}", "")
    if chosen in match.sides:
        bout["winner"] = chosen
    elif chosen == NOBODY:
        bout["timed_out"] = True
    elif chosen.startswith(COUNTDOWN):
        bout["countdown"] = chosen.removeprefix(COUNTDOWN)
    return bout

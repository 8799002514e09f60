"""Match sheets to be filled in by hand, one a match, with its bouts or the fields of its rules, and a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from scoring.contest import MatchRules

from ..competitions.state import Division, Setup
from ..eventlog.fold import State
from ..live.match_shapes import match_shape
from ..matches.match import Match
from ..matches.sheets import rules_of
from .score_sheets import field_shape, words_of_sheets
from .typesetting import qr
from .wording import Words, in_each, names_in

MORE_ROWS = 2
"""For bouts that are fought again."""


def match_sheets(
    state: State, division: Division, matches: Sequence[Match], languages: Sequence[str], address: str
) -> dict[str, Any]:
    """What the template ``match_sheet`` needs; ``address`` begins the link in each code."""
    setup, ruleset = state[Setup], division.ruleset
    rules = rules_of(ruleset)
    return {
        "languages": list(languages),
        "words": words_of_sheets(languages) | _words(languages),
        "competition": names_in(languages, setup.name),
        "division": names_in(languages, division.name),
        "ruleset": f"{ruleset.id} {ruleset.version}",
        "fields": [field_shape(languages, field) for field in ruleset.fields],
        "bouts": rules.bouts + MORE_ROWS,
        "columns": _columns(languages, rules),
        "decides": rules.draws == "decided" or rules.on_time_out == "judge",
        "matches": [_match(state, match, languages, address) for match in matches],
    }


def match_code(match: Match) -> str:
    """A match as it is typed: the division and its number."""
    return f"{match.division}/{match.number}"


def _columns(languages: Sequence[str], rules: MatchRules) -> list[Words]:
    """What is counted for either side in a bout."""
    columns = []
    if rules.decided_by != "bouts":
        columns.append(in_each(languages, lambda: _("Points")))
    if rules.warnings_to_loss is not None:
        columns.append(in_each(languages, lambda: _("Warnings")))
    if rules.false_starts_to_loss is not None:
        columns.append(in_each(languages, lambda: _("False starts")))
    return columns


def _words(languages: Sequence[str]) -> dict[str, Words]:
    return {
        "match_sheet": in_each(languages, lambda: _("Match sheet")),
        "match": in_each(languages, lambda: _("Match")),
        "left": in_each(languages, lambda: _("Left")),
        "right": in_each(languages, lambda: _("Right")),
        "bout": in_each(languages, lambda: _("Bout")),
        "taken_by": in_each(languages, lambda: _("Taken by")),
        "nobody": in_each(languages, lambda: _("nobody")),
        "decision": in_each(languages, lambda: _("The judges’ decision between level sides")),
        "winner": in_each(languages, lambda: _("Winner")),
        "drawn": in_each(languages, lambda: _("drawn")),
        "absent": in_each(languages, lambda: _("did not come")),
    }


def _match(state: State, match: Match, languages: Sequence[str], address: str) -> dict[str, Any]:
    shape = match_shape(state, match)
    return {
        "number": match.number,
        "place": names_in(languages, shape["phase"]["label"]),
        "field": state[Setup].fields[match.field].name,
        "sides": [
            {"number": _numbers(side), "team": side["team"], "from": side["organisation"]}
            for side in shape["sides"]
        ],
        "code": match_code(match),
        "qr": qr(f"{address}/desk/{state.chain}/key?code={match.id}"),
    }


def _numbers(side: dict[str, Any]) -> str:
    """The numbers of all who play for a side, as the sheet has them after its №."""
    playing = side["alliance"]["members"] if "alliance" in side else [side]
    return " · № ".join(str(one["number"]) for one in playing)

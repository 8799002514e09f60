"""Score sheets to be filled in by hand, one a run, with the fields of its rules and a code that opens it for keying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from scoring.parts import Field

from ..competitions.state import Division, Setup
from ..entries.state import public_entry
from ..eventlog.fold import State
from ..runs.state import Run
from .typesetting import qr
from .wording import Words, in_each, names_in

MOST_LINES_ON_A5 = 9
"""More fields than these take A4."""
MOST_ROWS = 30


def score_sheets(
    state: State, division: Division, runs: Sequence[Run], languages: Sequence[str], address: str
) -> dict[str, Any]:
    """What the template ``score_sheet`` needs; ``address`` begins the link in each code."""
    setup, ruleset = state[Setup], division.ruleset
    fields = [_field(languages, field) for field in ruleset.fields]
    return {
        "languages": list(languages),
        "words": _words(languages),
        "competition": names_in(languages, setup.name),
        "division": names_in(languages, division.name),
        "ruleset": f"{ruleset.id} {ruleset.version}",
        "fields": fields,
        "marks": list(ruleset.marks),
        "two_sheets": ruleset.sheets_per_run > 1,
        "size": "a5" if _lines(ruleset.fields) <= MOST_LINES_ON_A5 else "a4",
        "runs": [_run(state, run, address) for run in runs],
    }


def _words(languages: Sequence[str]) -> dict[str, Words]:
    return {
        "sheet": in_each(languages, lambda: _("Score sheet")),
        "field": in_each(languages, lambda: _("Field")),
        "attempt": in_each(languages, lambda: _("Attempt")),
        "yes": in_each(languages, lambda: _("yes")),
        "no": in_each(languages, lambda: _("no")),
        "none": in_each(languages, lambda: _("none of these")),
        "mark": in_each(languages, lambda: _("Mark")),
        "remarks": in_each(languages, lambda: _("Remarks")),
        "judge": in_each(languages, lambda: _("Judge")),
        "captain": in_each(languages, lambda: _("Captain")),
        "name": in_each(languages, lambda: _("name in full")),
        "signature": in_each(languages, lambda: _("signature")),
        "refuses": in_each(languages, lambda: _("refuses to sign")),
        "code": in_each(languages, lambda: _("Code for keying")),
    }


def _run(state: State, run: Run, address: str) -> dict[str, Any]:
    entry = public_entry(state, run.entry)
    return {
        "number": entry["number"],
        "team": entry["team"],
        "from": entry["organisation"],
        "field": state[Setup].fields[run.field].name,
        "attempt": run.attempt,
        "code": f"{entry['number']}/{run.attempt}",
        "qr": qr(f"{address}/desk/{state.chain}/key?code={run.id}"),
    }


def _field(languages: Sequence[str], field: Field) -> dict[str, Any]:
    return {
        "label": names_in(languages, field.label),
        "type": field.type,
        "unit": field.unit or "",
        "range": f"{field.min:g}–{field.max:g}" if field.min is not None and field.max is not None else "",
        "options": [names_in(languages, option.label) for option in field.options],
        "columns": [_field(languages, column) for column in field.fields],
        "rows": min(field.max_rows, MOST_ROWS),
    }


def _lines(fields: Sequence[Field]) -> int:
    """About how many lines the fields take on paper."""
    return sum(
        field.max_rows + 2 if field.type == "rows" else 1 + len(field.options) // 4 for field in fields
    )
